"""Markdown lists of links: each item with a paper's address is a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ...text.characters import decode, match_form
from ...text.slugs import make_slug
from ..dialects import from_mixed
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..names import split_names
from ..paper_addresses import Identifier, find_identifier
from .link_texts import OTHERS, is_date, is_initialled, list_people, read_citation, read_text
from .link_units import Piece, Unit, expand_address, read_units

_HEAD = 200_000
# An address as Markdown has it, not as a field of another format.
_ADDRESS = re.compile(
    rb"(?:\]\(\s*<?|<|href=[\"']?|\]:\s*|^[ \t]*(?:[-*+>]|\d+[.)]|\|).{0,2000}?)"
    rb"(https?://[^\s<>()\"'|\]]+|\b(?:arxiv|doi): ?[\w.()/;:-]+)",
    re.MULTILINE | re.IGNORECASE,
)
_KINDS = (
    ("code", re.compile(r"\b(?:code|github|gitlab|implementation|pytorch|tensorflow|jax|repo(?:sitory)?|torch)\b")),
    ("project", re.compile(r"\b(?:project|page|website|homepage|site|web)\b")),
    ("data", re.compile(r"\b(?:data|datasets?|benchmark)\b")),
    ("demo", re.compile(r"\b(?:demo|colab|space)\b")),
    ("slides", re.compile(r"\bslides?\b")),
    ("video", re.compile(r"\b(?:video|youtube|talk)\b")),
    ("poster", re.compile(r"\bposter\b")),
    ("blog", re.compile(r"\bblog\b")),
    ("bibtex", re.compile(r"\b(?:bib(?:tex)?|cite)\b")),
    ("openreview", re.compile(r"\bopenreview\b")),
    ("pdf", re.compile(r"\b(?:paper|pdf)\b")),
)
# Words of links' texts that are no titles.
_LABELS = frozenset(
    "paper papers pdf arxiv ar5iv abs abstract link links html url doi preprint openreview acl anthology acm ieee "
    "springer nature full text here read source model models weights code github git project page homepage "
    "website web demo colab slide slides video videos youtube talk poster blog post tweet thread data dataset "
    "datasets benchmark supp appendix supplementary bib bibtex cite review implementation pytorch tensorflow jax "
    "torch media hf huggingface hugging face cvf neurips pmlr openaccess access official the "
    "论文 代码 项目 主页 摘要 视频 链接".split()
)
_WORD = re.compile(r"[^\W_]+")
_SHORT_YEAR = re.compile(r"(?:19|20)?\d\d")
_VENUE_YEAR = re.compile(r"[A-Za-z]{2,12}(?:(?:19|20)?\d\d)")
_OF_PAPER = re.compile(r"\W*(?:paper|pdf)\W*", re.IGNORECASE)
_COLUMNS = (
    ("date", re.compile(r"\b(?:date|year|published|time|month)\b", re.IGNORECASE)),
    ("authors", re.compile(r"\bauthors?\b", re.IGNORECASE)),
    (
        "venue",
        re.compile(r"\b(?:venue|conference|journal|publication|pub\.?|booktitle|publisher)(?!\w)", re.IGNORECASE),
    ),
    ("title", re.compile(r"\b(?:title|paper|name|article|work|method)\b", re.IGNORECASE)),
    ("summary", re.compile(r"\b(?:tl;?dr|summary|notes?|description|abstract|comments?)\b", re.IGNORECASE)),
)
# An id or a date before a title: `[2001.00010] Deep Salt Networks`.
_NUMBERED = re.compile(r"^(?:\d{1,3}\. ?(?=[A-Z])|\[(?:\d{4}\.\d{4,5}(?:v\d+)?|(?:19|20)\d\d(?:[-/.]\d+)*)\]\s*)")
_LEAD = re.compile(r"^(?:[\s\d.,:;|•*\-–—]|[(\[][^)\]]*[)\]])+")
# Who is cited, behind a title: `(Kern et al., 2023)`.
_TAIL = re.compile(
    r"\((?:[^()]{0,80} et al\.?,? ?|[A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+)?,? )?(?:19|20)\d\d[a-z]?\)$"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{10,})[\"”]")


@dataclass(slots=True)
class _Paper:
    """A paper of the list during reading, with the addresses of its unit."""

    line: int
    title: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [(kind, value.lower()) for kind, value in self.identifiers.items()] or [
            ("title", match_form(self.title))
        ]


def read_links(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the papers of a list, each once; reports items without a paper's address."""
    text = decode(source, context.report)
    if text is None:
        return
    papers: dict[tuple[str, str], _Paper] = {}
    above: list[Unit] = []
    last: _Paper | None = None
    for unit in read_units(text, source.line, find_identifier):
        above = [
            *(one for one in above if one.depth < unit.depth and one.section == unit.section and not one.columns),
            unit,
        ]
        found = _read_papers(unit, above)
        if not found:
            authors = next(
                (names for piece in unit.pieces if piece.style == "em" and (names := list_people(piece.text))), []
            )
            if last and authors and not last.values.get("authors") and len(unit.pieces) == 1:
                last.values["authors"] = authors
            elif last and len(above) > 1 and _is_labels(unit):
                _add_links(last, unit.pieces)
            elif unit.listed and any("//" in piece.url for piece in unit.pieces):
                message = f"{unit.text[:80]!r} has no identifier and no address of a paper"
                context.report(Fault(source.file, unit.line, "", message, "It is left out.", warning=True))
            continue
        for paper in found:
            last = next((papers[key] for key in paper.keys if key in papers), paper)
            for key in paper.keys:
                papers.setdefault(key, last)
            for kind, url in paper.links.items():
                last.links.setdefault(kind, url)
            last.tags = list(dict.fromkeys([*last.tags, *paper.tags]))
    for paper in {id(paper): paper for paper in papers.values()}.values():
        record = make_foreign(_make_values(paper), Origin(source.file, paper.line, native=False), context)
        if record:
            yield record


