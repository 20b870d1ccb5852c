"""Sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from .xmltext import serialize

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(pages: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap of pages: absolute address, and date of change (ISO 8601) where it is known."""
    root = Element("urlset", xmlns=_NAMESPACE)
    for url, changed in pages:
        page = SubElement(root, "url")
        SubElement(page, "loc").text = url
        if changed:
            SubElement(page, "lastmod").text = changed
    return serialize(root)


def write_sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """The index of several sitemaps, by their absolute addresses."""
    root = Element("sitemapindex", xmlns=_NAMESPACE)
    for url in sitemaps:
        SubElement(SubElement(root, "sitemap"), "loc").text = url
    return serialize(root)
