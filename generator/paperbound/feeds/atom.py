"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from ..model.date import PartialDate
from ..model.feed import Feed, FeedEntry
from ..text.dates import show_rfc3339
from .content import render_content
from .xmltext import serialize

# RFC 4287 wants an `updated` in every entry; a paper without a date gets the oldest one that readers know.
_UNKNOWN = "1970-01-01"
_NAMESPACE = "http://www.w3.org/2005/Atom"


def write_atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.description)
    _add(root, "id", feed.self_urls[1])
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.url)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.self_urls[1])
    _add(root, "updated", _write(feed.updated))
    author = SubElement(root, "author")
    _add(author, "name", feed.title)
    for entry in feed.entries:
        _add_entry(root, entry)
    return serialize(root)


def _add_entry(root: Element, entry: FeedEntry) -> None:
    item = SubElement(root, "entry")
    _add(item, "title", entry.title)
    _add(item, "id", entry.url)
    SubElement(item, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.date:
        _add(item, "published", _write(entry.date))
    _add(item, "updated", _write(entry.updated))
    for name in entry.authors:
        author = SubElement(item, "author")
        _add(author, "name", name)
    for tag in entry.tags:
        SubElement(item, "category", term=tag)
    if entry.summary:
        _add(item, "summary", entry.summary)
    if entry.content:
        content = SubElement(item, "content", type="html")
        content.text = render_content(entry)


def _write(date: str) -> str:
    return show_rfc3339(PartialDate.parse(date or _UNKNOWN))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
