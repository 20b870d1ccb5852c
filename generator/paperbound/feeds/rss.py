"""RSS 2.0 with Dublin Core creators and Atom's self link.

https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, register_namespace

from ..model.date import PartialDate
from ..model.feed import Feed, FeedEntry
from ..text.dates import show_rfc822
from ..text.markdown import escape_html
from .content import render_content
from .xmltext import serialize

_ATOM = "http://www.w3.org/2005/Atom"
_CREATOR = "http://purl.org/dc/elements/1.1/"
register_namespace("atom", _ATOM)
register_namespace("dc", _CREATOR)


def write_rss(feed: Feed) -> bytes:
    """The feed as an RSS 2.0 document."""
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.url)
    _add(channel, "description", feed.description)
    _add(channel, "language", feed.language)
    if feed.updated:
        _add(channel, "lastBuildDate", show_rfc822(PartialDate.parse(feed.updated)))
    SubElement(channel, f"{{{_ATOM}}}link", rel="self", type="application/rss+xml", href=feed.self_urls[0])
    for entry in feed.entries:
        _add_item(channel, entry)
    return serialize(root)


def _add_item(channel: Element, entry: FeedEntry) -> None:
    item = SubElement(channel, "item")
    _add(item, "title", entry.title)
    _add(item, "link", entry.url)
    guid = SubElement(item, "guid", isPermaLink="true")
    guid.text = entry.url
    if entry.date:
        _add(item, "pubDate", show_rfc822(PartialDate.parse(entry.date)))
    for author in entry.authors:
        _add(item, f"{{{_CREATOR}}}creator", author)
    for tag in entry.tags:
        _add(item, "category", tag)
    # A description is HTML by convention: plain text is escaped for it, then once more for XML.
    lead = f"<p>{escape_html(entry.summary)}</p>\n" if entry.summary and entry.summary != entry.content else ""
    _add(item, "description", f"{lead}{render_content(entry)}")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
