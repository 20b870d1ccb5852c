"""Planning: Catalogue to Jobs. One file a kind of page; nothing here reads, writes or renders a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..config import Config
from ..model.catalogue import Catalogue
from ..model.contexts import Reference, SiteContext
from ..model.job import Job
from ..urls import MARKER, Site, home, listing, page_path, sitemap
from .assets import SEARCH_MODULE, link_assets, name_assets, plan_assets, plan_static
from .entries import make_entry
from .feeds import plan_feeds
from .indexes import plan_indexes
from .lists import plan_lists
from .outline import SECTIONS, Outline
from .pages import plan_pages
from .papers import plan_papers
from .searching import plan_search
from .work import BytesWork

_MARKER_TEXT = b"This folder is written by Paperbound, which deletes whatever else lies in it.\n"


def plan_site(catalogue: Catalogue, config: Config, assets: Mapping[str, bytes]) -> Iterator[Job]:
    """All jobs of the first wave. `assets` holds the theme's files by name, styles already in one."""
    site = Site(config.base_url)
    named = name_assets(assets)
    outline = _make_outline(catalogue, config, site, link_assets(named, site))
    yield from plan_assets(named)
    yield from plan_static(catalogue.static)
    yield from plan_papers(outline)
    yield from plan_lists(outline)
    yield from plan_indexes(outline)
    yield from plan_pages(outline)
    yield from plan_feeds(outline)
    yield from plan_search(outline)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute(sitemap())}\n".encode()
    for path, data in (("robots.txt", robots), (".nojekyll", b""), (MARKER, _MARKER_TEXT)):
        yield Job(path, "bytes", BytesWork(data, data.hex()), f"the site's {path}", (path,))


def _make_outline(catalogue: Catalogue, config: Config, site: Site, assets: Mapping[str, str]) -> Outline:
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
        assets=assets,
        repository=config.repository,
    )
    entries = {ident: make_entry(record, catalogue.slugs[ident], site) for ident, record in catalogue.records.items()}
    return Outline(catalogue, config, site, context, entries, assets.get(SEARCH_MODULE, ""))
