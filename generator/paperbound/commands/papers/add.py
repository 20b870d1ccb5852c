"""`paperbound add`: takes papers from services by their identifiers."""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ...content.folder import require_folder
from ...markup.texts import text_of
from ...model.date import PartialDate
from ...model.errors import Fault, InputError, name_nearest
from ...sources.client import Client, Clock
from ...sources.lookup.addition import AddedPaper, AddOptions, add_papers
from ...sources.lookup.identifiers import Identifier, find_identifiers, read_identifier
from ...sources.lookup.services import SERVICES
from ...storage.sources import read_named
from ...text.report import count_of
from ..console.arguments import add_content, add_json, read_ident
from ..console.parser import Example
from ..console.terminal import say, say_faults, say_next, show, show_json

DESCRIPTION = """\
Takes papers from the services that know them: arXiv, the DOI resolver, the ACL Anthology, OpenAlex, PubMed, or a file
at a web address. Each becomes a record; a paper that is there already is filled in by the rules of `import --update`.
Exit codes: 0 all papers were found, 1 faults in the input, 3 some were not. A key of OpenAlex comes from the
environment alone: PAPERBOUND_OPENALEX_KEY."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound add 2401.10020 10.1109/5.771073", "takes a paper of arXiv and one of any publisher"),
    ("paperbound add --from mail.txt --collection today", "takes all papers that a text names, and lists them"),
    ("paperbound add 2020.acl-main.5 --tag graphs --dry-run", "shows what would be written"),
)
_NAMES = tuple(service.name for service in SERVICES if service.url)
_AUTHORS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound add`."""
    forms = "2401.10020, 10.1109/5.771073, 2020.acl-main.5, W2741809807, PMID:31452104, or an address"
    parser.add_argument("identifiers", nargs="*", metavar="IDENTIFIER", help=f"an identifier of a paper: {forms}")
    parser.add_argument(
        "--from",
        dest="texts",
        action="append",
        default=[],
        metavar="FILE",
        help="a list of identifiers, or a text in which they stand: a mail, a README; - is standard input; repeatable",
    )
    add_content(parser)
    parser.add_argument("--tag", action="append", default=[], metavar="TOPIC", help="a topic to give; repeatable")
    parser.add_argument("--collection", type=read_ident, metavar="ID", help="the collection to put the papers into")
    parser.add_argument(
        "--url",
        action="append",
        default=[],
        type=_read_url,
        metavar="SERVICE=ADDRESS",
        help=f"another address of a service, such as a mirror: {', '.join(_NAMES)}",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Adds the papers; returns the exit code."""
    require_folder(chosen.content)
    identifiers, unknown = _read_all(chosen.identifiers, chosen.texts)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    options = AddOptions(
        chosen.content,
        tuple(identifiers),
        PartialDate.parse(today),
        tuple(chosen.tag),
        chosen.collection or "",
        dict(chosen.url),
        chosen.dry_run,
        dict(os.environ),
    )
    chance = random.Random(f"{chosen.content.resolve()} {today}").random
    clock = Clock(time.monotonic, lambda: datetime.datetime.now(tz=datetime.UTC), time.sleep, chance)
    return add_and_show(options, unknown, clock, as_json=chosen.json)


def add_and_show(
    options: AddOptions,
    unknown: Sequence[str],
    clock: Clock,
    *,
    as_json: bool = False,
    make_client: Callable[[str, Clock], Client] = Client,
) -> int:
    """Adds the papers and shows each one; returns the exit code."""
    warnings: list[Fault] = []
    done: list[AddedPaper] = []
    failed = [(text, "no identifier of a paper that a service knows") for text in unknown]
    for text, message in () if as_json else failed:
        say(f"failed: {text[:200]}: {message}")
    for one in add_papers(options, clock, warnings.append, make_client):
        if isinstance(one, AddedPaper):
            done.append(one)
            for line in () if as_json else _describe(one, options):
                show(line)
        else:
            failed.append((one.identifier.written, one.fault))
            if not as_json:
                say(f"failed: {one.identifier.written}: {one.fault}")
    if as_json:
        show_json("add", _describe_all(done, failed, options), ok=not failed, warnings=warnings)
        return 3 if failed else 0
    say_faults(options.content, warnings, "warning")
    counts = {state: sum(one.state == state for one in done) for state in ("added", "filled in")}
    verb = "would be " if options.dry_run else ""
    show(
        f"{count_of(len(done) + len(failed), 'identifier')}: {counts['added']:,} {verb}added, "
        f"{counts['filled in']:,} {verb}filled in, {len(done) - sum(counts.values()):,} left as they were, "
        f"{len(failed):,} failed"
    )
    if any(counts.values()):
        say_next("leave --dry-run out to write them" if options.dry_run else "`paperbound serve` shows them")
    return 3 if failed else 0


def _read_all(arguments: Sequence[str], texts: Sequence[str]) -> tuple[list[Identifier], list[str]]:
    """Reads the identifiers, each once, and those that no service knows."""
    first: dict[tuple[str, str], Identifier] = {}
    unknown: list[str] = []
    for text in arguments:
        found = read_identifier(text)
        if found:
            first.setdefault(found.key, found)
        else:
            unknown.append(text)
    for name in texts:
        inside = find_identifiers(_read_text(name))
        unknown += inside.unknown
        for found in inside.identifiers:
            first.setdefault(found.key, found)
    if not first and not unknown:
        what = f"no identifier stands in {', '.join(texts)}" if texts else "no identifier is given"
        remedy = "Write one such as 2401.10020, or --from FILE."
        raise InputError([Fault("add", 0, "", what, remedy)])
    return list(first.values()), unknown


def _read_text(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return read_named(Path(name))
    except OSError as error:
        fault = Fault(name, 0, "", f"the file cannot be read: {error.strerror}", "Check its name.")
        raise InputError([fault]) from error


def _describe(one: AddedPaper, options: AddOptions) -> Iterator[str]:
    """Yields lines about a paper: its record, its authors, where values come from."""
    would = "would be " if options.dry_run and one.state != "left as it was" else ""
    yield f"{one.identifier.written}: {would}{one.state}: {one.file}"
    record = one.record
    names = [author.name for author in record.authors]
    more = f" and {len(names) - _AUTHORS} more" if len(names) > _AUTHORS else ""
    parts = (
        text_of(record, "title").plain.rstrip("."),
        f"{', '.join(names[:_AUTHORS])}{more}",
        f"{record.venue or record.booktitle} {record.venue_year}".strip(),
        record.date.iso if record.date else "",
    )
    yield f"  {'. '.join(part for part in parts if part)}"
    if one.fields:
        yield f"  {', '.join(one.fields)} from {one.service} ({one.address})"
    if one.staying:
        yield f"  {', '.join(one.staying)} stay, and differ from {one.service}"


def _describe_all(
    done: Sequence[AddedPaper], failed: Sequence[tuple[str, str]], options: AddOptions
) -> dict[str, object]:
    papers = [
        {
            "written": one.identifier.written,
            "kind": one.identifier.kind,
            "identifier": one.identifier.value,
            "service": one.service,
            "address": one.address,
            "state": one.state,
            "id": one.record.id,
            "file": one.file,
            "title": text_of(one.record, "title").plain,
            "authors": [author.name for author in one.record.authors],
            "date": one.record.date.iso if one.record.date else "",
            "sources": dict.fromkeys(one.fields, one.service),
            "staying": one.staying,
        }
        for one in done
    ]
    return {
        "dry_run": options.dry_run,
        "papers": papers,
        "failed": [{"written": written, "message": message} for written, message in failed],
    }


def _read_url(text: str) -> tuple[str, str]:
    name, _, address = text.partition("=")
    if name not in _NAMES or not address.startswith(("http://", "https://")):
        hint = name_nearest(name, _NAMES, "services")
        raise argparse.ArgumentTypeError(f"{text!r} is no service with its address, as doi=https://example.org. {hint}")
    return name, address
