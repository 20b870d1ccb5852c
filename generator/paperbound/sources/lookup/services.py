"""Services that know papers by their identifiers: a row each.

arXiv: https://info.arxiv.org/help/api/user-manual.html, several ids in one request. DOIs: content negotiation at the
resolver, https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/. ACL Anthology: the `.bib` of a
paper, https://aclanthology.org/info/development/. OpenAlex: https://developers.openalex.org/guides/get. PubMed: EFetch
in the format MEDLINE, https://www.ncbi.nlm.nih.gov/books/NBK25499/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ...content.duplicates import strip_version
from ...model.record import Record
from ..answers import Answer
from ..client import ATOM, JSON
from ..reading import check_xml, load_json


def _check_nothing(_answer: Answer) -> None:
    return None


def _check_json(answer: Answer) -> None:
    load_json(answer)


@dataclass(frozen=True, slots=True)
class Service:
    """A service: a row of the registry.

    `name` is also the kind of its identifiers. `locate` returns the address of a request for ids; a request has `most`
    ids, and two are `pace` seconds apart. `form` is the input format of answers; `check` raises ValueError for a broken
    one. `has` returns whether a record is the paper of an id.
    """

    name: str
    label: str
    url: str
    accept: str
    form: str
    locate: Callable[[str, Sequence[str]], str]
    has: Callable[[Record, str], bool] = lambda _record, _value: True
    check: Callable[[Answer], None] = _check_nothing
    most: int = 1
    pace: float = 1.0


def _locate_arxiv(url: str, values: Sequence[str]) -> str:
    # The API knows old ids without the class of their subject: math/0309136, and not math.GT/0309136.
    ids = ",".join(re.sub(r"^([a-z-]+)\.[A-Z]{2}/", r"\1/", value) for value in values)
    return f"{url}?{urlencode({'id_list': ids, 'max_results': len(values)}, safe=',/')}"


def _has_arxiv(record: Record, value: str) -> bool:
    mine, theirs = (strip_version(one).rpartition("/") for one in (record.arxiv, value))
    return (mine[0].partition(".")[0], mine[2]) == (theirs[0].partition(".")[0], theirs[2])


def _locate_doi(url: str, values: Sequence[str]) -> str:
    return f"{url}/{quote(values[0], safe='/')}"


def _locate_acl(url: str, values: Sequence[str]) -> str:
    return f"{url}/{quote(values[0])}.bib"


def _locate_work(url: str, values: Sequence[str]) -> str:
    return f"{url}/{quote(values[0])}"


def _locate_pubmed(url: str, values: Sequence[str]) -> str:
    query = {"db": "pubmed", "rettype": "medline", "retmode": "text", "tool": "paperbound", "id": ",".join(values)}
    return f"{url}?{urlencode(query, safe=',')}"


def _locate_file(_url: str, values: Sequence[str]) -> str:
    return values[0]


SERVICES: tuple[Service, ...] = (
    Service(
        "arxiv",
        "arXiv",
        "https://export.arxiv.org/api/query",
        ATOM,
        "arxiv",
        _locate_arxiv,
        _has_arxiv,
        check_xml,
        most=50,
        pace=3.0,
    ),
    Service(
        "doi",
        "the DOI resolver",
        "https://doi.org",
        "application/vnd.citationstyles.csl+json",
        "csl",
        _locate_doi,
        check=_check_json,
    ),
    Service("acl", "the ACL Anthology", "https://aclanthology.org", "application/x-bibtex", "bibtex", _locate_acl),
    Service(
        "openalex", "OpenAlex", "https://api.openalex.org/works", JSON, "openalex", _locate_work, check=_check_json
    ),
    Service(
        "pubmed",
        "PubMed",
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi",
        "text/plain",
        "nbib",
        _locate_pubmed,
        lambda record, value: record.pmid == value,
        most=50,
        pace=0.4,
    ),
    # With HTML among the formats, a page is an answer that no format reads, and no reason to try again.
    Service("file", "the file", "", "application/x-bibtex, application/json, text/html;q=0.1", "", _locate_file),
)
