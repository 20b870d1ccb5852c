"""Faults of services: one class, with source, address, status and what happens next."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KEYS = re.compile(r"(?i)([?&;](?:[\w-]*(?:key|token|secret|password|signature))=)[^&#;\s]*")
_USER = re.compile(r"(?<=://)[^/@\s]*@")


class SourceError(Exception):
    """Raised for a service, a file or a program that gives no usable answer.

    `source` is the id of the source, `address` an address without keys, `status` the HTTP status or 0, `message` what
    is wrong, and `next` what happens next.
    """

    def __init__(self, source: str, address: str, message: str, next_step: str, status: int = 0) -> None:
        self.source, self.address, self.message, self.next, self.status = source, address, message, next_step, status
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.source, self.address) if part)
        status = f"status {self.status}: " if self.status else ""
        return f"{place}: {status}{self.message}; {self.next}"


def hide_keys(text: str, secrets: Iterable[str] = ()) -> str:
    """Returns a text without keys, tokens, passwords and users in its addresses.

    `secrets` are hidden anywhere.
    """
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return _USER.sub("…@", _KEYS.sub(r"\1…", text))
