"""Values of foreign files in our forms: mended, or left out with a message."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from ..model.date import PartialDate
from ..model.links import is_link, is_picture
from ..model.record import FILLABLE, KINDS, Author, Link, Signal, has_form, is_alias
from ..text.addresses import mend_address, mend_path, unwrap_address
from ..text.characters import clean
from ..text.identifiers import find_arxiv, find_doi, find_isbn, find_pmid
from ..text.slugs import add_suffix, is_free, make_slug
from ..text.written_dates import find_date
from .names import is_others, split_names
from .people import make_person
from .values import is_missing, list_items, make_line, read_list, show_value

RETRACTED, DRAFT = "This paper was retracted.", "yes"
_DEEPEST = 20
# https://en.wikipedia.org/wiki/Publisher_Item_Identifier
_PII = re.compile(r"S\d{15}[\dX]|S\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dX]")
_RANGE = re.compile(r"(\d+)(?:--?|–)(\d+)")
# `101–10` of PubMed and older lists is `101–110`; `5:10–5:17` is no such range.
_ROMAN = re.compile(r"([ivxlcdm]+)-([ivxlcdm]+)", re.IGNORECASE)
_ELIDED = re.compile(r"(?<![\d:.])(\d+)–(\d+)(?![\d:.–])")
# A preprint that Google Scholar and others name in the place of a journal: `arXiv preprint arXiv:1412.6980 [cs.LG]`.
_PREPRINT = re.compile(
    r"(?:arxiv|corr)?(?: preprint| e-prints?)?[,:]? *(?:arxiv *: *|abs/)"
    r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)"
    r"(?: *[\[(]([a-z-]+(?:\.[A-Za-z-]+)?)[\])])?(?:,? *\(?\d{4}\)?)?",
    re.IGNORECASE,
)
_DASH = re.compile(r"(?<=[\w\]])\s*(?:-{2,3}|[‐‑‒–—―−])\s*(?=[\w\[])|(?<=\d)\s*-\s*(?=[A-Za-z]{0,2}\d)")
_KINDS = {
    "journal-article": "article",
    "article-journal": "article",
    "proceedings-article": "inproceedings",
    "paper-conference": "inproceedings",
    "conference": "inproceedings",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "dissertation": "thesis",
    "techreport": "report",
    "incollection": "chapter",
    "inbook": "chapter",
    "book-chapter": "chapter",
    "posted-content": "preprint",
    "unpublished": "misc",
    "online": "misc",
}
_LANGUAGES = {
    "ara": "ar", "ces": "cs", "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "ita": "it",
    "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es",
    "swe": "sv", "tur": "tr", "zho": "zh", "chi": "zh", "english": "en", "german": "de", "ngerman": "de",
    "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "russian": "ru", "chinese": "zh",
    "japanese": "ja", "american": "en-US", "british": "en-GB",
}  # fmt: skip
# Keys of a link that is a mapping: `{type: pdf, url: https://…}`.
_NAMES, _ADDRESSES = ("type", "name", "label", "kind", "title", "text", "rel"), ("url", "href", "link")
_NO = frozenset(("no", "false", "0", "none", "not retracted"))
_YES = frozenset(("yes", "true", "1", "retracted"))


class Mend(NamedTuple):
    """A value in our form, with a message for each part that is left out.

    `extra` are values of other fields that the value held.
    """

    value: Any = None
    messages: tuple[str, ...] = ()
    extra: Mapping[str, Any] = MappingProxyType({})


def _left_out(value: Any, what: str) -> Mend:
    return Mend(None, (f"{show_value(value)} is no {what}; left out",))


def mend_text(value: Any) -> Mend:
    """Makes one line of text."""
    return Mend(make_line(value))


def mend_block(value: Any) -> Mend:
    """Makes text of several lines."""
    if isinstance(value, list | tuple):
        value = "\n\n".join(map(make_line, value))
    return Mend(clean(value)[0].strip() if isinstance(value, str) else make_line(value))


def mend_texts(value: Any) -> Mend:
    """Makes a list of texts."""
    return Mend(tuple(text for text in map(make_line, list_items(value, r"\n|;\s")) if text))


def mend_aliases(value: Any) -> Mend:
    """Makes a list of former addresses; other texts are left out."""
    texts = mend_texts(value).value
    messages = (
        f"{show_value(text)} is no address of a redirect page; left out" for text in texts if not is_alias(text)
    )
    return Mend(tuple(filter(is_alias, texts)), tuple(messages))


def mend_people(value: Any, known: MutableMapping[str, Author] | None = None) -> Mend:
    """Makes a list of people from one text, names, or mappings with parts of names.

    `known` are people by names that were read before; new ones are added.
    """
    known = {} if known is None else known
    listed = read_list(value) if isinstance(value, str) else None
    items = split_names(clean(value)[0]) if isinstance(value, str) and listed is None else list_items(listed or value)
    people: list[Author] = []
    messages: list[str] = []
    extra: dict[str, Any] = {}
    for item in items:
        if type(item) is str and item in known:
            people.append(known[item])
            continue
        person = make_person(item, messages)
        if person is None:
            messages.append(f"{show_value(item)} is no name; left out")
        elif is_others(person.name):
            extra["et_al"] = True
        else:
            people.append(person)
            if type(item) is str:
                known[item] = person
    if isinstance(value, str) and not items and not is_missing(value):
        messages.append(f"{show_value(value)} is no name; left out")
    return Mend(tuple(people), tuple(messages), extra)


def mend_date(value: Any) -> Mend:
    """Makes a date of any form: text, a number, or year, month and day."""
    while isinstance(value, list | tuple) and len(value) == 1 and isinstance(value[0], list | tuple):
        value = value[0]
    if isinstance(value, list | tuple):
        if all(type(part) is int for part in value):
            with suppress(ValueError, TypeError):
                return Mend(PartialDate(*value))
        text = "-".join(f"{make_line(part):0>2}" for part in value[:3] if not is_missing(part))
    else:
        text = make_line(value)
    date, exact = find_date(text)
    if not date:
        return _left_out(value, "date")
    return Mend(date, () if exact else (f"of {show_value(value)} only {date.iso} can be kept",))


def mend_year(value: Any) -> Mend:
    """Makes a year of four digits."""
    date, _ = find_date(make_line(value))
    return Mend(str(date.year)) if date else _left_out(value, "year")


def mend_pages(value: Any) -> Mend:
    """Makes page numbers, with an en dash in each range; an article's PII is none."""
    usual = _RANGE.fullmatch(value) if type(value) is str else None
    if usual:
        return Mend(_shorten(f"{usual[1]}–{usual[2]}"))
    if _PII.fullmatch(str(value).strip()):
        return _left_out(value, "page, but a publisher's number of an article")
    text = re.sub(r"^(?:pp?|pages?)\.?\s*(?=\w)", "", make_line(value)) if not str(value).isdigit() else str(value)
    roman = _ROMAN.fullmatch(text)
    text = "–".join(roman.groups()) if roman else _DASH.sub("–", text)
    return Mend(_shorten(text.strip(" ,-–")))


