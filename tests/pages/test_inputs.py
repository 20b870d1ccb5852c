"""What a task's fingerprint counts is what its plan reads: every change of the content that changes a plan is seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from itertools import islice
from typing import Any
from zlib import crc32

import pytest

from paperbound.builder.fingerprints import Fingerprints, WorkerContext
from paperbound.config import Config, Subscription
from paperbound.content.assemble import OtherContent, assemble
from paperbound.languages import Language, Phrases, find_language
from paperbound.library.editions import name_collection
from paperbound.library.entries import make_entry, survey_records
from paperbound.library.make_site import make_site
from paperbound.library.page_kind import PageKind, Shard
from paperbound.library.section import Group, PaperList, Section
from paperbound.library.site import Site
from paperbound.model.catalogue import (
    Asset,
    Catalogue,
    Collection,
    FreePage,
    Gap,
    NewsItem,
    Profile,
    SavedSearch,
    Session,
    Tag,
)
from paperbound.model.date import Moment, PartialDate
from paperbound.model.record import FIELDS, Author, Link, Origin, Record, Signal
from paperbound.pages.kinds import KINDS
from paperbound.pages.sections import SECTIONS
from paperbound.pages.sections.index_page import make_index_kind
from paperbound.pages.sections.list_page import make_list_kind
from paperbound.shape import Home, MenuItem
from paperbound.themes.theme import Theme


def list_kinds(catalogue: Catalogue) -> list[str]:
    return sorted({record.kind for record in catalogue.records.values()} - {""})


def find_kind(site: Site, key: str) -> Group:
    papers = tuple(ident for ident, record in site.catalogue.records.items() if record.kind == key)
    return Group(key, key, key, papers, f"the kind {key}")


def describe_kind(_site: Site, group: Group) -> PaperList:
    return PaperList(group.name)


# A section of a field that no list shows.
BY_KIND = Section(name="kinds", keys=list_kinds, find=find_kind, describe=describe_kind)
# A task for each item, so that neighbours are in other ones.
SMALL: Mapping[str, PageKind] = {
    kind.name: replace(kind, size=1) for kind in (*KINDS.values(), make_list_kind(BY_KIND), make_index_kind(BY_KIND))
}
# Values of each field of a record; `id` apart, which is another paper.
VALUES: Mapping[str, Sequence[Any]] = {
    "title": ["On *Shelves*", "Graphs & lists"],
    "other_titles": [("Another title",)],
    "date": [None, PartialDate(2019), PartialDate(2024, 3), PartialDate(2024, 3, 2)],
    "added": [PartialDate(2024, 6, 1), PartialDate(2017, 1, 1)],
    "venue": ["", "Rows", "ROWS", "Journal of Shelves"],
    "venue_year": ["", "2023"],
    "booktitle": ["Proceedings of Rows"],
    "series": ["Notes"],
    "editors": [(Author("Ed Itor"),)],
    "address": ["Vienna"],
    "volume": ["7"],
    "issue": ["2"],
    "pages": ["1-9"],
    "publisher": ["Press"],
    "kind": ["article", "thesis"],
    "tags": [(), ("graphs",), ("reading", "graphs"), ("graphs", "reading"), ("unknown",)],
    "abstract": ["", "Another *abstract*."],
    "summary": ["", "A summary."],
    "takeaway": ["", "One sentence."],
    "notes": ["Notes."],
    "arxiv": ["2401.10020"],
    "doi": ["10.1109/5.771073"],
    "pmid": ["12345"],
    "isbn": ["978-0-306-40615-7"],
    "bibkey": ["doe2024"],
    "links": [(), (Link("code", "https://example.org/c"),), (Link("pdf", "https://example.org/p"),)],
    "picture": ["a.png", "b.svg", "c.png", ""],
    "picture_alt": ["A figure"],
    "category": ["cs.DL"],
    "awards": [("Best paper",)],
    "language": ["de"],
    "license": ["CC0"],
    "retracted": ["yes", ""],
    "note": ["A note."],
    "slug": ["another-address"],
    "aliases": [(), ("old-address",), ("older-address", "old-address")],
    "related": [(), ("p2",), ("p5", "p1"), ("nobody",)],
    "signals": [(Signal("upvotes", 3),), (Signal("upvotes", 4, PartialDate(2024, 5, 1), "A service"),)],
    "made_by": [{"takeaway": "central-sentence"}, {"tags": "suggest-tags: rows", "summary": "a program"}],
    "extra": [{"x": "y"}],
    "origin": [Origin("content/papers/other.yaml"), Origin("content/papers/a.jsonl", native=False)],
}


@dataclass(frozen=True)
class Content:
    """A content folder, its theme's assets and the related papers that the search index found."""

    records: Mapping[str, Record]
    others: OtherContent
    config: Config
    assets: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=lambda: {"beside": "news people years tags newest"})
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=dict)

    def change(self, ident: str, **values: Any) -> Content:
        old = self.records[ident]
        given: dict[str, Any] = {name: getattr(old, name) for name in (*FIELDS, "origin")}
        return replace(self, records={**self.records, ident: Record(**(given | values))})

    def change_others(self, **values: Any) -> Content:
        return replace(self, others=replace(self.others, **values))

    def change_collection(self, old: Collection, *new: Collection) -> Content:
        kept = [one for one in self.others.collections if one is not old]
        return self.change_others(collections=(*kept, *new))


