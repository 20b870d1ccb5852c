"""`paperbound people`: lists likely variants and namesakes, and writes accepted ones."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence

from ...content.folder import load_input
from ...content.people.acceptance import make_profiles
from ...content.people.likeness import Suggestion, suggest_changes
from ...content.people.profile_edits import add_profiles
from ...content.people.profiles import PROFILES, read_profiles
from ...model.errors import Fault, Faults, InputError, name_nearest
from ...storage.cache_files import write_atomically
from ...storage.sources import name_file
from ...text.report import count_of
from ..console.arguments import add_json, add_site, make_options
from ..console.parser import Example
from ..console.terminal import say, say_next, show, show_json

DESCRIPTION = """\
Lists spellings that are likely of one person (initials, accents, order, hyphens, case), and names that are likely of
two, each with a reason and a score. --accept writes them into authors.yaml, whose comments stay."""

EXAMPLES: tuple[Example, ...] = (
    ("paperbound people", "lists suggestions, and writes nothing"),
    ("paperbound people --accept ada-lovelace", "writes what is suggested for a person"),
    ("paperbound people --least 0.9 --accept all", "writes all that is nearly certain"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound people`."""
    add_site(parser)
    parser.add_argument("--least", type=_read_score, default=0.6, metavar="S", help="score from 0 to 1 (default: 0.6)")
    add_json(parser)
    parser.add_argument(
        "--accept", nargs="+", default=[], metavar="ID", help="write what is suggested for these people; `all` for all"
    )


def run(chosen: argparse.Namespace) -> int:
    """Prints suggestions, or writes the accepted ones; returns the exit code."""
    faults = Faults()
    catalogue = load_input(make_options(chosen), faults).catalogue
    profiles = read_profiles(chosen.content, catalogue.static, faults.report)
    found = [one for one in suggest_changes(catalogue, profiles) if one.score >= chosen.least]
    if chosen.accept:
        return _accept(chosen, found)
    if chosen.json:
        show_json(chosen.command, {"suggestions": [_convert(one) for one in found], "written": 0, "left": []})
        return 0
    for one in found:
        sign = "=" if one.kind == "variant" else "≠"
        show(f"{one.score:.2f}  {one.name} {sign} {', '.join(one.others)}  ({one.reason})  [{one.id}]")
        for person in one.people:
            show(f"        {person}")
    say(count_of(len(found), "suggestion"))
    if found:
        say_next("`paperbound people --accept ID` writes what is suggested, by the id in brackets")
    return 0


def _accept(chosen: argparse.Namespace, found: Sequence[Suggestion]) -> int:
    known = {one.id for one in found}
    for ident in chosen.accept:
        if ident != "all" and ident not in known:
            remedy = name_nearest(ident, known, "ids of suggestions")
            raise InputError([Fault("--accept", 0, "", f"nothing is suggested for {ident!r}", remedy)])
    accepted = [one for one in found if "all" in chosen.accept or one.id in chosen.accept]
    file = chosen.content / PROFILES
    text = file.read_bytes().decode() if file.is_file() else ""
    profiles, left = make_profiles(accepted)
    edited = add_profiles(text, profiles, name_file(file, chosen.content))
    if edited != text:
        write_atomically(file, edited.encode())
    if chosen.json:
        counts = {"suggestions": [], "written": len(profiles), "left": [_convert(one) for one in left]}
        show_json(chosen.command, counts)
        return 0
    for one in left:
        remedy = "its name is another's, too" if one.profiles else "write ids of authors into these records"
        say(f"not written: {one.name}, {', '.join(one.others)} ({one.reason}): {remedy}")
    show(f"{count_of(len(profiles), 'profile')} written into {PROFILES}")
    return 0


def _convert(one: Suggestion) -> dict[str, object]:
    return {name: value for name, value in dataclasses.asdict(one).items() if name != "profiles"}


def _read_score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return score
