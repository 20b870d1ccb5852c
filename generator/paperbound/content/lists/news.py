"""News: short texts with dates, in news.yaml of the content folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...markup.markdown import is_picture, list_pictures
from ...model.catalogue import NewsItem
from ...model.date import PartialDate
from ...model.errors import FieldError, Report
from ...text.characters import clean
from ...text.yamltext import Entry, require_text
from ..yaml_files import check_keys, load_yaml, read_text, report_field

_FILE = "news.yaml"
_KEYS = ("date", "title", "text")


def read_news(folder: Path, static: Iterable[str], report: Report) -> tuple[NewsItem, ...]:
    """Reads the news, newest first; of one day the first in the file comes first.

    Reports faulty items. `static` are the paths of pictures that texts may show.
    """
    file, files = folder / _FILE, frozenset(static)
    loaded = load_yaml(file, folder, report) if file.is_file() else None
    if not loaded:
        return ()
    source, entries = loaded
    items = []
    for entry in entries:
        try:
            items.append(_make_item(entry))
            for picture in list_pictures(items[-1].text):
                if not is_picture(picture) or picture.lstrip("/") not in files:
                    raise FieldError("text", f"there is no picture {picture!r} in static/", "Put it there.")
        except FieldError as error:
            report_field(source, entry, error, report)
    return tuple(sorted(items, key=lambda item: item.date.first_day, reverse=True))


def _make_item(entry: Entry) -> NewsItem:
    check_keys(entry.values, _KEYS, "news item")
    text = clean(require_text("text", entry.values.get("text")))[0].strip()
    title = read_text(entry.values, "title")
    if not text and not title:
        raise FieldError("text", "a news item has no text", "Add a line such as: text: Ada Kern joined the lab.")
    try:
        return NewsItem(PartialDate.parse(read_text(entry.values, "date")), text, title)
    except ValueError as error:
        raise FieldError("date", str(error), "Write YYYY, YYYY-MM or YYYY-MM-DD.") from error