OTHER_PAGE = FreePage("other", "Other", "", "Text.", "other.md")


def make_record(ident: str, number: int, names: Sequence[str], **values: Any) -> Record:
    authors = tuple(Author(*name.split(" #")) for name in names)
    given = {"date": PartialDate(2024, 12 - number), "abstract": f"Of {ident}.", "tags": ("reading",)} | values
    return Record(id=ident, title=f"Paper {ident}", authors=authors, origin=Origin("content/papers/a.yaml"), **given)


@cache
def make_content() -> Content:
    """A site with editions of two series, a list without date, aliases, related papers and namesakes."""
    long = ["Ada Lovelace", "Li Ming #1", "Li Ming #2", "Grace Hopper", "José Póczos", "Only Once"]
    records = [
        make_record("p1", 1, long, venue="Rows", venue_year="2024", related=("p6", "p2")),
        make_record(
            "p2",
            2,
            ["José Póczos", "Ada Lovelace"],
            takeaway="A sentence.",
            signals=(Signal("upvotes", 2),),
            picture="a.png",
        ),
        make_record("p3", 3, ["Li Ming #1"], tags=("graphs", "reading"), links=(Link("pdf", "https://example.org/"),)),
        make_record(
            "p4", 4, ["Li Ming #2", "Grace Hopper"], venue="Rows", summary="A summary.", retracted="yes", kind="book"
        ),
        make_record("p5", 5, ["Ada Lovelace", "José Póczos"], venue="Journal of Shelves", tags=()),
        make_record("p6", 6, [], date=None, picture="c.png", links=(Link("pdf", "c.pdf"),)),
        make_record("p7", 7, long[::-1], added=PartialDate(2024, 11, 30)),
        make_record(
            "p8", 8, ["Ada Lovelace"], arxiv="2401.10021", other_titles=("Paper eight",), aliases=("old-name",)
        ),
    ]
    one = Collection("e1", "e1", "Edition", ("p1", "p2", "p3"), PartialDate(2024, 5, 1), "Papers.", "day", "e1.yaml")
    collections = (
        one,
        replace(one, id="e2", slug="e2", papers=("p2", "p4", "p1"), date=PartialDate(2024, 5, 2), file="e2.yaml"),
        replace(one, id="e3", slug="e3", papers=("p1", "p7"), date=PartialDate(2024, 4), series="month", title="Month"),
        Collection("list", "list", "List", ("p6", "p5", "p3"), None, "", "list", "list.yaml"),
        Collection("s1", "s1", "First", ("p2", "p3"), session=Session(PartialDate(2024, 5, 6), "09:00", "10:00", "A")),
        Collection("s2", "s2", "Second", ("p4",), session=Session(PartialDate(2024, 5, 6), "11:00")),
    )
    return Content(
        {record.id: record for record in records},
        OtherContent(
            (Tag("reading", "Reading", "Of reading."), Tag("graphs", "Graphs"), Tag("empty", "Empty")),
            collections,
            (FreePage("about", "About", "Of us.", "Text.", "about.md"),),
            (
                Asset("a.pdf", "static/a.pdf", "aa"),
                Asset("a.png", "static/a.png", "bb", 400, 300),
                Asset("b.svg", "static/b.svg", "cc", 10, 20),
            ),
            profiles=(
                Profile("ada", "Ada Lovelace", ("A. Lovelace",), ("Ada King",), ("grace-hopper",), role="Postdoc"),
                Profile("x", "X"),
            ),
            news=(NewsItem(PartialDate(2024, 5, 2), "Text.", "Title"), NewsItem(PartialDate(2024, 5), "*Older.*")),
            searches=(SavedSearch("graphs", "Graphs", "tag:graphs"),),
            attachments=(
                Asset("content/papers/c.png", "papers/c.png", "dd", 5, 5),
                Asset("content/papers/c.pdf", "papers/c.pdf", "ee"),
            ),
        ),
        Config(page_size=2, feed_size="2", author_feeds="2", cards="yes", thumbnails="yes", map="yes", offline="yes"),
        assets={
            name: (f"assets/{name.replace('.', '.1.')}", b"1") for name in ("favicon.svg", "search.js", "worker.js")
        },
        words=dict.fromkeys(("p1", "p2", "p3"), ("word", "other")),
    )


