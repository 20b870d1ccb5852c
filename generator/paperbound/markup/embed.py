"""Markdown of a record inside a Markdown page, without effect on the page's structure.

Headings get lower levels, a code fence its missing end. The result is parsed again as proof; a text that fails the
proof is escaped.
"""

from __future__ import annotations

import html
import re

from markdown_it.token import Token

from .markdown import escape_markdown, find_scheme, is_hostile, parser, read_plain

_HEADING = re.compile(r"^((?:\s|>|[-*+]\s|\d+[.)]\s)*)(#{1,6})(?=\s|$)")
_PREFIX = re.compile(r"^(?:\s|>|[-*+]\s|\d+[.)]\s)*")
_SENTINEL = "paperbound end of part"
# Where an address can begin: https://spec.commonmark.org/0.31.2/#links, #link-reference-definitions and #autolinks
_ADDRESS = re.compile(r"(\][(:]\s*<?|<)(?=([^\n<>]{0,300}))")
_IGNORED = re.compile(r"[\x00-\x20\\]")


class Embedded(str):
    """Markdown with closed blocks, which `embed_blocks` returns unchanged."""

    __slots__ = ()


def embed_blocks(text: str, below: int = 2) -> str:
    """Returns Markdown whose headings are below level `below` and whose blocks all end.

    Addresses that are neither of the web nor of mail are text.
    """
    if isinstance(text, Embedded):
        return text
    text = escape_addresses(text.strip("\n").rstrip())
    if all(read_plain(block) is not None for block in text.split("\n\n")):
        return text
    if is_hostile(text):
        return escape_markdown(text)
    return close_blocks(text, below)[0]


def close_blocks(text: str, below: int = 2) -> tuple[str, list[Token]]:
    """Closes all blocks of Markdown; returns it with headings below level `below`, and its tokens."""
    text = escape_addresses(text.strip("\n").rstrip())
    tokens = _parse_closed(text, below)
    if tokens is not None:
        return text, tokens
    demoted = _demote(text, below)
    for candidate in (demoted, f"{demoted}\n```", f"{demoted}\n~~~"):
        tokens = _parse_closed(candidate, below)
        if tokens is not None:
            return candidate, tokens
    escaped = escape_markdown(text)
    return escaped, parser().parse(escaped)


def escape_addresses(text: str) -> str:
    """Escapes links of Markdown whose scheme is not http, https or mailto, for any renderer."""
    return _ADDRESS.sub(_escape_address, text) if "]" in text or "<" in text else text


def _escape_address(match: re.Match[str]) -> str:
    scheme = find_scheme(_IGNORED.sub("", html.unescape(match[2])))
    if scheme in ("", "http", "https", "mailto"):
        return match[0]
    # A space, because a backslash may stand before it.
    return "< " if match[1] == "<" else f"]\\{match[0][1:]}"


def embed_inline(text: str) -> str:
    """Returns one line of Markdown for a heading, with a final `#` escaped."""
    line = escape_addresses(" ".join(text.split()))
    return re.sub(r"(?<!#)(#+)$", lambda match: match[1].replace("#", "\\#"), line) if line.endswith("#") else line


def _demote(text: str, below: int) -> str:
    lines = text.split("\n")
    for token in parser().parse(text):
        if token.type != "heading_open" or not token.map or int(token.tag[1]) > below + 4:
            continue
        first, end = token.map
        level = min(6, int(token.tag[1]) + below)
        if token.markup.startswith("#"):
            lines[first] = _HEADING.sub(rf"\g<1>{'#' * level}", lines[first])
        else:
            # An underlined heading: its lines are joined, the underline becomes an empty line.
            start = "".join(_PREFIX.findall(lines[first]))
            body = " ".join(_PREFIX.sub("", line).strip() for line in lines[first : end - 1])
            lines[first:end] = [f"{start}{'#' * level} {body}"] + [">" * start.count(">")] * (end - first - 1)
    return "\n".join(lines)


def _parse_closed(text: str, below: int) -> list[Token] | None:
    """Parses a text inside a page; returns None for open blocks or high headings."""
    tokens = parser().parse(f"# x\n\n{text}\n\n{'#' * below} {_SENTINEL}\n")
    if len(tokens) < 6 or tokens[-2].content != _SENTINEL or tokens[-3].level or tokens[-3].tag != f"h{below}":
        return None
    inner = tokens[3:-3]
    if tokens[0].tag != "h1" or any(one.type == "heading_open" and int(one.tag[1]) <= below for one in inner):
        return None
    return inner