def _shorten(pages: str) -> str:
    """Returns pages with whole ends of ranges, and one page for a range of one."""

    def write(match: re.Match[str]) -> str:
        first, last = match.groups()
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        return first if first == last else f"{first}–{last}"

    return _ELIDED.sub(write, pages) if "–" in pages else pages


def mend_venue(value: Any) -> Mend:
    """Makes the name of a venue; that of a preprint is its arXiv id."""
    text = make_line(value)
    match = _PREPRINT.fullmatch(text)
    if not match:
        return Mend(text)
    return Mend(None, (), {"arxiv": match[1], **({"category": match[2]} if match[2] else {})})


def mend_kind(value: Any) -> Mend:
    """Makes a kind of ours."""
    kind = re.sub(r"[\s_]+", "-", make_line(value).lower())
    kind = _KINDS.get(kind, kind)
    return Mend(kind) if kind in KINDS else _left_out(value, "kind of paper")


def mend_tags(value: Any) -> Mend:
    """Makes slugs of words: `C++` is `c-plus-plus`."""
    tags: list[str] = []
    messages: list[str] = []
    for item in list_items(value, r"[;,\n|]"):
        tag = make_tag(make_line(item))
        if not tag:
            messages.append(f"{show_value(item)} is no topic; left out")
        elif tag not in tags:
            tags.append(tag)
    return Mend(tuple(tags), tuple(messages))


