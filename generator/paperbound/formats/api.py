"""Papers as plain JSON for other programs, and the JSON Schema of it (https://json-schema.org/draft/2020-12/schema)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ..markup.texts import text_of
from ..model.record import FILLABLE, Record, Signal

# Fields that stand in a paper as they are, and texts, which stand there without markup.
_PLAIN = (
    "venue venue_year booktitle series volume issue pages publisher kind arxiv doi pmid isbn category language license "
    "retracted note"
).split()
_TEXTS = ("takeaway", "summary", "abstract", "notes")


def make_paper(record: Record, url: str, key: str, people: Sequence[str]) -> dict[str, object]:
    """Returns a paper as JSON; empty fields are left out.

    `url` is the address of its page, `key` that of its citation; `people` are the addresses of its authors' pages, or
    empty texts.
    """
    authors = (
        {"name": author.name, "orcid": author.orcid, "affiliation": author.affiliation, "url": page}
        for author, page in zip(record.authors, people, strict=True)
    )
    fields: dict[str, object] = {
        "id": record.id,
        "url": url,
        "key": key,
        "title": text_of(record, "title").plain,
        "authors": [{name: value for name, value in author.items() if value} for author in authors],
        "date": record.date.iso if record.date else "",
        "added": record.added.iso if record.added else "",
        **{name: getattr(record, name) for name in _PLAIN},
        "tags": record.tags,
        "awards": record.awards,
        "links": [{"kind": link.kind, "url": link.url} for link in record.links],
        "signals": [_make_signal(signal) for signal in record.signals],
        "made_by": record.list_programs(),
        **{name: text_of(record, name).plain for name in _TEXTS if getattr(record, name)},
    }
    return {name: value for name, value in fields.items() if value}


def _make_signal(signal: Signal) -> dict[str, object]:
    values = {"name": signal.name, "value": signal.value, "date": signal.date and signal.date.iso}
    return {key: value for key, value in {**values, "source": signal.source}.items() if value not in (None, "")}


def write_json(value: Mapping[str, object]) -> bytes:
    """Writes a JSON file."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def make_schema(url: str) -> dict[str, object]:
    """Returns the JSON Schema of a file of papers; `url` is its own address."""
    text = {"type": "string", "minLength": 1}
    address = {**text, "format": "uri"}
    date = {**text, "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
    author = _describe({"name": text, "orcid": text, "affiliation": text, "url": address}, "name")
    link = _describe({"kind": text, "url": address}, "kind", "url")
    count = {"type": "integer", "minimum": 0}
    signal = _describe({"name": text, "value": count, "date": date, "source": text}, "name", "value")
    made_by = {"type": "object", "propertyNames": {"enum": FILLABLE}, "additionalProperties": text}
    texts = dict.fromkeys((*_PLAIN, *_TEXTS), text)
    paper = _describe(
        {
            "id": text,
            "url": address,
            "key": text,
            "title": text,
            "date": date,
            "added": date,
            "authors": _list(author),
            "links": _list(link),
            "signals": _list(signal),
            "made_by": made_by,
            "tags": _list(text),
            "awards": _list(text),
            **texts,
        },
        *("id", "url", "key", "title"),
    )
    schema = _describe({"version": {"const": 1}, "papers": {"type": "array", "items": paper}}, "version", "papers")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": url, **schema}


def _describe(fields: Mapping[str, object], *required: str) -> dict[str, object]:
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _list(item: Mapping[str, object]) -> dict[str, object]:
    return {"type": "array", "items": item, "minItems": 1}
