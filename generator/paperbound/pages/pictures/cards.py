"""Card images of papers, lists and the site: what other sites show beside a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from sys import maxsize

from ...formats.cards import Card, draw_card
from ...formats.citing import mark_retracted
from ...library.page_kind import PageKind, Shard
from ...library.site import Site
from ...model.build import Artifact, Job
from ...model.errors import Fault, InputError
from ...text.memo import memoize
from ...themes.theme import Theme
from ...urls import card, home, listing, paper
from ..sections import SECTIONS

_FONT = "card.ttf"
_BY_NAME = {section.name: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class CardWork:
    """A card that is not drawn yet."""

    card: Card

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the image."""
        yield Artifact(paths[0], draw_card(self.card))


def _list_items(site: Site) -> Sequence[str]:
    """Returns a key for each card: a section (none for papers) and a group.

    Raises InputError without Pillow.
    """
    if not site.has_cards:
        return ()
    if not find_spec("PIL"):
        fault = Fault(
            "site.yaml",
            0,
            "cards",
            "card images need the library Pillow",
            "Install it with `pip install 'paperbound[cards]'`, or write `cards: no`.",
        )
        raise InputError([fault])
    return tuple(_take(site, 0, maxsize))


def _take(site: Site, start: int, stop: int) -> Iterator[str]:
    """Yields the keys of a range of all cards: the site, papers, groups."""
    for name, keys in (("", ("",)), ("", site.order), *((one.name, site.keys[one.name]) for one in SECTIONS)):
        yield from (f"{name}\1{key}" for key in keys[max(0, start) : max(0, stop)])
        start, stop = start - len(keys), stop - len(keys)


def _plan(site: Site, shard: Shard) -> Iterator[Job]:
    for item in _take(site, shard.start, shard.stop):
        page, title, line, note = _describe(site, item)
        accent, font = site.context.options.get("accent", "#0a6a54"), site.assets.get(_FONT, ("", b""))[1]
        path = card(page)
        work = CardWork(Card(site.config.title, title, line, note, accent, font))
        yield Job(path, work, f"the card of /{page}", (path,))


def _describe(site: Site, item: str) -> tuple[str, str, str, str]:
    """Returns the path of a page, and title, line and note of its card."""
    section, _, key = item.partition("\1")
    if section:
        group = _BY_NAME[section].find(site, key)
        count = site.t("list.papers", count=len(group.papers))
        return listing(section, group.slug), group.name, site.t(f"{section}.label"), count
    if not key:
        text, count = site.config.tagline or site.config.title, site.t("list.papers", count=len(site.order))
        return home(), text, "", count
    entry = site.entries[key]
    return (
        paper(site.catalogue.slugs[key]),
        mark_retracted(site.catalogue.records[key], entry.title),
        entry.authors,
        entry.venue or entry.year,
    )


def _read(site: Site, shard: Shard) -> Iterator[str]:
    yield memoize("version", "pillow", lambda: version("pillow"))
    yield str(len(site.order))
    for item in _take(site, shard.start, shard.stop):
        section, _, key = item.partition("\1")
        if section:
            yield repr(_describe(site, item))
        elif key:
            yield from site.list_summaries((key,))


CARDS = PageKind("cards", _plan, _read, items=_list_items, size=32, is_shared=True)
