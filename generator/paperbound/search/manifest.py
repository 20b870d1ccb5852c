"""The contract with the browser's code: which files there are, and what stands in them.

`search-data/manifest.json` lies at a fixed address, so that no page holds a digest of the index; it names
all other files by their digests. Terms are split by range: a file holds the terms from its `first` up to
the next file's. Records are split by number: `records_a_file` to a file.
"""

from __future__ import annotations

import json

from ..model.document import FIELDS, Document, ManifestWork, SearchWork
from .postings import build_postings
from .tokens import STOP_WORDS

VERSION = 1
# BM25's constants as lunr has them.
K1 = 1.2
B = 0.75


def write_terms(work: SearchWork) -> tuple[bytes, str]:
    """The file of postings, and what the manifest needs to know of it (JSON: documents, averages, first)."""
    postings = build_postings(work.documents)
    lines = list(postings.lines())
    facts = {
        "documents": postings.documents,
        "averages": postings.averages,
        "first": lines[0].partition("\t")[0] if lines else "",
    }
    return "".join(f"{line}\n" for line in lines).encode(), json.dumps(facts)


def write_records(documents: tuple[Document, ...]) -> bytes:
    """A file of records: a list of lists, each what a result shows of a paper."""
    rows = [
        [one.href, one.title, one.authors, one.venue, one.date, one.iso, one.takeaway, one.text] for one in documents
    ]
    return (json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def write_manifest(work: ManifestWork) -> bytes:
    """The manifest; paths in it are relative to its own folder."""
    value = {
        "version": VERSION,
        "documents": work.documents,
        "k1": K1,
        "b": B,
        "stop_words": sorted(STOP_WORDS),
        "fields": [
            {"name": field.name, "boost": field.boost, "average": average}
            for field, average in zip(FIELDS, work.averages, strict=True)
        ],
        "terms": [{"first": first, "path": path} for first, path in work.terms],
        "records": list(work.records),
        "records_a_file": work.records_a_file,
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
