"""OpenReview's notes: JSON of both versions of its API.

The second version wraps each value of a note in {"value": …}.

https://docs.openreview.net/reference/api-v2/entities/note
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from ..dialects import from_mixed, from_plain
from ..rows import Row
from .answers import COMMON, make_reader

_SITE = "https://openreview.net"
# Papers that are not accepted, or not yet.
_REFUSED = re.compile(r"reject|withdrawn|desk.?reject|^submitted to|(?:^|/)submission$|/CORR/|\bCoRR\b", re.IGNORECASE)
_BIBKEY = re.compile(r"@\w+\s*\{\s*([^\s,{}]+)")
_BOOKTITLE = re.compile(r"@inproceedings\b[^@]*?\bbooktitle\s*=\s*\{([^{}]*)\}", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOTE = frozenset(("forum", "invitation", "invitations", "signatures", "replyto", "readers"))
_CODE = ("code", "code_repository", "code_URL", "github", "software")
# Who may read, write and answer, and forms of a submission that are not for readers.
_DULL = frozenset(
    f"content.{name}"
    for name in "venueid authorids _bibtex paperhash pdf_hash primary_area subject_areas submission_number "
    "student_paper code_of_ethics submission_guidelines anonymous_url no_acknowledgement_section reciprocal_reviewing "
    "resubmission previous_URL TL;DR one-sentence_summary community_implementations presentation "
    "supplementary_material supplementary_material_hash profiles".split()
)


def convert_note(row: Row) -> dict[str, Any] | None:
    """Converts a note to a paper's fields; returns None for an answer to a paper."""
    ident, forum = row.text("id"), row.text("forum")
    content = _unwrap(row.row("content") if row.values.get("content") else row)
    if (
        not content.raw("title")
        or (forum and forum != ident)
        or not (content.raw("authors") or content.raw("abstract"))
    ):
        row.warn("", f"the note {ident!r} is no paper but an answer to one", "It is left out.")
        return None
    venue, venue_id = content.text("venue"), content.text("venueid")
    refused = _REFUSED.search(venue) or _REFUSED.search(venue_id)
    bibtex = content.text("_bibtex", "bibtex")
    key = _BIBKEY.search(bibtex)
    book = None if refused else _BOOKTITLE.search(bibtex)
    tldr = content.text("TLDR", "TL;DR", "TL_DR", "one-sentence_summary", "tldr")
    values = {
        "id": ident or forum,
        "title": from_mixed(content.text("title")),
        "abstract": from_mixed(content.text("abstract")),
        "takeaway": from_plain(tldr),
        "authors": _list_authors(content),
        "date": _find_date(row) or next(iter(_YEAR.findall(venue)), ""),
        "kind": "inproceedings" if (venue or book) and not refused else "preprint",
        "venue": venue if not refused else "",
        "booktitle": from_plain(book[1]) if book else "",
        "venue_year": next(iter(_YEAR.findall(venue)), "") if not refused else "",
        "note": venue if refused else "",
        "bibkey": key[1] if key else "",
        "tags": _list_keywords(content),
        "license": row.text("license"),
        "links": {
            "pdf": _make_address(content.text("pdf")),
            "url": f"{_SITE}/forum?id={forum or ident}" if ident or forum else "",
            "code": next((url for name in _CODE if (url := content.text(name))), ""),
            "video": content.text("video"),
            "supplement": _make_address(content.text("supplementary_material")),
        },
    }
    if content is not row:
        content.count_unused(_DULL)
    row.used.update(row.values)
    return values


def _unwrap(row: Row) -> Row:
    values = {
        name: value["value"] if isinstance(value, dict) and "value" in value else value
        for name, value in row.values.items()
    }
    return Row(values, row.file, row.line, row.context, row.path, row.lines, row.used)


def _list_authors(content: Row) -> list[dict[str, str]]:
    people = content.values.get("authors")
    if isinstance(people, list) and any(isinstance(one, dict) for one in people):
        return [
            {"name": one.text("fullname", "name"), "url": _make_profile(one.text("username"))}
            for one in content.rows("authors")
        ]
    names = content.texts("authors")
    idents = content.texts("authorids")
    if len(idents) != len(names):
        idents = [""] * len(names)
    return [{"name": name, "url": _make_profile(ident)} for name, ident in zip(names, idents, strict=True)]


def _make_profile(ident: str) -> str:
    # A profile's id begins with a tilde; other ids are addresses of mail, which are not for readers.
    return f"{_SITE}/profile?id={ident}" if re.fullmatch(r"~[\w.-]+", ident) else ""


def _list_keywords(content: Row) -> list[str]:
    words = content.texts("keywords")
    return [word.strip() for text in words for word in (re.split("[;,]", text) if len(words) == 1 else [text])]


def _make_address(path: str) -> str:
    return f"{_SITE}{path}" if path.startswith("/") and not path.startswith("//") else path


def _find_date(row: Row) -> str:
    # Milliseconds since 1970: of publication, else of the first version.
    for name in ("pdate", "odate", "tcdate", "cdate"):
        moment = row.number(name)
        if moment and 0 < moment < 10**14:
            start = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
            try:
                return (start + datetime.timedelta(milliseconds=moment)).date().isoformat()
            except OverflowError:
                continue
    return ""


def _is_note(first: Mapping[str, Any]) -> bool:
    content = first.get("content")
    if isinstance(content, dict) and "title" in content:
        return bool(_NOTE & first.keys()) or "id" in first
    title = first.get("title")
    return isinstance(title, dict) and "value" in title


READER = make_reader(convert_note, _is_note, COMMON | {"notes"})
