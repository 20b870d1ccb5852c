"""Addresses: the only module that decides paths of the site.

A path is relative to the site, with slashes, in lower case; an href is root-absolute below the base path; feeds,
canonical links and the sitemap use absolute addresses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from .model.errors import Fault
from .model.record import is_alias

NO_PAGE = "404.html"
MARKER = ".paperbound-site"
OPENSEARCH = "opensearch.xml"
LLMS = "llms.txt"
CACHE = ".cache/"
SEARCH_MANIFEST = "search-data/manifest.json"
PAGE_SEARCH = "search-data/pages.json"
# Files with words, which each language of a site has.
_WORDED = frozenset(
    ("index.html", "index.md", NO_PAGE, OPENSEARCH, "feed.xml", "atom.xml", "feed.json", PAGE_SEARCH.rpartition("/")[2])
)
# Of an installable site.
WORKER = "sw.js"
WEB_MANIFEST = "manifest.webmanifest"
ICON = "icon.svg"
# Where iOS looks for the icon of a site, too.
TOUCH_ICON = "apple-touch-icon.png"
BUILD = "build.json"
# The folder of a path that has the name of a file.
_FILE_FOLDER = re.compile(
    r"\.(?:bib|css|csv|html?|ics|ico|js|json|md|pdf|png|ris|svg|txt|webmanifest|webp|woff2|xml)/", re.IGNORECASE
)
# Folders of the site's own pages and files, which no former address of an imported paper may be in.
OWN_FOLDERS = frozenset(
    "api assets authors cards collections feeds id map news offline page papers people programme random reading-list "
    "search search-data searches stats subscribe tags thumbnails venues years".split()
)


def page_path(*segments: str, number: int = 1) -> str:
    """Returns the path of a page in its own folder, or of page `number`."""
    parts = [*segments, *(["page", str(number)] if number > 1 else []), "index.html"]
    return "/".join(parts)


def home() -> str:
    """Returns the path of the home page."""
    return "index.html"


def free_page(slug: str) -> str:
    """Returns the path of a free page, whose slug may have slashes.

    The slug of the home page is empty.
    """
    return page_path(*slug.split("/")) if slug else home()


def papers() -> str:
    """Returns the folder of the papers' pages."""
    return "papers/"


def paper(slug: str) -> str:
    """Returns the path of a paper's page."""
    return page_path("papers", slug)


def paper_markdown(slug: str) -> str:
    """Returns the path of a paper's Markdown page."""
    return f"papers/{slug}/index.md"


def paper_file(slug: str, name: str) -> str:
    """Returns the path of an attachment, in the folder of the paper's page."""
    return f"papers/{slug}/{name}"


def thumbnail(slug: str) -> str:
    """Returns the path of the small picture of a paper in lists."""
    return f"thumbnails/{slug}.webp"


def picture(slug: str, width: int) -> str:
    """Returns the path of a paper's picture of a width in pixels."""
    return f"thumbnails/{width}/{slug}.webp"


def listing(section: str, slug: str = "", number: int = 1) -> str:
    """Returns the path of an index, or of a list with a slug.

    `listing("tags")` is the index of topics, `listing("tags", "statistics", 2)` the second page of one topic.
    """
    return page_path(section, slug, number=number) if slug else page_path(section, number=number)


def feed(folder: str, name: str) -> str:
    """Returns the path of a feed in the folder of its page."""
    return f"{folder}/{name}" if folder else name


def map_points(name: str) -> str:
    """Returns the path of the file with the points of the map."""
    return f"map/points.{name}.json"


def mail(slug: str) -> str:
    """Returns the path of a collection's mail as a page."""
    return page_path("collections", slug, "mail")


def export(folder: str, suffix: str, number: int = 1) -> str:
    """Returns the path of file `number` with the papers of a folder's list."""
    return f"{folder}/papers{f'-{number}' if number > 1 else ''}.{suffix}"


