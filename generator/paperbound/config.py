"""Config: the settings of site.yaml as one frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from .model.errors import Fault, FieldError, Report, name_nearest
from .model.job import Source
from .model.record import check_link
from .text.characters import clean, collapse
from .text.yamltext import YamlError, load_entries

DEFAULT_BASE_URL = "http://localhost:8000/"
# Larger sites leave out parts of pages and feeds, to stay within the limits of static hosts.
LARGE = 20_000
HUGE = 50_000
_CHOICES = {
    "markdown_pages": ("yes", "no", "auto"),
    "metadata": ("full", "lean", "auto"),
    "feed_texts": ("full", "short", "auto"),
    "feeds": ("all", "site"),
    "search": ("yes", "no"),
    "related_papers": ("yes", "no"),
}
# Numbers, or auto: by the number of papers.
_SIZED = ("feed_size", "author_pages", "author_feeds")
SECURITIES = ("starttls", "tls", "none")
_UNSUBSCRIBE = re.compile(r"(?:https://[^\s/<>\"]+|mailto:[^\s<>\"@]+@)[^\s<>\"]*")
_SERVER = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Subscription:
    """The form of a newsletter service.

    `action` is its address, `field` the name of its input for the address, `privacy` a note shown beside it (Markdown).
    """

    action: str
    field: str = "email"
    privacy: str = ""


@dataclass(frozen=True, slots=True)
class Mailing:
    """Settings of the e-mail digest: sender, reply address, unsubscribe link, server.

    `unsubscribe` is https or mailto and may hold `{address}` and `{token}`; `smtp` is HOST:PORT; `security` is
    starttls, tls or none (localhost only), empty for tls at port 465 and starttls elsewhere; `rate` is in messages
    per minute.
    """

    sender: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    smtp: str = ""
    security: str = ""
    rate: int = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of site.yaml. Only `title` is required there.

    `base_url` ends with a slash; `markdown_pages` is yes, no or auto (yes up to 20,000 papers); `metadata` is full,
    lean (no Open Graph, no JSON-LD) or auto (full up to 20,000 papers). `author_pages` is the number of papers from
    which an author gets a page (auto: 1 up to 20,000 papers, 2 up to 50,000, then 10), `author_feeds` the number from
    which an author gets feeds (auto: 2 up to 2,000 papers, 5 up to 20,000, then 50); `feed_size` is the number of
    entries of a feed (auto: 50 up to 20,000 papers, then 10); `feed_texts` is full (whole texts), short (their
    beginnings) or auto (full up to 20,000 papers). `feeds` is all or site (one feed of the newest papers); `search`
    and `related_papers` are yes or no; related papers (six; four beyond 50,000 papers) need the search index.
    `subscribe` is the form of a newsletter service, `digest` holds the settings of the e-mail digest.
    """

    title: str = "Papers"
    tagline: str = ""
    description: str = ""
    base_url: str = DEFAULT_BASE_URL
    language: str = "en"
    theme: str = "default"
    theme_options: Mapping[str, str] = field(default_factory=dict)
    page_size: int = 50
    feed_size: str = "auto"
    feed_texts: str = "auto"
    markdown_pages: str = "auto"
    metadata: str = "auto"
    author_pages: str = "auto"
    author_feeds: str = "auto"
    feeds: str = "all"
    search: str = "yes"
    related_papers: str = "yes"
    repository: str = ""
    subscribe: Subscription | None = None
    # No page shows settings of the digest.
    digest: Mailing = field(default=Mailing(), repr=False)

    def wants_markdown(self, papers: int) -> bool:
        """Returns whether each paper's Markdown page is published beside its HTML page."""
        if self.markdown_pages == "auto":
            return papers <= LARGE
        return self.markdown_pages == "yes"

    def wants_metadata(self, papers: int) -> bool:
        """Returns whether pages have Open Graph and JSON-LD besides `citation_*` tags."""
        return papers <= LARGE if self.metadata == "auto" else self.metadata == "full"

    def count_author_pages(self, papers: int) -> int:
        """Returns the number of papers from which an author gets a page.

        `papers` is the number of papers of the site.
        """
        if self.author_pages == "auto":
            return 1 if papers <= LARGE else 2 if papers <= HUGE else 10
        return int(self.author_pages)

    def wants_feed_texts(self, papers: int) -> bool:
        """Returns whether feed entries hold whole texts instead of their beginnings."""
        return papers <= LARGE if self.feed_texts == "auto" else self.feed_texts == "full"

    def count_related(self, papers: int) -> int:
        """Returns the number of related papers on a paper's page."""
        return 6 if papers <= HUGE else 4

    def has_walk(self, papers: int) -> bool:
        """Returns whether papers of no collection link to the next paper of the site."""
        return papers <= LARGE

    def count_feed_entries(self, papers: int) -> int:
        """Returns the number of entries of a feed."""
        if self.feed_size == "auto":
            return 50 if papers <= LARGE else 10
        return int(self.feed_size)

    @property
    def has_search(self) -> bool:
        """Whether the site has a search index and a search page."""
        return self.search == "yes"

    @property
    def has_related(self) -> bool:
        """Whether pages of papers list related papers from the search index."""
        return self.has_search and self.related_papers == "yes"

    def count_author_feeds(self, papers: int) -> int:
        """Returns the number of papers from which an author gets feeds."""
        if self.author_feeds == "auto":
            return 2 if papers <= 2_000 else 5 if papers <= LARGE else 50
        return int(self.author_feeds)


KEYS = tuple(item.name for item in fields(Config))


