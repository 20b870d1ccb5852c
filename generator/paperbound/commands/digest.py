"""`paperbound digest`: writes a digest to a file, or sends it to a list."""

from __future__ import annotations

import argparse
import datetime
import os
import re
import time
from pathlib import Path

from ..content.folder import load_input
from ..mail.campaign import CampaignOptions, Console, run_campaign
from ..mail.composer import Composer, make_subject
from ..mail.delivery import Clock
from ..mail.message import MessageStamp
from ..mail.selection import Order, SavedQueries, Selector
from ..model.errors import Faults
from ..storage.cache_files import write_atomically
from .console.address import find_missing_address
from .console.arguments import add_json, add_output, add_sources, make_number, make_options, read_date
from .console.parser import Example
from .console.terminal import say, say_faults, say_next, show, show_json

DESCRIPTION = """\
Makes a message of an edition, or of the papers that are new, and writes it to a file or sends it to the people of a
list. A delivery log beside the list says who was sent what: whatever breaks, the same command continues, and sends
to nobody twice. User and password of the mail server come from the environment alone: PAPERBOUND_SMTP_USER,
PAPERBOUND_SMTP_PASSWORD. Exit codes: 0 all is well, 1 faults in the input, 3 some addresses failed, 4 some are left, or
may have the message."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound digest --file edition.eml", "writes the newest edition as a message"),
    ("paperbound digest --since 2026-11-01 --tag graphs --file new.eml", "writes the new papers of a topic"),
    ("paperbound digest --send --to subscribers.txt --dry-run", "shows who would be sent what"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound digest`."""
    add_sources(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--collection", metavar="ID", help="the edition or reading list (default: the newest edition)")
    which.add_argument("--since", type=read_date, metavar="DATE", help="papers that were added since: YYYY-MM-DD")
    parser.add_argument("--tag", action="append", default=[], metavar="T", help="only papers with this tag; repeatable")
    parser.add_argument(
        "--author", action="append", default=[], metavar="A", help="only papers by this author; repeatable"
    )
    parser.add_argument("--limit", type=make_number(), default=0, metavar="N", help="at most so many papers")
    parser.add_argument("--file", type=Path, metavar="FILE.eml", help="write the message to this file")
    add_output(parser)
    parser.add_argument("--site", type=Path, dest="output", help=argparse.SUPPRESS)  # its name until --output was one
    parser.add_argument("--send", action="store_true", help="send it to each address of the list")
    parser.add_argument("--to", type=Path, metavar="LIST", help="the list: one address a line, or subscribers.yaml")
    parser.add_argument("--dry-run", action="store_true", help="say what --send would do, and do nothing of it")
    parser.add_argument(
        "--resend", action="append", default=[], metavar="ADDRESS", help="send it to this address once more; repeatable"
    )
    parser.add_argument("--smtp", default="", metavar="HOST:PORT", help="the mail server (default: that of site.yaml)")
    parser.add_argument(
        "--security",
        choices=("starttls", "tls", "none"),
        default="",
        help="how the server is spoken to: starttls, tls, or none, which goes to this machine alone "
        "(default: tls at port 465, else starttls)",
    )
    parser.add_argument(
        "--rate", type=make_number(most=1_000_000), default=0, metavar="N", help="messages a minute (default: 600)"
    )
    parser.add_argument("--tries", type=make_number(), default=6, metavar="N", help="how often to try (default: 6)")
    parser.add_argument(
        "--pause", type=_seconds, default=15.0, metavar="SECONDS",
        help="the pause before an address is tried again, which doubles each time (default: 15)",
    )  # fmt: skip
    parser.add_argument(
        "--at", type=_time, metavar="TIME", help="the message's date: 2026-11-24T06:00:00Z (default: now)"
    )
    parser.add_argument(
        "--message-id", type=_word, metavar="WORD",
        help="the left part of the message's id (default: made of date and content)",
    )  # fmt: skip
    add_json(parser)
    parser.set_defaults(refuse=parser.error)


def run(chosen: argparse.Namespace) -> int:
    """Writes or sends a digest; returns the exit code."""
    sends = chosen.send or chosen.dry_run
    if chosen.output.suffix == ".eml":
        chosen.refuse(f"--output is the folder of the site; write the message with --file {chosen.output}")
    if sends and not chosen.to:
        chosen.refuse("--send needs --to LIST")
    if not sends and (chosen.to or chosen.resend):
        chosen.refuse("--to and --resend go with --send")
    if not sends and not chosen.file:
        chosen.refuse("say --file FILE.eml, or --send --to LIST")
    now = chosen.at or datetime.datetime.now(tz=datetime.UTC).replace(microsecond=0)
    stamp = MessageStamp(now, chosen.message_id or "")
    order = Order(chosen.collection or "", chosen.since, tuple(chosen.tag), tuple(chosen.author), chosen.limit)
    options = make_options(chosen)
    warnings = () if sends else find_missing_address(options)
    loaded = load_input(options, Faults())
    composer = Composer(loaded, os.environ.get("PAPERBOUND_UNSUBSCRIBE_SECRET", ""))
    selector = Selector(composer.site, order, SavedQueries(chosen.output, composer.site).find)
    lines: list[str] = []
    console = Console(lines.append, lines.append) if chosen.json else Console(show, say)
    if chosen.file:
        _write(chosen.file, composer, selector, stamp, console)
    code = _send(chosen, composer, selector, stamp, console) if sends else 0
    if chosen.json:
        show_json(chosen.command, {"code": code, "lines": lines}, ok=not code, warnings=warnings)
        return code
    say_faults(chosen.content, warnings, "warning")
    if not sends and chosen.file.exists():
        say_next("`paperbound digest --send --to LIST --dry-run` shows who would be sent it")
    return code


def _send(
    chosen: argparse.Namespace, composer: Composer, selector: Selector, stamp: MessageStamp, console: Console
) -> int:
    campaign = CampaignOptions(
        list=chosen.to,
        stamp=stamp,
        dry_run=chosen.dry_run,
        resend=tuple(chosen.resend),
        smtp=chosen.smtp,
        security=chosen.security,
        user=os.environ.get("PAPERBOUND_SMTP_USER", ""),
        password=os.environ.get("PAPERBOUND_SMTP_PASSWORD", ""),
        rate=chosen.rate,
        pause=chosen.pause,
        tries=chosen.tries,
    )
    return run_campaign(campaign, composer, selector, Clock(time.monotonic, time.sleep), console)


def _write(file: Path, composer: Composer, selector: Selector, stamp: MessageStamp, console: Console) -> None:
    language = composer.find_language()
    selection = selector.choose(language)
    if not selection.papers:
        console.show(f"no papers, and so no message: {file} was not written")
        return
    message = composer.make(selection, language, stamp, None)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, message.data)
    counts = f"{message.shown:,} of {selection.count:,} papers, {len(message.data):,} bytes"
    console.show(f"{file}: {make_subject(selection)}, {counts}")


def _time(text: str) -> datetime.datetime:
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; write 2026-11-24T06:00:00Z") from error
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _word(text: str) -> str:
    # The atoms of RFC 5322, 3.2.3, with dots between them.
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a word of letters, digits and single dots")
    return text