def _make_values(paper: _Paper) -> dict[str, Any]:
    known = {name: value for name, value in paper.identifiers.items() if name in ("arxiv", "doi", "pmid")}
    named = next((value for name, value in paper.identifiers.items() if name in ("arxiv", "acl", "openreview")), "")
    return {
        **paper.values,
        **known,
        "id": named or known.get("doi", ""),
        "title": from_mixed(_NUMBERED.sub("", paper.title).strip('"“”')),
        "tags": paper.tags,
        "links": paper.links,
    }


def _read_papers(unit: Unit, above: list[Unit]) -> list[_Paper]:
    papers: list[_Paper] = []
    spare: list[Piece] = []
    for piece in unit.pieces:
        identifier = _identify(piece)
        if not identifier:
            spare.append(piece)
            continue
        if not papers or (identifier.kind in papers[-1].identifiers and not _is_label(piece.text)):
            papers.append(_Paper(unit.line))
        paper = papers[-1]
        if not paper.title and not _is_label(piece.text):
            paper.title = piece.text
        _add_identifier(paper, identifier, piece)
    for paper in papers:
        paper.title = paper.title or (_find_title(unit) if len(papers) == 1 else "")
        if not paper.title:
            paper.title = next((title for one in reversed(above[:-1]) if (title := _find_title(one))), "")
        if not paper.title and len(papers) == 1 and len(unit.section.split()) > 3:
            paper.title = unit.section
        paper.tags = (
            [unit.section] if unit.section and not is_date(unit.section) and unit.section != paper.title else []
        )
    if len(papers) == 1:
        _add_links(papers[0], spare)
        papers[0].values = _read_cells(unit) if unit.columns else _read_words(unit, papers[0].title)
    return papers


def _identify(piece: Piece) -> Identifier | None:
    """Returns the identifier in an address, or the address that is labelled as the paper's."""
    found = find_identifier(piece.url)
    if not found and piece.url.startswith(("http://", "https://")) and _OF_PAPER.fullmatch(piece.text):
        return Identifier("page", piece.url)
    return found


def _add_identifier(paper: _Paper, identifier: Identifier, piece: Piece) -> None:
    value = re.sub(r"v\d+$", "", identifier.value) if identifier.kind == "arxiv" else identifier.value
    paper.identifiers.setdefault(identifier.kind, value)
    if identifier.kind not in ("arxiv", "doi", "pmid"):
        kind = "pdf" if piece.url.lower().endswith(".pdf") else "url"
        paper.links.setdefault("openreview" if identifier.kind == "openreview" else kind, piece.url)


def _add_links(paper: _Paper, pieces: list[Piece]) -> None:
    for piece in pieces:
        if piece.url.startswith(("http://", "https://")):
            words = f"{piece.text} {piece.column}".lower()
            kind = next((name for name, form in _KINDS if form.search(words)), "")
            if not kind and re.match(r"https?://(?:www\.)?(?:github|gitlab)\.com/", piece.url):
                kind = "code"
            if not kind and piece.url.lower().endswith(".pdf"):
                kind = "pdf"
            paper.links.setdefault(kind or (make_slug(piece.text) if _is_label(piece.text) else "") or "url", piece.url)


