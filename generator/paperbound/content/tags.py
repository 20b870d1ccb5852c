"""Topics: tags.yaml, keywords of foreign files that become topics, and papers that topics inherit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..model.catalogue import Tag, list_ancestors
from ..model.errors import Fault, FieldError, Report, convert_each, merge_errors, name_nearest
from ..model.record import Record
from ..text.characters import match_look
from ..text.report import count_of
from ..text.slugs import is_free, make_slug
from .yaml_files import Fields, load_yaml

_KEYS = ("slug", "name", "description", "parent", "match")
# Unknown keywords that a warning names.
_MOST_NAMED = 20


def read_tags(folder: Path, report: Report) -> tuple[Tag, ...] | None:
    """Reads the topics in tags.yaml; returns None without the file, and for a faulty one."""
    file = folder / "tags.yaml"
    loaded = load_yaml(file, folder, report)
    if not loaded:
        return None
    source, entries = loaded
    tags: dict[str, Tag] = {}
    owners: dict[str, str] = {}
    read = [Fields(source.file, entry, report) for entry in entries]
    places: dict[str, Fields] = {}
    for fields in read:
        tag = _make_tag(fields, tags)
        double = [word for word in map(make_slug, tag.match) if owners.setdefault(word, tag.slug) != tag.slug]
        if double:
            remedy = "A keyword leads to one topic: keep one of them."
            messages = (f"{word!r} stands under {owners[word]!r}, too" for word in double)
            fields.fail(merge_errors(FieldError("match", message, remedy) for message in messages))
        tags.setdefault(tag.slug, tag)
        places.setdefault(tag.slug, fields)
    for slug, fields in places.items():
        _check_parent(fields, tags[slug], tags)
    looks: dict[str, Tag] = {}
    for tag in tags.values():
        first = looks.setdefault(match_look(tag.name), tag)
        if first is not tag:
            message = f"the name {tag.name!r} looks like that of {first.slug!r}"
            remedy = "Keep one of the two, or give it a name that readers can tell from the other."
            report(Fault(source.file, places[tag.slug].entry.line, "name", message, remedy, warning=True))
    # Without a whole list, a paper's tag cannot be called unknown.
    return None if any(fields.faulty for fields in read) else tuple(tags.values())


def _make_tag(fields: Fields, tags: Mapping[str, Tag]) -> Tag:
    fields.check_keys(_KEYS, "tag")
    slug, name, description, parent = map(fields.text, ("slug", "name", "description", "parent"))
    if slug != make_slug(slug) or not is_free(slug):
        fields.fail(FieldError("slug", f"{slug!r} is not a slug", f"Write {make_slug(slug or name) or 'a-word'!r}."))
    if slug in tags:
        fields.fail(FieldError("slug", f"the tag {slug!r} stands twice", "Keep one of them."))
    # YAML's word for nothing, which the reader of plain texts leaves as it is.
    parent = "" if parent in ("null", "~") else parent
    return Tag(slug, name or slug, description, parent, fields.read((), _read_match, fields.entry.values))


def _read_match(values: Mapping[str, Any]) -> tuple[str, ...]:
    match = values.get("match") or []
    remedy = 'Write `match: ["deep learning"]`.'
    if not isinstance(match, list):
        raise FieldError("match", "a list of keywords is expected here", remedy)

    def convert(one: Any) -> str:
        if not isinstance(one, str) or not make_slug(one):
            raise FieldError("match", f"{one!r} is no keyword: a text with letters or digits is one", remedy)
        return one

    return tuple(convert_each(match, convert))


def _check_parent(fields: Fields, tag: Tag, tags: Mapping[str, Tag]) -> None:
    if tag.parent and tag.parent not in tags:
        message = f"tags.yaml has no tag {tag.parent!r}"
        fields.fail(FieldError("parent", message, name_nearest(tag.parent, tags, "tags")))
    if tag.slug in list_ancestors(tag.slug, tags):
        message = f"the tag {tag.slug!r} is above itself"
        fields.fail(FieldError("parent", message, "Take one of the parents away."))


def match_keywords(records: Iterable[Record], tags: Sequence[Tag]) -> Iterator[Record]:
    """Yields the records with keywords of foreign files as tags.

    A keyword becomes the tag whose `match` or name it is. So does arXiv's category, of which a native record with
    tags of its own has no need.
    """
    known = {tag.slug for tag in tags}
    words = {make_slug(word): tag.slug for tag in tags for word in (tag.name, *tag.match)}
    topics: dict[str, str] = {}
    for record in records:
        matched, native = record.tags, record.origin.native
        if matched and not native:
            matched = tuple(dict.fromkeys(tag if tag in known else words.get(tag, tag) for tag in matched))
        category = record.category
        if category and not (native and matched):
            topic = topics.get(category)
            if topic is None:
                topic = topics[category] = words.get(make_slug(category), "")
            matched = (*matched, topic) if topic and topic not in matched else matched
        yield record if matched == record.tags else replace(record, tags=matched)


def collect_tags(records: Sequence[Record], known: tuple[Tag, ...] | None, report: Report) -> dict[str, Tag]:
    """Returns the tags by slug, those of the records without a tags.yaml; reports unknown ones.

    An unknown tag of a native record is a fault; those of foreign files are one warning together.
    """
    if known is None:
        used = sorted({tag for record in records for tag in record.tags})
        return {slug: Tag(slug, slug.replace("-", " ").capitalize()) for slug in used}
    tags = {tag.slug: tag for tag in known}
    foreign: dict[str, list[Record]] = {}
    for record in records:
        for slug in record.tags:
            if slug in tags:
                continue
            if not record.origin.native:
                foreign.setdefault(slug, []).append(record)
            else:
                origin = record.origin
                message = f"tags.yaml has no tag {slug!r}"
                remedy = name_nearest(slug, tags, "tags")
                report(Fault(origin.file, origin.line_of("tags"), "tags", message, remedy))
    if foreign:
        _warn_of_keywords(foreign, report)
    return tags


def _warn_of_keywords(papers: Mapping[str, Sequence[Record]], report: Report) -> None:
    ranked = sorted(papers, key=lambda slug: (-len(papers[slug]), slug))
    named = ", ".join(f"{slug!r} ({len(papers[slug])})" for slug in ranked[:_MOST_NAMED])
    more = f" and {count_of(len(ranked) - _MOST_NAMED, 'other')}" if len(ranked) > _MOST_NAMED else ""
    message = f"no topic for {count_of(len(ranked), 'keyword')} of imported papers, left out: {named}{more}"
    remedy = "Name them under `match:` of a topic in tags.yaml, or add topics."
    origin = papers[ranked[0]][0].origin
    report(Fault(origin.file, origin.line_of("tags"), "tags", message, remedy, warning=True, rule="unknown-tag"))


def list_by_tag(records: Iterable[Record], tags: Mapping[str, Tag]) -> dict[str, tuple[str, ...]]:
    """Returns the ids of each tag's papers, in the order of the records.

    They include the papers of the tags below.
    """
    above = {slug: (slug, *list_ancestors(slug, tags)) for slug in tags}
    papers: dict[str, list[str]] = {slug: [] for slug in tags}
    for record in records:
        for slug in dict.fromkeys(one for tag in record.tags for one in above.get(tag, ())):
            papers[slug].append(record.id)
    return {slug: tuple(ids) for slug, ids in papers.items()}
