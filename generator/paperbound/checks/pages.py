"""Pages of a built site: links with lines, ids, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A parsed page: links and repeated ids with their lines, ids, metadata.

    Names of anchors are ids, too.
    """

    links: tuple[tuple[str, int], ...]
    ids: frozenset[str]
    repeated: tuple[tuple[str, int], ...]
    metas: tuple[tuple[str, str], ...]


def read_page(file: Path) -> BuiltPage:
    """Parses a page of the site."""
    parser = _PageParser()
    parser.feed(file.read_text("utf-8", "replace"))
    parser.close()
    return BuiltPage(
        tuple(parser.links), frozenset(parser.ids | parser.names), tuple(parser.repeated), tuple(parser.metas)
    )


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, int]] = []
        self.ids: set[str] = set()
        self.names: set[str] = set()
        self.repeated: list[tuple[str, int]] = []
        self.metas: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values = dict(attrs)
        pictures = (values.get("srcset") or "").split(", ")
        for link in (*map(values.get, ("href", "src", "action")), *(one.strip().split(" ")[0] for one in pictures)):
            if link:
                self.links.append((link, line))
        if tag == "a":
            self.names.add(values.get("name") or "")
        if ident := values.get("id"):
            if ident in self.ids:
                self.repeated.append((ident, line))
            self.ids.add(ident)
        if tag == "meta" and (name := values.get("name") or ""):
            self.metas.append((name, values.get("content") or ""))
