"""Values of a citation that all styles need: names, dates, pages and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...model.record import Author, Record
from ...text.names import NameParts, divide_name
from ...urls import link_arxiv
from ..citing import find_year, guess_kind, mark_retracted, show_title

MONTHS = ("January February March April May June July August September October November December").split()
_DASH = re.compile(r"(?<!\s)\s*[-–—]+\s*")
_NUMBERS = re.compile(r"(?<!\d)(\d+)–(\d+)")
_WORD = re.compile(r"(?<![\w’'])[a-z][a-z’']*(?![A-Z])")
# Words that stay small in titles: those of the Citation Style Language.
_SMALL = frozenset(
    "a according across afore after against ahead along alongside amid among an and anent apropos around as aside at "
    "athwart atop back because before behind below beneath beside besides between beyond but by c circa despite down "
    "during except for forth from given in inside into lest like minus near next nor notwithstanding of off on onto or "
    "out outside over per plus pro pursuant regarding round since so than that the through throughout thru till to "
    "toward towards under underneath until unto up upon v versus via vs what with within without yet".split()
)


class Cited(NamedTuple):
    """The values of a citation; empty where unknown.

    `container` is the journal or book that holds the paper, `event` the conference beside its proceedings. `month` and
    `day` are those of the year that is cited, or 0.
    """

    kind: str
    authors: tuple[NameParts, ...]
    editors: tuple[NameParts, ...]
    year: str
    month: int
    day: int
    title: str
    container: str
    event: str
    volume: str
    issue: str
    pages: str
    publisher: str
    place: str
    arxiv: str
    doi: str
    url: str
    language: str

    @property
    def is_talk(self) -> bool:
        """Whether a conference paper has neither editors, volume nor pages."""
        return self.kind == "inproceedings" and not (self.editors or self.pages or self.volume or self.issue)

    @property
    def is_part(self) -> bool:
        """Whether the paper is in a book that has editors."""
        return self.kind in ("inproceedings", "chapter") and bool(self.editors)

    @property
    def address(self) -> str:
        """The DOI as an address, or another address of the paper."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def cite(record: Record, url: str) -> Cited:
    """Returns the values of a record's citation; `url` is the address of its page."""
    kind, year, date = guess_kind(record), find_year(record), record.date
    month, day = (date.month or 0, date.day or 0) if date and str(date.year) == year else (0, 0)
    return Cited(
        kind,
        _divide(record.authors),
        _divide(record.editors),
        year,
        month,
        day,
        mark_retracted(record, show_title(record)),
        record.booktitle or record.venue,
        record.venue if record.booktitle and kind == "inproceedings" else "",
        record.volume,
        record.issue,
        _DASH.sub("–", record.pages),
        record.publisher,
        record.address.strip(" ,"),
        record.arxiv,
        record.doi,
        record.find_link("url") or (link_arxiv(record.arxiv) if record.arxiv else url),
        record.language,
    )


def _divide(people: Sequence[Author]) -> tuple[NameParts, ...]:
    return tuple([divide_name(person.name) for person in people])


def join_names(names: Sequence[str], last: str, pair: str = "") -> str:
    """Joins names with commas, and `last` before the last one; two names with `pair`."""
    if len(names) < 3:
        return (pair or last).join(names)
    return f"{', '.join(names[:-1])}{last}{names[-1]}"


def write_initials(given: str) -> str:
    """Returns the initials of given names: `J.-M.`, `A. B.`; words in lower case stay."""
    words = given.replace(".-", "-").replace(".", ". ").split()
    return " ".join(["-".join([_cut(part) for part in word.split("-") if part]) for word in words])


def _cut(part: str) -> str:
    return part if part[0].islower() else f"{part[0]}."


def name_first(parts: NameParts, write_given: Callable[[str], str] = str) -> str:
    """Returns a name with the given name first: `A. B. Doe Jr.`."""
    pieces = (write_given(parts.given) if parts.given else "", parts.family, parts.suffix)
    return " ".join([piece for piece in pieces if piece])


def family_first(parts: NameParts, write_given: Callable[[str], str] = str) -> str:
    """Returns a name with the family name first: `Doe, A. B., Jr.`."""
    pieces = (parts.family, write_given(parts.given) if parts.given else "", parts.suffix)
    return ", ".join([piece for piece in pieces if piece])


def end(text: str) -> str:
    """Returns a text with a full stop, unless it ends with another such sign."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def quote(title: str, sign: str) -> str:
    """Returns a title in quotation marks that enclose the sign behind it."""
    inner = title.replace("“", "‘").replace("”", "’")
    return f"“{inner}”" if title.endswith(("?", "!", sign)) else f"“{inner}{sign}”"


def show_date(cited: Cited, form: str, months: Sequence[str] = MONTHS) -> str:
    """Returns a date as precise as known; its order is `mdy` or `dmy`."""
    if not cited.month:
        return cited.year
    month = months[cited.month - 1]
    if not cited.day:
        return f"{month} {cited.year}"
    return f"{month} {cited.day}, {cited.year}" if form == "mdy" else f"{cited.day} {month} {cited.year}"


def capitalize_title(cited: Cited, text: str) -> str:
    """Returns an English title with its words capitalized.

    A word that has a capital stays.
    """
    if cited.language and not cited.language.startswith("en"):
        return text
    last = text.rstrip(".?!").rfind(" ") + 1

    def write(match: re.Match[str]) -> str:
        word, start = match[0], match.start()
        is_edge = not start or start >= last or text[:start].rstrip()[-1:] in ":.?!—"
        return word if word in _SMALL and not is_edge else word[0].upper() + word[1:]

    return _WORD.sub(write, text)


def shorten_range(pages: str, least: int = 0) -> str:
    """Returns ranges whose ends have no equal digits: `2059–64`, `198–203`.

    Ends have `least` digits at least; by default two, but for `301–3` and `1100–1106`, as Chicago has it.
    """

    def write(match: re.Match[str]) -> str:
        first, last = match.groups()
        if len(first) != len(last) or len(first) < 3:
            return match[0]
        same = next((place for place, (one, two) in enumerate(zip(first, last, strict=True)) if one != two), len(first))
        begin = int(first) % 100
        digits = least or (len(first) if not begin else 1 if begin < 10 else 2)
        return f"{first}–{last[min(same, len(first) - digits) :]}"

    return _NUMBERS.sub(write, pages)


def label_pages(pages: str) -> str:
    """Returns pages with `p.` or `pp.` before them."""
    return f"{'pp.' if '–' in pages or ',' in pages else 'p.'} {pages}" if pages else ""
