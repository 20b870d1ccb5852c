"""Planning: Catalogue to Jobs. One file a kind of page; nothing here reads, writes or renders a template."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Config
from ..formats.opensearch import write_opensearch
from ..model.catalogue import Catalogue
from ..model.contexts import Reference, SiteContext
from ..model.job import Job
from ..urls import MARKER, OPENSEARCH, SEARCH_MANIFEST, Site, home, listing, page_path, sitemap
from .assets import SEARCH_MODULE, NamedAssets, link_assets, plan_assets, plan_static
from .entries import make_entry
from .feeds import plan_feeds
from .indexes import plan_indexes
from .lists import plan_lists
from .outline import SECTIONS, Outline
from .pages import plan_pages
from .papers import plan_papers
from .related import RelatedPapers
from .work import BytesWork

_MARKER_TEXT = b"This folder is written by Paperbound, which deletes whatever else lies in it.\n"


def plan_site(outline: Outline, assets: NamedAssets, related: RelatedPapers) -> Iterator[Job]:
    """All jobs of the site's pages, feeds and files; the search index is planned before, by `plan_search`."""
    yield from plan_assets(assets)
    yield from plan_static(outline.catalogue.static)
    yield from plan_papers(outline, related)
    yield from plan_lists(outline)
    yield from plan_indexes(outline)
    yield from plan_pages(outline)
    yield from plan_feeds(outline)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {outline.site.absolute(sitemap())}\n".encode()
    search, icon = outline.site.absolute(listing("search")), assets.get("favicon.svg", ("favicon.ico", b""))[0]
    description = write_opensearch(outline.config.title, search, outline.site.absolute(icon))
    for path, data in (("robots.txt", robots), (OPENSEARCH, description), (".nojekyll", b""), (MARKER, _MARKER_TEXT)):
        yield Job(path, "bytes", BytesWork(data, data.hex()), f"the site's {path}", (path,))


def make_outline(catalogue: Catalogue, config: Config, assets: NamedAssets) -> Outline:
    """What every page is planned from. `assets` are the theme's files as `name_assets` names them."""
    site = Site(config.base_url)
    links = link_assets(assets, site)
    sections = {"home": site.href(home()), "search": site.href(listing("search"))}
    sections |= {section: site.href(listing(section)) for section, _ in SECTIONS}
    # An index that would be empty is not in the way; without topics the venues take their place.
    absent = {"venues"} if catalogue.tags else {"tags"}
    navigation = tuple(
        Reference(name, sections[section], note=section) for section, name in SECTIONS if section not in absent
    )
    footer = [Reference(page.title, site.href(page_path(page.slug))) for page in catalogue.pages]
    footer.append(Reference("Subscribe", site.href(listing("subscribe"))))
    footer.append(Reference("Venues", site.href(listing("venues"))))
    footer.append(Reference("Collections", site.href(listing("collections"))))
    context = SiteContext(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        language=config.language,
        home=site.href(home()),
        base_url=config.base_url,
        sections=sections,
        navigation=navigation,
        footer=tuple(footer),
        assets=links,
        repository=config.repository,
        opensearch=site.href(OPENSEARCH),
        search_data=site.href(SEARCH_MANIFEST),
    )
    entries = {ident: make_entry(record, catalogue.slugs[ident], site) for ident, record in catalogue.records.items()}
    return Outline(catalogue, config, site, context, entries, links.get(SEARCH_MODULE, ""))
