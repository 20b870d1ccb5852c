"""The section of authors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...config import Config
from ...formats.metadata import make_person
from ...library.page_kind import Wave
from ...library.pieces import Block, Excerpt, MorePapers, Portrait, Reference
from ...library.section import Facet, Group, GroupFeeds, PaperList, Section
from ...library.site import Site
from ...markup.texts import text_of
from ...model.catalogue import Catalogue, Person
from ...text.characters import cut_words
from ...text.names import index_letter
from ...urls import link_orcid, listing
from ..more_papers import find_busiest, list_newest, rank_by_people
from .list_page import count_tags, count_venues

# Co-authors that show, and how few of the rest do not unfold.
_COAUTHORS, _REST = 12, 3
# Papers of a list below that of an author with few papers, and how few these are; letters of an excerpt.
_SHOWN, _FEW, _LONGEST = 5, 2, 600
# Two thousand authors of one paper would otherwise be four million lines on two thousand pages.
_MOST_COAUTHORS = 120
_LEAST_FOR_PLOT = 5


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return catalogue.people


def _find(site: Site, key: str) -> Group:
    person = site.catalogue.people[key]
    return Group(key, key, person.name, person.papers, f"the author {person.name!r}")


def _read(site: Site, group: Group) -> Iterable[str]:
    people = site.catalogue.people
    person = people[group.slug]
    yield from person.variants
    yield repr((person.orcid, person.url, person.affiliation, person.picture))
    for _, title, href, ids in _list_more(site, group):
        yield f"{title}\1{href}"
        yield from site.list_summaries(ids)
    yield from (f"{slug}\1{people[slug].name}\1{len(people[slug].papers)}" for slug in person.similar)


def _describe(site: Site, group: Group) -> PaperList:
    coauthors, person = _rank_coauthors(site, group), site.catalogue.people[group.slug]
    other = [name for name in person.variants if name != group.name]
    names, has_few = _list_coauthors(site, coauthors), len(group.papers) <= _FEW
    lists = (count_tags(site, group.papers), count_venues(site, group.papers))
    return PaperList(
        deck=_write_deck(site, group, coauthors),
        blocks=(_list_namesakes(site, person), *(() if has_few else (names,)), *lists),
        kicker_note=index_letter(group.name),
        note=site.t("authors.also_written", names=site.language.join_names(other, 6)) if other else "",
        has_plot=len(group.papers) >= _LEAST_FOR_PLOT,
        portrait=_make_portrait(site, person),
        about=_describe_person(site, person),
        excerpt=next(_quote(site, group), None),
        names=names if has_few and names.items else None,
        more=tuple(
            MorePapers(name, title, href, site.pick_entries(ids)) for name, title, href, ids in _list_more(site, group)
        ),
    )


def _list_quoted(_site: Site, group: Group) -> Iterable[str]:
    """Returns the id of an author's only paper, whose page shows its text."""
    return group.papers if len(group.papers) == 1 else ()


def _quote(site: Site, group: Group) -> Iterator[Excerpt]:
    """Yields the beginning of the summary or the abstract of an author's only paper."""
    for ident in _list_quoted(site, group):
        record = site.catalogue.records[ident]
        name = "summary" if record.summary else "abstract"
        if text := cut_words(text_of(record, name).plain, _LONGEST):
            yield Excerpt(site.t(f"paper.{name}"), text)


def _list_more(site: Site, group: Group) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yields lists of papers for the page of an author with few.

    They are those of the co-authors, and for an only paper the newest of its topic.

    On a large site a new paper would write the pages of all co-authors of its authors anew: there the first list is
    empty, and leads to the page of one co-author, from which a script reads it.
    """
    known = {*group.papers}
    slugs = [slug for ident in group.papers for slug in site.catalogue.people_of[ident]] if len(known) <= _FEW else []
    if slugs and site.config.has_topic_news(len(site.order)):
        if ids := rank_by_people(site, slugs, known)[:_SHOWN]:
            known.update(ids)
            yield "coauthors", site.t("authors.by_coauthors"), "", ids
    elif person := find_busiest(site, slugs, known):
        yield "coauthors", site.t("authors.newest_by", name=person.name), site.people[person.slug], []
    for ident in _list_quoted(site, group):
        for name, title, href, found in list_newest(site, site.catalogue.records[ident]):
            ids = [one for one in found if one not in known][:_SHOWN]
            if ids or not found:
                yield name, title, href, ids


def _describe_person(site: Site, person: Person) -> tuple[object, ...]:
    page = site.addresses.absolute(listing("authors", person.slug))
    picture = site.addresses.absolute(person.picture) if person.picture else ""
    return (make_person(person, page, picture),) if site.has_metadata else ()


def _make_portrait(site: Site, person: Person) -> Portrait | None:
    picture = site.addresses.href(person.picture) if person.picture else ""
    orcid_url = link_orcid(person.orcid) if person.orcid else ""
    portrait = Portrait(person.affiliation, person.url, person.orcid, orcid_url, picture)
    return portrait if portrait != Portrait() else None


def _list_namesakes(site: Site, person: Person) -> Block:
    people = [site.catalogue.people[slug] for slug in person.similar]
    others = tuple(site.link_author(one.slug, one.name, len(one.papers)) for one in people)
    return Block("namesakes", site.t("authors.namesakes"), others)


def _rank_coauthors(site: Site, group: Group) -> list[tuple[int, str, str]]:
    """Returns the co-authors that have pages, the most frequent first: negative number, name, slug."""
    catalogue = site.catalogue
    counts: dict[str, int] = {}
    for ident in group.papers:
        for slug in dict.fromkeys(catalogue.people_of[ident]):
            counts[slug] = counts.get(slug, 0) + 1
    del counts[group.slug]
    people = catalogue.people
    return sorted([(-count, people[slug].name, slug) for slug, count in counts.items() if slug in people])


def _list_coauthors(site: Site, coauthors: list[tuple[int, str, str]]) -> Block:
    references = tuple(site.link_author(slug, name, -count) for count, name, slug in coauthors[:_MOST_COAUTHORS])
    # A page for two papers with two hundred co-authors beside it: the first show, the rest unfold.
    hidden = len(references) - _COAUTHORS if len(references) > _COAUTHORS + _REST else 0
    more = len(coauthors) - len(references)
    foot = Reference(site.t("entry.others", count=more)) if more else None
    return Block("coauthors", site.t("authors.coauthors"), references, hidden=hidden, foot=foot)


def _write_deck(site: Site, group: Group, coauthors: list[tuple[int, str, str]]) -> str:
    years = sorted({year for ident in group.papers if (year := site.catalogue.records[ident].year) is not None})
    facts = [site.t("list.papers", count=len(group.papers))]
    if len(years) > 1:
        facts.append(site.t("authors.years", first=str(years[0]), last=str(years[-1])))
    elif years:
        facts.append(str(years[0]))
    if coauthors:
        facts.append(site.t("authors.with", count=len(coauthors)))
    comma = site.t("layout.comma")
    deck = site.t("layout.sentence", text=comma.join(facts))
    if len(group.papers) > 1 and coauthors:
        return site.t("authors.often_with", deck=deck, names=comma.join(name for _, name, _ in coauthors[:3]))
    return deck


def _count_least(config: Config, papers: int) -> int:
    return config.count_author_feeds(papers)


AUTHORS = Section(
    name="authors",
    index_template="authors.html",
    template="author.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    inputs=_read,
    records=_list_quoted,
    facet=Facet("author"),
    feeds=GroupFeeds(least=_count_least),
    letter=index_letter,
    size=128,
    wave=Wave.RELATED,
)
