"""Feeds as every format writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model.values import Digested


@dataclass(frozen=True, slots=True, repr=False)
class FeedEntry(Digested):
    """An entry of a feed: `date` as given, `updated` as a whole day (ISO 8601; empty where there is none),
    `summary` as plain text, `content` as Markdown."""

    url: str
    title: str
    date: str
    updated: str
    authors: tuple[str, ...]
    summary: str
    content: str
    tags: tuple[str, ...]
    digest: str = field(init=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as every format writes it: `url` is the page that it belongs to, `self_urls` the addresses of
    its three formats (RSS, Atom, JSON Feed), `updated` the day of its newest entry."""

    title: str
    description: str
    language: str
    url: str
    self_urls: tuple[str, ...]
    updated: str
    entries: tuple[FeedEntry, ...] = field(default=())