def folder_of(path: str) -> str:
    """Returns the folder of a page's path; empty for the home page."""
    return path.removesuffix("index.html").rstrip("/")


def asset(name: str, digest: str) -> str:
    """Returns the path of an asset; a worker replaces `{digest}` by the bytes' digest."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{digest}.{suffix}"


def search_file(kind: str, name: str) -> str:
    """Returns the path of a file of the search index."""
    return f"search-data/{kind}.{name}.txt"


def search_data(name: str) -> str:
    """Returns the path of a file of the search data by its name."""
    return f"search-data/{name}"


def cached_file(key: str, digest: str = "{digest}") -> str:
    """Returns the path in the artifact cache of a file that index jobs share."""
    return f"{CACHE}index/{key.replace(' ', '-')}.{digest}"


def is_cached(path: str) -> bool:
    """Returns whether a path leads into the artifact cache instead of the site."""
    return path.startswith(CACHE)


def card(page: str) -> str:
    """Returns the path of the card image of a page."""
    return f"cards/{folder_of(page) or 'site'}.png"


def api_file(name: str) -> str:
    """Returns the path of a JSON file for programs."""
    return f"api/{name}.json"


def search_manifest(folder: str = "") -> str:
    """Returns the path of the search manifest of the site in a language's folder."""
    return SEARCH_MANIFEST.replace(".json", f"-{folder.strip('/')}.json") if folder else SEARCH_MANIFEST


def is_translated(path: str) -> bool:
    """Returns whether each language of a site has its own file here."""
    return path.rpartition("/")[2] in _WORDED or path.startswith("id/")


def identifier_file(number: int) -> str:
    """Returns the path of a file of the table of identifiers."""
    return f"id/{number}.json"


def sitemap(number: int = 0) -> str:
    """Returns the path of the sitemap, or of one of several."""
    return f"sitemap-{number}.xml" if number else "sitemap.xml"


def redirect_of(alias: str) -> str | None:
    """Returns the path of a redirect page for a former address; None for no address.

    A word is the slug of a paper. `/a/b.html` is a file, and any other path a folder.
    """
    if not is_alias(alias):
        return None
    parts = [part for part in alias.split("/") if part]
    if "/" not in alias:
        return paper(alias)
    if alias.lower().endswith((".html", ".htm")) and parts[-1].lower() != "index.html":
        return "/".join(parts)
    return page_path(*(parts[:-1] if parts[-1].lower() == "index.html" else parts))


def is_own(alias: str) -> bool:
    """Returns whether a former address is no path, or one of the site's own.

    Below the folder of papers, these are the pages of the list of all papers. No folder has the name of a file.
    """
    path = redirect_of(alias)
    if path is None or path.lower() in (NO_PAGE, home()) or _FILE_FOLDER.search(path):
        return True
    first, second = path.lower().split("/")[:2] if "/" in path else (path, "")
    return first in OWN_FOLDERS and (first != "papers" or second in ("page", "index.html"))


def compare_address(address: str) -> str:
    """Returns an address as the path of its page in lower case, for comparison."""
    return (redirect_of(address) or address).lower()


class SiteAddresses:
    """The addresses of a site's pages, files and redirects.

    No former address of an imported paper may be one of them.
    """

    def __init__(self, pages: Iterable[str], files: Iterable[str], redirects: Iterable[str], folders: Iterable[str]):
        files = [path.lower() for path in files]
        self._files = {*map(page_path, pages), *files, *map(compare_address, redirects)}
        self._folders = frozenset(one.strip("/").lower() for one in folders)
        self._paths = self._files.union(*map(_list_folders, files))

    def has(self, address: str) -> bool:
        """Returns whether an address is the site's, or below a file."""
        path = compare_address(address)
        folders = _list_folders(path)
        return (
            is_own(address)
            or path in self._paths
            or not self._files.isdisjoint(folders)
            or not self._folders.isdisjoint(folders)
        )


def _list_folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