def list_changes(content: Content) -> Iterator[tuple[str, Content]]:
    """Yields small changes of the content, each with a name: of each field of each thing."""
    for ident, record in content.records.items():
        for name, values in VALUES.items():
            yield from (
                (f"{name} {ident} {value}", content.change(ident, **{name: value}))
                for value in values
                if value != getattr(record, name) or name == "origin"
            )
        yield from _change_authors(content, record)
        yield f"remove {ident}", _remove(content, ident)
        others = tuple(name for name in content.words.get(ident, ()) if name != "word")
        yield f"words {ident}", replace(content, words={**content.words, ident: (*others, "new")})
    for number in (0, 4, 13):
        new = make_record("new", 1, ["Ada Lovelace", "New Name"], date=PartialDate(2024 - number, 4))
        yield f"add {number}", replace(content, records={**content.records, "new": new})
    yield from _change_others(content)
    yield from _change_settings(content)


def _change_authors(content: Content, record: Record) -> Iterator[tuple[str, Content]]:
    for place, author in enumerate(record.authors):
        new = [replace(author, name=author.name.replace("é", "e").replace("ó", "o").replace("Ada", "A."))]
        new += [
            replace(author, id="another"),
            replace(author, name="New Name", id=""),
            replace(author, orcid="0000-0000-0000-0001"),
        ]
        for one in new:
            authors = (*record.authors[:place], one, *record.authors[place + 1 :])
            yield f"authors {record.id} {place} {one.name}", content.change(record.id, authors=authors)
        authors = (*record.authors[:place], *record.authors[place + 1 :])
        yield f"authors {record.id} without {place}", content.change(record.id, authors=authors)


def _remove(content: Content, ident: str) -> Content:
    kept = {name: record for name, record in content.records.items() if name != ident}
    collections = tuple(
        replace(one, papers=tuple(paper for paper in one.papers if paper != ident))
        for one in content.others.collections
    )
    return replace(content.change_others(collections=collections), records=kept)


