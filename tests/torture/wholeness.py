"""The judges of a site, a content folder and a mailing after a fault. Each yields the faults that it finds."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import yaml

from paperbound.content.folder import load_input
from paperbound.model.build import Options
from paperbound.model.errors import Faults, InputError

Tree = Mapping[str, bytes]
_LINKS = {"href", "src", "action", "data-href"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in _LINKS and value]


@lru_cache(20_000)
def list_links(path: str, data: bytes, base: str) -> tuple[str, ...]:
    """Lists the files of the site that a page or a feed leads to; raises ValueError for a file that does not parse."""
    text = data.decode("utf-8")
    if path.endswith(".html"):
        if not text.rstrip().endswith("</html>"):
            raise ValueError("a page without an end")
        parser = _Links()
        parser.feed(text)
        parser.close()
        found = parser.found
    elif path.endswith((".xml", ".xsl")):
        ElementTree.fromstring(text)
        found = [unescape(one) for one in re.findall(r"<(?:loc|link|guid)[^>]*>([^<]+)<", text)]
        found += [unescape(one) for one in re.findall(r'\shref="([^"]+)"', text)]
    elif path.endswith((".json", ".webmanifest")):
        json.loads(text)
        found = []
    else:
        found = []
    return tuple(sorted(set(filter(None, (resolve(path, one, base) for one in found)))))


def resolve(path: str, link: str, base: str) -> str:
    """Returns the file of the site that a link leads to; empty for a link elsewhere."""
    site, parts = urlsplit(base), urlsplit(link)
    if parts.scheme and (parts.scheme, parts.netloc) != (site.scheme, site.netloc):
        return ""
    if not parts.path:
        return ""
    place = posixpath.normpath(
        posixpath.join(posixpath.join(site.path, posixpath.dirname(path), "x"), "..", unquote(parts.path))
    )
    folder = parts.path.endswith("/") or place == site.path.rstrip("/")
    if not f"{place}/".startswith(site.path):
        return ""
    inner = f"{place}/"[len(site.path) :].rstrip("/")
    return posixpath.join(inner, "index.html") if folder else inner


def check_site(tree: Tree, base: str, pages: Container[str] | None = None) -> Iterator[str]:
    """Every file parses, and every link of these pages (by default of all) to the site leads somewhere."""
    for path, data in tree.items():
        if not path.endswith((".html", ".xml", ".xsl", ".json", ".webmanifest")):
            continue
        try:
            links = list_links(path, data, base)
        except (ValueError, ElementTree.ParseError) as error:
            yield f"{path} does not parse: {error}"
            continue
        if pages is None or path in pages:
            yield from (f"{path} leads to {link}, which is not there" for link in links if link not in tree)


def check_versions(tree: Tree, *versions: Tree) -> Iterator[str]:
    """Each file is whole: that of one of the versions."""
    for path, data in tree.items():
        known = [version[path] for version in versions if path in version]
        if data not in known:
            yield f"{path} is that of no version ({len(data)} bytes; those have {[len(one) for one in known]})"


def check_same(tree: Tree, other: Tree) -> Iterator[str]:
    """Two trees have the same files with the same bytes."""
    for path in sorted({*tree, *other}):
        if path not in tree:
            yield f"{path} is missing"
        elif path not in other:
            yield f"{path} is left over"
        elif tree[path] != other[path]:
            yield f"{path} has other bytes"


def check_content(content: Path) -> Iterator[str]:
    """The content folder can be built, without an error."""
    try:
        load_input(Options(content, content.parent / "none"), Faults())
    except InputError as error:
        yield from (f"the content cannot be built: {fault}" for fault in error.faults)
    for file in content.rglob("*.yaml"):
        yaml.safe_load(file.read_text("utf-8"))


def read_tree(folder: Path, leave_out: Iterable[str] = ()) -> dict[str, bytes]:
    """All files below a folder by path, without those below folders or of endings to leave out."""
    found = {}
    left = tuple(leave_out)
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not any(path.startswith(one) or path.endswith(one) for one in left):
            found[path] = file.read_bytes()
    return found
