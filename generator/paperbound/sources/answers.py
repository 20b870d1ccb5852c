"""Answers of services, and the folder that keeps those of the last run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model.digests import digest_texts, name_digest
from ..storage.cache_files import ANY_CODE, read_value, write_value
from .faults import SourceError

_KIND = "answer/1"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a service: status, headers, body, and address.

    Headers have names in lower case, the body is decoded, the address has no keys. `read` is the
    time of reading, in ISO 8601. `from_cache` says that the body is that of an earlier run: the service said that
    nothing changed, or, where there is a `fault`, gave no usable answer.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str
    read: str
    from_cache: bool = False
    fault: SourceError | None = None


@dataclass(slots=True)
class AnswerStore:
    """A folder of answers by address; with `writes` off, answers are read only."""

    folder: Path
    writes: bool = True
    used: set[str] = field(default_factory=set)

    def find(self, address: str, accept: str) -> Answer | None:
        """Returns the answer of an earlier run, or None."""
        value = read_value(self.folder / self._name(address, accept), _KIND, ANY_CODE)
        if value is None:
            return None
        status, headers, body, shown, read = value
        return Answer(status, headers, body, shown, read, from_cache=True)

    def keep(self, address: str, accept: str, answer: Answer) -> None:
        """Keeps an answer in place of the earlier one."""
        if self.writes:
            self.folder.mkdir(parents=True, exist_ok=True)
            value = [answer.status, dict(answer.headers), answer.body, answer.address, answer.read]
            write_value(self.folder / self._name(address, accept), _KIND, ANY_CODE, value)

    def prune(self) -> None:
        """Deletes the answers that this run did not use."""
        for file in self.folder.iterdir() if self.writes and self.folder.is_dir() else ():
            if file.name not in self.used:
                file.unlink()

    def _name(self, address: str, accept: str) -> str:
        name = name_digest(digest_texts([address, accept]))
        self.used.add(name)
        return name
