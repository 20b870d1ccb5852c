"""Paper pages: the HTML page is rendered from the Markdown page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from ..library.pieces import (
    CitationText,
    Figure,
    Head,
    Membership,
    MorePapers,
    Neighbour,
    PaperLink,
    Part,
    Reference,
    RelatedPaper,
    SignalCount,
    SiteContext,
)
from ..markup.markdown import escape_html, parser, read_plain, sanitize
from ..model.build import Artifact
from ..text.slugs import make_slug
from ..themes.rendering import render
from ..themes.theme import Theme

# Stands for a rendered text; records have no control characters.
_MARK = "\0"
# Of more brackets in a page none begins a link: 100,000 took the parser more than two seconds.
_BRACKETS = 20_000
_PARTS = ("takeaway", "summary", "abstract", "notes")


@dataclass(frozen=True, slots=True)
class PaperText:
    """The context of `paper.md`: the fields of a paper, not escaped.

    `title`, `takeaway`, `summary`, `abstract` and `notes` are Markdown (filters `inline` and `block`), the rest is
    plain text (filters `md` and `yaml`). The HTML page shows the parts of this page, up to the heading `related_title`:
    it has a place of its own for related papers. If the page is not `published`, only the HTML page uses it.
    """

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    date: str
    venue: str
    venue_year: str
    booktitle: str
    tags: tuple[str, ...]
    arxiv: str
    doi: str
    links: tuple[PaperLink, ...]
    retracted: str
    made_by: Mapping[str, str]
    takeaway: str
    summary: str
    abstract: str
    notes: str
    related: tuple[RelatedPaper, ...]
    related_title: str
    published: bool = True


@dataclass(frozen=True, slots=True)
class PaperAuthor:
    """An author of a paper: name, link to their page, ORCID with its address, affiliation."""

    name: str
    href: str = ""
    orcid: str = ""
    orcid_url: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """`paper.html`: a paper's page. `title_html`, `intro_html` and `parts` come out of its Markdown page.

    `lang` and `dir` are language and direction of its texts, where they are not those of the page.
    `more` are lists of papers beside it, of the same authors and of its topic.
    `made_by` says for parts (by their slugs) and for `tags` that a program wrote them, each a sentence.
    """

    site: SiteContext
    head: Head
    title_html: str
    intro_html: str
    parts: tuple[Part, ...]
    authors: tuple[PaperAuthor, ...]
    venue: Reference | None
    venue_year: str
    booktitle: str
    date: str
    iso: str
    links: tuple[PaperLink, ...]
    tags: tuple[Reference, ...]
    identifiers: tuple[Reference, ...]
    awards: tuple[str, ...]
    retracted: str
    draft: str
    picture: Figure | None
    note: str
    made_by: Mapping[str, str]
    signals: tuple[SignalCount, ...]
    citations: tuple[CitationText, ...]
    collections: tuple[Membership, ...]
    related: tuple[RelatedPaper, ...]
    more: tuple[MorePapers, ...]
    previous: Neighbour | None
    next: Neighbour | None
    list_name: str
    markdown: str
    correction: str
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True, slots=True)
class PaperWork:
    """A paper: its Markdown page and its HTML page. Without `publish` the Markdown is not written.

    `rendered` has the HTML of the title and of the blocks of each text by their Markdown.
    """

    text: PaperText
    page: PaperPage
    publish: bool
    rendered: tuple[tuple[str, str], ...]

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the HTML page, and the Markdown page if it is published."""
        markdown, html = render_paper(theme, self.text, self.page, self.rendered)
        yield Artifact(paths[0], html.encode())
        if self.publish:
            yield Artifact(paths[1], markdown.encode())


@dataclass(frozen=True, slots=True)
class PaperParts:
    """The parts of a Markdown page: title, introduction and parts."""

    title_html: str
    intro_html: str
    parts: tuple[Part, ...]


def render_paper(
    theme: Theme, text: PaperText, page: PaperPage, rendered: Sequence[tuple[str, str]]
) -> tuple[str, str]:
    """Renders the Markdown page and the HTML page of a paper.

    In the Markdown page related papers are at the end, below a heading that no record can write (headings of records
    are demoted); the HTML page has a place of its own for them.
    """
    markdown = render(theme, "paper.md", text)
    body = markdown.rpartition(f"\n## {text.related_title}\n")[0] if text.related else ""
    split = split_page(body or markdown, rendered)
    # The slugs of these parts are the same in every language: templates and links know them.
    slugs = {escape_html(theme.language.t(f"paper.{slug}")): slug for slug in _PARTS}
    parts = tuple(replace(part, slug=slugs.get(part.name_html, part.slug)) for part in split.parts)
    title = split.title_html or rendered[0][1]
    known = {"title_html": title, "intro_html": split.intro_html, "parts": parts}
    return markdown, render(theme, "paper.html", page, known)


def split_page(markdown: str, rendered: Sequence[tuple[str, str]] = (("", ""),)) -> PaperParts:
    """Splits a Markdown page into title and parts.

    The title is the first heading of level 1; each heading of level 2 begins a part. `rendered` has the HTML of the
    title and of texts by their Markdown, which are not parsed again.
    """
    return _split_known(markdown, rendered) or _split_parsed(markdown)


def _split_known(markdown: str, rendered: Sequence[tuple[str, str]]) -> PaperParts | None:
    """Splits a page of rendered texts, headings and plain paragraphs; else returns None."""
    body = f"{markdown}\n"
    if body.startswith("---\n"):
        end = body.find("\n---\n", 3)
        if end < 0:
            return None
        body = body[end + 5 :]
    (known_title, title_html), *texts = rendered
    # A short text may be a part of a long one.
    texts = sorted(texts, key=lambda text: -len(text[0]))
    for number, (text, _) in enumerate(texts):
        body = body.replace(f"\n\n{text}\n", f"\n\n{_MARK}{number}\n")
    title, chunks = "", [("", "", "")]
    for block in body.strip().split("\n\n"):
        block = block.strip("\n")
        heading = block.lstrip("#")
        level = len(block) - len(heading)
        if level:
            name = read_plain(heading.strip())
            html = title_html if level == 1 and heading[1:] == known_title else escape_html(name or "")
            if level > 2 or not html or not heading.startswith(" ") or heading.rstrip().endswith("#"):
                return None
            if level == 2:
                chunks.append((html, name or "", ""))
            elif title or chunks != [("", "", "")]:
                return None
            else:
                title = html
        elif block:
            plain = read_plain(block)
            if block[0] != _MARK and plain is None:
                return None
            name_html, name, html = chunks[-1]
            html += texts[int(block[1:])][1] if block[0] == _MARK else f"<p>{escape_html((plain or '').strip())}</p>\n"
            chunks[-1] = name_html, name, html
    return PaperParts(title, chunks[0][2], _number([_make_part(*chunk) for chunk in chunks[1:]]))


def _split_parsed(markdown: str) -> PaperParts:
    tokens = _parse(markdown)
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


def _parse(markdown: str) -> list[Token]:
    if markdown.count("[") <= _BRACKETS:
        return parser().parse(markdown)
    with parser().reset_rules():
        return parser().disable(["link", "image"]).parse(markdown)


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
