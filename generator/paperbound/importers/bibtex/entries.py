"""Entries of BibTeX, biblatex and their tools as values of a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ...text.memo import memoize
from .dates import read_date
from .journals import JOURNALS
from .people import read_people
from .texts import halve_backslashes, read_markdown, read_plain

_KINDS = {
    "article": "article",
    "suppperiodical": "article",
    "inproceedings": "inproceedings",
    "conference": "inproceedings",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "book": "book",
    "mvbook": "book",
    "booklet": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inreference": "chapter",
    "techreport": "report",
    "report": "report",
    "unpublished": "preprint",
    "preprint": "preprint",
    "dataset": "dataset",
    "software": "software",
}
# By our field, the names that it has in files: the first that an entry has is used, others are kept in `extra`.
_NAMES = {
    "venue": ("journaltitle", "journal", "eventtitle"),
    "booktitle": ("booktitle",),
    "series": ("series",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "articleno"),
    "publisher": ("publisher", "school", "institution", "organization"),
    "address": ("address", "location"),
    "isbn": ("isbn",),
    "pmid": ("pmid", "pubmedid"),
    "license": ("license", "copyright", "rights"),
    "note": ("note",),
}
_LINKS = {
    "url": ("url", "html", "link", "ee", "bdsk-url-1"),
    "pdf": ("pdf",),
    "code": ("code", "github", "repository"),
    "project": ("website", "project", "homepage"),
    "data": ("data", "dataset"),
    "demo": ("demo",),
    "slides": ("slides",),
    "video": ("video", "talk"),
    "poster": ("poster",),
    "blog": ("blog",),
    "html": ("html",),  # beside a `url`, such as that of the DOI
    "supplement": ("supp", "supplementary"),
    "ads": ("adsurl",),
}
# Marks of the tools that keep such files, and paths of somebody's disk: they are left out, and counted.
DROPPED = frozenset(
    "owner timestamp __markedentry groups date-added date-modified creationdate modificationdate priority readstatus "
    "ranking qualityassured relevance printed adsnote biburl bibsource file pdffile localfile sentelocalurl crossref "
    "mendeley-groups mendeley-tags arxivid "
    "xdata xref".split()
)
# Fields of BibTeX, biblatex, al-folio and reference managers that have no place of ours: `extra` keeps them.
KNOWN_EXTRA = frozenset(
    "abbr additional_info altmetric annotation annote award_name bibtex_show bookauthor chapter day dimensions edition "
    "eid entrysubtype eventdate eventtitle google_scholar_id howpublished institution inspirehep_id issn issue "
    "keywords language month number organization origdate origlanguage pagetotal part primaryclass pubstate school "
    "selected shortjournal shorttitle status titleaddon translator type urldate version editora editortype hal "
    "eprint eprinttype eprintclass archiveprefix collaboration numpages internal-note".split()
)
_EVENT, _PLACES = frozenset(("eventtitle", "eventdate")), frozenset(("journal", "journaltitle", "booktitle"))
# Fields that may be a macro of a journal.
_JOURNALS = frozenset(("venue", "booktitle", "series"))
_SILENT = frozenset(("crossref", "xdata"))
# Names that babel and polyglossia have for LaTeX, besides the English ones of CLDR.
_LANGUAGES = {
    "american": "en",
    "british": "en",
    "usenglish": "en",
    "ukenglish": "en",
    "ngerman": "de",
    "francais": "fr",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
}
_ARXIV = re.compile(r"(?:arxiv[:\s]*|abs/)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)", re.IGNORECASE)
_BARE_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_MACRO = re.compile(r"\{*\\(\w+)\}*")
_ADDRESS = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}|https?://[^\s{}]+")
_TILDE = re.compile(
    r"\{\\textasciitilde\s*\}|\\textasciitilde(?:\{\}|\s+|(?![A-Za-z]))|\{?\\~\{\}\}?|\$\\sim\$|\\string~"
)
_ESCAPED = re.compile(r"\\([&%$#_{}~])")
_SLASH, _LINE = (
    re.compile(r"\\slash(?:\{\}|\s+|(?![A-Za-z]))"),
    re.compile(r"\{?\\textunderscore(?:\{\}|\s+|(?![A-Za-z]))\}?"),
)
# As our own BibTeX says it.
_RETRACTED = re.compile(r"(?:^|; )Retracted: (.+)$")
_KEYWORDS = re.compile(r"[,;\n]")


class Converted(NamedTuple):
    """The values of an entry for a record.

    `names` has by our field the name that it has in the file, `dropped` are the fields that are left out.
    """

    values: dict[str, Any]
    names: dict[str, str]
    dropped: list[str]


def convert_entry(kind: str, key: str, texts: Mapping[str, str]) -> Converted:
    """Converts the texts of an entry's fields to values for a record.

    `kind` and the names of fields are in lower case.
    """
    left = {name: stripped for name, text in texts.items() if (stripped := text.strip())}
    if "\\\\" in "".join(left.values()):
        left = {name: halve_backslashes(text) for name, text in left.items()}
    values: dict[str, Any] = {"bibkey": key, "kind": _KINDS.get(kind, "misc")}
    names: dict[str, str] = {}
    values["title"] = _read_title(left)
    for ours in ("author", "editor"):
        if ours in left:
            values[f"{ours}s"] = read_people(left.pop(ours))
    date, year, month, day = left.pop("date", ""), left.pop("year", ""), left.pop("month", ""), left.pop("day", "")
    values["date"] = read_date(read_plain(date), read_plain(year), read_plain(month), read_plain(day))
    if "doi" in left:
        values["doi"] = read_address(left.pop("doi"))
    _read_eprint(left, values)
    _read_links(left, values, names)
    if "venue" in left and not _EVENT.isdisjoint(left):  # biblatex: the place of a conference
        left.setdefault("location", left.pop("venue"))
    elif "venue" in left and _PLACES.isdisjoint(left):
        left["journal"] = left.pop("venue")
    for ours, theirs in _NAMES.items():
        for name in theirs:
            if name in left and ours not in values:
                names[ours] = name
                read = _read_venue if ours in _JOURNALS else read_plain
                values[ours] = read(_drop_comma(left.pop(name)))
    if values.get("pages") == "0" and "eid" in left:  # a mark of ADS for papers of which it knows the number alone
        values["pages"] = read_plain(left.pop("eid"))
    values["picture"] = read_address(left.pop("preview", ""))
    _find_arxiv(values)
    _read_retraction(values)
    _read_thesis(kind, left)
    if "abstract" in left:
        values["abstract"] = read_markdown(left.pop("abstract"))
    if words := [left.pop(name) for name in ("keywords", "keyword", "tags") if name in left]:
        values["tags"] = _read_keywords(words[0])
    if name := left.pop("langid", "") or left.pop("language", ""):
        values["language"] = _read_language(name)
    if awards := [read_plain(left.pop(name)) for name in ("award", "awards") if name in left]:
        values["awards"] = awards
    dropped = [name for name in left if name in DROPPED or name.startswith("bdsk-file")]
    values["extra"] = {name: read_plain(text) for name, text in left.items() if name not in dropped}
    return Converted(values, names, [name for name in dropped if name not in _SILENT])


def _read_title(left: dict[str, str]) -> str:
    title, subtitle = left.pop("title", ""), left.pop("subtitle", "")
    booktitle = left.get("booktitle", "")
    if booktitle and "booksubtitle" in left:
        left["booktitle"] = f"{booktitle}: {left.pop('booksubtitle')}"
    if not title:
        title = left.pop("booktitle", "")
    return read_markdown(f"{title}: {subtitle}" if subtitle else title)


def read_address(text: str) -> str:
    """Returns an address without TeX: tildes, slashes, escaped signs and braces."""
    if "\\" in text or "$" in text:
        match = _ADDRESS.search(text)
        text = match[1] if match and match[1] else text
        text = _LINE.sub("_", _SLASH.sub("/", _ESCAPED.sub(r"\1", _TILDE.sub("~", text))))
    return text.replace("{", "").replace("}", "")


def _read_links(left: dict[str, str], values: dict[str, Any], names: dict[str, str]) -> None:
    links: dict[str, str] = {}
    for kind, theirs in _LINKS.items():
        for name in theirs:
            if name not in left:
                continue
            address = read_address(left[name])
            if kind not in links or (name == "html" and address not in links.values()):
                links[name if kind in links else kind] = address
                names.setdefault("links", name)
                del left[name]
            elif address in links.values():
                del left[name]
    for name in ("howpublished", "note"):
        match = _ADDRESS.search(left.get(name, ""))
        if match and "url" not in links:
            links["url"] = read_address(match[0])
            names.setdefault("links", name)
            rest = left[name].replace(match[0], "").strip(" .:,;()")
            if rest.lower() in ("", "available at", "url"):
                del left[name]
    place = left.get("howpublished", "")
    if place and not any(name in left for name in ("journal", "journaltitle", "booktitle")):
        left["journal"] = left.pop("howpublished")
    if links:
        values["links"] = links


def _drop_comma(text: str) -> str:
    """Drops commas at the end of a value, but for those in braces."""
    body = text.rstrip(" ,;")
    return text if body.endswith("\\") else body


def _read_venue(text: str) -> str:
    macro = _MACRO.fullmatch(text)
    return JOURNALS.get(macro[1].lower(), macro[1]) if macro else read_plain(text)


def _read_eprint(left: dict[str, str], values: dict[str, Any]) -> None:
    arxiv = left.pop("arxiv", "") or left.pop("arxivid", "")
    eprint = read_address(left.get("eprint", ""))
    archive = left.get("eprinttype", left.get("archiveprefix", "")).lower()
    if eprint and (archive == "arxiv" or (not archive and _is_arxiv(eprint))):
        arxiv = eprint
        for name in ("eprint", "eprinttype", "archiveprefix"):
            left.pop(name, None)
        values["category"] = left.pop("eprintclass", "") or left.pop("primaryclass", "")
        left.pop("primaryclass", None)
    elif eprint and archive in ("pubmed", "pmid"):
        left.pop("eprint")
        left.pop("eprinttype", None)
        left.setdefault("pmid", eprint)
    if arxiv:
        values["arxiv"] = arxiv


def _is_arxiv(text: str) -> bool:
    return bool(_BARE_ARXIV.fullmatch(text) or _ARXIV.match(text))


def _find_arxiv(values: dict[str, Any]) -> None:
    """Finds the arXiv id where Google Scholar, DBLP and Zotero write it."""
    for name in ("venue", "volume", "issue", "note"):
        text = values.get(name, "")
        match = _ARXIV.search(text) if "/" in text or "arxiv" in text.lower() else None
        if match:
            values.setdefault("arxiv", match[1])
            if name != "note" or match[0] == values["note"]:
                del values[name]
    venue = values.get("venue", "").lower()
    if (
        values.get("arxiv")
        and values["kind"] in ("article", "misc")
        and venue in ("", "corr", "arxiv", "arxiv e-prints")
    ):
        values["kind"] = "preprint"


def _read_language(text: str) -> str:
    name = text.lower()
    return _LANGUAGES.get(name) or memoize("bibtex", "languages", _list_languages).get(name, text)


def _list_languages() -> dict[str, str]:
    from babel import Locale  # few entries have a language

    return {str(name).lower(): code for code, name in list(Locale("en").languages.items())[::-1] if "_" not in code}


def _read_retraction(values: dict[str, Any]) -> None:
    match = _RETRACTED.search(values["note"]) if "note" in values else None
    if match:
        values["note"], values["retracted"] = values["note"][: match.start()], match[1]


def _read_thesis(kind: str, left: dict[str, str]) -> None:
    if kind == "mastersthesis":
        left.setdefault("type", "Master's thesis")


def _read_keywords(text: str) -> list[str]:
    # Tags with a slash are those of Zotero's that its user keeps for himself; numbers are of no use here.
    words = (read_plain(word).strip() for word in _KEYWORDS.split(text))
    return [word for word in words if word and not word.startswith("/") and not word.isdigit()]
