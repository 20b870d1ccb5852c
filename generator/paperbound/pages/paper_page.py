"""A paper's page out of its Markdown page: the Markdown is rendered first, the HTML is made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markdown_it.token import Token

from ..library.pieces import Part
from ..markup.markdown import escape_html, parser, read_plain, render_inline
from ..markup.sanitizer import sanitize
from ..model.values import quick
from ..text.slugs import make_slug
from ..themes.rendering import render
from ..themes.theme import Theme
from .contexts import PaperPage, PaperText


@quick
@dataclass(frozen=True, slots=True)
class PaperParts:
    """What a Markdown page is made of: the title, what stands before the first part, the parts."""

    title_html: str
    intro_html: str
    parts: tuple[Part, ...]


def render_paper(theme: Theme, text: PaperText, page: PaperPage) -> tuple[str, str]:
    """The Markdown page and the HTML page of a paper.

    Related papers stand at the end of the former, below a heading that no record can write (theirs are demoted);
    the latter has a place of its own for them.
    """
    markdown = render(theme, "paper.md", text)
    body = markdown.rpartition(f"\n## {text.related_title}\n")[0] if text.related else ""
    made = split_page(body or markdown)
    title = made.title_html or render_inline(text.title)
    parts = {"title_html": title, "intro_html": made.intro_html, "parts": made.parts}
    return markdown, render(theme, "paper.html", page, parts)


def split_page(markdown: str) -> PaperParts:
    """The parts of a Markdown page: its first heading of level 1, and the headings of level 2."""
    return _split_plain(markdown) or _split_parsed(markdown)


def _split_plain(markdown: str) -> PaperParts | None:
    # Headings and paragraphs without markup, which four in five pages are, need no parser: 20 µs, not 400.
    body = markdown
    if body.startswith("---\n"):
        end = body.find("\n---\n", 3)
        if end < 0:
            return None
        body = body[end + 5 :]
    title, parts, chunks = "", [], [("", "")]
    for block in body.strip().split("\n\n"):
        block = block.strip("\n")
        heading = block.lstrip("#")
        level = len(block) - len(heading)
        name = read_plain(heading.strip()) if level in (1, 2) and heading.startswith(" ") else None
        if name is not None:
            if heading.rstrip().endswith("#") or (level == 1 and (title or len(chunks) > 1 or chunks[0][1])):
                return None
            if level == 1:
                title = escape_html(name)
            else:
                chunks.append((name, ""))
        elif not block:
            continue
        else:
            plain = read_plain(block)
            if plain is None:
                return None
            name, html = chunks[-1]
            chunks[-1] = (name, f"{html}<p>{escape_html(plain.strip())}</p>\n")
    parts = [_make_part(escape_html(name), name, html) for name, html in chunks[1:]]
    return PaperParts(title, chunks[0][1], _number(parts))


def _split_parsed(markdown: str) -> PaperParts:
    tokens = parser().parse(markdown)
    title = ""
    chunks: list[tuple[str, str, list[Token]]] = [("", "", [])]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2"):
            inline = tokens[at + 1]
            html = sanitize(parser().renderer.render([inline], parser().options, {}), links=False)
            if token.tag == "h1" and not title:
                title = html
            else:
                words = "".join(child.content for child in inline.children or [])
                chunks.append((html, words, []))
            at += 3
            continue
        chunks[-1][2].append(token)
        at += 1
    rendered = [
        (html, words, sanitize(parser().renderer.render(inner, parser().options, {}))) for html, words, inner in chunks
    ]
    parts = [_make_part(html, words, inner) for html, words, inner in rendered[1:]]
    return PaperParts(title, rendered[0][2], _number(parts))


def _make_part(name_html: str, name: str, html: str) -> Part:
    return Part(name_html, make_slug(name) or "part", html)


def _number(parts: list[Part]) -> tuple[Part, ...]:
    seen: dict[str, int] = {}
    numbered = []
    for part in parts:
        seen[part.slug] = seen.get(part.slug, 0) + 1
        again = seen[part.slug] > 1
        numbered.append(replace(part, slug=f"{part.slug}-{seen[part.slug]}") if again else part)
    return tuple(numbered)
