"""People of foreign files: names, or mappings with parts of names, as authors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..model.record import Author
from ..text.addresses import mend_address
from ..text.characters import drop_directions
from ..text.identifiers import find_orcid
from .dialects import to_plain
from .names import is_others, is_plain_name, join_name, show_name
from .text.name_forms import split_affiliation
from .values import is_missing, list_items, make_line, show_value

_LONGEST_NAME = 500
_SIGNS = re.compile(r"[\s_-]")
# Other spellings of keys, in lower case.
_KEYS = {
    **dict.fromkeys(("familyname", "lastname", "surname", "familynames"), "family"),
    **dict.fromkeys(("givenname", "firstname", "forename", "givennames"), "given"),
    **dict.fromkeys(("fullname", "displayname"), "name"),
    **dict.fromkeys(("institution", "affiliations", "organization"), "affiliation"),
    "middlename": "middle",
    "orcidid": "orcid",
    "website": "url",
    "homepage": "url",
}


# `on behalf of the Salt Group` is the Salt Group.
_BEHALF = re.compile(r"^(?:and )?on behalf of (?:the )?(?=\S)", re.IGNORECASE)


# `Kern, Ada [0000-0002-1825-0097]`.
_ORCID = re.compile(r"[\[(<]\s*+(?:https?://orcid\.org/|orcid:?\s*+)?(0000-000[\d-]+X?)\s*+[\])>]$", re.IGNORECASE)


# Before an address of mail, which publishers put behind an affiliation.
_MAIL = re.compile(r"\b(?:electronic address|e-?mails?):(?=\s|$)", re.IGNORECASE)


def _show_place(place: Any) -> str:
    """Returns an affiliation without addresses of mail."""
    text = make_line(place)
    if "@" not in text:
        return text
    return _MAIL.sub("", " ".join(word for word in text.split() if "@" not in word)).rstrip(" ;,.")


def _split_orcid(text: str) -> tuple[str, str]:
    match = _ORCID.search(text) if "0000-000" in text else None
    orcid = find_orcid(match[1]) if match else ""
    return (text[: match.start()].rstrip(), orcid) if match and orcid else (text, "")


def make_person(item: Any, messages: list[str]) -> Author | None:
    """Makes a person of a name, or of a mapping; returns None for other values.

    Adds a message for each part that is left out. The keys are those of CSL, BibTeX and our own records: `name`,
    `literal`, `family`, `last`, `given`, `first`, `middle`, `particle`, `suffix`, `id`, `orcid`, `url`, `affiliation`;
    other spellings of them count, too: `firstName`, `last_name`, `institution`.
    """
    if type(item) is str and item.isascii() and len(item) <= _LONGEST_NAME and is_plain_name(item):
        return Author(_BEHALF.sub("", item))  # most names
    if isinstance(item, str) or not isinstance(item, Mapping):
        text, orcid = _split_orcid(drop_directions(make_line(item)))
        text, place = split_affiliation(text)
        name = _BEHALF.sub("", show_name(text)) if len(text) <= _LONGEST_NAME else ""
        return Author(name, orcid=orcid, affiliation=place) if any(map(str.isalnum, name)) or is_others(name) else None
    # Na and Nan are names, too.
    item = {_KEYS.get(form := _SIGNS.sub("", str(key).lower()), form): value for key, value in item.items()}
    parts = {
        key: drop_directions(make_line(value))
        for key, value in item.items()
        if key != "affiliation" and value and value == value
    }
    if any(len(text) > _LONGEST_NAME for text in parts.values()):
        return None
    literal = parts.get("literal", "")
    family = parts.get("family") or parts.get("last", "")
    name = to_plain(literal) if literal else show_name(parts.get("name", ""))
    given = parts.get("given") or " ".join(filter(None, (parts.get("first"), parts.get("middle"))))
    if not name and not (is_missing(family) and is_missing(given)):
        name = to_plain(join_name(given, family, parts.get("particle", ""), parts.get("suffix", "")))
    name = _BEHALF.sub("", name)
    if not any(map(str.isalnum, name)):
        return None
    orcid, url = find_orcid(parts.get("orcid", "")), mend_address(parts.get("url", ""))
    if parts.get("orcid") and not orcid:
        messages.append(f"{show_value(parts['orcid'])} is no ORCID, or its check digit is wrong; left out")
    if parts.get("url") and not url:
        messages.append(f"{show_value(parts['url'])} is no web address; left out")
    affiliation = item.get("affiliation")
    places = [] if is_missing(affiliation) else filter(None, map(_show_place, list_items(affiliation, r"\n")))
    return Author(name, parts.get("id", ""), orcid, "; ".join(places), url)
