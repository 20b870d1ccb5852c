"""Sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable

from .xmltext import element, write_document

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(pages: Iterable[tuple[str, str]]) -> bytes:
    """Writes a sitemap of pages: absolute address, and ISO date of change if known."""
    return _write("urlset", "url", pages)


def write_sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """Writes the index of several sitemaps, by their absolute addresses."""
    return _write("sitemapindex", "sitemap", ((url, "") for url in sitemaps))


def _write(root: str, name: str, pages: Iterable[tuple[str, str]]) -> bytes:
    items = (
        f" <{name}>\n{element(2, 'loc', url)}{element(2, 'lastmod', changed) if changed else ''} </{name}>\n"
        for url, changed in pages
    )
    return write_document(f'<{root} xmlns="{_NAMESPACE}">\n{"".join(items)}</{root}>\n')
