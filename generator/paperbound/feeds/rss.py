"""RSS 2.0 with Dublin Core creators and Atom's self link.

https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import format_datetime

from ..markup.markdown import escape_html
from ..model.date import PartialDate
from ..text.memo import memoize_text
from .feed import Feed, FeedEntry, FeedFormat
from .xmltext import element, write_document

_ROOT = '<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">\n'


def write_rss(feed: Feed) -> bytes:
    """Writes a feed as an RSS 2.0 document."""
    lines = [
        _ROOT,
        " <channel>\n",
        element(2, "title", feed.title),
        element(2, "link", feed.url),
        element(2, "description", feed.description),
        element(2, "language", feed.language),
        element(2, "lastBuildDate", show_rfc822(feed.updated)) if feed.updated else "",
        element(2, "atom:link", rel="self", type=RSS.media_type, href=feed.self_url(RSS)),
        *(memoize_text("rss", entry.digest, _write_item, entry) for entry in feed.entries),
        " </channel>\n</rss>\n",
    ]
    return write_document("".join(lines))


def _write_item(entry: FeedEntry) -> str:
    # A description is HTML by convention: plain text is escaped for it, then once more for XML.
    lead = f"<p>{escape_html(entry.summary)}</p>\n" if entry.summary else ""
    lines = [
        "  <item>\n",
        element(3, "title", entry.title),
        element(3, "link", entry.url),
        element(3, "guid", entry.url, isPermaLink="true"),
        element(3, "pubDate", show_rfc822(entry.date)) if entry.date else "",
        *(element(3, "dc:creator", author) for author in entry.authors),
        *(element(3, "category", tag) for tag in entry.tags),
        element(3, "description", entry.content if lead == entry.content else f"{lead}{entry.content}"),
        "  </item>\n",
    ]
    return "".join(lines)


def show_rfc822(date: str) -> str:
    """Returns an ISO date for RSS (RFC 822, year of four digits), midnight UTC."""
    return format_datetime(datetime.combine(PartialDate.parse(date).first_day, time(), UTC))


RSS = FeedFormat("rss", "feed.xml", "application/rss+xml", "RSS", "RSS", write_rss)
