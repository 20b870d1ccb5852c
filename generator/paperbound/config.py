"""Config: the settings of site.yaml as one frozen value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from .model.build import Source
from .model.errors import Fault, FieldError, Report, name_nearest
from .model.record import check_link
from .shape import Home, MenuItem, convert_home, convert_logo, convert_menu, convert_redirects
from .text.characters import clean, collapse
from .text.yamltext import YamlError, load_entries, require_text

DEFAULT_BASE_URL = "http://localhost:8000/"
# Larger sites leave out parts of pages and feeds, to stay within the limits of static hosts.
LARGE = 20_000
HUGE = 50_000
# More papers than any list has.
_NEVER = 1_000_000_000
# Sites up to here have exports of every list of two papers, and of every list of ten.
_SMALL, _MIDDLE = 1_000, 2_000
# At 10,000 papers their JSON is 18 MB, and 2 % of the CPU of a build.
_MOST_IN_API = 5_000
_NUMBERS = ("page_size", "team_size", "rate")
# Numbers, or auto: by the number of papers.
_SIZES = ("feed_size", "author_pages", "author_feeds")
_LINKS = ("repository", "action")
_CHOICES = {
    "markdown_pages": ("yes", "no", "auto"),
    "metadata": ("full", "lean", "auto"),
    "api": ("yes", "no", "auto"),
    "cards": ("yes", "no"),
    "feed_texts": ("full", "short", "auto"),
    "feeds": ("all", "site"),
    "search": ("yes", "no"),
    "exports": ("all", "site", "no", "auto"),
    "related_papers": ("yes", "no"),
    "future_papers": ("yes", "no"),
    "security": ("starttls", "tls", "none"),
}
# Regular expressions, with the name and an example of a text that matches.
_PATTERNS = {
    "language": (r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a language", "a code such as en or pt-BR"),
    "unsubscribe": (
        r"(?:https://[^\s/<>\"]+|mailto:[^\s<>\"@]+@)[^\s<>\"]*",
        "a link to unsubscribe by",
        "https://example.org/unsubscribe?address={address} or mailto:name@example.org",
    ),
}
STYLES = ("apa", "ieee", "acm", "mla", "chicago")
_STYLE_FILE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.csl")
_SERVER = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")


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

    `unsubscribe` is https or mailto and may hold `{address}` and `{token}`; `smtp` is HOST:PORT; `security` is none for
    localhost only, empty for tls at port 465 and starttls elsewhere; `rate` is in messages per minute.
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

    `base_url` ends with a slash. `author_pages` and `author_feeds` are the numbers of papers from which an author has a
    page, and feeds; papers of more than `team_size` authors do not count for a page. `feed_size` is the number of a
    feed's entries. `metadata` is lean without Open Graph and JSON-LD; `feed_texts` is short for the beginnings of
    texts; `feeds` is site for one feed of the newest papers, and `exports` for files of all papers and of collections.
    `citation_styles` are names of styles, or files of the content folder in the Citation Style Language, and
    `style_texts` the texts of these files. `nav` and `footer` are the menus, empty for the usual ones; `logo` is a
    picture of the static folder; `redirects` are former addresses of lists and pages, each with the present one.
    `future_papers` is yes for papers that are published before their date. Auto depends on the number of papers.
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
    api: str = "auto"
    cards: str = "no"
    author_pages: str = "auto"
    team_size: int = 100
    author_feeds: str = "auto"
    feeds: str = "all"
    exports: str = "auto"
    citation_styles: tuple[str, ...] = ("apa", "ieee", "acm")
    style_texts: tuple[tuple[str, str], ...] = ()
    search: str = "yes"
    related_papers: str = "yes"
    repository: str = ""
    nav: tuple[MenuItem, ...] = ()
    footer: tuple[MenuItem, ...] = ()
    logo: str = ""
    home: Home = field(default=Home())
    redirects: tuple[tuple[str, str], ...] = ()
    subscribe: Subscription | None = None
    # No page shows which papers are published, nor settings of the digest.
    future_papers: str = field(default="no", repr=False)
    digest: Mailing = field(default=Mailing(), repr=False)

    def wants_markdown(self, papers: int) -> bool:
        """Returns whether each paper's Markdown page is published beside its HTML page."""
        if self.markdown_pages == "auto":
            return papers <= LARGE
        return self.markdown_pages == "yes"

    def wants_metadata(self, papers: int) -> bool:
        """Returns whether pages have Open Graph and JSON-LD besides `citation_*` tags."""
        return papers <= LARGE if self.metadata == "auto" else self.metadata == "full"

    def wants_api(self, papers: int) -> bool:
        """Returns whether all papers are published as JSON for programs."""
        return papers <= _MOST_IN_API if self.api == "auto" else self.api == "yes"

    def count_author_pages(self, papers: int) -> int:
        """Returns the number of papers from which an author gets a page."""
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

    def count_exported(self, papers: int) -> int:
        """Returns the number of papers from which a list has exports.

        The list of all papers and collections have them anyway; 0 means that no list has any.
        """
        if self.exports == "auto":
            return 2 if papers <= _SMALL else 10 if papers <= _MIDDLE else _NEVER
        return {"all": 1, "no": 0}.get(self.exports, _NEVER)

    def has_lean_exports(self, papers: int) -> bool:
        """Returns whether the list of all papers has BibTeX and CSV alone."""
        return self.exports == "auto" and papers > _MIDDLE

    def wants_formats(self, papers: int) -> bool:
        """Returns whether pages of papers have more formats than BibTeX."""
        return papers <= _MIDDLE if self.exports == "auto" else self.exports == "all"

    def list_choices(self, papers: int) -> tuple[int, ...]:
        """Returns all choices that follow from the number of papers."""
        return (
            self.wants_markdown(papers),
            self.wants_metadata(papers),
            self.wants_api(papers),
            self.count_author_pages(papers),
            self.wants_feed_texts(papers),
            self.count_related(papers),
            self.has_walk(papers),
            self.count_feed_entries(papers),
            self.count_author_feeds(papers),
            self.count_exported(papers),
            self.wants_formats(papers),
        )


