"""Free pages: the site's own texts, with their contents, chapters and search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from ...formats.metadata import make_website
from ...library.page_kind import BytesWork, PageKind, PageWork, Shard
from ...library.pieces import Branch, Head, Reference, SiteContext
from ...library.site import Site
from ...markup.document import Document, Heading, Target, render_document
from ...model.build import Job
from ...model.catalogue import FreePage
from ...model.digests import name_bytes
from ...urls import PAGE_SEARCH, Addresses, free_page, home, listing
from .chapters import Chapter, Place, find_places, list_chapters

# Headings below this level are not in a page's contents.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class TextPage:
    """`page.html`: a free page, such as the one about the site.

    `contents` are the headings of the page, two levels of them. `chapter` has the pages of the same entry of the menu,
    each with its slug as `note`, and `slug` is that of this page; `previous` and `next` are the pages beside it in the
    order of the menu. `source` is the address of its file in the repository. `lang` and `dir` are language and
    direction of the text, where they are not those of the page.
    """

    site: SiteContext
    head: Head
    title: str
    body_html: str
    slug: str = ""
    contents: tuple[Branch, ...] = ()
    chapter_title: str = ""
    chapter: tuple[Reference, ...] = ()
    previous: Reference | None = None
    next: Reference | None = None
    source: str = ""
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True, slots=True)
class PageSearch:
    """`search-pages.html`: the search of pages, which lists all of them.

    `manifest` is the data of the search, `module` its script; each chapter is a title, or nothing, and its pages.
    """

    site: SiteContext
    head: Head
    manifest: str
    module: str
    chapters: tuple[tuple[str, tuple[Reference, ...]], ...]


def _plan_pages(site: Site, shard: Shard) -> Iterator[Job]:
    places, titles = find_places(site), _list_titles(list_chapters(site))
    for page in site.catalogue.pages[shard.start : shard.stop]:
        yield _plan_page(site, page, places[page.slug], titles)


def _plan_page(site: Site, page: FreePage, place: Place, titles: Mapping[str, str]) -> Job:
    path = free_page(page.slug)
    document = _render(site, page, titles)
    section = "home" if path == home() else place.chapter.name
    about = (
        make_website(site.config.title, site.addresses.absolute(home()), site.description, site.config.language, ""),
    )
    head = site.make_head(
        path, page.title, page.description, section=section, feeds=site.feeds, about=about if path == home() else ()
    )
    is_own = page.language in ("", site.config.language)
    known = {one.code: one for one in head.translations}
    # Search engines get the languages that have the page; one that is not translated repeats another.
    shown = tuple(one if is_own and code in page.translations else replace(one, url="") for code, one in known.items())
    head = replace(head, canonical=head.canonical if is_own else known[page.language].url, translations=shown)
    repository, (lang, direction) = site.config.repository, site.language.mark(page.language)
    context = TextPage(
        site.context,
        head,
        page.title,
        document.html,
        page.slug,
        _nest(document.headings),
        place.chapter.title,
        place.chapter.pages if place.chapter.title else (),
        place.previous,
        place.next,
        f"{repository}/edit/main/{quote(page.file)}" if repository else "",
        lang,
        direction,
    )
    return Job(path, PageWork("page.html", context), f"the page {page.file}", (path,), listed=is_own)


def _render(site: Site, page: FreePage, titles: Mapping[str, str]) -> Document:
    """Renders a page; `titles` has the titles of all free pages by their paths."""
    links = {
        target: Target(_find_href(site, target, place, titles), titles.get(place, "")) for target, place in page.links
    }
    return render_document(page.body, links, site.addresses.base_path, site.addresses.folder)


def _list_titles(chapters: Iterable[Chapter]) -> dict[str, str]:
    return {free_page(one.note): one.name for chapter in chapters for one in chapter.pages}


def _find_href(site: Site, target: str, place: str, titles: Mapping[str, str]) -> str:
    """Returns the link to a place, below the base path and the language's folder.

    It is empty for a file outside the site, if no repository is known.
    """
    path = target.partition("#")[0].partition("?")[0]
    end = target.removeprefix(path)
    if place.startswith("../"):
        return f"{site.config.repository}/blob/main/{quote(place[3:])}{end}" if site.config.repository else ""
    root = Addresses(site.config.base_url)
    href = root.href(place) if place in titles else root.href_file(place)
    return href[len(root.base_path) :] + end


def _nest(headings: Sequence[Heading]) -> tuple[Branch, ...]:
    """Returns the highest headings of a page, with those one level below them."""
    top = min((one.level for one in headings), default=0)
    found: list[tuple[Reference, list[Branch]]] = []
    for one in headings:
        reference = Reference(one.text, f"#{one.id}")
        if one.level == top:
            found.append((reference, []))
        elif one.level <= max(_DEEPEST, top + 1) and found:
            found[-1][1].append(Branch(reference))
    return tuple(Branch(reference, tuple(below)) for reference, below in found)


def _read_pages(site: Site, shard: Shard) -> Iterator[str]:
    places = find_places(site)
    for page in site.catalogue.pages[shard.start : shard.stop]:
        yield f"{page!r}{page.file}{places[page.slug]!r}"
    yield repr(_list_titles(list_chapters(site)))


def _list_slugs(site: Site) -> Sequence[str]:
    return tuple(page.slug for page in site.catalogue.pages)


def _plan_search(site: Site, _shard: Shard) -> Iterator[Job]:
    if site.order or not site.config.has_search:
        return
    chapters = list_chapters(site)
    titles, rows = _list_titles(chapters), []
    pages = {page.slug: page for page in site.catalogue.pages}
    # Of equals the search shows the first.
    ordered = sorted(chapters, key=lambda chapter: not chapter.is_reference)
    for one in (one for chapter in ordered for one in chapter.pages):
        passages = _render(site, pages[one.note], titles).passages
        found = [
            [part.heading.text if part.heading else "", part.heading.id if part.heading else "", part.names, part.text]
            for part in passages
        ]
        rows.append([one.name, one.href, found])
    data = (json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
    yield Job(PAGE_SEARCH, BytesWork(data, name_bytes(data)), "the search of pages", (PAGE_SEARCH,))
    path = listing("search")
    head = site.make_head(path, site.t("search.title"), site.t("search.pages_description"), section="search")
    listed = tuple((chapter.title, chapter.pages) for chapter in chapters)
    context = PageSearch(site.context, head, site.context.search_data, site.context.search_script, listed)
    yield Job(path, PageWork("search-pages.html", context), "the search page", (path,), listed=True)


def _read_search(site: Site, _shard: Shard) -> Iterator[str]:
    yield repr(site.catalogue.pages) if not site.order else ""


FREE_PAGES = PageKind(
    "free pages", _plan_pages, _read_pages, templates={"page.html": TextPage}, items=_list_slugs, size=8
)
PAGE_SEARCH_FILES = PageKind("page search", _plan_search, _read_search, templates={"search-pages.html": PageSearch})