def _change_others(content: Content) -> Iterator[tuple[str, Content]]:
    for one in content.others.collections:
        new = [replace(one, papers=one.papers[::-1]), replace(one, papers=one.papers[1:])]
        new += [replace(one, papers=(*one.papers, "p8")), replace(one, title="New"), replace(one, description="New.")]
        new += [replace(one, series="another"), replace(one, date=None), replace(one, date=PartialDate(2024, 5, 3))]
        new += [
            replace(one, title=name_collection(one, find_language("en")), date=None),
            replace(one, date=PartialDate(2023)),
        ]
        new += [replace(one, source="A service"), replace(one, read_at=Moment(PartialDate(2024, 5, 1), "06:10", "Z"))]
        new += [replace(one, rank_by="upvotes"), replace(one, rank_by="stars")]
        new += [replace(one, reasons=((ident, ("moss",)),)) for ident in one.papers[:1]]
        new += [replace(one, session=Session(PartialDate(2024, 5, 6), "10:00", "", "B", "C", "D"), date=None)]
        new += [replace(one, slug="new"), replace(one, file="new.yaml"), replace(one, id="new")]
        yield from ((f"collection {changed}", content.change_collection(one, changed)) for changed in new)
        yield f"collection {one.id} goes", content.change_collection(one)
        added = replace(one, id="added", slug="added", date=PartialDate(2024, 5, 1), papers=("p2", "p8"))
        yield f"collection after {one.id}", content.change_collection(one, one, added)
    tags = content.others.tags or ()
    for tag in tags:
        for changed in (
            replace(tag, name="New"),
            replace(tag, description="New."),
            replace(tag, parent="reading"),
            replace(tag, parent="graphs"),
        ):
            yield f"tag {changed}", content.change_others(tags=tuple(changed if one is tag else one for one in tags))
        yield f"tag {tag.slug} goes", content.change_others(tags=tuple(one for one in tags if one is not tag))
    yield "tags in another order", content.change_others(tags=tags[::-1])
    (page,) = content.others.pages
    for name in ("slug", "title", "description", "body", "file"):
        yield f"page {name}", content.change_others(pages=(replace(page, **{name: "new"}),))
    for kind in ("static", "attachments"):
        files: tuple[Asset, ...] = getattr(content.others, kind)
        for place, file in enumerate(files):
            for name in ("path", "location", "digest", "width", "height"):
                changed_file = replace(file, **{name: 7 if name in ("width", "height") else "new"})
                changed_files = (*files[:place], changed_file, *files[place + 1 :])
                yield f"{kind} {place} {name}", content.change_others(**{kind: changed_files})
    news = content.others.news
    for place, item in enumerate(news):
        for name, value in {"date": PartialDate(2023), "text": "New.", "title": "New"}.items():
            changed_news = (*news[:place], item._replace(**{name: value}), *news[place + 1 :])
            yield f"news {place} {name}", content.change_others(news=changed_news)
    yield "no news", content.change_others(news=())
    yield "synonyms", content.change_others(synonyms=(("sorted", "in order"),))
    one = content.others.searches[0]
    for name in ("slug", "title", "query", "description", "file"):
        yield f"searches {name}", content.change_others(searches=(replace(one, **{name: "new"}),))
    yield "no searches", content.change_others(searches=())
    ada, another = content.others.profiles
    values: dict[str, Any] = {"id": "new", "name": "Ada L.", "orcid": "0000-0000-0000-0001", "affiliation": "New"}
    values |= {"url": "https://example.org/", "picture": "a.png", "variants": ("Grace Hopper",)}
    values |= {"role": "", "since": "2020", "until": "2024"}
    values |= {"former": ("José Póczos",), "similar": ("1", "2")}
    for name, value in values.items():
        yield f"profile {name}", content.change_others(profiles=(replace(ada, **{name: value}), another))
    yield "no profile", content.change_others(profiles=())
    yield "namesakes", content.change_others(profiles=(ada, replace(another, name="Ada Lovelace")))
    gaps = (Gap("day", PartialDate(2024, 5, 4), "Nothing."), Gap("month", PartialDate(2024, 4, 30), "A reason."))
    yield "gaps", content.change_others(gaps=gaps)
    yield "gaps without reason", content.change_others(gaps=tuple(gap._replace(reason="") for gap in gaps))
    yield "no pages", content.change_others(pages=(), static=(), attachments=())


