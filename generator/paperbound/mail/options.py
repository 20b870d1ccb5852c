"""Options of `paperbound digest`: secrets, server, rate, console and clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..model.result import Options
from .message import MessageStamp
from .selection import Order


@dataclass(frozen=True, slots=True)
class Secrets:
    """Secrets of the environment: the mail server's user and password, the key of unsubscribe links."""

    user: str = ""
    password: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """Options of `paperbound digest`. Empty settings of the server are those of site.yaml."""

    site: Options
    order: Order
    stamp: MessageStamp
    output: Path | None = None
    list: Path | None = None
    dry_run: bool = False
    resend: tuple[str, ...] = ()
    smtp: str = ""
    security: str = ""
    rate: int = 0
    pause: float = 15
    tries: int = 6


@dataclass(frozen=True, slots=True)
class Console:
    """Output functions: `show` prints results (stdout), `say` prints messages (stderr)."""

    show: Callable[[str], None]
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock in seconds, and a function that waits: those of the command line."""

    read: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """Rate and retries: messages a minute, first pause in seconds, number of tries.

    The pause before another try doubles each time.
    """

    rate: int
    pause: float
    tries: int

    @property
    def reconnect(self) -> float:
        """The first pause before another connection: shorter, as networks recover sooner than servers."""
        return min(1.0, self.pause)
