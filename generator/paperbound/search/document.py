"""Documents of the search index, and the work of its tasks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from .tokens import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index: its name, and how much a match in it counts."""

    name: str
    boost: float


# Authors count like titles: with a boost of 1, and 10 for titles, last names were not found.
FIELDS = (
    Field("title", 8.0),
    Field("authors", 6.0),
    Field("tags", 3.0),
    Field("venue", 2.0),
    Field("year", 2.0),
    Field("takeaway", 2.0),
    Field("summary", 1.0),
    Field("abstract", 1.0),
    Field("id", 10.0),
)
# Documents of one job, on average: one abstract changed at 10,000 papers took 0.96 s with twice as many, 0.86 with
# these; 81,417 papers in 160 jobs took no longer than in 80. Jobs of result records and of related papers have as many.
BLOCK = 512
# The parts of the index's merge begin with these terms: fixed, so that no text moves a border.
PARTS = ("", *"abcdefghijlmnoprstuw", "{")
# Smaller sites have one file of each kind, and one of records a block: fewer requests, and below 0.7 MB in all.
SMALL = 1000


@dataclass(frozen=True, slots=True)
class Document:
    """A paper for search: the texts of `FIELDS`, its address, title and date.

    `texts` has the pieces of each field, in the order of `FIELDS`; `slug` is the paper's address below /papers/.
    """

    texts: tuple[tuple[str, ...], ...]
    slug: str
    title: str
    iso: str


@dataclass(frozen=True, slots=True)
class BlockWork:
    """A block of documents, in the index's order."""

    documents: tuple[Document, ...]


class ResultRow(NamedTuple):
    """The record of a search result: the fields that it shows of a paper.

    `text` is shown below the title without a match, on small sites only.
    """

    title: str
    authors: str = ""
    venue: str = ""
    iso: str = ""
    takeaway: str = ""
    slug: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ResultsWork:
    """The result records of some documents, in the index's order.

    A file has `records_a_file` of them. `nodes` is true if a file lists these files, instead of the manifest.
    """

    rows: tuple[ResultRow, ...]
    records_a_file: int
    nodes: bool


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet: its values (slug, name), most frequent first, and each document's values.

    `rows` are numbers of values by document. `least` is the number of papers from which a value is listed; 1 for all.
    """

    name: str
    values: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, ...], ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class FacetsWork:
    """All facets, and the order of titles: for each document its title's place.

    `language` is the folder of one of the site's languages besides the first, which has the order of titles.
    """

    columns: tuple[FacetColumn, ...] = ()
    titles: tuple[int, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class NamesWork:
    """Names for suggestions: word, kind (`authors`, `tags`, …), name, slug, papers."""

    rows: tuple[tuple[str, str, str, str, int], ...]
    nodes: bool


@dataclass(frozen=True, slots=True)
class MatrixWork:
    """The matrix of all blocks (paths of cached files), from which related papers are found."""

    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsWork:
    """The words of all blocks (paths of cached files)."""

    blocks: tuple[str, ...]
    nodes: bool


@dataclass(frozen=True, slots=True)
class TermsWork:
    """A part of the terms of all blocks (paths of cached files), or all (-1)."""

    blocks: tuple[str, ...]
    nodes: bool
    part: int


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """The related papers of documents `start` to `stop`; `matrix` is a cached file."""

    matrix: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class MapWork:
    """The map of all documents, from the matrix and the related papers (cached files)."""

    matrix: str
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManifestWork:
    """The search manifest, planned when the names of its files are known.

    `papers` is the link to the folder of all papers; `trees` are kinds with their (first key, name) entries;
    `sections` has the label of each section that is suggested; `lookup` are the script, the folder and the number of
    files of the table of identifiers.
    """

    documents: int
    papers: str
    averages: tuple[float, ...]
    records: tuple[str, ...]
    records_a_file: int
    nodes: bool
    trees: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    facets: str
    titles: str
    sections: tuple[tuple[str, str], ...]
    lookup: tuple[str, str, int]


# The payloads of the index's jobs.
SearchWork = (
    BlockWork | ResultsWork | FacetsWork | NamesWork | MatrixWork | WordsWork | TermsWork | RelatedWork | MapWork
)


VERSION = 2
# BM25's constants in lunr.
K1 = 1.2
B = 0.75


def write_manifest(work: ManifestWork) -> bytes:
    """Writes the manifest, the contract with the browser's code.

    It has a fixed address, so that no page holds a digest of the index. All other files have names from their bytes:
    `search-data/<kind>.<name>.txt`. A page loaded before a deployment requests a removed file, and then reads the
    manifest again: it never mixes two generations.
    """
    value = {
        "version": VERSION,
        "documents": work.documents,
        "k1": K1,
        "b": B,
        "papers": work.papers,
        "fields": [[field.name, field.boost, average] for field, average in zip(FIELDS, work.averages, strict=True)],
        "nodes": work.nodes,
        "block": BLOCK,
        "records_a_file": work.records_a_file,
        "records": list(work.records),
        "facets": work.facets,
        "titles": work.titles,
        "sections": dict(work.sections),
        "lookup": work.lookup,
        "trees": {kind: [list(entry) for entry in entries] for kind, entries in work.trees},
        "stop_words": " ".join(sorted(STOP_WORDS)),
    }
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