def _change_pages(content: Content) -> Iterator[tuple[str, Content]]:
    about, other = content.others.pages
    for name, value in {"title": "New", "description": "New.", "body": "New.", "links": (("a.md", "../a.md"),)}.items():
        yield f"page {name}", content.change_others(pages=(replace(about, **{name: value}), other))
    yield "page at home", content.change_others(pages=(about, replace(other, slug="")))
    for pages in ((("about", ""), ("other", "")), (("about", "Us"), ("other", "")), (("other", ""), ("about", ""))):
        yield "chapter", replace(content, config=replace(content.config, nav=(MenuItem(title="All", pages=pages),)))
    yield "repository", replace(content, config=replace(content.config, repository="https://example.org/r"))


def _change_settings(content: Content) -> Iterator[tuple[str, Content]]:
    values: dict[str, Any] = {item.name: "new" for item in fields(Config) if item.type == "str"}
    values |= {"page_size": 3, "feed_size": "3", "author_pages": "2", "author_feeds": "1", "search": "no"}
    values |= {"team_size": 2}
    values |= {"exports": "all", "citation_styles": ("mla",), "style_texts": (("a.csl", "new"),)}
    values |= {"feeds": "site", "related_papers": "no", "base_url": "https://example.org/new/", "language": "de"}
    values |= {"redirects": (("/x/", "/y/"),)}
    values |= {"subscribe": Subscription("https://example.org/")}
    values |= {"nav": (MenuItem("tags"),), "footer": (MenuItem("", "New", "/new/"),), "home": Home("list", ("venues",))}
    for name, value in values.items():
        yield f"setting {name}", replace(content, config=replace(content.config, **{name: value}))
    for name in content.assets:
        stem, _, suffix = name.partition(".")
        assets = {**content.assets, name: (f"assets/{stem}.2.{suffix}", b"2")}
        yield f"asset {name}", replace(content, assets=assets)
    yield "months", replace(content, phrases={"date.months": " ".join(map(str, range(12)))})
    yield "option", replace(content, options={**content.options, "accent": "#123456"})


def make(content: Content) -> Site:
    catalogue = assemble(
        content.records.values(),
        content.others,
        lambda _fault: None,
        content.config.count_author_pages,
        content.config.team_size,
    )
    english = find_language("en").phrases
    language = Language("en", {**english, "kinds.title": "Kinds", "kinds.count": "{count} kinds", **content.phrases})
    return make_site(
        catalogue, content.config, content.assets, (*SECTIONS, BY_KIND), content.options, language=language
    )


def attach(content: Content, site: Site, shard: Shard) -> Shard:
    """The shard with related papers: of each those two places on, with the words that they share; or with a map."""
    if SMALL[shard.kind].shows_map:
        places = [crc32(ident.encode()) % 2048 for ident in site.order[::-1]]
        found = {"x": places, "y": places, "region": [place % 2 for place in places]}
        return replace(shard, map=json.dumps({**found, "centres": [[9, 9], [2000, 9]], "words": [["a"], []]}).encode())
    if not SMALL[shard.kind].shows_related:
        return shard
    order = sorted(site.order)
    near = {ident: [order[(at + step) % len(order)] for step in (2, 3)] for at, ident in enumerate(order)}
    ids = site.order[shard.start : shard.stop]
    related = tuple((ident, [(other, content.words.get(ident, ())) for other in near[ident]]) for ident in ids)
    return replace(shard, related=related)


def list_tasks(content: Content) -> dict[str, tuple[str, str]]:
    """The fingerprint and the plan of each task."""
    site = make(content)
    prints = Fingerprints(WorkerContext(site, Theme("none", (), ()), SMALL))
    found = {}
    for kind in SMALL.values():
        for shard in kind.split(site):
            whole = attach(content, site, shard)
            found[shard.key] = (
                prints.of_shard(shard, "", lambda _shard, whole=whole: whole)[0],
                repr(list(kind.plan(site, whole))),
            )
    return found