def _is_label(text: str) -> bool:
    words = _WORD.findall(text)
    if len(words) > 1 and text.strip().lower().startswith(("doi:", "10.")) and " " not in text.strip():
        return True
    years = {at for at, word in enumerate(words) if _SHORT_YEAR.fullmatch(word)}
    return len(words) < 10 and all(
        word.lower() in _LABELS
        or word.isdigit()
        or _VENUE_YEAR.fullmatch(word)
        or (at + 1 in years and word.isalpha() and len(word) <= 12)  # `SSS 2020`
        or (at - 1 in years and at + 1 == len(words))  # `SSS 2020 Oral`
        for at, word in enumerate(words)
    )


def _is_labels(unit: Unit) -> bool:
    return all(_is_label(piece.text) for piece in unit.pieces)


# Who wrote a paper, and no title of it.
_BYLINE = re.compile(r"^by\b|\(\d{4}[a-z]?\)?$", re.IGNORECASE)


def _find_title(unit: Unit) -> str:
    titles = [piece for piece in unit.pieces if piece.column and _find_column(piece.column) == "title"]
    cells = " ".join(piece.text for piece in titles if not _is_label(piece.text)).strip()
    if cells:
        return cells
    bold = any(piece.style == "strong" and " " in piece.text and not is_initialled(piece.text) for piece in unit.pieces)
    cited = None if bold else read_citation(unit.text)
    if cited:
        return cited.title
    for style in ("strong", "link", "quoted", "em", "text"):
        for piece in unit.pieces:
            text = piece.text.strip()
            if style == "em" and (len(text.split()) < 4 or list_people(text, 2)):
                continue
            if style == "strong" and (is_initialled(text) or (text.startswith("[") and text.endswith("]"))):
                continue
            if style == "quoted" and (quoted := _QUOTED.search(text)):
                return quoted[1].rstrip(".,")
            fits = (
                bool(piece.url)
                if style == "link"
                else not piece.url and piece.style == ("" if style == "text" else style)
            )
            if style == "text":
                text = re.split(r"(?<=\w{3})[.?!] (?=[A-Z])", _LEAD.sub("", text), maxsplit=1)[0]
            text = _TAIL.sub("", text.lstrip(")] .,;:|-–—")).rstrip("([ .,;:|-–—")
            if style == "text" and _BYLINE.search(text):
                continue
            if fits and not _is_label(text) and not (style == "em" and OTHERS.search(text)):
                return text
    # `Kern & Lund (2020). *Salt for all.*`
    short = (piece.text.strip(" .,") for piece in unit.pieces if piece.style == "em" and not piece.url)
    return next((text for text in short if text and not _is_label(text) and not OTHERS.search(text)), "")


def _read_words(unit: Unit, title: str) -> dict[str, Any]:
    words = [piece for piece in unit.pieces if not piece.url and piece.text != title]
    values = read_text(unit.text, words, title, is_label=_is_label)
    if not values.get("date") and re.fullmatch(r"(?:19|20)\d\d", unit.section.strip()):
        values["date"] = unit.section.strip()
    return values


def _find_column(name: str) -> str:
    return next((field for field, form in _COLUMNS if form.search(name)), "")


def _read_cells(unit: Unit) -> dict[str, Any]:
    cells: dict[str, str] = {}
    for piece in unit.pieces:
        cells[piece.column] = f"{cells.get(piece.column, '')} {piece.text if not piece.url else ''}".strip()
    values: dict[str, Any] = {}
    people: list[str] = []
    for column, text in cells.items():
        name = _find_column(column)
        if (name and name != "title" and text and not _is_label(text)) or name in ("date", "venue"):
            values.setdefault(name, text)
        elif name == "title" and (names := list_people(text, 2)):
            people = names  # below the title that is a link
    if "authors" not in values:
        values["authors"] = people
    else:
        values["authors"] = split_names(OTHERS.sub("et al.", values["authors"]))
    if "summary" in values:
        values["summary"] = from_mixed(values["summary"])
    return values


def _is_list(data: bytes) -> bool:
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"---\n", b"---\r\n", b"+++")):
        return False
    addresses = (match[1].decode("utf-8", "replace") for match in _ADDRESS.finditer(head))
    return any(find_identifier(expand_address(address)) for address in addresses)


READER = Reader(read_links, matches=_is_list)
