"""Options: what `paperbound digest` is asked to do, by whom, and where its words go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..model.result import Options
from .message import Stamp
from .selection import Order


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the environment holds: user and password of the mail server, what signs links to unsubscribe."""

    user: str = ""
    password: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """What `paperbound digest` is asked to do. Empty settings of the server are those of site.yaml."""

    site: Options
    order: Order
    stamp: Stamp
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
class Voices:
    """Where results go, and where everything else that people should read."""

    show: Callable[[str], None]
    say: Callable[[str], None]
