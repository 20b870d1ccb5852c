"""The same work for every generator: the same papers, the same pages, described once and checked on the output.

A page for each paper (title, authors with links, venue, abstract, links, `citation_*` tags); for each author, venue
and year a list of its papers, 50 a page (Pelican's years: all on one page); a list of all authors, of all venues, of
all years (Pelican: not of years); home with the newest 50; an RSS feed of the newest 50; a sitemap.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "peers" / "templates"
_LEAN = "feeds: site\nmetadata: lean\n"
# What the peers do not do is off.
_LESS = f"{_LEAN}markdown_pages: no\nsearch: no\n"
# Each author has a page, however large the site is.
_AUTHORS = "author_pages: 1\n"
# The pages hold what those of the peers do.
_BARE = "theme: bare\n"
PLAIN = f"{_LESS}{_AUTHORS}"
BARE = f"{PLAIN}{_BARE}"
# The same pages, and what a server or a third party does for the peers' sites.
CITED = f"{_LEAN}markdown_pages: yes\n{_AUTHORS}{_BARE}"
# More papers than any author has.
NO_AUTHORS = f"{_LESS}author_pages: 1000000\n{_BARE}"


@dataclass(frozen=True)
class Paper:
    """A paper as all generators get it; names with their slugs."""

    slug: str
    title: str
    authors: tuple[tuple[str, str], ...]
    venue: str
    year: int
    abstract: str
    pdf: str
    url: str
    # The abstract as Markdown, the same for all generators; without it the abstract is escaped for each.
    markdown: str = ""


def slugify(text: str) -> str:
    """A slug of plain letters; the peers are given it, for each makes its own otherwise."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or f"x{sum(map(ord, text))}"


def make_paper(row: dict[str, Any]) -> Paper:
    """A row of the anthology, its text on one line."""
    names = dict.fromkeys(" ".join(name.split()) for name in row["authors"] or ())
    slugs: dict[str, str] = {}
    for name in names:
        slugs.setdefault(slugify(name), name)
    return Paper(
        slug=slugify(row["id"]),
        title=" ".join(row["title"].split()),
        authors=tuple((name, slug) for slug, name in slugs.items()),
        venue=(row["venue"] or ["none"])[0],
        year=int(row["year"]),
        abstract=" ".join((row["abstract"] or "").split()),
        pdf=row["pdf"] or "",
        url=row["url"] or "",
    )


def escape_markdown(text: str) -> str:
    """Text that Markdown and template languages leave alone."""
    return re.sub(r"([\\`*_\[\]<>#&${}%])", lambda match: f"&#{ord(match[0])};", html.escape(text, quote=False))


def make_body(paper: Paper) -> str:
    """The abstract as the peers get it."""
    return paper.markdown or escape_markdown(paper.abstract)


