"""Feeds and their formats, as values, with the parts that formats share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model.date import PartialDate
from ..model.digests import Digested


@dataclass(frozen=True, slots=True, repr=False)
class FeedEntry(Digested):
    """An entry of a feed, with `summary` as plain text and `content` as safe HTML.

    `date` is as given, `updated` a whole day (ISO 8601); both may be empty.
    """

    url: str
    title: str
    date: str
    updated: str
    authors: tuple[str, ...]
    summary: str
    content: str
    tags: tuple[str, ...]
    digest: str = field(init=False)


class FeedSpec(NamedTuple):
    """A feed before planning: page, title, description and papers, newest first.

    `path` is the page of the feed, `owner` names the feed in messages. `ordered` papers need no sorting; a `whole` feed
    has them all, whatever the size of feeds is; one of `editions` has the newest editions instead.
    """

    path: str
    title: str
    description: str
    papers: tuple[str, ...]
    owner: str
    ordered: bool = False
    whole: bool = False
    editions: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as each format writes it.

    `url` is its page, `self_urls` are its own addresses by format, `updated` is the day of the newest entry.
    """

    title: str
    description: str
    language: str
    url: str
    self_urls: Mapping[str, str]
    updated: str
    entries: tuple[FeedEntry, ...] = ()

    def self_url(self, form: FeedFormat) -> str:
        """Returns the address of the feed in a format."""
        return self.self_urls[form.name]


class FeedFormat(NamedTuple):
    """A feed format; `label` is for links, `title` for the titles of links."""

    name: str
    file: str
    media_type: str
    label: str
    title: str
    write: Callable[[Feed], bytes]


def show_rfc3339(date: str) -> str:
    """Returns an ISO date for Atom and JSON Feed (RFC 3339), midnight UTC."""
    return f"{PartialDate.parse(date).first_day.isoformat()}T00:00:00Z"
