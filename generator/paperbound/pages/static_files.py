"""Files that are no pages: assets, static files, robots.txt, markers, sitemaps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..feeds.xmltext import ListedPage, write_sitemap, write_sitemap_index
from ..formats.metadata import write_opensearch
from ..library.page_kind import BytesWork, CopyWork, PageKind, Shard, read_nothing
from ..library.site import Site
from ..model.build import Artifact, Job
from ..model.digests import name_bytes
from ..themes.theme import Theme
from ..urls import MARKER, OPENSEARCH, Addresses, listing, sitemap

# https://www.sitemaps.org/protocol.html
_MOST_PAGES = 50_000
_MARKER_TEXT = b"This folder is written by Paperbound, which deletes whatever else lies in it.\n"


@dataclass(frozen=True, slots=True)
class SitemapWork:
    """Pages of a sitemap."""

    pages: tuple[ListedPage, ...]

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the sitemap."""
        yield Artifact(paths[0], write_sitemap(self.pages))


@dataclass(frozen=True, slots=True)
class SitemapIndexWork:
    """Sitemaps of a site that has more pages than one may hold: their absolute addresses."""

    sitemaps: tuple[str, ...]

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the index of sitemaps."""
        yield Artifact(paths[0], write_sitemap_index(self.sitemaps))


def plan_files(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans robots.txt, the description of the search, and the markers."""
    files: list[tuple[str, bytes]] = []
    if not site.config.folder:
        files = _list_markers(site)
    if site.config.has_search:
        title, search = site.config.title, site.addresses.absolute(listing("search"))
        icon = site.addresses.absolute(site.assets.get("favicon.svg", ("favicon.ico", b""))[0])
        text, own = site.t("search.of_site", title=title), site.addresses.absolute(OPENSEARCH)
        files.append((OPENSEARCH, write_opensearch(title, text, search, icon, own)))
    for path, data in files:
        yield Job(path, BytesWork(data, data.hex()), f"the site's {path}", (path,))


def _list_markers(site: Site) -> list[tuple[str, bytes]]:
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.addresses.absolute(sitemap())}\n".encode()
    return [("robots.txt", robots), (".nojekyll", b""), (MARKER, _MARKER_TEXT)]


def plan_assets(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans a job for each asset, each static file and each file of a paper.

    The site of a second language has the scripts with its phrases alone.
    """
    for name, (path, data) in site.assets.items():
        if path not in site.published_assets:
            yield Job(path, BytesWork(data, name_bytes(data)), f"the theme's {name}", (path,))
    if site.config.folder:
        return
    for file in site.catalogue.static:
        yield Job(file.path, CopyWork(file.location, file.digest), f"static/{file.path}", (file.path,))
    for file in site.catalogue.attachments:
        yield Job(file.path, CopyWork(file.location, file.digest), f"the file /{file.path}", (file.path,))


def read_files(site: Site, _shard: Shard) -> Iterator[str]:
    """Yields the paths and digests of files that are copied. Links to assets are inputs of every page."""
    yield from sorted(site.published_assets)
    files = (*site.catalogue.static, *site.catalogue.attachments)
    yield from (f"{one.path}\1{one.digest}" for one in files)


ASSETS = PageKind("assets", plan_assets, read_files, local=True, surveyed=False)
FILES = PageKind("files", plan_files, read_nothing)


def plan_sitemaps(listed: Sequence[tuple[str, str]], languages: Sequence[tuple[str, Addresses]]) -> Iterator[Job]:
    """Plans the sitemap of the listed pages (path, day of change).

    A large site has several sitemaps and their index. `languages` are those of the site, the first one first; a page
    names those that have it.
    """
    addresses, paths = Addresses(languages[0][1].base_url), {path for path, _ in listed}
    pages = tuple(sorted(_list_page(path, changed, languages, addresses, paths) for path, changed in listed))
    # A page names each language, and a sitemap is of 50 MB at most.
    most = _MOST_PAGES // len(languages)
    if len(pages) <= most:
        yield Job(sitemap(), SitemapWork(pages), "the sitemap", (sitemap(),), local=True)
        return
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    for number, part in enumerate(parts, 1):
        yield Job(sitemap(number), SitemapWork(part), "the sitemap", (sitemap(number),), local=True)
    sitemaps = tuple(addresses.absolute(sitemap(number)) for number in range(1, len(parts) + 1))
    yield Job(sitemap(), SitemapIndexWork(sitemaps), "the sitemap", (sitemap(),), local=True)


def _list_page(
    path: str, changed: str, languages: Sequence[tuple[str, Addresses]], addresses: Addresses, paths: Collection[str]
) -> ListedPage:
    """Returns a page of the sitemap, with its addresses in several languages."""
    if len(languages) == 1:
        return ListedPage(addresses.absolute(path), changed)
    folder = next((one.folder for _, one in languages[1:] if path.startswith(one.folder)), "")
    name = path.removeprefix(folder)
    found = [(code, addresses.absolute(one.folder + name)) for code, one in languages if one.folder + name in paths]
    return ListedPage(addresses.absolute(path), changed, tuple(found) if len(found) > 1 else ())