def make_tag(word: str) -> str:
    """Makes the slug of a topic; an empty text without a letter or a digit."""
    if has_form("slug", word) and len(word) <= 80 and is_free(word):
        return word
    slug = make_slug(re.sub(r"(?<=\w)\+\+", " plus plus", re.sub(r"(?<=\w)#", " sharp", word)))
    return add_suffix(slug, word) if slug and not is_free(slug) else slug


def mend_arxiv(value: Any) -> Mend:
    """Makes an arXiv id; the category beside it is a field of its own."""
    arxiv, category = find_arxiv(make_line(value))
    if not arxiv:
        return _left_out(value, "arXiv id")
    return Mend(arxiv, (), {"category": category} if category else {})


def mend_doi(value: Any) -> Mend:
    """Makes a DOI of an address, or with a prefix."""
    doi = find_doi(make_line(value))
    return Mend(doi) if doi else _left_out(value, "DOI")


def mend_pmid(value: Any) -> Mend:
    """Makes the digits of a PubMed id."""
    pmid = find_pmid(make_line(value))
    return Mend(pmid) if pmid else _left_out(value, "PubMed id")


def mend_isbn(value: Any) -> Mend:
    """Makes the first ISBN."""
    isbn = find_isbn(make_line(value))
    return Mend(isbn) if isbn else _left_out(value, "ISBN")


def mend_bibkey(value: Any) -> Mend:
    """Makes a key that BibTeX can read."""
    key = make_line(value)
    return Mend(key) if has_form("bibkey", key) else Mend(re.sub(r"[\s{}(),\\\"'#%~=]+", "", key))


def mend_links(value: Any) -> Mend:
    """Makes links of a mapping of kinds to web addresses."""
    if isinstance(value, Mapping) and any(isinstance(value.get(key), str) for key in _NAMES[:3]):
        value = [value]
    pairs = value.items() if isinstance(value, Mapping) else [("url", value)]
    links: dict[str, str] = {}
    messages: list[str] = []
    for kind, addresses in pairs:
        if is_missing(addresses):
            continue
        name = make_slug(str(kind)) or "url"
        for address in list_items(addresses, r"\n"):
            if isinstance(address, Mapping) and any(address.get(key) for key in _ADDRESSES):
                named = next((address[key] for key in _NAMES if address.get(key)), kind)
                name = make_slug(str(named)) or "url"
                address = next(address[key] for key in _ADDRESSES if address.get(key))
            text = make_line(address)
            mended = mend_address(text) or mend_path(text)
            if not mended:
                messages.append(f"{show_value(address)} is no web address; left out")
                continue
            if mended != text and mended != unwrap_address(text) and is_link(mended):
                how = "percent-encoded as" if mended.count("%") > str(address).count("%") else "read as"
                messages.append(f"{show_value(address)} is {how} {mended}")
            if mended not in links.values():
                number = 1
                while (key := name if number == 1 else f"{name}-{number}") in links:
                    number += 1
                links[key] = mended
    return Mend(tuple(Link(kind, url) for kind, url in links.items()), tuple(messages))


def mend_picture(value: Any) -> Mend:
    """Makes the path of a picture."""
    path = mend_path(make_line(value))
    return Mend(path) if is_picture(path) else _left_out(value, "picture of the site")


