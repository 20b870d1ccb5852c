"""Addresses: the only place where a path of the site is decided.

A path is relative to the site, with slashes, in lower case; an href is root-absolute below the base path;
an absolute address is for feeds, canonical links and the sitemap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from .model.errors import Fault

_SEGMENT = re.compile(r"[a-z0-9-]+")
NO_PAGE = "404.html"
MARKER = ".paperbound-site"
OPENSEARCH = "opensearch.xml"
WORK = ".work/"
SEARCH_MANIFEST = "search-data/manifest.json"
FEEDS = (("feed.xml", "rss"), ("atom.xml", "atom"), ("feed.json", "json"))


def page_path(*segments: str, number: int = 1) -> str:
    """The path of a page in its own folder, or of a later page of a list."""
    parts = [*segments, *(["page", str(number)] if number > 1 else []), "index.html"]
    return "/".join(parts)


def home() -> str:
    """The path of the home page."""
    return "index.html"


def papers() -> str:
    """The folder of the papers' pages."""
    return "papers/"


def paper(slug: str) -> str:
    """The path of a paper's page."""
    return page_path("papers", slug)


def paper_markdown(slug: str) -> str:
    """The path of a paper's Markdown page, beside its page."""
    return f"papers/{slug}/index.md"


def listing(section: str, slug: str = "", number: int = 1) -> str:
    """The path of an index (`tags`), of one of its lists (`tags`, `statistics`), or of a later page of it."""
    return page_path(section, slug, number=number) if slug else page_path(section, number=number)


def feed(folder: str, name: str) -> str:
    """The path of a feed in the folder of the page that it belongs to."""
    return f"{folder}/{name}" if folder else name


def mail(slug: str) -> str:
    """The path of a collection's mail as a page."""
    return page_path("collections", slug, "mail")


def export(folder: str, suffix: str, number: int = 1) -> str:
    """The path of a file with the papers of the list in this folder, or of a later one of several."""
    return f"{folder}/papers{f'-{number}' if number > 1 else ''}.{suffix}"


def folder_of(path: str) -> str:
    """The folder of a page's path, without a slash at its end; empty for the home page."""
    return path.removesuffix("index.html").rstrip("/")


def asset(name: str, digest: str) -> str:
    """The path of an asset, named by the digest of its bytes; `{digest}` asks the maker to fill it in."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{digest}.{suffix}"


def search_file(kind: str, name: str) -> str:
    """The path of a file of the search index, named by its bytes."""
    return f"search-data/{kind}.{name}.txt"


def work_file(key: str, name: str = "{digest}") -> str:
    """The path of a file that jobs leave for other jobs: in the work folder, never in the site."""
    return f"{WORK}{key.replace(' ', '-')}.{name}"


def is_work(path: str) -> bool:
    """Whether a path leads into the work folder instead of the site."""
    return path.startswith(WORK)


def sitemap(number: int = 0) -> str:
    """The path of the sitemap, or of one of several."""
    return f"sitemap-{number}.xml" if number else "sitemap.xml"


def redirect_of(alias: str) -> str | None:
    """The path of a redirect page for a former address; None where the alias is no address of a page."""
    parts = [part for part in alias.removesuffix("index.html").strip("/").split("/") if part]
    if not parts or not all(_SEGMENT.fullmatch(part) for part in parts):
        return None
    return page_path("papers", *parts) if len(parts) == 1 and "/" not in alias else page_path(*parts)


_PLAIN = re.compile(r"[a-z0-9./_-]*")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site lies: from paths to hrefs and absolute addresses.

    `base_path` is the path of the base URL, with a slash at both ends.
    """

    base_url: str
    base_path: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_path", urlsplit(self.base_url).path or "/")

    def href(self, path: str) -> str:
        """The root-absolute link to a path; folders without their index.html."""
        return self.base_path + _quote(path)

    def absolute(self, path: str) -> str:
        """The absolute address of a path."""
        return self.base_url + _quote(path)


def _quote(path: str) -> str:
    if path.endswith("/index.html"):
        path = path[:-10]
    elif path == "index.html":
        return ""
    # Our own paths need no quoting; files of the static folder may.
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/.~-_")


class Claims:
    """Who asked for which path. A path that two ask for is a fault that names both."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def claim(self, path: str, owner: str) -> Fault | None:
        """None, or the fault where another owner has the path already, compared without case."""
        key = path.lower()
        other = self._owners.setdefault(key, owner)
        if other == owner:
            return None
        message = f"the path /{path} is asked for twice: by {owner} and by {other}"
        return Fault(owner, 0, "", message, "Give one of them another slug or name.")
