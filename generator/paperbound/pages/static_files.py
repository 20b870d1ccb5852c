"""Files that are no pages: robots.txt, the description of the search, markers."""

from __future__ import annotations

from collections.abc import Iterator

from ..formats.opensearch import write_opensearch
from ..library.assets import NamedAssets
from ..library.payloads import BytesWork
from ..library.site import Site
from ..model.job import Job
from ..urls import MARKER, OPENSEARCH, listing, sitemap

_MARKER_TEXT = b"This folder is written by Paperbound, which deletes whatever else lies in it.\n"


def plan_files(site: Site, assets: NamedAssets) -> Iterator[Job]:
    """A job for each of them."""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.addresses.absolute(sitemap())}\n".encode()
    files = [("robots.txt", robots), (".nojekyll", b""), (MARKER, _MARKER_TEXT)]
    search, icon = site.addresses.absolute(listing("search")), assets.get("favicon.svg", ("favicon.ico", b""))[0]
    if site.config.has_search:
        files.append((OPENSEARCH, write_opensearch(site.config.title, search, site.addresses.absolute(icon))))
    for path, data in files:
        yield Job(path, "bytes", BytesWork(data, data.hex()), f"the site's {path}", (path,))
