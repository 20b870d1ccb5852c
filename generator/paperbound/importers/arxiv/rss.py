"""Items of arXiv's daily feeds in RSS 2.0 and 1.0, as entries of Atom.

https://info.arxiv.org/help/rss_specifications.html
"""

from __future__ import annotations

import re
from contextlib import suppress
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, SubElement

from ...text.characters import collapse
from ..dialects import to_plain

# `On salt. (arXiv:2305.14912v1 [cs.CL] UPDATED)` was the title of an item until 2024.
_TITLE = re.compile(r"\(arXiv:([^\s\[\]()]+)(?: +\[([^\s\[\]()]+)\])?( UPDATED| CROSS LISTED)?\)$")
_IDENT = re.compile(r"(?:oai:arXiv\.org:|arxiv\.org/abs/)([^\s?#<>]+)")
_NUMBER = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d|[a-zA-Z.-]+/(\d\d)(0[1-9]|1[0-2])\d{3}")
_TAGS = re.compile(r"</?(?:a|p)\b[^<>]*>")
_KINDS = {" UPDATED": "replace", " CROSS LISTED": "cross"}
_SAME = ("announce_type", "DOI", "rights", "creator")


def make_entry(item: Element) -> Element:
    """Makes an entry of Atom of an item."""
    entry = Element("entry")
    title, about = collapse(item.findtext("title") or ""), item.get("about") or ""
    old = _TITLE.search(title)
    places = (item.findtext("guid") or "", item.findtext("link") or "", about)
    ident = old[1] if old else next((match[1] for text in places if (match := _IDENT.search(text))), "")
    texts = {
        "id": f"oai:arXiv.org:{ident}" if ident else " ".join(filter(None, places)),
        "title": title[: old.start()].rstrip().removesuffix(".") if old else title,
        "summary": _TAGS.sub("", item.findtext("description") or ""),
        "published": _read_date(item.findtext("pubDate") or ""),
        "journal_ref": item.findtext("journal_reference") or "",
    }
    if old:
        texts["announce_type"] = _KINDS.get(old[3] or "", "new")
    for name, text in texts.items():
        SubElement(entry, name).text = text
    categories = [old[2] or ""] if old else [category.text or "" for category in item.iter("category")]
    for name in filter(None, map(str.strip, categories)):
        SubElement(entry, "category", term=name)
    for child in item:
        if child.tag in _SAME:
            SubElement(entry, child.tag).text = _TAGS.sub("", "".join(child.itertext()))
    return entry


def _read_date(text: str) -> str:
    with suppress(ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(text).date().isoformat()
    return ""


def date_announced(ident: str, kind: str) -> str:
    """Returns the month of an arXiv id that a feed announces again.

    The text is empty for a new one. The feed's day is that of the replacement, or of the listing in another category.
    """
    number = _NUMBER.match(ident)
    if not number or kind.strip().lower() in ("", "new"):
        return ""
    year, month = int(number[1] or number[3]), number[2] or number[4]
    return f"{year + (1900 if year > 90 else 2000)}-{month}"


def split_creators(text: str) -> list[dict[str, str]]:
    """Splits the names of a feed's item, each with its affiliation.

    Of `Ada Kern (1), Bo Ott (Reef, Inc.) ((1) House of Salt)` the numbers and their list are left out.
    """
    names, depth, begin = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")" and depth > 0)
        if sign == "," and not depth:
            names.append(text[begin:place])
            begin = place + 1
    people = []
    for one in (*names, text[begin:]):
        name, _, note = one.partition("(")
        house = note.partition(")")[0]
        people.append({"name": to_plain(name), "affiliation": to_plain(house) if any(map(str.isalpha, house)) else ""})
    return [person for person in people if person["name"]]
