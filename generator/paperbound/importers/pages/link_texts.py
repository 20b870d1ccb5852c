"""Texts of a list of papers: their authors, dates, venues, and titles within citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ...text.dates import MONTHS
from ..dialects import from_mixed
from ..names import split_names
from ..text.name_forms import turn_initials
from .link_units import Piece

OTHERS = re.compile(r"\bet\.? ?al\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d:–-])(?:19|20)\d\d(?![\d–-])")
_MONTHS = frozenset(name for month in MONTHS for name in (month.lower(), month[:3].lower(), month[:4].lower()))
_DATE = re.compile(r"[(\[]\s*((?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2]))?(?:[-/.]\d\d)?)\s*[)\]]")
_DAY = re.compile(r"^\W*((?:19|20)\d\d-\d\d-\d\d)\b\W*")
_MONTH = re.compile(
    rf"[(\[]\s*((?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)})\.?,? (?:19|20)\d\d)\s*[)\]]"
)
_VENUE = re.compile(r"[(\[]\s*\**([A-Z][A-Za-z&-]{1,12})['’ -]*((?:19|20)?\d\d)\**\s*[)\]]")
# A box of a list of tasks, and words before an address.
_REST = re.compile(
    r"^\[[ xX]\]\s*|^by\b\s*|[\[(]\s*[\])]|:\w+:|[\"“]\W{0,5}[\"”]|\b(?:paper|code|project|link|pdf)\s*:\s*(?=$|[.,|])",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?P<names>[^()\d]{3,300}?)[.,]? ?\((?P<year>(?:19|20)\d\d)[a-z]?\)[.,:]? "
    r"(?P<title>[A-Z“\"][^.?!]{9,300}[.?!])(?: |$)"
)
_NAME = r"[^\W\d_][\w'’-]{1,40}(?: [^\W\d_][\w'’-]{1,40})?, (?:[A-Z]\.[ -]?){1,4}"
_NUMBERED = re.compile(
    rf"(?P<names>(?:{_NAME}(?:, |,? ?& |,? ?and |(?= ?[A-Z][a-z]))){{1,50}})(?P<title>[A-Z][^.?!]{{9,300}}[.?!]) "
)
# Where a list of names ends: at a sentence, a bracket, a dash.
_END = re.compile(r"(?<=\w{3})[.:;] |\s[–—|-]\s|[(\[\"“]|(?<=\w{3})\.$")
_PERSON = re.compile(r"(?:[^\W\d_][\w.'’-]*+ ?){2,5}")
_INITIAL = re.compile(r"(?:[A-Z]\. ?-?)+ ?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|[A-Z][\w'’-]+,? (?:[A-Z]\.? ?){1,3}")
_NO_NAMES = frozenset(
    "in proc proceedings conference journal workshop transactions symposium university press arxiv preprint the of a "
    "an on for with via towards neurips nips icml iclr cvpr iccv eccv acl emnlp naacl aaai ijcai kdd paper code "
    "project".split()
)


_BYLINE = re.compile(r"^(?:by|authors?:)\s+", re.IGNORECASE)
_FOOTNOTES = re.compile(r"(?<![*†‡§¶])[*†‡§¶]++(?=[\s,;]|$)")
_LABEL_END = re.compile(r"\b(?:paper|code|pdf|link|arxiv|doi) ?:? ?$", re.IGNORECASE)
# `ICML 2020`, `NeurIPS'21`, alone behind the authors.
_PLACE = re.compile(r"(?:in )?([A-Z][A-Za-z&-]{1,12}),?['’ -]*((?:19|20)?\d\d)", re.IGNORECASE)


# `Journal of Salt, 12(3), 101–110` behind the title of a citation.
_JOURNAL = re.compile(
    r"(?P<venue>[^\W\d_][^,\d]{2,120}), (?P<volume>\d{1,5})(?: ?\((?P<issue>[\w–-]{1,12})\))?"
    r"(?:, (?P<pages>[a-z]?\d{1,9}(?: ?[–-] ?[a-z]?\d{1,9})?))?"
)


class Citation(NamedTuple):
    """The parts of a citation: names, title, year."""

    authors: list[str]
    title: str
    year: str


def read_citation(text: str) -> Citation | None:
    """Reads a citation with the names first: `Kern, A. (2020). A title. Journal`; None for other text."""
    text = re.sub(r" (?=[.,;:])", "", text[:2_000])
    for form in (_CITED, _NUMBERED):
        match = form.match(text)
        names = list_people(re.sub(r"(?<= [A-Z])$", ".", match["names"])) if match else []
        if match and names:
            return Citation(names, match["title"].rstrip(".").strip('“”"'), match.groupdict().get("year") or "")
    return None


def list_people(text: str, least: int = 1) -> list[str]:
    """Returns the names of people in a text of names alone; else an empty list."""
    text = _BYLINE.sub("", _FOOTNOTES.sub("", _LABEL_END.sub("", text)).strip(" ,;:–—-"))
    text = text.removesuffix(".") if re.search(r"\w{3}\.$", text) else text
    others = OTHERS.search(text)
    names = split_names(OTHERS.sub("", text).strip(" ,")) if 3 < len(text) < 1_000 else []
    names = turn_initials(names)
    if len(names) < (1 if others else least) or not all(map(_is_person, names)):
        return []
    return [*names, *(["et al."] if others else [])]


def is_initialled(text: str) -> bool:
    """Returns whether a text is a name with initials: `Kern, A.`."""
    return bool(_INITIAL.fullmatch(text.strip(" ,.")))


def is_date(text: str) -> bool:
    """Returns whether a heading is a date or a year, and no topic."""
    words = re.findall(r"\w+", text.lower())
    return bool(words) and all(
        word.isdigit() or word in _MONTHS or re.fullmatch(r"\d+(?:st|nd|rd|th)", word) for word in words
    )


def _is_person(name: str) -> bool:
    words = re.findall(r"[^\W_]+", name)
    return (
        bool(_INITIAL.fullmatch(name) or _PERSON.fullmatch(name.replace(", ", " ")))
        and name[0].isupper()
        and words[-1][0].isupper()
        and not any(word.lower() in _NO_NAMES for word in words if len(word) > 1)
    )


def read_text(text: str, pieces: Sequence[Piece], title: str, *, is_label: Any) -> dict[str, Any]:
    """Reads authors, venue, date and the rest of an item's text.

    `pieces` are those without an address and without the title; `is_label` says whether a text is the label of a link.
    """
    cited = read_citation(text)
    authors, used = (cited.authors, "") if cited and cited.title.startswith(title[:20]) else _find_people(pieces)
    day, month = _DAY.match(text), _MONTH.search(text)
    date = _DATE.search(text) or month or day
    venue = next((one for one in _VENUE.finditer(text) if one[1].lower() not in _MONTHS), None)
    years = {year[0] for piece in pieces for year in _YEAR.finditer(piece.text)}
    # `[Title](…) - one line on it`
    described = re.match(r"[^-–—:]{0,30}?\s[-–—:]+\s+(.{10,})", text.partition(title)[2] if title else "")
    if described and (is_label(described[1]) or authors or list_people(described[1], 2)):
        described = None
    rest = (
        " ".join(piece.text for piece in pieces).replace(title, "").replace(used, "")
        if used
        else " ".join(piece.text for piece in pieces if not list_people(piece.text, 2)).replace(title, "")
    )
    if cited and not used and authors:
        rest = text.partition(title)[2]
    if date:
        rest = rest.strip(" ,").removeprefix(date[0].strip(" ,"))
    rest = _REST.sub(" ", rest)
    rest = re.sub(r"(?<!\s)\s*,(?:\s*,)+", ",", " ".join(_REST.sub(" ", rest.strip()).split())).strip(" .,;:|*-–—/")
    place = _PLACE.fullmatch(rest) if not venue else None
    venue = place if place and place[1].lower() not in _MONTHS else venue
    journal = _JOURNAL.fullmatch(rest) if cited and authors and not venue else None
    if journal:
        rest = ""
    return {
        "authors": authors,
        **{name: part for name, part in (journal.groupdict() if journal else {}).items() if part},
        "venue": venue[1] if venue else journal["venue"] if journal else "",
        "date": date[1] if date else venue[2].rjust(4, "0").replace("00", "20", 1) if venue else "",
        "summary": from_mixed(described[1]) if described else "",
        "note": re.sub(r"\.? (?=[.,;])", "", rest) if not described and not is_label(rest) else "",
    } | ({"date": years.pop()} if not (date or venue) and len(years) == 1 else {})


def _find_people(pieces: Sequence[Piece]) -> tuple[list[str], str]:
    """Returns the names of the first list of people in an item, and its text."""
    for piece in pieces:
        text = piece.text.strip(" .,;:")
        if whole := list_people(text, 2):
            return whole, piece.text
        start = re.match(r"\W*(?:by\s+)?", text, re.IGNORECASE)
        begin = start.end() if start else 0
        end = _END.search(text, begin + 3)
        chunk = text[begin : end.start() if end else len(text)].strip(" ,.;")
        if names := list_people(chunk, 2):
            return names, chunk
    return [], ""
