"""Units of a Markdown list: items, rows and paragraphs, as pieces with addresses."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from markdown_it import MarkdownIt

from ...markup.markdown import BRACKETS, is_hostile

_BARE = re.compile(
    r"https?://[^\s<>\"|]+[^\s<>\"|.,;:!?)\]]|\barxiv: ?(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?"
    r"|\bdoi: ?10\.\d{4,9}/[^\s<>\"|]*[^\s<>\"|.,;:!?)\]]",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"<a\s[^<>]{0,300}?\bhref\s*=\s*[\"']?([^\"'\s>]+)[^<>]{0,300}>", re.IGNORECASE)
_HTML_UNIT = re.compile(r"<(?:li|tr|p|br)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_WHOLE = frozenset(("heading_open", "th_open", "td_open"))
# Characters of an item and of a block of HTML; longer ones are no list of papers.
_LONGEST, _LONGEST_BLOCK = 20_000, 1_000_000
_STYLES = {"strong_open": "strong", "em_open": "em"}


class Piece(NamedTuple):
    """A text of a unit, with its style, address and column.

    The style is `strong`, `em` or none; the address and the column of a table may be empty.
    """

    text: str
    style: str = ""
    url: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """An item of a list, a row of a table, or a paragraph.

    `depth` counts the lists around it; `listed` units are items and rows; `section` is the heading above.
    """

    pieces: list[Piece]
    line: int
    section: str = ""
    depth: int = 0
    listed: bool = False
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of all pieces."""
        return " ".join(" ".join(piece.text for piece in self.pieces).split())


def read_units(text: str, line: int, find: Callable[[str], object]) -> Iterator[Unit]:
    """Yields the units of a Markdown text in order.

    `line` is the number of its first line. A block whose lines have addresses of several papers is several units;
    `find` returns a paper's identifier for its address, or None.
    """
    parser = MarkdownIt("js-default", {"html": True, "maxNesting": 20})
    parser.core.ruler.enableOnly(["normalize", "block"])
    env: dict[str, Any] = {}
    blocks = parser.parse(text, env)
    inline = MarkdownIt("js-default", {"html": True, "maxNesting": 20})
    section, depth = "", 0
    columns: list[str] = []
    row: list[Piece] = []
    previous = ""
    at = place = 0
    header = False
    for token in blocks:
        kind = token.type
        at = (token.map[0] if token.map else at - line) + line
        if kind == "list_item_open":
            depth += 1
        elif kind == "list_item_close":
            depth -= 1
        elif kind == "thead_open":
            header, columns = True, []
        elif kind == "tr_open":
            row, place = [], 0
        elif kind in ("tr_close", "thead_close"):
            if kind == "thead_close":
                header = False
            elif not header:
                yield Unit(row, at, section, 0, listed=True, columns=tuple(columns))
        elif kind == "html_block":
            for part in _HTML_UNIT.split(token.content[:_LONGEST_BLOCK]):
                yield Unit(_read_html(part), at, section, depth, listed="<a" in part)
        elif kind == "inline":
            pieces = _read_inline(token.content, inline, env) if previous in _WHOLE else []
            if previous == "heading_open":
                section = " ".join("".join(piece.text for piece in pieces if not piece.url).split())
                section = section or " ".join(" ".join(piece.text for piece in pieces).split())
                if any(piece.url for piece in pieces):
                    yield Unit(pieces, at, section, 0)
            elif previous == "th_open":
                columns.append(" ".join(piece.text for piece in pieces))
            elif previous == "td_open":
                column = columns[place] if place < len(columns) else ""
                row.extend(piece._replace(column=column) for piece in pieces)
                place += 1
            else:
                for start, part in _split_block(token.content, find):
                    yield Unit(_read_inline(part, inline, env), at + start, section, depth, listed=depth > 0)
        previous = kind


def _split_block(text: str, find: Callable[[str], object]) -> list[tuple[int, str]]:
    lines = text.split("\n")
    papers = [next((one for url in _BARE.findall(line) if (one := find(expand_address(url)))), None) for line in lines]
    starts = [at for at, paper in enumerate(papers) if paper and paper not in papers[:at]]
    if len(starts) < 2 or is_hostile(text):
        return list(enumerate(lines)) if is_hostile(text) else [(0, text)]
    # A paper begins on the line of its address, or after the line of an earlier one.
    starts = [0, *(at if papers[0] else earlier + 1 for earlier, at in itertools.pairwise(starts)), len(lines)]
    return [(start, "\n".join(lines[start:end])) for start, end in itertools.pairwise(starts)]


def _read_inline(text: str, parser: MarkdownIt, env: dict[str, Any]) -> list[Piece]:
    if len(text) > _LONGEST or is_hostile(text) or text.count("<") > BRACKETS:
        return [Piece(" ".join(text.split()))]
    if text.isascii() and text.replace(" ", "").isalnum():
        return [Piece(" ".join(text.split()))]
    pieces: list[Piece] = []
    url, styles, parts = "", [""], list[str]()

    def end() -> None:
        text = " ".join("".join(parts).split())
        parts.clear()
        if url:
            pieces.append(Piece("" if text == url else text, styles[-1], url))
        elif text:
            pieces.extend(_split_bare(text, styles[-1]))

    for child in parser.parseInline(text, env)[0].children or []:
        if child.type in _STYLES:
            # Within a style, another one is part of the text.
            if not url and len(styles) == 1:
                end()
            styles.append(styles[-1] or _STYLES[child.type])
        elif child.type in ("strong_close", "em_close"):
            if not url and len(styles) == 2:
                end()
            styles.pop()
        elif child.type == "link_open":
            end()
            url = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            end()
            url = ""
        elif child.type == "html_inline":
            anchor = _ANCHOR.match(child.content)
            if anchor or child.content.lower().startswith("</a"):
                end()
                url = html.unescape(anchor[1]) if anchor else ""
            else:
                parts.append(" ")
        elif child.type == "hardbreak" and not url:
            end()
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type != "image":
            parts.append(child.content)
    end()
    return pieces


def expand_address(text: str) -> str:
    """Returns the address of a bare identifier, `arXiv:2401.10020`, or the address itself."""
    name, _, ident = text.partition(":")
    known = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}.get(name.lower(), "")
    return f"{known}{ident.strip()}" if known else text


def _split_bare(text: str, style: str = "") -> Iterator[Piece]:
    start = 0
    for match in _BARE.finditer(text):
        if words := text[start : match.start()].strip():
            yield Piece(words, style)
        yield Piece("", style, expand_address(match[0]))
        start = match.end()
    if words := text[start:].strip():
        yield Piece(words, style)


def _read_html(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    lowered = text.lower()
    start = 0
    for match in _ANCHOR.finditer(text):
        pieces += _split_bare(_strip(text[start : match.start()]))
        end = lowered.find("</a", match.end())
        start = end if end >= 0 else match.end()
        pieces.append(Piece(_strip(text[match.end() : start]), "", html.unescape(match[1])))
    return [*pieces, *_split_bare(_strip(text[start:]))]


def _strip(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
