"""Single pages: home, search, subscribe, 404, redirects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..feeds import FEED_FORMATS
from ..formats.metadata import make_website
from ..library.editions import find_newest
from ..library.page_kind import PageKind, PageWork, Shard
from ..library.pieces import Bar, Block, Entry, FeedGroup, FeedLink, Head, Move, NewsEntry, Reference, SiteContext
from ..library.plots import plot_years
from ..library.section import Section
from ..library.site import Site, make_feed_links
from ..markup.markdown import render_blocks
from ..model.build import Job
from ..model.links import is_link
from ..urls import NO_PAGE, home, listing, mail, paper, redirect_of, search_manifest
from .lab.news_page import list_news
from .lab.people_page import Member, list_members, read_members
from .search_index import name_facets
from .sections import SECTIONS
from .sections.index_page import read_names
from .sections.saved_searches import list_search_feeds, list_searches

_EDITION = 30
_NEWS = 3
_NEWEST = 6
_TAGS = 24
_VENUES = 12
_COLLECTIONS = 12
# Of each kind of feeds those with the most papers; the others are linked from their own pages.
_FEEDS = 24


@dataclass(frozen=True, slots=True)
class HomePage:
    """The context of `home.html`: a list of papers, and what stands beside it.

    `edition` is the list, by default the newest edition, or else the newest papers; `moves` has one item for each entry
    if there is a previous edition; `edition_mail` is the edition's mail, `calendar` links to all editions. `beside`
    names what stands beside the list: `years` (the `bars`), `newest`, `news`, `people` (the present `members`), or one
    of the `blocks`.
    """

    site: SiteContext
    head: Head
    edition: Reference | None
    edition_date: str
    edition_iso: str
    edition_feed: str
    entries: tuple[Entry, ...]
    beside: tuple[str, ...]
    news: tuple[NewsEntry, ...]
    members: tuple[Member, ...]
    bars: tuple[Bar, ...]
    blocks: Mapping[str, Block]
    newest: tuple[Entry, ...]
    moves: tuple[Move, ...]
    edition_mail: str
    calendar: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`search.html`: the search, and what stands there without JavaScript.

    `manifest` is where the search data begins; `formats` are those of files of found papers, suffix and name. `blocks`
    and the `newest` papers are shown before a word is typed.
    """

    site: SiteContext
    head: Head
    manifest: str
    module: str
    facets: tuple[tuple[str, str], ...]
    indexes: tuple[Reference, ...]
    formats: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...] = ()
    newest: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """The context of `subscribe.html`: groups of feeds, and a newsletter's form.

    `privacy_html` is the note on privacy of the site's owner, `exports` are the files with all papers.
    """

    site: SiteContext
    head: Head
    groups: tuple[FeedGroup, ...]
    action: str
    field: str
    privacy_html: str
    exports: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class MissingPage:
    """`404.html`: shown for an address that does not exist, at any depth."""

    site: SiteContext
    head: Head
    indexes: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """`redirect.html`: at a former address, leading to the new one."""

    site: SiteContext
    head: Head
    href: str
    target: str


