"""Shape: what site.yaml says of the header, the footer and the home page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from .model.errors import FieldError, convert_each, name_nearest
from .model.links import is_file, is_link
from .model.record import is_alias
from .text.characters import clean, collapse

# What a menu may name besides free pages.
PLACES = (
    "papers",
    "tags",
    "authors",
    "years",
    "venues",
    "collections",
    "programme",
    "people",
    "news",
    "map",
    "stats",
    "reading-list",
    "random",
    "offline",
    "search",
    "subscribe",
)
# What may stand beside the list of the home page.
BLOCKS = ("news", "people", "years", "tags", "venues", "collections", "newest")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LEADS = ("edition", "newest")
_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*(?:[A-Za-z0-9._~-]+)?(?:[?#][^\s<>\"]*)?")


class MenuItem(NamedTuple):
    """An entry of the header or the footer.

    `name` is one of `PLACES` or a free page, `title` replaces its title. One with a `url` leads elsewhere, one with
    `pages` is a chapter of free pages.
    """

    name: str = ""
    title: str = ""
    url: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    """The pages of a chapter in their order, each with the title that replaces its own, or nothing."""
    is_reference: bool = False
    """The search finds what the chapter says before what others say."""


class Home(NamedTuple):
    """The list of the home page, and the blocks beside the list.

    `lead` is edition (the newest one, or else the newest papers), newest, or the id of a collection; `beside` are
    names of `BLOCKS`, by default those of the theme.
    """

    lead: str = "edition"
    beside: tuple[str, ...] | None = None


class SiteLanguage(NamedTuple):
    """A language of a site, with texts that replace those of the settings."""

    code: str
    title: str = ""
    tagline: str = ""
    description: str = ""


def convert_languages(key: str, value: Any) -> tuple[SiteLanguage, ...]:
    """Returns the languages of a site; raises FieldError."""
    remedy = f"Write `{key}: [en, {{code: de, tagline: …}}]`."
    rows = [{"code": one} if isinstance(one, str) else one for one in value] if isinstance(value, list) else []

    def convert(row: Any) -> SiteLanguage:
        if not isinstance(row, dict) or row.keys() - set(SiteLanguage._fields) or not row.get("code"):
            message = f"{_show(row)}: a language has a code, and may have title, tagline and description"
            raise FieldError(key, message, remedy)
        if not all(isinstance(text, str) for text in row.values()):
            raise FieldError(key, f"{_show(row)}: title, tagline and description are texts", remedy)
        if not LANGUAGE.fullmatch(row["code"]):
            raise FieldError(key, f"{row['code']!r} is not a language", "Write a code such as en or pt-BR.")
        return SiteLanguage(**{name: collapse(clean(text)[0]) for name, text in row.items()})

    found = convert_each(rows, convert)
    if not found or len({one.code.lower() for one in found}) < len(found):
        raise FieldError(key, "a list of languages is expected here, each once", remedy)
    return tuple(found)


def _show(value: Any) -> str:
    return str(value)[:60]


def convert_menu(key: str, value: Any) -> tuple[MenuItem, ...]:
    """Returns the entries of `nav` or `footer`; raises FieldError."""
    if not isinstance(value, list):
        raise FieldError(key, "a list is expected here", f"Write `{key}: [papers, tags, about]`.")
    return tuple(convert_each(value, lambda one: _convert_item(key, one)))


def _convert_item(key: str, value: Any) -> MenuItem:
    if isinstance(value, str):
        return MenuItem(value.strip())
    if isinstance(value, dict) and "pages" in value:
        return _convert_chapter(key, value)
    remedy = f"Write `{key}: [papers, {{page: about, title: Who we are}}, {{title: Code, url: https://example.org}}]`."
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise FieldError(key, f"{_show(value)!r} is no entry of a menu", remedy)
    unknown = value.keys() - {"page", "title", "url"}
    title, url = collapse(clean(value.get("title", ""))[0]), value.get("url", "").strip()
    name = value.get("page", "").strip()
    if unknown or bool(name) == bool(url) or (url and not title):
        raise FieldError(key, f"{_show(value)}: an entry has a page, or a title and a url", remedy)
    if url and not is_link(url) and not _PATH.fullmatch(url):
        raise FieldError(key, f"{url!r} is no address", "Write https://example.org/ or /programme/.")
    return MenuItem(name, title, url)


def _convert_chapter(key: str, value: dict[str, Any]) -> MenuItem:
    title, pages = value.get("title"), value.get("pages")
    items = convert_each(pages, lambda one: _convert_item(key, one)) if isinstance(pages, list) else []
    choice = {"yes": True, "no": False}.get(str(value.get("reference", "no")))
    has_pages = items and all(one.name for one in items)
    if value.keys() - {"title", "pages", "reference"} or not isinstance(title, str) or not has_pages or choice is None:
        remedy = f"Write `{key}: [{{title: Guide, pages: [start, {{page: more, title: More}}]}}]`."
        raise FieldError(key, f"{_show(value)}: a chapter has a title, and pages", remedy)
    return MenuItem("", collapse(clean(title)[0]), "", tuple((one.name, one.title) for one in items), choice)


def convert_home(key: str, value: Any) -> Home:
    """Returns what the home page shows; raises FieldError."""
    remedy = f"Write `{key}: {{list: edition, beside: [{', '.join(BLOCKS)}]}}`."
    if not isinstance(value, dict) or value.keys() - {"list", "beside"}:
        raise FieldError(key, "a mapping with list and beside is expected here", remedy)
    lead, beside = value.get("list", Home().lead), value.get("beside", [])
    if not isinstance(lead, str) or not isinstance(beside, list) or not all(isinstance(one, str) for one in beside):
        raise FieldError(key, "list is a word, beside a list of words", remedy)

    def check(one: str) -> None:
        if one not in BLOCKS:
            raise FieldError(key, f"{one!r} is no block of the home page", name_nearest(one, BLOCKS, "blocks"))

    convert_each(beside, check)
    return Home(lead, tuple(dict.fromkeys(beside)) if "beside" in value else None)


def convert_logo(key: str, value: str) -> str:
    """Returns the path of the logo in the static folder; raises FieldError."""
    path = value.strip().removeprefix("static/").lstrip("/")
    if not is_file(path) or path.rpartition(".")[2].lower() not in ("svg", "png", "jpg", "jpeg", "webp", "avif"):
        raise FieldError(key, f"{value!r} is no picture", "Write the path of one in static/: `logo: images/logo.svg`.")
    return path


def convert_redirects(key: str, value: Any) -> tuple[tuple[str, str], ...]:
    """Returns former addresses of lists and pages, each with the present one; raises FieldError."""
    remedy = f"Write `{key}: {{/publications/: /papers/, /cv.html: https://example.org/cv}}`."
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise FieldError(key, "a mapping of paths to addresses is expected here", remedy)

    def check(item: tuple[str, str]) -> None:
        former, present = item
        if "/" not in former or not is_alias(former):
            raise FieldError(key, f"{former!r} is no address of a redirect page", remedy)
        if not is_link(present) and not _PATH.fullmatch(present):
            raise FieldError(key, f"{present!r} is no address", remedy)

    convert_each(value.items(), check)
    return tuple(value.items())


def check_shape(
    menus: dict[str, tuple[MenuItem, ...]], home: Home, pages: Iterable[str], collections: Iterable[str]
) -> Iterable[FieldError]:
    """Yields faults of menus and home pages that name nothing of the site."""
    free = set(pages)
    for key, items in menus.items():
        for one in items:
            for known, names in (({*PLACES, *free}, (one.name,)), (free, (name for name, _ in one.pages))):
                for name in names:
                    if name and name not in known:
                        yield FieldError(key, f"{name!r} is no page of the site", name_nearest(name, known, "pages"))
    ids = tuple(collections)
    if home.lead not in (*_LEADS, *ids):
        remedy = name_nearest(home.lead, (*_LEADS, *ids), "lists")
        yield FieldError("home", f"{home.lead!r} is no list of the home page", remedy)