def compare(content: Content, changes: Iterable[tuple[str, Content]], changed: dict[str, set[str]]) -> list[str]:
    """The tasks whose plan a change changes, and not their fingerprint; notes the changes of each kind's plans."""
    tasks, stale = list_tasks(content), []
    for name, other in changes:
        for key, (fingerprint, plan) in list_tasks(other).items():
            if key in tasks and plan != tasks[key][1]:
                changed[key.rpartition(" ")[0]].add(name.split()[0])
                if fingerprint == tasks[key][0]:
                    stale.append(f"{key}: {name}")
    return stale


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 3])
def test_each_change_of_a_plan_changes_its_fingerprint(step: int) -> None:
    content = make_content()
    changed: dict[str, set[str]] = {name: set() for name in SMALL}
    assert not compare(content, islice(list_changes(content), 0, None, step), changed)
    pages = (FreePage("about", "About", "Of us.", "# A\n\n[B](b.md)", "about.md", (("b.md", "../b.md"),)), OTHER_PAGE)
    with_pages = content.change_others(pages=pages)
    assert not compare(with_pages, _change_pages(with_pages), changed)
    # A site without papers has a search of its pages.
    without_papers = replace(content, records={}, others=OtherContent(pages=pages))
    assert not compare(without_papers, _change_pages(without_papers), changed)
    # All changes leave no kind alone, and each field of a record changes some plan.
    assert step > 1 or [name for name, found in changed.items() if not found] == []
    assert not VALUES.keys() - set().union(*changed.values())
    # A collection that is alone, whose place among others does not change with its date.
    alone = content.change_others(collections=content.others.collections[2:3])
    assert not compare(alone, islice(_change_others(alone), 0, None, step), changed)


class Noting(dict[str, Any]):
    """A mapping that notes the ids that are read."""

    def __init__(self, values: Mapping[str, Any], read: set[str]) -> None:
        super().__init__(values)
        self.read = read

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def values(self) -> Any:
        self.read.update(self)
        return super().values()


class NotingRecord:
    """A record that notes the fields that are read."""

    def __init__(self, record: Record, read: set[tuple[str, str]]) -> None:
        self._record, self._read = record, read

    def __getattr__(self, name: str) -> Any:
        self._read.add((self._record.id, "links" if name == "find_link" else name))
        return getattr(self._record, name)


def note_records(content: Content) -> tuple[Site, set[tuple[str, str]], set[str]]:
    """The site with records and entries that note their readers; the fields of records that the survey read."""
    site, fields_read, ids_read = make(content), set[tuple[str, str]](), set[str]()
    records: dict[str, Any] = {one.id: NotingRecord(one, fields_read) for one in site.catalogue.records.values()}
    catalogue = replace(site.catalogue, records=records)
    entries = {
        ident: make_entry(one, site.catalogue.slugs[ident], site.addresses, site.language)
        for ident, one in records.items()
    }
    survey_records(catalogue)
    # Former addresses and papers chosen by hand stand in the survey as they are.
    surveyed = {name for _, name in fields_read} - {"aliases", "related", "origin"} | {"id"}
    fields_read.clear()
    noted = replace(site, catalogue=catalogue, entries=Noting(entries, ids_read))
    return noted, fields_read, surveyed


@pytest.mark.parametrize("name", KINDS)
def test_a_plan_reads_no_more_of_records_than_its_inputs_count(name: str) -> None:
    content, kind = make_content(), SMALL[name]
    site, fields_read, surveyed = note_records(content)
    entries_read: set[str] = site.entries.read  # type: ignore[attr-defined]
    for shard in kind.split(site):
        whole = attach(content, site, shard)
        fields_read.clear()
        entries_read.clear()
        list(kind.plan(site, whole))
        planned = set(fields_read)
        fields_read.clear()
        counted: set[str] = set()
        summaries = Noting(site.survey.summary_digests, counted)
        noting = replace(site, survey=replace(site.survey, summary_digests=summaries))
        Fingerprints(WorkerContext(noting, Theme("none", (), ()), SMALL)).of_shard(
            shard, "", lambda _shard, whole=whole: whole
        )
        records = set(kind.records(site, shard))
        assert entries_read <= counted, shard
        # Fields that the inputs read are counted one by one.
        planned -= fields_read
        assert {ident for ident, _ in planned} <= counted | records, shard
        assert {field for ident, field in planned if ident not in records} <= surveyed, shard
