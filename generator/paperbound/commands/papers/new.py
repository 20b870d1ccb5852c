"""`paperbound new`: writes a record to fill in."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ...content.duplicates import keys_of
from ...content.folder import require_folder
from ...content.records import list_records, read_chunks
from ...content.tags import read_tags
from ...importers.files.opening import open_source
from ...importers.importer import ReadContext
from ...importers.names import show_name, split_names
from ...markup.markdown import escape_inline
from ...model.build import Source
from ...model.errors import Fault, Faults, InputError, name_nearest
from ...model.record import Record
from ...storage.cache_files import write_atomically
from ...text.characters import clean, collapse
from ...text.slugs import add_suffix, is_free, make_slug
from ..console.arguments import add_content, add_json
from ..console.editor import find_editor
from ..console.parser import Example
from ..console.terminal import show, show_json

DESCRIPTION = "Writes a record with this title into the content folder."
EXAMPLES: tuple[Example, ...] = (
    ('paperbound new "A title"', "writes content/papers/a-title.yaml"),
    ('paperbound new "A title" --author "Ada Lovelace" --arxiv 2401.10020 --edit', "opens it in your editor, too"),
)

# The lines of a record: a field, and what stands there where no value was given.
_LINES: Mapping[str, str] = {
    "authors": "authors: []          # [Ada Lovelace, {name: Grace Hopper, orcid: 0000-0000-0000-0000}]",
    "date": "# date: 2026-11-23   # or 2026-11, or 2026: when it first appeared",
    "venue": "# venue: NeurIPS",
    "venue_year": "# venue_year: 2026",
    "tags": "tags: []             # slugs of tags.yaml",
    "arxiv": "# arxiv: 2401.10020",
    "doi": "# doi: 10.1000/182",
    "takeaway": "# takeaway: One sentence.",
    "summary": "# summary: |\n#   A paragraph in Markdown with $math$.",
    "links": "# links: {pdf: https://example.org/paper.pdf, code: https://example.org/code}",
}
_OPTIONS = {"authors": "--author", "date": "--date", "arxiv": "--arxiv", "doi": "--doi", "tags": "--tag"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The values of a new record, as they were typed."""

    title: str
    authors: tuple[str, ...] = ()
    date: str = ""
    arxiv: str = ""
    doi: str = ""
    tags: tuple[str, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound new`."""
    parser.add_argument("title", metavar="TITLE", help="the paper's title, in quotes")
    parser.add_argument("--author", action="append", default=[], metavar="NAME", help="an author; repeatable")
    parser.add_argument("--date", default="", metavar="DATE", help="when it appeared: YYYY-MM-DD, YYYY-MM or YYYY")
    parser.add_argument("--arxiv", default="", metavar="ID", help="its arXiv id, such as 2401.10020")
    parser.add_argument("--doi", default="", metavar="DOI", help="its DOI, such as 10.1000/182")
    parser.add_argument("--tag", action="append", default=[], metavar="SLUG", help="a topic's slug; repeatable")
    parser.add_argument(
        "--edit",
        action="store_true",
        help="open the record in your editor: that of VISUAL or EDITOR in the environment, or else nano or vi",
    )
    add_content(parser)
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Writes the draft; returns the exit code."""
    editor = _require_editor() if chosen.edit else []
    values = chosen.date, chosen.arxiv, chosen.doi
    draft = Draft(chosen.title, tuple(chosen.author), *values, tuple(chosen.tag))
    path = write_draft(chosen.content, draft)
    if chosen.json:
        show_json(chosen.command, {"file": str(path)})
    else:
        show(f"{path} is ready to be filled in")
    if editor:
        try:
            return subprocess.run([*editor, str(path)], check=False).returncode and 1
        except OSError as error:
            message = f"the editor {editor[0]!r} does not start: {error.strerror}"
            raise InputError([Fault("--edit", 0, "", message, f"Open {path} yourself: it is written.")]) from error
    return 0


def _require_editor() -> list[str]:
    command = find_editor()
    if not command:
        remedy = "Say for example: export EDITOR=nano. Or leave --edit out, and open the file yourself."
        raise InputError([Fault("--edit", 0, "", "there is no editor", remedy)])
    if not shutil.which(command[0]):
        remedy = "Say for example: export EDITOR=nano."
        raise InputError([Fault("--edit", 0, "", f"the editor {command[0]!r} is not installed", remedy)])
    return command


def write_draft(content: Path, draft: Draft) -> Path:
    """Writes a record with these values and hints for the rest; returns its path.

    Raises InputError if it exists, and for values that a build would refuse.
    """
    require_folder(content)
    title = collapse(clean(draft.title)[0])
    if not title:
        raise InputError([Fault("new", 0, "title", "the paper has no title", 'Write: paperbound new "A title"')])
    slug = make_slug(title)
    path = content / "papers" / f"{slug if is_free(slug) else add_suffix(slug, title)}.yaml"
    if path.exists():
        raise InputError(
            [Fault(str(path), 0, "", "there is a record of this name already", "Edit it, or choose another title.")]
        )
    # A JSON text is YAML, whatever signs the value holds.
    given = {name: getattr(draft, name) for name in _OPTIONS} | {"authors": tuple(_read_names(draft.authors))}
    lines = [f"title: {json.dumps(escape_inline(title), ensure_ascii=False)}"]
    lines += [f"{name}: {_write(given[name])}" if given.get(name) else hint for name, hint in _LINES.items()]
    data = "".join(f"{line}\n" for line in lines).encode()
    _check(content, path, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)
    return path


def _read_names(authors: Iterable[str]) -> Iterator[str]:
    """Yields names as they are shown; authors may be written as in BibTeX."""
    for text in authors:
        yield from map(show_name, split_names(text, "and")) if "," in text else [text]


def _write(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_write, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _check(content: Path, path: Path, data: bytes) -> None:
    """Raises InputError with the faults that a build would find in the record."""
    faults = Faults(strict=True)
    opened = open_source(Source(str(path), data), faults.report, "yaml")
    records: list[Record] = []
    if opened:
        importer, source = opened
        context = ReadContext(faults.report, {}, {}, {})
        records = [one for part in importer.reader.split(source) for one in importer.reader.read(part, context)]
    identifiers = {key for one in records for key in keys_of(one, titles=False) if key[0] in _OPTIONS}
    # Papers of a file that is no record of ours give their values to a new one.
    for other in list_records(read_chunks(content, lambda _fault: None)) if identifiers else ():
        for name, value in identifiers.intersection(keys_of(other, titles=False)) if other.origin.native else ():
            message = f"{value} is that of {other.id!r} already ({other.origin.file})"
            faults.report(Fault("", 0, name, message, f"Edit that record, or leave {_OPTIONS[name]} out."))
    known = [tag.slug for tag in read_tags(content, lambda _fault: None) or ()]
    for tag in [tag for one in records for tag in one.tags] if known else ():
        if tag not in known:
            faults.report(
                Fault("", 0, "tags", f"tags.yaml has no tag {tag!r}", name_nearest(tag, known, "tags of tags.yaml"))
            )
    if faults.errors:
        raise InputError(
            [
                replace(
                    one,
                    file=_OPTIONS.get(one.field, "new"),
                    line=0,
                    field="",
                    # The record says `tags: […]`, the command line one slug at a time.
                    remedy=re.sub(r"`tags: \[([^\[\]]*)\]`", _write_tags, one.remedy),
                )
                for one in faults.errors
            ]
        )


def _write_tags(match: re.Match[str]) -> str:
    return " ".join(f"--tag {slug.strip()}" for slug in match[1].split(","))
