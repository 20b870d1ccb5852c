"""The delivery log beside a list: each recipient's outcomes, appended and never changed.

One JSON object a line. A message is `begun` before its last line is sent, and `sent`, `refused` or `postponed` after
the server's answer. Without an answer in the log, nothing can say whether the message arrived (decision 12).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ..model.digests import digest_bytes
from ..model.errors import Fault, InputError
from ..storage.platform import lock_file

BEGUN, SENT, REFUSED, POSTPONED = "begun", "sent", "refused", "postponed"


@dataclass(slots=True)
class History:
    """A person's history: the outcome of each digest, and the contents of messages sent.

    `last` is the time of the last message; `editions` are ids; `sets` are names of sets of papers.
    """

    outcomes: dict[str, str] = field(default_factory=dict)
    last: str = ""
    editions: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)


class DeliveryLog:
    """The delivery log of a list, for one run at a time; a context manager.

    Raises InputError while another run uses the log, and for lines that no run wrote.
    """

    def __init__(self, file: Path, *, writable: bool = True) -> None:
        self.file, self._writable = file, writable
        self._handle: IO[bytes] | None = None
        self._people: dict[str, History] = {}
        self._sets: dict[str, tuple[str, ...]] = {}

    def __enter__(self) -> DeliveryLog:
        if not self._writable:
            self._read(self.file.read_bytes() if self.file.is_file() else b"")
            return self
        # Addresses are private.
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._handle = os.fdopen(os.open(self.file, flags, 0o600), "r+b", 0)
        try:
            self._lock_and_read(self._handle)
        except InputError:
            self._handle.close()
            raise
        return self

    def _lock_and_read(self, handle: IO[bytes]) -> None:
        try:
            lock_file(handle)
        except OSError as error:
            message = "another run is sending to this list"
            raise InputError([Fault(str(self.file), 0, "", message, "Wait until it has ended.")]) from error
        data = handle.read()
        # A killed run may have written half a line, about an event that did not happen yet.
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            handle.truncate(len(whole))
        self._read(whole)

    def __exit__(self, *_error: object) -> None:
        if self._handle:
            self._handle.close()

    def _read(self, data: bytes) -> None:
        for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
            try:
                self._learn(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                remedy = "Mend or delete this line; without the delivery log, people would get digests twice."
                raise InputError([Fault(str(self.file), number, "", "no run wrote this line", remedy)]) from error

    def _learn(self, entry: Mapping[str, Any]) -> None:
        if "papers" in entry:
            self._sets[entry["set"]] = tuple(entry["papers"])
            return
        history = self._people.setdefault(entry["to"], History())
        history.outcomes[entry["digest"]] = entry["what"]
        if entry["what"] == SENT:
            history.last = max(history.last, entry["at"])
            if entry.get("edition"):
                history.editions.append(entry["edition"])
            if entry.get("set"):
                history.sets.append(entry["set"])

    def recall(self, person: str) -> History:
        """Returns a person's history."""
        return self._people.get(person) or History()

    def list_seen(self, history: History) -> frozenset[str]:
        """Returns the ids of the papers that were sent to a person with this history."""
        return frozenset(ident for name in history.sets for ident in self._sets.get(name, ()))

    def store_papers(self, papers: Iterable[str]) -> str:
        """Returns the name of a set of papers; writes a new set to the log."""
        ids = tuple(papers)
        name = digest_bytes("\n".join(ids).encode())[:16]
        if name not in self._sets:
            self._append({"set": name, "papers": ids})
        return name

    def write(self, what: str, person: str, digest: str, at: str, **more: str) -> None:
        """Writes an outcome of a digest for a person to disk.

        Raises InputError if the log cannot be written.
        """
        self._append({"what": what, "to": person, "digest": digest, "at": at, **more})

    def _append(self, entry: Mapping[str, Any]) -> None:
        assert self._handle, "the delivery log is open for writing"
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        try:
            while line:
                line = line[self._handle.write(line) :]
            os.fsync(self._handle.fileno())
        except OSError as error:
            message = f"the delivery log cannot be written: {error.strerror}"
            remedy = "Make room for it: without it nobody can be kept from getting a digest twice."
            raise InputError([Fault(str(self.file), 0, "", message, remedy)]) from error
        self._learn(entry)
