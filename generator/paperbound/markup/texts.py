"""Texts: the Markdown of a record's fields, parsed once for everything that shows it.

Readers parse what holds markup; the parsed text is cached with the record. Most texts are plain, and cost no parser.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..model.record import Record, Text
from .embed import close_blocks
from .markdown import (
    escape_html,
    escape_markdown,
    find_unreadable,
    is_hostile,
    list_spans,
    parse_line,
    read_plain,
    render_tokens,
    strip_tokens,
)

TEXTS = ("title", "takeaway", "summary", "abstract", "notes")


def text_of(record: Record, name: str) -> Text:
    """Returns the parsed text of a field, which is parsed if the record lacks it."""
    source: str = getattr(record, name)
    found = record.texts.get(name)
    return found if found and found.source == source else parse_text(name, source)


def find_text(record: Record, *names: str) -> Text:
    """Returns the text of the first field that is not empty, else an empty text."""
    return text_of(record, next((name for name in names if getattr(record, name)), names[-1]))


def parse_texts(values: Mapping[str, object]) -> dict[str, Text]:
    """Parses the texts of a record's values by field; leaves out plain ones."""
    texts = {}
    for name in TEXTS:
        source = values.get(name)
        if source and isinstance(source, str) and None in map(read_plain, source.split("\n\n")):
            texts[name] = _parse_marked(name, source)
    return texts


def parse_text(name: str, source: str) -> Text:
    """Parses the text of a field: a title as one line, others as blocks."""
    return _read_plain_text(source) or _parse_marked(name, source)


# The jobs of a shard read each text up to ten times: at 10,000 papers 0.9 s of CPU (decision 21).
@lru_cache(maxsize=1_024)
def _read_plain_text(source: str) -> Text | None:
    """Returns a text without markup; None for any other."""
    if None in map(read_plain, source.split("\n\n")):
        return None
    blocks = [(read_plain(block) or "").strip() for block in source.strip().split("\n\n")]
    plain = " ".join(" ".join(blocks).split())
    html = "".join(f"<p>{escape_html(block)}</p>\n" for block in blocks if block)
    return Text(source, source.strip("\n").rstrip(), html, escape_html(plain), plain, (("", plain),))


def _parse_marked(name: str, source: str) -> Text:
    return _parse_title(source) if name == "title" else _parse_blocks(source, inline=name == "takeaway")


def _parse_title(source: str) -> Text:
    line = " ".join(source.split())
    if is_hostile(line):
        return Text(source, line, "", escape_html(line), line, (("", line),))
    tokens = parse_line(line)
    html, plain = render_tokens(tokens, links=False), strip_tokens(tokens)
    return Text(source, line, "", html, plain, list_spans(tokens), find_unreadable(tokens))


def _parse_blocks(source: str, *, inline: bool) -> Text:
    if is_hostile(source):
        blocks = [" ".join(block.split()) for block in source.split("\n\n")]
        html, plain = "".join(f"<p>{escape_html(block)}</p>\n" for block in blocks if block), " ".join(blocks)
        return Text(source, escape_markdown(source), html, escape_html(plain), plain)
    markdown, tokens = close_blocks(source)
    plain = strip_tokens(tokens)
    line = ""
    if inline:
        is_paragraph = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        line = render_tokens(tokens[1:2], links=False).replace("\n", " ") if is_paragraph else escape_html(plain)
    return Text(source, markdown, render_tokens(tokens), line, plain, (), find_unreadable(tokens))
