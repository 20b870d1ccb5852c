"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from ..text.memo import memoize_text
from .feed import Feed, FeedEntry, FeedFormat, show_rfc3339
from .xmltext import element, escape_text, write_document

# RFC 4287 wants an `updated` in every entry; a paper without a date gets the oldest one that readers know.
_UNKNOWN = "1970-01-01"
_NAMESPACE = "http://www.w3.org/2005/Atom"


def write_atom(feed: Feed) -> bytes:
    """Writes a feed as an Atom document."""
    lines = [
        f'<feed xmlns="{_NAMESPACE}" xml:lang="{escape_text(feed.language)}">\n',
        element(1, "title", feed.title),
        element(1, "subtitle", feed.description),
        element(1, "id", feed.self_url(ATOM)),
        element(1, "link", rel="alternate", type="text/html", href=feed.url),
        element(1, "link", rel="self", type=ATOM.media_type, href=feed.self_url(ATOM)),
        element(1, "updated", show_rfc3339(feed.updated or _UNKNOWN)),
        _write_author(1, feed.title),
        *(memoize_text("atom", entry.digest, _write_entry, entry) for entry in feed.entries),
        "</feed>\n",
    ]
    return write_document("".join(lines))


def _write_entry(entry: FeedEntry) -> str:
    lines = [
        " <entry>\n",
        element(2, "title", entry.title),
        element(2, "id", entry.url),
        element(2, "link", rel="alternate", type="text/html", href=entry.url),
        element(2, "published", show_rfc3339(entry.date)) if entry.date else "",
        element(2, "updated", show_rfc3339(entry.updated or _UNKNOWN)),
        *(_write_author(2, name) for name in entry.authors),
        *(element(2, "category", term=tag) for tag in entry.tags),
        element(2, "summary", entry.summary) if entry.summary else "",
        element(2, "content", entry.content, type="html") if entry.content else "",
        " </entry>\n",
    ]
    return "".join(lines)


def _write_author(depth: int, name: str) -> str:
    blanks = " " * depth
    return f"{blanks}<author>\n{element(depth + 1, 'name', name)}{blanks}</author>\n"


ATOM = FeedFormat("atom", "atom.xml", "application/atom+xml", "Atom", "Atom", write_atom)
