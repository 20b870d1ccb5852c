"""`paperbound tags suggest`: topics for papers without one, with the reasons; accepted ones are written."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ...content.assemble import assemble
from ...content.folder import read_content, require_folder
from ...content.suggestions import Phrase, Suggestion, suggest_tags
from ...formats.yamlrecord import replace_fields
from ...model.catalogue import Catalogue
from ...model.errors import Fault, Faults, InputError, name_nearest
from ...model.record import Record
from ...sources.changes import hold_content, write_changes
from ...text.report import count_of
from ...text.yamltext import YamlError, load_entries
from ..console.arguments import add_content, add_json
from ..console.parser import Example
from ..console.terminal import say_faults, say_next, show, show_json

DESCRIPTION = """\
Suggests topics for papers without one: from the words of each topic's papers, and from phrases that several papers
share. Each suggestion has its reasons. Only what is accepted is written."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound tags suggest", "lists suggestions, and writes nothing"),
    ("paperbound tags suggest --accept graphs a-paper:sound", "writes a topic, and one for one paper"),
)
_SHOWN = 6


class Suggestions(NamedTuple):
    """Topics for papers, and phrases as new topics."""

    tags: Sequence[Suggestion]
    phrases: Sequence[Phrase]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound tags`."""
    parser.add_argument("action", choices=("suggest",), help="what to do: suggest topics")
    add_content(parser)
    parser.add_argument(
        "--accept",
        nargs="+",
        default=(),
        metavar="WHAT",
        help="what to write: a topic (for all papers that it is suggested for), ID:TOPIC, or all",
    )
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Shows the suggestions, or writes the accepted ones; returns the exit code."""
    content: Path = chosen.content
    require_folder(content)
    faults = Faults()
    found = read_content(content, faults.report)
    catalogue = assemble(found.records, found.others, faults.report)
    faults.raise_errors()
    records = tuple(catalogue.records.values())
    suggestions = Suggestions(*suggest_tags(records, catalogue.tags))
    if chosen.accept:
        return _write(chosen, catalogue, suggestions)
    if chosen.json:
        tags = [one._asdict() for one in suggestions.tags]
        phrases = [one._asdict() for one in suggestions.phrases]
        show_json(chosen.command, {"tags": tags, "phrases": phrases, "files": []})
        return 0
    for one in suggestions.tags:
        topic = f"{one.paper}: {one.tag} ({one.score:.2f})"
        show(f"{topic}: {', '.join(one.words)}, as in {count_of(one.papers, 'paper')} of this topic")
    for phrase in suggestions.phrases:
        more = f" and {len(phrase.papers) - _SHOWN} more" if len(phrase.papers) > _SHOWN else ""
        named = ", ".join(phrase.papers[:_SHOWN])
        show(f"new topic {phrase.slug}: the phrase is in {count_of(len(phrase.papers), 'paper')}: {named}{more}")
    untagged = sum(not any(tag in catalogue.tags for tag in record.tags) for record in records)
    topics = f"{count_of(len(suggestions.tags), 'topic')} and {count_of(len(suggestions.phrases), 'new topic')}"
    show(f"{topics} suggested for {count_of(untagged, 'paper')} without one")
    if suggestions.tags or suggestions.phrases:
        say_next("`paperbound tags suggest --accept TOPIC` writes a topic into its papers")
    return 0


def _write(chosen: argparse.Namespace, catalogue: Catalogue, suggestions: Suggestions) -> int:
    content: Path = chosen.content
    phrases = {one.slug: one for one in suggestions.phrases}
    offered: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in suggestions.tags:
        for name in (one.tag, f"{one.paper}:{one.tag}", "all"):
            offered[name].append((one.paper, one.tag))
    for phrase in suggestions.phrases:
        for ident in phrase.papers:
            for name in (phrase.slug, f"{ident}:{phrase.slug}"):
                offered[name].append((ident, phrase.slug))
    tags: dict[str, list[str]] = defaultdict(list)
    for name in chosen.accept:
        if name not in offered:
            message = f"nothing of the name {name!r} is suggested"
            raise InputError([Fault("--accept", 0, "", message, name_nearest(name, offered, "suggestions"))])
        for ident, tag in offered[name]:
            if tag not in tags[ident]:
                tags[ident].append(tag)
    faults: list[Fault] = []
    files = _change_records(content, [(catalogue.records[ident], new) for ident, new in tags.items()], faults)
    used = {tag for new in tags.values() for tag in new}
    new = [phrase for slug, phrase in phrases.items() if slug in used]
    if files and new and (content / "tags.yaml").is_file():
        # Before the records that name them: the folder can be built at any moment.
        files = {content / "tags.yaml": _add_topics(content / "tags.yaml", new), **files}
    with hold_content(content, writes=True):
        write_changes(content, files)
    if chosen.json:
        names = sorted(file.relative_to(content).as_posix() for file in files)
        show_json(chosen.command, {"tags": [], "phrases": [], "files": names}, warnings=faults)
        return 0
    say_faults(chosen.content, faults, "warning")
    show(f"{count_of(len(files), 'file')} written")
    say_next("`paperbound build` shows the topics")
    return 0


def _change_records(
    content: Path, tags: Iterable[tuple[Record, Sequence[str]]], faults: list[Fault]
) -> dict[Path, str]:
    """Returns the changed texts by file; only a YAML file of one record is changed."""
    files: dict[Path, str] = {}
    for record, new in tags:
        path = content / Path(record.origin.file).relative_to(content.resolve().name)
        text = path.read_text("utf-8") if path.suffix in (".yaml", ".yml") and record.origin.native else ""
        if not text or load_entries(text)[0]:
            message = f"{record.id!r} is not in a YAML file of its own; left out: {', '.join(new)}"
            remedy = f"Add the topics by hand, or first say: paperbound import {path}"
            faults.append(Fault(record.origin.file, record.origin.line, "tags", message, remedy, warning=True))
            continue
        files[path] = replace_fields(text, replace(record, tags=(*record.tags, *new)), ["tags"])
    return files


def _add_topics(file: Path, phrases: Sequence[Phrase]) -> str:
    """Returns the text of tags.yaml with the phrases as topics at its end.

    Raises InputError for a list that takes none there.
    """
    text = file.read_text("utf-8")
    lines = (f"- {{slug: {one.slug}, name: {json.dumps(one.name, ensure_ascii=False)}}}\n" for one in phrases)
    longer = f"{text.rstrip()}\n{''.join(lines)}"
    try:
        if len(load_entries(longer)[1]) == len(load_entries(text)[1]) + len(phrases):
            return longer
    except YamlError:
        pass
    remedy = "Write one topic a line, each after `- ` at the start of the line."
    raise InputError([Fault(str(file), 0, "", "the list takes no topic at its end", remedy)])