def plan_pages(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans the jobs of all single pages."""
    if not any(page.slug == "" for page in site.catalogue.pages):
        yield _plan_home(site)
    if site.has_index:
        yield _plan_search(site)
    if site.order or site.config.subscribe:
        yield _plan_subscribing(site)
    head = site.make_head(NO_PAGE, site.t("missing.head"), _end(site, "missing.title"), index=False)
    missing = MissingPage(site.context, head, link_indexes(site))
    yield _make_job(NO_PAGE, "404.html", missing, "the page for missing pages", listed=False)
    if not site.config.folder:
        yield from _plan_redirects(site)


def _make_job(path: str, template: str, context: object, owner: str, *, listed: bool = True) -> Job:
    return Job(path, PageWork(template, context), owner, (path,), listed=listed)


def _end(site: Site, key: str) -> str:
    return site.t("layout.sentence", text=site.t(key))


def link_indexes(site: Site) -> tuple[Reference, ...]:
    """Returns the links to the list of all papers and to the indexes of sections.

    Those of a site without papers are those of its menu.
    """
    if not site.order:
        return site.context.navigation or site.context.footer
    names = ("papers", *(one.name for one in SECTIONS if one.name in site.context.sections))
    return tuple(Reference(site.t(f"{name}.title"), site.context.sections[name]) for name in names)


def _plan_home(site: Site) -> Job:
    catalogue, config, addresses = site.catalogue, site.config, site.addresses
    newest, choice = site.order, config.home
    beside = tuple(site.context.options.get("beside", "").split()) if choice.beside is None else choice.beside
    edition = find_newest(catalogue.collections) if choice.lead == "edition" else catalogue.collections.get(choice.lead)
    moves = site.editions[edition.id].moves if edition and edition.id in site.editions else ()
    path = listing("collections", edition.slug) if edition else listing("papers")
    lead = edition.papers if edition else newest
    date = edition.date if edition else None
    title = site.t("home.title", title=config.title, tagline=config.tagline) if config.tagline else config.title
    has_dates = any(site.entries[ident].iso for ident in newest[:1])
    name = edition.title if edition else site.t("home.newest_papers" if has_dates else "papers.title")
    search = addresses.absolute(listing("search")) if config.has_search else ""
    about = (make_website(config.title, addresses.absolute(home()), site.description, config.language, search),)
    context = HomePage(
        site=site.context,
        head=site.make_head(home(), title, config.description, section="home", feeds=site.feeds, about=about),
        edition=Reference(name, addresses.href(path), len(lead)),
        edition_date=site.language.show_date(date) if date else "",
        edition_iso=date.iso if date else "",
        edition_feed=site.link_feeds(path if edition else home(), "")[0].href if site.order else "",
        entries=site.pick_entries(lead[:_EDITION]),
        beside=beside,
        news=list_news(site, _NEWS) if "news" in beside else (),
        members=list_members(site) if "people" in beside else (),
        bars=plot_years(site, {year: len(ids) for year, ids in catalogue.papers_by_year.items()}),
        blocks={name: block for name, make in _BLOCKS.items() if name in beside and (block := make(site))},
        newest=site.pick_entries(newest[:_NEWEST]) if edition else (),
        moves=moves[:_EDITION],
        edition_mail=addresses.href(mail(edition.slug)) if edition else "",
        calendar=addresses.href(listing("collections")) if catalogue.collections else "",
    )
    return _make_job(home(), "home.html", context, "the home page")


def _rank_tags(site: Site) -> Block | None:
    catalogue = site.catalogue
    used = [slug for slug in catalogue.tags if catalogue.papers_by_tag[slug]]
    if not used:
        return None
    tags = sorted(used, key=lambda slug: (-len(catalogue.papers_by_tag[slug]), catalogue.tags[slug].name))
    items = tuple(site.link_tag(tag) for tag in tags[:_TAGS])
    return _make_block(site, "tags", "topics", items, len(catalogue.tags))


def _rank_venues(site: Site) -> Block | None:
    venues = sorted(site.catalogue.venues.values(), key=lambda one: -len(one.papers))
    items = tuple(
        Reference(one.name, site.addresses.href(listing("venues", one.slug)), len(one.papers))
        for one in venues[:_VENUES]
    )
    return _make_block(site, "venues", "venues", items, len(venues)) if items else None


def _list_collections(site: Site) -> Block | None:
    collections = list(site.catalogue.collections.values())
    items = tuple(filter(None, (site.link_edition(one.id) for one in collections[:_COLLECTIONS])))
    return _make_block(site, "collections", "collections", items, len(collections)) if items else None


def _make_block(site: Site, section: str, ident: str, items: tuple[Reference, ...], total: int) -> Block:
    """Returns a block of the first groups of a section. Its last line leads to the rest."""
    more = Reference(site.t(f"{section}.all", count=total), site.addresses.href(listing(section)))
    return Block(ident, site.t(f"{section}.title"), items, foot=more if total > len(items) else None)


# The blocks beside the list of the home page, by their names in site.yaml.
_BLOCKS = {"tags": _rank_tags, "venues": _rank_venues, "collections": _list_collections}


def _plan_search(site: Site) -> Job:
    path = listing("search")
    head = site.make_head(path, site.t("search.title"), site.t("search.description"), section="search")
    manifest = site.addresses.href(search_manifest(site.config.folder))
    context = SearchPage(
        site=site.context,
        head=head,
        manifest=manifest,
        module=site.context.search_script,
        facets=name_facets(site),
        indexes=link_indexes(site),
        formats=name_formats(site),
        blocks=tuple(filter(None, (list_searches(site), _rank_tags(site), _rank_venues(site)))),
        newest=site.pick_entries(site.order[:_NEWEST]),
    )
    return _make_job(path, "search.html", context, "the search page")


def name_formats(site: Site) -> tuple[tuple[str, str], ...]:
    """Returns suffix and name of each format that the pages of papers have."""
    names = ("bibtex", "ris") if site.config.wants_formats(len(site.order)) else ("bibtex",)
    return tuple((name[:3], site.t(f"format.{name}")) for name in names)


def _plan_redirects(site: Site) -> Iterator[Job]:
    addresses = site.addresses
    for ident, (file, *aliases) in site.survey.aliases.items():
        target = paper(site.catalogue.slugs[ident])
        # Several forms of one address are one page.
        paths = {path.lower(): (path, alias) for alias in reversed(aliases) if (path := redirect_of(alias))}
        for path, alias in reversed(paths.values()):
            if path.lower() != target:
                owner = f"the alias {alias!r} of {ident!r} ({file})"
                yield _plan_redirect(site, path, addresses.href(target), addresses.absolute(target), owner)
    for former, present in site.config.redirects:
        href = present if is_link(present) else addresses.base_path + present[1:]
        url = present if is_link(present) else addresses.base_url + present[1:]
        if path := redirect_of(former):
            yield _plan_redirect(site, path, href, url, f"the redirect of {former!r} (site.yaml)")


def _plan_redirect(site: Site, path: str, href: str, url: str, owner: str) -> Job:
    head = site.make_head(path, site.t("redirect.head"), _end(site, "redirect.title"), index=False)
    return _make_job(path, "redirect.html", RedirectPage(site.context, head, href, url), owner, listed=False)


def _plan_subscribing(site: Site) -> Job:
    path, form = listing("subscribe"), site.config.subscribe
    title, about = site.t("subscribe.title"), site.t("subscribe.all_feeds")
    head = site.make_head(path, title, about, section="subscribe", feeds=site.feeds)
    context = SubscribePage(
        site.context,
        head,
        tuple(group for group in _list_feed_groups(site) if group.feeds),
        form.action if form else "",
        form.field if form else "",
        render_blocks(form.privacy) if form and form.privacy else "",
        site.link_exports(listing("papers")),
    )
    return _make_job(path, "subscribe.html", context, "the page about subscribing")


def _list_feed_groups(site: Site) -> Iterator[FeedGroup]:
    if not site.order:
        return
    yield FeedGroup("all", site.t("list.all_papers"), site.t("subscribe.all_hint"), site.feeds)
    if site.config.feeds == "site":
        return
    if find_newest(site.catalogue.collections):
        name = site.t("list.editions")
        links = site.link_feeds(listing("collections"), name)
        yield FeedGroup("editions", name, site.t("subscribe.editions_hint"), links)
    if site.catalogue.news:
        title = site.t("news.of_site", title=site.config.title)
        links = make_feed_links(site.addresses, listing("news"), title)
        yield FeedGroup("news", site.t("news.title"), site.t("news.hint"), links)
    if site.has_index:
        yield list_search_feeds(site)
    with_feeds = [(section.feeds, section) for section in SECTIONS if section.feeds]
    for _, section in sorted(with_feeds, key=lambda pair: pair[0].place):
        yield _make_feed_group(site, section)


def _make_feed_group(site: Site, section: Section) -> FeedGroup:
    """Returns the feeds of the groups with the most papers. Groups with equal numbers are in the section's order."""
    groups = section.list_with_feeds(site)
    if section.is_ranked:
        groups.sort(key=lambda group: -len(group.papers))
    form = FEED_FORMATS[0]
    links = tuple(
        FeedLink(form.media_type, one.name, site.link_feeds(listing(section.name, one.slug), one.name)[0].href)
        for one in groups[:_FEEDS]
    )
    left = len(groups) - len(links)
    more = site.t(f"{section.name}.count", count=left)
    least = site.t("list.papers", count=section.count_least(site))
    return FeedGroup(
        section.name,
        site.t(f"{section.name}.feeds"),
        site.t(f"{section.name}.feeds_hint", least=least),
        links,
        Reference(more, site.context.sections[section.name], left) if left else None,
    )


def read_pages(site: Site, _shard: Shard) -> Iterator[str]:
    """Yields the inputs of single pages.

    These are the groups of all sections, the newest edition, the newest papers, how many there are, former addresses,
    and whether programs wrote texts.
    """
    catalogue, summaries = site.catalogue, site.survey.summary_digests
    for section in SECTIONS:
        yield from read_names(section, site)
    yield str(any(page.slug == "" for page in catalogue.pages))
    edition = find_newest(catalogue.collections)
    yield repr((edition, site.editions[edition.id] if edition else None))
    shown = (*(edition.papers[:_EDITION] if edition else ()), *site.order[:_EDITION])
    yield from (summaries[ident] for ident in shown)
    yield str(len(site.order))
    yield str(bool(site.survey.made_by))
    yield repr((catalogue.news, catalogue.searches))
    yield from read_members(site)
    for ident, aliases in site.survey.aliases.items():
        yield from (ident, catalogue.slugs[ident], *aliases)


PAGES = PageKind(
    "pages",
    plan_pages,
    read_pages,
    templates={
        "home.html": HomePage,
        "search.html": SearchPage,
        "subscribe.html": SubscribePage,
        "404.html": MissingPage,
        "redirect.html": RedirectPage,
    },
)