def mend_signals(value: Any) -> Mend:
    """Makes signals of a mapping: names to numbers, or to mappings with a value."""
    signals: dict[str, Signal] = {}
    messages: list[str] = []
    for key, item in value.items() if isinstance(value, Mapping) else ():
        given = item if isinstance(item, Mapping) else {"value": item}
        name, count = make_slug(str(key)), make_line(given.get("value", ""))
        date = given.get("date")
        if name and count.isascii() and count.isdecimal() and len(count) <= 12:
            day = None if is_missing(date) else mend_date(date).value
            signals[name] = Signal(name, int(count), day, make_line(given.get("source") or ""))
        elif not is_missing(given.get("value")):
            messages.append(f"{show_value(given.get('value'))} is no whole number of {name}; left out")
    return Mend(tuple(signals.values()), tuple(messages))


def mend_programs(value: Any) -> Mend:
    """Makes a mapping of fields to the programs that wrote them."""
    pairs = value.items() if isinstance(value, Mapping) else ()
    return Mend({str(name): text[:200] for name, program in pairs if name in FILLABLE and (text := make_line(program))})


def mend_language(value: Any) -> Mend:
    """Makes the code of a language."""
    text = make_line(value).replace("_", "-")
    code = _LANGUAGES.get(text.lower(), text)
    code = code[:2].lower() + code[2:] if code[2:3] in ("", "-") else code
    return Mend(code) if has_form("language", code) else _left_out(value, "code of a language")


def mend_mark(value: Any, yes: str) -> Mend:
    """Makes a note on a retraction, or on a draft; `yes` is the usual one."""
    text = make_line(value)
    return Mend("" if text.lower() in _NO else yes if text.lower() in _YES else text)


def mend_slug(value: Any) -> Mend:
    """Makes a slug."""
    slug = make_slug(make_line(value))
    return Mend(slug) if is_free(slug) else _left_out(value, "address of a page")


def mend_id(value: Any) -> Mend:
    """Makes one word of at most 200 characters."""
    text = re.sub(r"\s+", "-", make_line(value))
    return Mend(text if len(text) <= 200 else add_suffix(make_slug(text), text))


def mend_extra(value: Any) -> Mend:
    """Makes a mapping without values that files cannot hold."""
    if not isinstance(value, Mapping):
        return Mend({"extra": _plain(value, 0)})
    return Mend({clean(str(key))[0]: _plain(inner, 0) for key, inner in value.items() if not is_missing(inner)})


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return show_value(value)
    if isinstance(value, Mapping):
        return {clean(str(key))[0]: _plain(inner, depth + 1) for key, inner in value.items() if not is_missing(inner)}
    if isinstance(value, list | tuple):
        return tuple(_plain(item, depth + 1) for item in value if not is_missing(item))
    if isinstance(value, str):
        return clean(value)[0]
    return value if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)) else str(value)


PLAIN = frozenset(
    ("venue", "booktitle", "series", "address", "volume", "issue", "publisher", "category", "license", "note")
)
_BLOCKS = ("abstract", "summary", "takeaway", "notes")
MENDS: Mapping[str, Callable[[Any], Mend]] = {
    **dict.fromkeys(PLAIN, mend_text),
    "venue": mend_venue,
    **dict.fromkeys(_BLOCKS, mend_block),
    "title": mend_text,
    "other_titles": mend_texts,
    "awards": mend_texts,
    "aliases": mend_aliases,
    "related": mend_texts,
    "authors": mend_people,
    "editors": mend_people,
    "date": mend_date,
    "added": mend_date,
    "venue_year": mend_year,
    "pages": mend_pages,
    "kind": mend_kind,
    "tags": mend_tags,
    "arxiv": mend_arxiv,
    "doi": mend_doi,
    "pmid": mend_pmid,
    "isbn": mend_isbn,
    "bibkey": mend_bibkey,
    "links": mend_links,
    "picture": mend_picture,
    "picture_alt": mend_text,
    "signals": mend_signals,
    "made_by": mend_programs,
    "language": mend_language,
    "retracted": partial(mend_mark, yes=RETRACTED),
    "draft": partial(mend_mark, yes=DRAFT),
    "slug": mend_slug,
    "id": mend_id,
    "extra": mend_extra,
}
