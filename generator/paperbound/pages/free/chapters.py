"""Chapters: the free pages in the order of the menu, and their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...library.pieces import Reference
from ...library.site import Site
from ...model.catalogue import FreePage
from ...urls import free_page


class Chapter(NamedTuple):
    """An entry of the menu with its free pages.

    `title` is empty for a page of no chapter; `name` is the slug of the first page, which notes the entry of the menu.
    """

    title: str
    name: str
    pages: tuple[Reference, ...]
    is_reference: bool = False


class Place(NamedTuple):
    """The chapter of a page, with the pages before and after this one."""

    chapter: Chapter
    previous: Reference | None = None
    next: Reference | None = None


def list_chapters(site: Site) -> list[Chapter]:
    """Lists the free pages of the menu, then those that stand nowhere in it.

    A page in a folder belongs to the page of its folder, where this is in the menu.
    """
    pages = {page.slug: page for page in site.catalogue.pages}
    chapters = []
    for item in site.config.nav:
        names = item.pages or ((item.name, item.title),)
        found = tuple(_refer(site, pages[name], title) for name, title in names if name in pages)
        chapters += [Chapter(item.title if item.pages else "", names[0][0], found, item.is_reference)] if found else []
    known = {one.note for chapter in chapters for one in chapter.pages}
    left = (page for slug, page in pages.items() if slug not in known)
    return [*chapters, *(Chapter("", page.slug or "home", (_refer(site, page),)) for page in left)]


def find_places(site: Site) -> Mapping[str, Place]:
    """Returns the places of all free pages by their slugs."""
    chapters = list_chapters(site)
    walk = [(chapter, one) for chapter in chapters if chapter.title for one in chapter.pages]
    places = {}
    for at, (chapter, one) in enumerate(walk):
        previous = walk[at - 1][1] if at else None
        places[one.note] = Place(chapter, previous, walk[at + 1][1] if at + 1 < len(walk) else None)
    for chapter in chapters:
        slug = chapter.pages[0].note
        above = next((places[one] for one in _list_above(slug) if one in places), None)
        places.setdefault(slug, Place(above.chapter if above else chapter))
    return places


def _list_above(slug: str) -> list[str]:
    parts = slug.split("/")
    return ["/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def _refer(site: Site, page: FreePage, title: str = "") -> Reference:
    return Reference(title or page.title, site.addresses.href(free_page(page.slug)), note=page.slug)
