"""Documents: the Markdown of free pages to HTML with anchors, and to passages.

Anchors of headings are those of GitHub, so that a link to one works there, too.
https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from .embed import close_blocks
from .markdown import find_scheme, is_hostile, parser, render_blocks, sanitize, strip_tokens

# Ids of the frame of free pages, what scripts add to it included.
_FRAME = frozenset(["contents", "keys", "langs", "main", "menu", "q", "q-list", "quick", "quick-list"])
_OTHER = re.compile(r"[^\w\- ]")
_BETWEEN = re.compile(r"[\s,/]*")


class Heading(NamedTuple):
    """A heading of a document: level from 2, id in the page, plain text."""

    level: int
    id: str
    text: str


class Passage(NamedTuple):
    """A heading with the plain text up to the next one.

    The first passage of a page has no heading. `names` are the things that the passage defines, each with the id of its
    place: a heading in code, and code that fills the first cell of a table's row.
    """

    heading: Heading | None
    names: tuple[tuple[str, str], ...]
    text: str


class Document(NamedTuple):
    """The HTML of a free page, with its passages."""

    html: str
    passages: tuple[Passage, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in their order."""
        return tuple(one.heading for one in self.passages if one.heading)


def list_targets(text: str) -> list[str]:
    """Lists the targets of links and pictures that are relative to a file."""
    if is_hostile(text):
        return []
    inline = [child for token in parser().parse(text) for child in token.children or ()]
    found = [str(child.attrs[name]) for child in inline for name in ("href", "src") if name in child.attrs]
    return list(dict.fromkeys(one for one in found if is_relative(one)))


def is_relative(target: str) -> bool:
    """Returns whether a link leads to another file, beside that of the text."""
    return bool(target) and target[0] not in "/#" and not find_scheme(target)


class Target(NamedTuple):
    """The place of a relative target: a path in the site, or an address.

    A link to an empty place becomes plain text. `title` replaces words that are the name of the file.
    """

    place: str
    title: str = ""


def render_document(text: str, links: Mapping[str, Target], base: str, folder: str = "") -> Document:
    """Renders a free page.

    `links` has the places of relative targets, `base` is the path of the site; links to pages lead to
    those in `folder`, that of a language.
    """
    if is_hostile(text):
        return Document(render_blocks(text), (Passage(None, (), " ".join(text.split())),))
    tokens = close_blocks(text, below=1)[1]
    for at, token in enumerate(tokens):
        _set_targets(token.children or (), links)
        if token.type == "th_open" and not tokens[at + 1].content:
            # A header that says nothing is none: readers of screens would stop there.
            token.tag = tokens[at + 2].tag = "td"
    passages = tuple(_mark_passages(tokens))
    html = parser().renderer.render(tokens, parser().options, {"base": base, "folder": folder})
    return Document(sanitize(html, relative=True), passages)


def render_note(text: str, base: str, folder: str = "") -> str:
    """Renders a short text, such as news, with links and pictures below `base`.

    Links to pages lead to those in `folder`, that of a language. Its headings are paragraphs, for it stands in lists of
    any level.
    """
    if is_hostile(text):
        return render_blocks(text)
    tokens = close_blocks(text)[1]
    for token in tokens:
        token.tag = "p" if token.type in ("heading_open", "heading_close") else token.tag
    return sanitize(parser().renderer.render(tokens, parser().options, {"base": base, "folder": folder}), relative=True)


def _set_targets(tokens: Sequence[Token], links: Mapping[str, Target]) -> None:
    """Sets the targets of links and pictures; hides links to nothing."""
    hidden = False
    for at, token in enumerate(tokens):
        name = "href" if token.type == "link_open" else "src"
        source = str(token.attrs.get(name, ""))
        if target := links.get(source):
            is_path = name == "href" and not find_scheme(target.place)
            token.attrSet(name, f"/{target.place}" if is_path else target.place)
        if token.type == "link_open":
            hidden = target is not None and not target.place
            token.hidden = hidden
            if target and target.title and tokens[at + 1].content == source.partition("#")[0]:
                tokens[at + 1].content = target.title
        elif token.type == "link_close":
            token.hidden = hidden


def _mark_passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    """Gives headings and rows their ids; yields the passages."""
    used = set(_FRAME)
    starts = [0, *(at for at, token in enumerate(tokens) if token.type == "heading_open" and not token.level)]
    for start, stop in zip(starts, [*starts[1:], len(tokens)], strict=True):
        heading, names, begin = None, list[tuple[str, str]](), start
        if start < stop and tokens[start].type == "heading_open":
            inline, begin = tokens[start + 1], start + 3
            text = strip_tokens([inline])
            ident = _choose_id(make_anchor(text), used)
            tokens[start].attrSet("id", ident)
            heading = Heading(int(tokens[start].tag[1]), ident, text)
            names += [(name, ident) for code in _list_codes(inline) for name in (code, code.rpartition(" ")[2])]
        for at in range(begin, stop):
            codes = _list_codes(tokens[at + 2]) if _begins_row(tokens, at) else []
            if codes:
                # An option is named without its value.
                row = [code.partition(" ")[0] if code.startswith("-") else code for code in codes]
                prefix = f"{heading.id}-" if heading else ""
                ident = _choose_id(prefix + make_anchor(row[0].lstrip("-")), used)
                tokens[at].attrSet("id", ident)
                names += [(name, ident) for name in row]
        yield Passage(heading, tuple(dict.fromkeys(names)), strip_tokens(tokens[begin:stop]))


def _begins_row(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].type == "tr_open" and tokens[at + 1].type == "td_open"


def _list_codes(inline: Token) -> list[str]:
    """Returns the pieces of code of a line that is nothing else."""
    children = inline.children or []
    is_code = all(one.type == "code_inline" or _BETWEEN.fullmatch(one.content) for one in children)
    return [one.content for one in children if one.type == "code_inline"] if is_code else []


def make_anchor(text: str) -> str:
    """Returns the anchor of a heading: lower case, hyphens for spaces, no other signs."""
    return _OTHER.sub("", text.strip().lower()).replace(" ", "-")


def _choose_id(anchor: str, used: set[str]) -> str:
    """Returns the anchor, with a number if another place has it already."""
    ident, number = anchor or "section", 0
    while ident in used:
        number += 1
        ident = f"{anchor or 'section'}-{number}"
    used.add(ident)
    return ident
