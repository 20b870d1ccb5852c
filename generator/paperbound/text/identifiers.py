"""Identifiers of papers and people, found in texts and written as addresses."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from ..model.record import has_form

# Characters in which an identifier is looked for: the time grows with their square.
_LONGEST = 2_000
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_ARXIV = re.compile(r"(?<!\d)(?<!\d\.)(\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(v[1-9]\d*)?(?!\d)")
_CATEGORY = re.compile(r"\[([A-Za-z-]+(?:\.[A-Za-z-]+)?)\]")
_LATEX = re.compile(r"\\([_%&#~^{}$<>])")
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")
_ISBN = re.compile(r"(?:\d[- ‐–]?){12}\d|(?:\d[- ‐–]?){9}[\dXx]")


def find_doi(text: str) -> str:
    """Returns the DOI in a text, such as an address; an empty text without one."""
    text = text[:_LONGEST]
    if has_form("doi", text) and not {"%", "&", "\\"} & set(text):
        return text.rstrip(".,;")
    text = _LATEX.sub(r"\1", html.unescape(text)).replace("{", "").replace("}", "").replace("\u200b", "")
    if "%" in text:
        text = unquote(text)
    match = _DOI.search(text)
    if not match:
        return ""
    doi = match[0].rstrip(".,;\"'")
    if "://" in text[: match.start()]:
        doi = re.split(r"[?#]", doi)[0]
    return doi if has_form("doi", doi) else ""


def find_arxiv(text: str) -> tuple[str, str]:
    """Returns the arXiv id and the category in a text; both may be empty."""
    if has_form("arxiv", text):
        return text, ""
    match = _ARXIV.search(text[:_LONGEST])
    category = _CATEGORY.search(text)
    if not match or not has_form("arxiv", match[0]):
        return "", ""
    return match[0], category[1] if category else ""


def find_orcid(text: str) -> str:
    """Returns the ORCID in a text; an empty text for a wrong check digit.

    The check digit is that of ISO 7064, MOD 11-2
    (https://support.orcid.org/hc/en-us/articles/360006897674).
    """
    match = _ORCID.search(text)
    if not match:
        return ""
    orcid = "-".join(match.groups()).upper()
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return orcid if orcid[-1] == ("X" if check == 10 else str(check)) else ""


def find_isbn(text: str) -> str:
    """Returns the first ISBN in a text; an empty text without one."""
    match = _ISBN.search(text)
    return re.sub("[‐–]", "-", match[0]).upper() if match else ""


def find_pmid(text: str) -> str:
    """Returns the PubMed id in a text; an empty text without one."""
    match = re.fullmatch(r"(?:.*?\D)?([0-9]{1,9})(?:\.0)?/?", text.strip(), re.DOTALL)
    return match[1] if match else ""
