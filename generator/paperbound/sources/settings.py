"""The settings of sources.yaml: sources, each held to the letter, all faults together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..content.yaml_files import load_yaml, report_field
from ..model import build
from ..model.errors import Fault, FieldError, Report, name_nearest
from ..storage.sources import is_there
from ..text.slugs import make_slug
from ..text.yamltext import Entry
from .enrich.fill import read_enrich
from .kinds import KINDS
from .kinds.values import read_address, read_choice, read_line, read_list, read_number, read_seconds
from .source import Source, SourceKind

NAME = "sources.yaml"
_IDENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _read_ident(value: Any) -> str:
    if not isinstance(value, str) or not _IDENT.fullmatch(value):
        raise ValueError(f"{value!r} is no id: lower-case letters, digits and single hyphens")
    return value


def _read_tags(value: Any) -> tuple[str, ...]:
    tags = read_list(value)
    if wrong := [
        f"{tag!r} is not a slug, as {make_slug(tag) or 'a-word'!r} is" for tag in tags if tag != make_slug(tag)
    ]:
        raise ValueError("; ".join(wrong))
    return tags


# The settings of every kind, with an example of each.
_COMMON: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "id": (_read_ident, "id: topic-daily"),
    "kind": (read_line, "kind: arxiv"),
    "url": (read_address, "url: https://example.org/feed.xml"),
    "limit": (read_number, "limit: 50"),
    "match": (read_line, 'match: title:diffusion "score matching"'),
    "boost": (read_list, "boost: [author:lovelace, benchmark]"),
    "tags": (_read_tags, "tags: [statistics]"),
    "edition": (_read_ident, "edition: topic"),
    "title": (read_line, "title: My topic today"),
    "rank_by": (_read_ident, "rank_by: upvotes"),
    "enrich": (read_enrich, "enrich: {takeaway: central-sentence, tags: suggest-tags}"),
    "update": (read_choice, "update: yes"),
    "pace": (read_seconds, "pace: 3"),
}
_EXAMPLES = {
    "query": "query: all:diffusion",
    "categories": "categories: [cs.LG, stat.ML]",
    "by": "by: announcement",
    "orcid": "orcid: [0000-0002-1825-0097]",
    "author": "author: Ada Lovelace (openalex: its id, A5023888391)",
    "issn": "issn: [1234-5679]",
    "institution": "institution: Example University (openalex: its id, I4200000001)",
    "since": "since: 2026-01-01",
    "mailto": "mailto: name@example.org",
    "path": "path: papers/library.bib",
    "format": "format: bibtex",
    "command": "command: [python3, find_papers.py]",
}


def read_sources(content: Path, report: Report) -> tuple[Source, ...]:
    """Reads the sources; reports every fault with its line. Without the file there are none."""
    file = content / NAME
    if not is_there(file):
        remedy = (
            "Write one such as `- {id: arxiv, kind: arxiv, categories: [cs.CL]}`; `paperbound init` makes one, too."
        )
        report(Fault(f"{content.resolve().name}/{NAME}", 0, "", "there is no file of sources", remedy))
        return ()
    loaded = load_yaml(file, content, report)
    if not loaded:
        return ()
    yaml, entries = loaded
    if not entries:
        remedy = "Take the # away before one of its examples, or write `- id: …` with `kind: …` below it."
        report(Fault(yaml.file, 1, "", "no source is switched on", remedy))
    found: dict[str, Source] = {}
    for entry in entries:
        source = _read_source(yaml, entry, report)
        if source and source.id in found:
            message = f"the id {source.id!r} stands twice"
            report(
                Fault(yaml.file, entry.lines.get("id", entry.line), "id", message, "Give each source an id of its own.")
            )
        elif source:
            found[source.id] = source
    return tuple(found.values())


def _read_source(yaml: build.Source, entry: Entry, report: Report) -> Source | None:
    errors: list[FieldError] = []
    kind = _find_kind(entry, errors)
    typed: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name, value in entry.values.items():
        own = kind.settings.get(name) if kind else None
        convert = own or (_COMMON[name][0] if name in _COMMON else None)
        try:
            if convert is None and kind:
                known = [*_COMMON, *kind.settings]
                message = f"{name!r} is no setting of the kind {kind.name!r}"
                raise FieldError(name, message, name_nearest(name, known, "settings"))
            if convert:
                (values if own else typed)[name] = convert(value)
        except ValueError as error:
            errors.append(error if isinstance(error, FieldError) else FieldError(name, str(error), _show(name)))
    errors += _find_missing(entry, kind, {**typed, **values})
    for fault in errors:
        report_field(yaml.file, entry, fault, report)
    if errors or not kind:
        return None
    typed = {"url": kind.url, "pace": kind.pace, **typed, "kind": kind}
    return Source(**typed, values=values, line=entry.line)


def _find_kind(entry: Entry, errors: list[FieldError]) -> SourceKind | None:
    name = entry.values.get("kind")
    kinds = {kind.name: kind for kind in KINDS}
    if isinstance(name, str) and name in kinds:
        return kinds[name]
    if "kind" not in entry.values:
        errors.append(FieldError("kind", "the source has no kind", f"Write `kind:` with one of {', '.join(kinds)}."))
    else:
        errors.append(FieldError("kind", f"{name!r} is no kind of source", name_nearest(str(name), kinds, "kinds")))
    return None


def _find_missing(entry: Entry, kind: SourceKind | None, typed: Mapping[str, Any]) -> Iterator[FieldError]:
    if "id" not in entry.values:
        yield FieldError("id", "the source has no id", "Write a line such as `id: topic-daily`.")
    if kind and kind.needs and not set(kind.needs) & entry.values.keys():
        names = " or ".join(f"`{name}`" for name in kind.needs)
        yield FieldError(
            "kind", f"a source of the kind {kind.name!r} needs {names}", f"Write `{_show_short(kind.needs[0])}`."
        )
    if "pace" in typed and "url" not in typed:
        message = "the pace of the service itself is fixed"
        yield FieldError("pace", message, "Leave it out; a server of your own, by `url`, may have another pace.")
    for name in ("title", "rank_by", "boost"):
        if name in typed and "edition" not in typed:
            yield FieldError(name, f"{name!r} is about editions, and the source makes none", "Write `edition: …`, too.")


def _show(name: str) -> str:
    return f"Write `{_show_short(name)}`."


def _show_short(name: str) -> str:
    return _COMMON[name][1] if name in _COMMON else _EXAMPLES.get(name, f"{name}: …")