def normalize_base_url(url: str) -> str:
    """Returns the address with one slash at its end.

    Raises FieldError unless it is http(s) without query and fragment.
    """
    check_link("base_url", url)
    parts = urlsplit(url)
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise FieldError("base_url", f"{url!r} has a query or a fragment", "Write https://example.org/papers/.")
    if not re.fullmatch(r"[A-Za-z0-9._~/%-]*", parts.path) or ".." in parts.path or "//" in parts.path:
        raise FieldError("base_url", f"{url!r} has a path that is none", "Write https://example.org/papers/.")
    return url.rstrip("/") + "/"


def read_config(source: Source, report: Report) -> Config | None:
    """Reads site.yaml; reports all faults with their lines, and then returns None."""
    try:
        text = source.data.removeprefix(b"\xef\xbb\xbf").decode()
        is_list, entries = load_entries(text)
    except UnicodeDecodeError:
        report(Fault(source.file, 0, "", "the file is not UTF-8", "Save it as UTF-8."))
        return None
    except YamlError as error:
        report(Fault(source.file, error.line, error.field, error.message, error.remedy))
        return None
    if is_list or not entries:
        report(Fault(source.file, 1, "", "site.yaml holds no settings", "Write at least: title: My papers"))
        return None
    entry = entries[0]
    typed: dict[str, Any] = {}
    failed = False
    for key, value in entry.values.items():
        try:
            if value is not None:
                typed[key] = _convert(key, value)
        except FieldError as error:
            failed = True
            line = entry.lines.get(key, 1)
            report(Fault(source.file, line, key, error.message, error.remedy))
    if "title" not in typed and "title" not in entry.values:
        failed = True
        report(Fault(source.file, 1, "title", "the site has no title", "Add a line such as: title: My papers"))
    return None if failed else Config(**typed)


def _convert(key: str, value: Any) -> Any:
    if key not in KEYS:
        raise FieldError(key, f"{key!r} is no setting of a site", name_nearest(key, KEYS, "settings"))
    if key == "theme_options":
        return _convert_options(value)
    if key == "subscribe":
        return _convert_subscription(value)
    if key == "digest":
        return _convert_mailing(value)
    if not isinstance(value, str):
        raise FieldError(key, "text is expected here", f"Write `{key}: …` in one line.")
    text = collapse(clean(value)[0])
    if key in _SIZED and text == "auto":
        return text
    if key == "page_size" or key in _SIZED:
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1_000_000):
            raise FieldError(key, f"{text!r} is not a number", "Write a whole number from 1 up.")
        return text if key in _SIZED else int(text)
    if key == "base_url":
        return normalize_base_url(text)
    if key == "repository":
        check_link(key, text)
        return text.rstrip("/")
    if key in _CHOICES and text not in _CHOICES[key]:
        raise FieldError(key, f"{text!r} is not a choice", f"Write {' or '.join(_CHOICES[key])}.")
    if key == "language" and not _LANGUAGE.fullmatch(text):
        raise FieldError(key, f"{text!r} is not a language", "Write a code such as en or pt-BR.")
    return text


def _convert_options(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(inner, str) for inner in value.values()):
        raise FieldError("theme_options", "a mapping is expected here", 'Write `theme_options: {accent: "#0a6b4f"}`.')
    return {str(name): collapse(inner) for name, inner in value.items()}


def _convert_subscription(value: Any) -> Subscription:
    if not isinstance(value, dict) or not isinstance(value.get("action"), str):
        remedy = "Write `subscribe: {action: https://…, field: email, privacy: …}`."
        raise FieldError("subscribe", "an action is expected here", remedy)
    texts = _read_texts("subscribe", value, ("action", "field", "privacy"))
    check_link("subscribe", texts["action"])
    return Subscription(texts["action"], texts.get("field") or "email", texts.get("privacy", ""))


def _convert_mailing(value: Any) -> Mailing:
    if not isinstance(value, dict):
        raise FieldError("digest", "a mapping is expected here", "Write `digest: {from: Name <name@example.org>}`.")
    texts = _read_texts("digest", value, ("from", "reply_to", "unsubscribe", "smtp", "security", "rate"))
    unsubscribe, security, rate = texts.get("unsubscribe", ""), texts.get("security", ""), texts.get("rate", "600")
    if unsubscribe and not _UNSUBSCRIBE.fullmatch(unsubscribe):
        remedy = "Write https://example.org/unsubscribe?address={address} or mailto:name@example.org."
        raise FieldError("digest", f"{unsubscribe!r} is no link to unsubscribe by", remedy)
    if security and security not in SECURITIES:
        raise FieldError("digest", f"{security!r} is not a choice of security", f"Write {' or '.join(SECURITIES)}.")
    if not (rate.isascii() and rate.isdigit() and 1 <= int(rate) <= 1_000_000):
        raise FieldError("digest", f"{rate!r} is not a rate", "Write the messages a minute, from 1 up.")
    smtp = texts.get("smtp", "")
    if smtp:
        split_server(smtp)
    return Mailing(texts.get("from", ""), texts.get("reply_to", ""), unsubscribe, smtp, security, int(rate))


def split_server(text: str) -> tuple[str, int]:
    """Splits HOST:PORT of a mail server, such as `[::1]:25`; raises FieldError for others."""
    match = _SERVER.fullmatch(text)
    if not match or not 1 <= int(match["port"]) <= 65535:
        raise FieldError("digest", f"{text!r} is not a mail server", "Write smtp.example.org:587.")
    return match["host"].strip("[]"), int(match["port"])


def _read_texts(key: str, value: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, str]:
    for name, inner in value.items():
        if name not in known:
            raise FieldError(key, f"{name!r} is no key of {key}", name_nearest(name, known, "keys"))
        if inner is not None and not isinstance(inner, str):
            raise FieldError(key, f"text is expected for {name!r}", f"Write `{name}: …` in one line.")
    return {name: collapse(clean(inner)[0]) for name, inner in value.items() if inner}
