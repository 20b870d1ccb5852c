"""Payloads of jobs: closed values, one class for each way in which a job is done."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..feeds.feed import Feed
from ..model.record import Record
from ..model.values import quick
from ..pages.contexts import MailPage, PaperPage, PaperText


@dataclass(frozen=True, slots=True)
class PageWork:
    """A page made by one template out of one context."""

    template: str
    context: object


@quick
@dataclass(frozen=True, slots=True)
class PaperWork:
    """A paper: its Markdown page and its HTML page. Without `publish` the Markdown is not written."""

    text: PaperText
    page: PaperPage
    publish: bool


@dataclass(frozen=True, slots=True)
class FeedWork:
    """A feed in each of its three formats."""

    feed: Feed


@dataclass(frozen=True, slots=True)
class MailWork:
    """A digest as a page: the HTML that is sent."""

    page: MailPage


@dataclass(frozen=True, slots=True)
class ExportWork:
    """Papers for reference managers: the format by its suffix, records with the addresses of their pages."""

    suffix: str
    rows: tuple[tuple[Record, str], ...]


@dataclass(frozen=True, slots=True)
class BytesWork:
    """Bytes that are known already."""

    data: bytes = field(repr=False)
    digest: str


@dataclass(frozen=True, slots=True)
class CopyWork:
    """A file of the content's static folder, copied as it is."""

    location: str = field(repr=False, compare=False)
    digest: str


@dataclass(frozen=True, slots=True)
class SitemapWork:
    """Pages of a sitemap: absolute address and date of change (ISO 8601, or empty)."""

    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SitemapIndexWork:
    """Sitemaps of a site that has more pages than one may hold: their absolute addresses."""

    sitemaps: tuple[str, ...]
