"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json

from ..text.memo import memoize_text
from .feed import Feed, FeedEntry, FeedFormat, show_rfc3339


def write_jsonfeed(feed: Feed) -> bytes:
    """Writes a feed as a JSON Feed document, an item a line."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.self_url(JSON_FEED),
        "description": feed.description,
        "language": feed.language,
    }
    items = ",\n".join(memoize_text("json", entry.digest, _write_item, entry) for entry in feed.entries)
    return f'{_write(head)[:-1]}, "items": [\n{items}\n]}}\n'.encode()


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_item(entry: FeedEntry) -> str:
    item: dict[str, object] = {"id": entry.url, "url": entry.url, "title": entry.title}
    if entry.content:
        item["content_html"] = entry.content
    else:
        item["content_text"] = entry.summary or entry.title
    if entry.summary:
        item["summary"] = entry.summary
    if entry.date:
        item["date_published"] = show_rfc3339(entry.date)
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    if entry.tags:
        item["tags"] = list(entry.tags)
    return _write(item)


JSON_FEED = FeedFormat("json", "feed.json", "application/feed+json", "JSON", "JSON Feed", write_jsonfeed)
