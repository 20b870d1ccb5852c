"""News: short texts with dates, in news.yaml of the content folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ...markup.markdown import is_picture, list_pictures
from ...model.catalogue import NewsItem
from ...model.errors import FieldError, Report
from ...text.characters import clean
from ...text.yamltext import require_text
from ..yaml_files import Fields, load_yaml

_FILE = "news.yaml"
_KEYS = ("date", "title", "text")


def read_news(folder: Path, static: Iterable[str], report: Report) -> tuple[NewsItem, ...]:
    """Reads the news, newest first; of one day the first in the file comes first.

    Reports faulty items. `static` are the paths of pictures that texts may show.
    """
    file, files = folder / _FILE, frozenset(static)
    loaded = load_yaml(file, folder, report)
    if not loaded:
        return ()
    source, entries = loaded
    items = []
    for entry in entries:
        item = _make_item(Fields(source.file, entry, report), files)
        items += [item] if item else []
    return tuple(sorted(items, key=lambda item: item.date.first_day, reverse=True))


def _make_item(fields: Fields, files: Collection[str]) -> NewsItem | None:
    fields.check_keys(_KEYS, "news item")
    text = clean(fields.read("", require_text, "text", fields.entry.values.get("text")))[0].strip()
    title, date = fields.text("title"), fields.date("date")
    if not text and not title:
        fields.fail(FieldError("text", "a news item has no text", "Add a line such as: text: Ada Kern joined the lab."))
    if not date:
        fields.fail(FieldError("date", "a news item has no date", "Add a line such as: date: 2026-11-23"))
    lost = [one for one in list_pictures(text) if not is_picture(one) or one.lstrip("/") not in files]
    if lost:
        names = ", ".join(map(repr, dict.fromkeys(lost)))
        fields.fail(FieldError("text", f"there is no picture {names} in static/", "Put it there."))
    return NewsItem(date, text, title) if date and not fields.faulty else None
