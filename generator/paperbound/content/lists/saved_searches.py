"""Saved searches of the site, in searches.yaml of the content folder."""

from __future__ import annotations

from pathlib import Path

from ...model.catalogue import SavedSearch
from ...model.errors import FieldError, Report
from ...search.query.parser import parse_query
from ...text.slugs import is_free, make_slug
from ..yaml_files import Fields, load_yaml

_FILE = "searches.yaml"
_KEYS = ("title", "query", "slug", "description")


def read_saved_searches(folder: Path, report: Report) -> tuple[SavedSearch, ...]:
    """Reads the saved searches, in the order of their file; reports faulty ones."""
    file = folder / _FILE
    loaded = load_yaml(file, folder, report)
    if not loaded:
        return ()
    source, entries = loaded
    found: dict[str, SavedSearch] = {}
    for entry in entries:
        fields = Fields(source.file, entry, report)
        one = _make_search(fields)
        if one.slug in found:
            message = f"the search {one.slug!r} stands twice"
            fields.fail(FieldError("slug", message, "Keep one, or give it another slug."))
        elif not fields.faulty:
            found[one.slug] = one
    return tuple(found.values())


def _make_search(fields: Fields) -> SavedSearch:
    fields.check_keys(_KEYS, "saved search")
    title, query, slug, description = map(fields.text, _KEYS)
    if not title:
        fields.fail(FieldError("title", "a saved search has no title", "Add a line such as: title: Agents that plan"))
    if slug and slug != make_slug(slug):
        fields.fail(FieldError("slug", f"{slug!r} is not a slug", f"Write {make_slug(slug) or 'a-word'!r}."))
    slug = slug or make_slug(title)
    if title and not is_free(slug):
        fields.fail(FieldError("slug", f"{title!r} cannot be an address", "Add a line such as: slug: a-word"))
    if not any(word.sign != "-" for word in parse_query(query)[0]):
        remedy = "Add a line such as: query: tag:agents planning"
        fields.fail(FieldError("query", "the query asks for no word", remedy))
    line = fields.entry.lines.get("query", fields.entry.line)
    return SavedSearch(slug, title, query, description, fields.file, line)