_PLAIN = re.compile(r"[a-z0-9./_-]*")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The base URL of a site, which turns paths into hrefs and absolute addresses.

    `folder` is that of one of the site's languages, with a slash at its end, or empty: translated files are in it.
    `base_path` is the path of the base URL, with a slash at both ends.
    """

    base_url: str
    folder: str = ""
    base_path: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_path", urlsplit(self.base_url).path or "/")

    def href(self, path: str) -> str:
        """Returns the root-absolute link to a path; without a final index.html."""
        return self.base_path + _quote(self.locate(path))

    def href_file(self, path: str) -> str:
        """Returns the link to a file of the site's owner, which all languages share."""
        return self.base_path + quote(path, safe="/.~-_")

    def link(self, address: str) -> str:
        """Returns the link to an address that begins with a slash: `/tags/`, `/images/a.png`.

        Pages, whose addresses end with a slash, are in the folder of the language.
        """
        is_page = re.split(r"[?#]", address, maxsplit=1)[0].endswith("/")
        return f"{self.base_path}{self.folder if is_page else ''}{address[1:]}"

    def locate(self, path: str) -> str:
        """Returns a path, in the folder of the language if it is translated."""
        return self.folder + path if self.folder and is_translated(path) else path

    def absolute(self, path: str) -> str:
        """Returns the absolute address of a path."""
        return self.base_url + _quote(self.locate(path))

    def shorten(self, url: str) -> str:
        """Returns the link to a web address: root-absolute, where that is of the site itself."""
        return self.base_path + url[len(self.base_url) :] if url.startswith(self.base_url) else url

    def canonical(self, path: str) -> str:
        """Returns the canonical address of a path; an empty text for a site at localhost."""
        return "" if urlsplit(self.base_url).hostname == "localhost" else self.absolute(path)


def _quote(path: str) -> str:
    if path.endswith("/index.html"):
        path = path[:-10]
    elif path == "index.html":
        return ""
    # Our own paths need no quoting; files of the static folder may.
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/.~-_")


# The file of the content folder that an owner of paths names.
_FILE_OF = re.compile(r"\(([^()]+/[^()]+)\)\Z|^the page (.+)")


class Claims:
    """The owner of each path; a second owner is a fault."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def claim(self, path: str, owner: str) -> Fault | None:
        """Assigns a path to an owner; returns a fault if another one has it.

        Paths are compared without case and in one form of Unicode. No path is a file and a folder.
        """
        key = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        other = self._owners.setdefault(key, owner)
        if other == owner:
            other = self._claim_folders(key, owner)
        if other == owner:
            return None
        message = f"the path /{path} is asked for twice: by {owner} and by {other}"
        alias = next((one for one in (owner, other) if one.startswith("the alias ")), "")
        file = next((match[1] or match[2] for one in (alias, owner, other) if (match := _FILE_OF.search(one))), owner)
        rule, remedy = ("dead-alias", "Delete the alias, or give") if alias else ("", "Give")
        return Fault(file, 0, "", message, f"{remedy} one of them another slug or name.", rule=rule)

    def _claim_folders(self, key: str, owner: str) -> str:
        """Assigns the folders of a path to its owner; returns the owner of a conflict."""
        folder = key.rpartition("/")[0]
        while folder and folder not in self._folders:
            if folder in self._owners:
                return self._owners[folder]
            self._folders[folder] = owner
            folder = folder.rpartition("/")[0]
        return self._folders.get(key, owner)


def link_doi(doi: str) -> str:
    """Returns the address of a DOI, quoted by the rules of the DOI handbook.

    https://www.doi.org/doi_handbook/2_Numbering.html
    """
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"


def link_orcid(orcid: str) -> str:
    """Returns the address of a person's page at ORCID."""
    return f"https://orcid.org/{orcid}"


def link_arxiv(arxiv: str) -> str:
    """Returns the address of an arXiv id's abstract."""
    return f"https://arxiv.org/abs/{arxiv}"
