"""The list of all feeds: the site's, and those of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..config import Config
from ..feeds.feed import FeedSpec
from ..model.catalogue import Catalogue
from ..urls import home, listing
from .section import Group, Section


def list_feeds(
    catalogue: Catalogue, config: Config, recent: tuple[str, ...], sections: Sequence[Section]
) -> Iterator[FeedSpec]:
    """Yields all feeds; `recent` are all papers, newest first."""
    yield FeedSpec(home(), config.title, describe_site(config), recent, "the site's feed", ordered=True)
    if config.feeds == "site":
        return
    for section in sections:
        if section.feeds and section.feeds.list_specs:
            yield from section.feeds.list_specs(section, catalogue, config)
        elif section.feeds:
            least = section.count_least(catalogue, config)
            for group in section.list_groups(catalogue):
                if len(group.papers) >= least:
                    yield make_feed_spec(section, group, config)


def describe_site(config: Config) -> str:
    """Returns the site's description, or its tagline, or its title."""
    return config.description or config.tagline or config.title


def make_feed_spec(section: Section, group: Group, config: Config) -> FeedSpec:
    """Returns the feed of a group of a section that has feeds."""
    text = group.description or (section.feeds.description.format(name=group.name) if section.feeds else "")
    path = listing(section.name, group.slug)
    return FeedSpec(path, f"{group.name} · {config.title}", text, group.papers, group.owner)
