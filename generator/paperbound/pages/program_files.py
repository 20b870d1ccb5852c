"""Files for programs: all papers as JSON, their schema and index, and llms.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..formats.api import make_paper, make_schema, write_json
from ..formats.citing import mark_retracted
from ..library.page_kind import BytesWork, PageKind, Shard
from ..library.site import Site
from ..markup.markdown import escape_inline
from ..model.build import Job
from ..model.digests import name_bytes
from ..urls import LLMS, api_file, free_page, home, listing, paper, paper_markdown, sitemap
from .sections import SECTIONS

# 250 papers with abstracts are half a megabyte.
_PAPERS = 250
_NEWEST = 100
_OWNER = "the files for programs"


def _make_file(path: str, data: bytes) -> Job:
    return Job(path, BytesWork(data, name_bytes(data)), _OWNER, (path,))


def _list_items(site: Site) -> Sequence[str]:
    return site.order if site.config.wants_api(len(site.order)) else ()


def _list_papers(site: Site, shard: Shard) -> Sequence[str]:
    """Returns the ids of a file, the oldest first."""
    total = len(site.order)
    return site.order[total - shard.stop : total - shard.start][::-1]


def _plan_papers(site: Site, shard: Shard) -> Iterator[Job]:
    catalogue, absolute = site.catalogue, site.addresses.absolute
    papers = []
    for ident in _list_papers(site, shard):
        people = [
            absolute(listing("authors", slug)) if site.people[slug] else "" for slug in catalogue.people_of[ident]
        ]
        record, url, picture = (
            catalogue.records[ident],
            absolute(paper(catalogue.slugs[ident])),
            catalogue.pictures.get(ident),
        )
        related = [one for one in dict.fromkeys(record.related) if one in catalogue.records and one != ident]
        shown = absolute(picture.path) if picture else ""
        papers.append(make_paper(record, url, catalogue.keys[ident], people, shown, related))
    yield _make_file(api_file(f"papers/{shard.start // _PAPERS + 1}"), write_json({"version": 1, "papers": papers}))


def _read_papers(site: Site, shard: Shard) -> Iterator[str]:
    ids = _list_papers(site, shard)
    yield from site.list_summaries(ids)
    yield from (site.people[slug] for ident in ids for slug in site.catalogue.people_of[ident])


PAPER_FILES = PageKind(
    "api", _plan_papers, _read_papers, _list_papers, items=_list_items, is_numbered=True, size=_PAPERS, is_shared=True
)


def _plan_overview(site: Site, _shard: Shard) -> Iterator[Job]:
    absolute = site.addresses.absolute
    if papers := len(_list_items(site)):
        files = [absolute(api_file(f"papers/{number}")) for number in range(1, -(-papers // _PAPERS) + 1)]
        index = {"version": 1, "title": site.config.title, "url": absolute(home()), "language": site.config.language}
        yield _make_file(
            api_file("index"),
            write_json({**index, "schema": absolute(api_file("schema")), "papers": papers, "files": files}),
        )
        yield _make_file(api_file("schema"), write_json(make_schema(absolute(api_file("schema")))))
    yield _make_file(LLMS, "".join(_write_overview(site)).encode("utf-8", "replace"))


def _write_overview(site: Site) -> Iterator[str]:
    """Yields the parts of llms.txt, a Markdown page of links (https://llmstxt.org)."""
    catalogue, absolute, t = site.catalogue, site.addresses.absolute, site.t
    title, text = map(_escape, (site.config.title, site.description))
    yield f"# {title}\n\n> {text}\n"
    has_markdown = site.config.wants_markdown(len(site.order))
    if site.order:
        yield f"\n{t('llms.markdown')}\n" if has_markdown else ""
        yield f"\n## {t('home.newest_papers')}\n\n"
    for entry in site.pick_entries(site.order[:_NEWEST]):
        slug = catalogue.slugs[entry.id]
        url = absolute(paper_markdown(slug) if has_markdown else paper(slug))
        facts = " · ".join(fact for fact in (entry.authors, entry.venue, entry.iso) if fact)
        name = _escape(mark_retracted(catalogue.records[entry.id], entry.title))
        yield f"- [{name}]({url}){': ' if facts else ''}{_escape(facts)}\n"
    names = [name for name in ("papers", *(one.name for one in SECTIONS)) if name in site.context.sections]
    yield f"\n## {t('llms.lists')}\n\n" if names else ""
    for name in names:
        yield f"- [{t(f'{name}.title')}]({absolute(listing(name))})\n"
    yield f"\n## {t('llms.pages')}\n\n" if catalogue.pages else ""
    for page in catalogue.pages:
        yield f"- [{_escape(page.title)}]({absolute(free_page(page.slug))})\n"
    yield f"\n## {t('llms.files')}\n\n- [{t('llms.sitemap')}]({absolute(sitemap())})\n"
    if _list_items(site):
        yield f"- [{t('llms.api')}]({absolute(api_file('index'))})\n"


def _escape(text: str) -> str:
    # Within the text of a link a bracket ends it.
    return escape_inline(text, alone=False).replace("]", "\\]")


def _read_overview(site: Site, _shard: Shard) -> Iterator[str]:
    yield str(len(site.order))
    yield from (f"{page.slug}\1{page.title}" for page in site.catalogue.pages)
    yield from site.list_summaries(site.order[:_NEWEST])


OVERVIEW = PageKind("overview", _plan_overview, _read_overview, is_shared=True)
