"""Papers as plain JSON for other programs, and the JSON Schema of it (https://json-schema.org/draft/2020-12/schema)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ..markup.markdown import strip_inline
from ..markup.texts import text_of
from ..model.record import FILLABLE, Author, Record, Signal

# Fields that stand in a paper as they are, and texts, which stand there without markup.
_PLAIN = (
    "venue venue_year booktitle series address volume issue pages publisher kind arxiv doi pmid isbn bibkey category "
    "language license retracted note"
).split()
_TEXTS = ("takeaway", "summary", "abstract", "notes")


def make_paper(
    record: Record, url: str, key: str, people: Sequence[str], picture: str = "", related: Sequence[str] = ()
) -> dict[str, object]:
    """Returns a paper as JSON; empty fields are left out.

    `url` is the address of its page, `key` that of its citation; `people` are the addresses of its authors' pages, or
    empty texts; `picture` is the address of its picture. `related` are the ids of papers that it names.
    """
    fields: dict[str, object] = {
        "id": record.id,
        "url": url,
        "key": key,
        "title": text_of(record, "title").plain,
        "other_titles": [strip_inline(title) for title in record.other_titles],
        "authors": [_make_person(*pair) for pair in zip(record.authors, people, strict=True)],
        "editors": [_make_person(editor, "") for editor in record.editors],
        "date": record.date.iso if record.date else "",
        "added": record.added.iso if record.added else "",
        **{name: getattr(record, name) for name in _PLAIN},
        "tags": record.tags,
        "awards": record.awards,
        "links": [{"kind": link.kind, "url": link.url} for link in record.links],
        "picture": _drop_empty({"url": picture, "alt": record.picture_alt}) if picture else {},
        "related": related,
        "signals": [_make_signal(signal) for signal in record.signals],
        "made_by": record.list_programs(),
        **{name: text_of(record, name).plain for name in _TEXTS if getattr(record, name)},
    }
    return _drop_empty(fields)


def _drop_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _make_person(person: Author, page: str) -> dict[str, object]:
    values = {"name": person.name, "orcid": person.orcid, "affiliation": person.affiliation}
    return _drop_empty({**values, "url": page, "homepage": person.url})


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
    person = {"name": text, "orcid": text, "affiliation": text, "homepage": address}
    author, editor = _describe({**person, "url": address}, "name"), _describe(person, "name")
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
            "other_titles": _list(text),
            "authors": _list(author),
            "editors": _list(editor),
            "links": _list(link),
            "picture": _describe({"url": address, "alt": text}, "url"),
            "related": _list(text),
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
