"""Addresses of papers: the identifiers that stand in them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

_ARXIV = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?"
_FORMS = (
    (
        "arxiv",
        re.compile(
            rf"(?:[a-z]+\.)?(?:arxiv\.org|alphaxiv\.org)/(?:abs|pdf|html|format|ps|overview)/({_ARXIV})(?:\.pdf)?"
        ),
    ),
    ("arxiv", re.compile(rf"(?:huggingface\.co|hf\.co)/papers/({_ARXIV})")),
    ("arxiv", re.compile(rf"(?:www\.)?ar5iv\.(?:org|labs\.arxiv\.org)/(?:html/|abs/)?({_ARXIV})")),
    ("arxiv", re.compile(rf"(?:dx\.)?doi\.org/10\.48550/arxiv\.({_ARXIV})", re.IGNORECASE)),
    ("doi", re.compile(r"(?:dx\.)?(?:www\.)?doi\.org/(10\.\d{4,9}(?:\.\d+)*/[^\s?#]+)")),
    ("doi", re.compile(r"[\w.-]+/doi/(?:abs/|full/|pdf/|epdf/|book/)?(10\.\d{4,9}(?:\.\d+)*/[^\s?#]+)")),
    ("doi", re.compile(r"(?:www\.)?nature\.com/articles/(s\d[\w-]+)")),
    ("doi", re.compile(r"link\.springer\.com/(?:article|chapter|book)/(10\.\d{4,9}/[^\s?#]+)")),
    ("doi", re.compile(r"(?:www\.)?(?:bio|med)rxiv\.org/content/(?:early/[\d/]+/)?(10\.1101/[\d.]+\d)")),
    (
        "acl",
        re.compile(
            r"(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology|aclanthology\.info/papers)/([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)"
        ),
    ),
    ("openreview", re.compile(r"(?:www\.)?openreview\.net/(?:forum|pdf)\?id=([\w-]+)")),
    ("pmid", re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d+)")),
    (
        "proceedings",
        re.compile(r"(?:proceedings\.mlr\.press|jmlr\.org|(?:www\.)?jmlr\.org)/(?:papers/)?(v\d+/[\w.-]+)"),
    ),
    ("proceedings", re.compile(r"openaccess\.thecvf\.com/(content\S+/\w+\.(?:html|pdf))")),
    ("proceedings", re.compile(r"(?:papers|proceedings)\.n(?:eur)?ips\.cc/(paper\S*)")),
    ("proceedings", re.compile(r"(?:dl\.acm\.org/citation\.cfm|(?:www\.)?isca-(?:speech|archive)\.org/)(\S+)")),
    ("proceedings", re.compile(r"ieeexplore\.ieee\.org/(?:abstract/)?document/(\d+)")),
    ("proceedings", re.compile(r"(?:www\.)?semanticscholar\.org/paper/(\S+)")),
    (
        "proceedings",
        re.compile(r"(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(PMC\d+)", re.IGNORECASE),
    ),
    ("proceedings", re.compile(r"(?:www\.)?sciencedirect\.com/science/article/(?:abs/)?pii/(S\w+)")),
    ("proceedings", re.compile(r"(?:papers\.)?ssrn\.com/(?:sol3/papers\.cfm\?abstract_id=|abstract=)(\d+)")),
    ("proceedings", re.compile(r"eprint\.iacr\.org/(\d{4}/\d+)")),
    ("proceedings", re.compile(r"ojs\.aaai\.org/(index\.php/AAAI/article/\S+)")),
    ("proceedings", re.compile(r"(?:www\.)?usenix\.org/(?:conference/\S+/presentation/|system/files/)(\S+)")),
    ("proceedings", re.compile(r"(?:www\.)?ijcai\.org/(?:proceedings|Proceedings)/(\d{4}/\d+)")),
    # Publishers with the DOI in the path: `/articles/10.3389/…/full`, `?id=10.1371/…`.
    (
        "doi",
        re.compile(
            r"[\w.-]+\.\w+/[^\s#]{0,200}?[/=](10\.\d{4,9}/[^\s?#&]+?)(?:/(?:full|pdf|abstract|meta|html|epub)|\.full|\.pdf|\.html)*/?(?:[?#&]\S*)?$"
        ),
    ),
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


class Identifier(NamedTuple):
    """An identifier of a paper: its kind (`arxiv`, `doi`, `acl`, `openreview`, `pmid`, `proceedings`) and itself."""

    kind: str
    value: str


def find_identifier(url: str) -> Identifier | None:
    """Finds the identifier of a paper in its address; returns None for other addresses."""
    scheme = _SCHEME.match(url)
    if not scheme:
        return None
    rest = unquote(url[scheme.end() :])[:500]
    for kind, form in _FORMS:
        if match := form.match(rest):
            value = match[1].rstrip(".,;:/")
            return Identifier(kind, f"10.1038/{value}" if kind == "doi" and value.startswith("s") else value)
    return None
