"""Identifiers of papers as arguments, and in texts: mails, READMEs, lists."""

from __future__ import annotations

import email
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...content.duplicates import strip_version
from ...importers.paper_addresses import find_identifier
from ...model.record import has_form
from ...text.identifiers import find_doi

# Kinds that a service knows; papers of other addresses have a DOI, most of them.
KINDS = ("arxiv", "doi", "acl", "openalex", "pubmed", "file")
_HOSTS = r"(?:www\.|export\.|dx\.)?(?:arxiv|doi|aclanthology|openalex)\.org|pubmed\.ncbi\.nlm\.nih\.gov"
_URL = re.compile(rf"(?:https?://|(?<![\w./@-])(?=(?:{_HOSTS})/))[^\s<>\"'`\\|]+", re.IGNORECASE)
_OPENALEX = re.compile(r"https?://(?:api\.|explore\.)?openalex\.org/(?:works/)?(W\d+)\b", re.IGNORECASE)
_LABEL = re.compile(r"(arxiv|doi|acl|openalex|pmid|pubmed)\s*:\s*", re.IGNORECASE)
_ACL = re.compile(r"[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+")
_WORK = re.compile(r"[Ww]\d{4,11}")
# A year from 2007 on, and a month; earlier ids have the name of an archive.
_MONTHLY = re.compile(r"(?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])\.")
# In prose a number alone is no identifier.
_IN_PROSE = re.compile(
    r"(?P<arxiv>\barxiv:\s?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)"
    r"|(?P<doi>\b10\.\d{4,9}(?:\.\d+)*/[^\s<>\"']+)|(?P<pubmed>\bPMID:?\s?\d{4,9}\b)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:[-*+>]|\d+[.)])?\s*")
_MAIL = re.compile(rb"(?i)(?:From|Received|Return-Path|Delivered-To|Date|Subject|Message-ID|MIME-Version): ?\S")


class Identifier(NamedTuple):
    """An identifier of a paper: kind, value, and how it was written."""

    kind: str
    value: str
    written: str

    @property
    def key(self) -> tuple[str, str]:
        """The kind and the form of the value that is compared: without case or version."""
        return self.kind, strip_version(self.value) if self.kind == "arxiv" else self.value.lower()


class Found(NamedTuple):
    """The identifiers of a text, and lines or addresses that no service knows."""

    identifiers: tuple[Identifier, ...]
    unknown: tuple[str, ...]


def read_identifier(text: str) -> Identifier | None:
    """Reads an identifier, an id or an address; returns None for other texts.

    An id may have a label. Any other web address is that of a file.
    """
    written = text.strip()
    bare = written.strip("<>").rstrip(".,;")
    if match := _URL.fullmatch(bare):
        return _read_address(match[0], written)
    label = _LABEL.match(bare)
    kind, value = (label[1].lower(), bare[label.end() :]) if label else ("", bare)
    return _read_bare({"pmid": "pubmed"}.get(kind, kind), value.strip(), written)


def find_identifiers(data: bytes) -> Found:
    """Finds the identifiers in a text, in their order.

    In a list, whose lines are identifiers for the most part, each line counts. In any other text these are addresses of
    papers, DOIs, and ids with a label: `arXiv:2401.10020`. The parts of a mail are read as text.
    """
    text = _read_mail(data) if _MAIL.match(data) else data.decode("utf-8", "replace")
    lines = [_ITEM.sub("", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    listed = [(line, read_identifier(line)) for line in lines]
    if lines and 2 * sum(bool(found) for _, found in listed) >= len(lines):
        return _make_found([found for _, found in listed if found], [line for line, found in listed if not found])
    found: list[Identifier] = []
    unknown: list[str] = []
    for one in _find_in_prose(text):
        if isinstance(one, Identifier):
            found.append(one)
        else:
            unknown.append(one)
    return _make_found(found, unknown)


def _make_found(identifiers: list[Identifier], unknown: list[str]) -> Found:
    first: dict[tuple[str, str], Identifier] = {}
    for one in identifiers:
        first.setdefault(one.key, one)
    return Found(tuple(first.values()), tuple(dict.fromkeys(unknown)))


def _read_address(address: str, written: str) -> Identifier | None:
    url = address if "://" in address else f"https://{address}"
    if match := _OPENALEX.match(url):
        return Identifier("openalex", match[1].upper(), written)
    found = find_identifier(url)
    if not found:
        return Identifier("file", url, written)
    if found.kind in ("openreview", "proceedings"):
        return None
    value = re.sub(r"\.(?:pdf|bib|xml)$", "", found.value) if found.kind in ("acl", "arxiv") else found.value
    return _read_bare("pubmed" if found.kind == "pmid" else found.kind, value, written)


def _read_bare(kind: str, value: str, written: str) -> Identifier | None:
    arxiv = re.sub(r"^10\.48550/arxiv\.", "", value, flags=re.IGNORECASE)
    if kind in ("", "arxiv", "doi") and has_form("arxiv", arxiv) and ("/" in arxiv or _MONTHLY.match(arxiv)):
        return Identifier("arxiv", arxiv, written)
    if kind in ("", "doi") and value.startswith("10.") and (doi := find_doi(value)):
        return Identifier("doi", doi, written)
    if kind in ("", "acl") and _ACL.fullmatch(value):
        return Identifier("acl", value, written)
    if kind in ("", "openalex") and _WORK.fullmatch(value):
        return Identifier("openalex", value.upper(), written)
    if kind in ("", "pubmed") and re.fullmatch(r"[1-9]\d{4,8}" if not kind else r"[1-9]\d{0,8}", value, re.ASCII):
        return Identifier("pubmed", value, written)
    return None


def _find_in_prose(text: str) -> Iterator[Identifier | str]:
    """Yields identifiers, and addresses of papers that no service knows."""
    at = 0
    for match in _URL.finditer(text):
        yield from _find_bare(text[at : match.start()])
        url = html.unescape(_cut_address(match[0]))
        at = match.start() + len(_cut_address(match[0]))
        found = _read_address(url, url)
        if found is None:
            yield url
        elif found.kind != "file":
            yield found
    yield from _find_bare(text[at:])


def _find_bare(text: str) -> Iterator[Identifier]:
    for match in _IN_PROSE.finditer(text):
        found = read_identifier(re.sub(r"(?i)^pmid:?\s?", "pmid:", _cut_address(match[0])))
        if found:
            yield found._replace(written=_cut_address(match[0]))


def _cut_address(text: str) -> str:
    """Cuts a text where its brackets close more than they opened, and its last punctuation."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth < 0:
            text = text[:place]
            break
    return text.rstrip(".,;:!?*_")


def _read_mail(data: bytes) -> str:
    # Identifiers are ASCII, which the encodings of mails have in common.
    parts = (part for part in email.message_from_bytes(data).walk() if part.get_content_maintype() == "text")
    bodies = (part.get_payload(decode=True) for part in parts)
    return "\n".join(body.decode("utf-8", "replace") for body in bodies if isinstance(body, bytes))
