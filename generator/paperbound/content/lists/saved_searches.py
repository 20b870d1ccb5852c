"""Saved searches of the site, in searches.yaml of the content folder."""

from __future__ import annotations

from pathlib import Path

from ...model.catalogue import SavedSearch
from ...model.errors import FieldError, Report
from ...search.query.parser import parse_query
from ...text.slugs import is_free, make_slug
from ...text.yamltext import Entry
from ..yaml_files import check_keys, load_yaml, read_text, report_field

_FILE = "searches.yaml"
_KEYS = ("title", "query", "slug", "description")


def read_saved_searches(folder: Path, report: Report) -> tuple[SavedSearch, ...]:
    """Reads the saved searches, in the order of their file; reports faulty ones."""
    file = folder / _FILE
    loaded = load_yaml(file, folder, report) if file.is_file() else None
    if not loaded:
        return ()
    source, entries = loaded
    found: dict[str, SavedSearch] = {}
    for entry in entries:
        try:
            one = _make_search(entry, source.file)
            if one.slug in found:
                raise FieldError("slug", f"the search {one.slug!r} stands twice", "Keep one, or give it another slug.")
            found[one.slug] = one
        except FieldError as error:
            report_field(source, entry, error, report)
    return tuple(found.values())


def _make_search(entry: Entry, file: str) -> SavedSearch:
    check_keys(entry.values, _KEYS, "saved search")
    title, query, slug, description = (read_text(entry.values, key) for key in _KEYS)
    if not title:
        raise FieldError("title", "a saved search has no title", "Add a line such as: title: Agents that plan")
    if slug and slug != make_slug(slug):
        raise FieldError("slug", f"{slug!r} is not a slug", f"Write {make_slug(slug) or 'a-word'!r}.")
    slug = slug or make_slug(title)
    if not is_free(slug):
        raise FieldError("slug", f"{title!r} cannot be an address", "Add a line such as: slug: a-word")
    if not any(word.sign != "-" for word in parse_query(query)[0]):
        raise FieldError("query", "the query asks for no word", "Add a line such as: query: tag:agents planning")
    line = entry.lines.get("query", entry.line)
    return SavedSearch(slug, title, query, description, file, line)