KEYS = tuple(item.name for item in fields(Config) if item.name != "style_texts")
_MAPPINGS: Mapping[str, tuple[type[Any], str]] = {
    "subscribe": (Subscription, "{action: https://…, field: email, privacy: …}"),
    "digest": (Mailing, "{from: Name <name@example.org>}"),
}


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


def _convert(key: str, value: Any, known: Iterable[str] = KEYS, owner: str = "a site") -> Any:
    """Returns the value of a setting; raises FieldError."""
    if key not in known:
        raise FieldError(key, f"{key!r} is no setting of {owner}", name_nearest(key, known, "settings"))
    if key in _MAPPINGS:
        return _convert_mapping(key, value)
    if key == "theme_options":
        if not isinstance(value, dict) or not all(isinstance(inner, str) for inner in value.values()):
            raise FieldError(key, "a mapping is expected here", 'Write `theme_options: {accent: "#0a6b4f"}`.')
        return {str(name): collapse(inner) for name, inner in value.items()}
    if key in ("nav", "footer"):
        return convert_menu(key, value)
    if key == "home":
        return convert_home(key, value)
    if key == "redirects":
        return convert_redirects(key, value)
    if key == "citation_styles":
        return _convert_styles(key, value)
    text = collapse(clean(require_text(key, value))[0])
    if key in _NUMBERS or (key in _SIZES and text != "auto"):
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1_000_000):
            raise FieldError(key, f"{text!r} is not a number", "Write a whole number from 1 up.")
        return int(text) if key in _NUMBERS else text
    if key in _CHOICES and text not in _CHOICES[key]:
        raise FieldError(key, f"{text!r} is not a choice", f"Write {' or '.join(_CHOICES[key])}.")
    if key in _PATTERNS:
        pattern, what, example = _PATTERNS[key]
        if not re.fullmatch(pattern, text):
            raise FieldError(key, f"{text!r} is not {what}", f"Write {example}.")
    if key == "logo":
        return convert_logo(key, text)
    if key == "base_url":
        return normalize_base_url(text)
    if key in _LINKS:
        check_link(key, text)
    if key == "smtp":
        split_server(text)
    return text.rstrip("/") if key == "repository" else text


def _convert_styles(key: str, value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FieldError(key, "a list of names is expected here", "Write `citation_styles: [apa, ieee, acm]`.")
    for name in names:
        if name not in STYLES and not _STYLE_FILE.fullmatch(name):
            remedy = name_nearest(name, STYLES, "styles")
            raise FieldError(key, f"{name!r} is no style", f"{remedy} Or name a file such as styles/journal.csl.")
    return tuple(dict.fromkeys(names))


def _convert_mapping(key: str, value: Any) -> Any:
    kind, example = _MAPPINGS[key]
    # `from` is a keyword of Python.
    names = {"from" if item.name == "sender" else item.name: item for item in fields(kind)}
    missing = [name for name, item in names.items() if item.default is MISSING]
    if not isinstance(value, dict) or not all(value.get(name) for name in missing):
        message = f"a mapping{''.join(f' with {name!r}' for name in missing)} is expected here"
        raise FieldError(key, message, f"Write `{key}: {example}`.")
    try:
        found = {name: _convert(name, inner, names, key) for name, inner in value.items() if inner}
    except FieldError as error:
        raise FieldError(key, f"{error.field}: {error.message}", error.remedy) from error
    return kind(**{names[name].name: inner for name, inner in found.items()})


def split_server(text: str) -> tuple[str, int]:
    """Splits HOST:PORT of a mail server, such as `[::1]:25`; raises FieldError for others."""
    match = _SERVER.fullmatch(text)
    if not match or not 1 <= int(match["port"]) <= 65535:
        raise FieldError("smtp", f"{text!r} is not a mail server", "Write smtp.example.org:587.")
    return match["host"].strip("[]"), int(match["port"])
