"""The section of tags, which the site calls topics."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.pieces import Block
from ...library.section import Facet, Group, GroupFeeds, PaperList, Section
from ...library.site import Site
from ...model.catalogue import Catalogue, list_ancestors
from ...text.names import fold
from .list_page import count_authors, count_tags

_MOST = 12


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return catalogue.tags


def _find(site: Site, key: str) -> Group:
    tag = site.catalogue.tags[key]
    return Group(key, key, tag.name, site.catalogue.papers_by_tag[key], f"the tag {key!r}", tag.description)


def _describe(site: Site, group: Group) -> PaperList:
    block = count_tags(site, group.papers)
    own = site.link_tag(group.slug).href
    others = tuple(item for item in block.items if item.href != own)[:_MOST]
    related = Block("related-topics", site.t("tags.often_with"), others)
    tags = site.catalogue.tags
    above = tuple(map(site.link_tag, list_ancestors(group.key, tags)))
    below = tuple(site.link_tag(tag.slug) for tag in tags.values() if tag.parent == group.key)
    family = (
        Block("broader-topics", site.t("tags.broader"), above),
        Block("narrower-topics", site.t("tags.narrower"), below),
    )
    blocks = tuple(block for block in family if block.items)
    return PaperList(group.description, (*blocks, related, count_authors(site, group.papers)))


def _find_parent(site: Site, key: str) -> str:
    return site.catalogue.tags[key].parent


def _is_in_header(catalogue: Catalogue) -> bool:
    return bool(catalogue.tags)


def _sort_key(group: Group) -> tuple[str, str]:
    return fold(group.name), group.slug


TAGS = Section(
    name="tags",
    index_template="tags.html",
    template="tag.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    facet=Facet("tag"),
    feeds=GroupFeeds(),
    is_in_header=_is_in_header,
    sort_key=_sort_key,
    parent=_find_parent,
)
