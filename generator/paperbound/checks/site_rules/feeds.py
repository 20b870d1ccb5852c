"""Feeds of a built site, by their specifications.

Atom: RFC 4287; RSS 2.0: https://www.rssboard.org/rss-specification; JSON Feed 1.1:
https://www.jsonfeed.org/version/1.1/.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator

from ...model.errors import Fault
from ..rule import ERROR, BuiltSite, Rule

_ATOM = "{http://www.w3.org/2005/Atom}"


def _find(site: BuiltSite) -> Iterator[Fault]:
    for path in site.files:
        check, file = _CHECKS.get(path.rpartition("/")[2]), site.folder / path
        if check and file.is_file() and not file.is_symlink():
            try:
                problems = [*check(file.read_bytes())]
            except (ValueError, LookupError, RecursionError, ET.ParseError) as error:
                problems = [f"it cannot be parsed: {error}"]
            for problem in problems:
                yield site.fault(
                    path, 0, "feed", f"the feed is not valid: {problem}", "Build again; look into feeds.md."
                )


def _check_xml(data: bytes) -> Iterator[str]:
    root = _parse(data)
    return _check_atom(root) if root.tag == f"{_ATOM}feed" else _check_rss(root)


def _check_rss(root: ET.Element) -> Iterator[str]:
    channel = root.find("channel")
    if channel is None:
        yield "there is no channel"
        return
    yield from _miss(channel, ("title", "link", "description"), "the channel")
    items = channel.findall("item")
    for item in items:
        if item.find("title") is None and item.find("description") is None:
            yield "an item has neither title nor description"
    yield from _repeat([item.findtext("guid") or "" for item in items])


def _check_atom(root: ET.Element) -> Iterator[str]:
    entries = root.findall(f"{_ATOM}entry")
    for one, what in ((root, "the feed"), *((entry, "an entry") for entry in entries)):
        yield from _miss(one, tuple(f"{_ATOM}{name}" for name in ("id", "title", "updated")), what)
    yield from _repeat([entry.findtext(f"{_ATOM}id") or "" for entry in entries])


def _check_json(data: bytes) -> Iterator[str]:
    feed = json.loads(data)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "there are no items"
        return
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1") or not feed.get("title"):
        yield "version or title is missing"
    if not all(item.get("id") and ("content_html" in item or "content_text" in item) for item in items):
        yield "an item has no id or no content"
    yield from _repeat([str(item.get("id")) for item in items])


def _parse(data: bytes) -> ET.Element:
    if b"<!DOCTYPE" in data:
        raise ValueError("it has a document type")
    return ET.fromstring(data)


def _miss(one: ET.Element, names: tuple[str, ...], what: str) -> Iterator[str]:
    for name in names:
        if not (one.findtext(name) or "").strip():
            yield f"{what} has no {name.rpartition('}')[2]}"


def _repeat(ids: list[str]) -> Iterator[str]:
    for ident, count in Counter(filter(None, ids)).items():
        if count > 1:
            yield f"the id {ident!r} stands twice"


_CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "feed.xml": _check_xml,
    "atom.xml": _check_xml,
    "feed.json": _check_json,
}
FEED = Rule(
    "feed-format",
    ERROR,
    "A feed is not what its specification asks for.",
    """\
Each feed is parsed: Atom needs an id, a title and a time of change for the feed and each entry, RSS a channel with
title, link and description, JSON Feed a version, a title and an id for each item; no id stands twice. Paperbound's
own feeds hold this; a plugin or a file of `static/` named `feed.xml` may not.""",
    find_in_site=_find,
)