def write_paperbound(papers: list[Paper], folder: Path, *, settings: str = BARE) -> None:
    """Our content folder: JSON lines. By default all that the peers do not do is off, and pages are as bare."""
    _copy("paperbound", folder)
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text(f"title: Papers\n{settings}", "utf-8")
    with (folder / "content" / "papers" / "papers.jsonl").open("w", encoding="utf-8") as file:
        for paper in papers:
            row = make_row(paper) | {"authors": [{"name": name, "id": slug} for name, slug in paper.authors]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def make_row(paper: Paper) -> dict[str, Any]:
    """A paper as a row of JSON lines, with the names of its authors."""
    row = {
        "id": paper.slug,
        "title": escape_title(paper.title),
        "authors": [name for name, _ in paper.authors],
        "date": str(paper.year),
        "venue": paper.venue,
        "abstract": paper.markdown or escape_title(paper.abstract),
        "links": {kind: url for kind, url in (("pdf", paper.pdf), ("url", paper.url)) if url},
    }
    return row | {"markup": "markdown"} if paper.markdown else row


def write_cited(papers: list[Paper], folder: Path) -> None:
    """The same with search, related papers, citations and Markdown pages, and nothing else that the peers do not do."""
    write_paperbound(papers, folder, settings=CITED)
    _copy("cited", folder)


def escape_title(text: str) -> str:
    """Text as our Markdown takes it for plain."""
    return re.sub(r"([\\`*_\[\]<>&$~])", r"\\\1", text)


def write_hugo(papers: list[Paper], folder: Path, *, authors: bool = True) -> None:
    """Hugo's content: a Markdown file a paper with front matter in JSON, authors, venues and years as taxonomies."""
    _copy("hugo", folder)
    if not authors:
        config = folder / "hugo.toml"
        config.write_text(config.read_text("utf-8").replace('author = "authors"\n', ""), "utf-8")
    (folder / "content" / "papers").mkdir(parents=True)
    terms: dict[str, dict[str, str]] = {"authors": {}, "venues": {}, "years": {}}
    for paper in papers:
        front = {
            "title": paper.title,
            "date": f"{paper.year}-01-01",
            "authors": [slug for _, slug in paper.authors],
            "names": [name for name, _ in paper.authors],
            "venues": [paper.venue],
            "years": [str(paper.year)],
            "pdf": paper.pdf,
            "link": paper.url,
        }
        terms["authors"].update((slug, name) for name, slug in paper.authors)
        body = f"{json.dumps(front, ensure_ascii=False)}\n\n{make_body(paper)}\n"
        (folder / "content" / "papers" / f"{paper.slug}.md").write_text(body, "utf-8")


def write_zola(papers: list[Paper], folder: Path) -> None:
    """Zola's content: the same with front matter in TOML."""
    _copy("zola", folder)
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "_index.md").write_text('+++\npaginate_by = 50\nsort_by = "date"\n+++\n', "utf-8")
    section = '+++\nsort_by = "date"\ntransparent = true\npage_template = "page.html"\n+++\n'
    (folder / "content" / "papers" / "_index.md").write_text(section, "utf-8")
    for paper in papers:
        names = json.dumps([name for name, _ in paper.authors], ensure_ascii=False)
        slugs = json.dumps([slug for _, slug in paper.authors])
        front = (
            f"title = {json.dumps(paper.title, ensure_ascii=False)}\ndate = {paper.year}-01-01\n"
            f"slug = {json.dumps(paper.slug)}\n[taxonomies]\nauthors = {slugs}\nvenues = {json.dumps([paper.venue])}\n"
            f'years = ["{paper.year}"]\n[extra]\nnames = {names}\npdf = {json.dumps(paper.pdf)}\n'
            f"link = {json.dumps(paper.url)}\n"
        )
        body = f"+++\n{front}+++\n\n{make_body(paper)}\n"
        (folder / "content" / "papers" / f"{paper.slug}.md").write_text(body, "utf-8")


def write_pelican(papers: list[Paper], folder: Path) -> None:
    """Pelican's content: Markdown files with lines of metadata."""
    _copy("pelican", folder)
    (folder / "content" / "papers").mkdir(parents=True)
    for paper in papers:
        lines = (
            f"Title: {html.escape(paper.title, quote=False)}",
            f"Date: {paper.year}-01-01",
            f"Slug: {paper.slug}",
            f"Category: {paper.venue}",
            f"Names: {'; '.join(name.replace('; ', ', ') for name, _ in paper.authors)}",
            *([f"Authors: {'; '.join(slug for _, slug in paper.authors)}"] if paper.authors else ()),
            f"Pdf: {paper.pdf}",
            f"Link: {paper.url}",
        )
        body = "\n".join(lines) + f"\n\n{make_body(paper)}\n"
        (folder / "content" / "papers" / f"{paper.slug}.md").write_text(body, "utf-8")


def write_eleventy(papers: list[Paper], folder: Path) -> None:
    """Eleventy's content: Markdown files with front matter in JSON."""
    _copy("eleventy", folder)
    for paper in papers:
        front = {
            "title": paper.title,
            "authors": [slug for _, slug in paper.authors],
            "names": [name for name, _ in paper.authors],
            "venue": paper.venue,
            "year": paper.year,
            "pdf": paper.pdf,
            "permalink": f"/papers/{paper.slug}/",
            "link": paper.url,
        }
        body = f"---json\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{make_body(paper)}\n"
        (folder / "content" / "papers" / f"{paper.slug}.md").write_text(body, "utf-8")


def _copy(name: str, folder: Path) -> None:
    for file in (TEMPLATES / name).rglob("*"):
        if file.is_file():
            place = folder / file.relative_to(TEMPLATES / name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())


def count_pages(site: Path) -> dict[str, int]:
    """How many pages a generator wrote of each kind, lists page by page."""
    counts = {"papers": 0, "authors": 0, "venues": 0, "years": 0}
    for kind in counts:
        folder = site / kind
        found = folder.iterdir() if folder.is_dir() else ()
        counts[kind] = sum(1 for entry in found if entry.is_dir() and entry.name != "page")
    counts["feeds"] = sum((site / name).is_file() for name in ("feed.xml", "index.xml", "rss.xml"))
    counts["sitemaps"] = len(list(site.glob("sitemap*.xml")))
    return counts
