"""The contract with the browser's code: the files of the index, and their keys.

`search-data/manifest.json` has a fixed address, so that no page holds a digest of the index. All other files have names
from their bytes: `search-data/<kind>.<name>.txt`. A page loaded before a deployment requests a removed file, and then
reads the manifest again: it never mixes two generations.
"""

from __future__ import annotations

import json

from .document import BLOCK, FIELDS, ManifestWork
from .tokens import STOP_WORDS

VERSION = 2
# BM25's constants in lunr.
K1 = 1.2
B = 0.75


def write_manifest(work: ManifestWork) -> bytes:
    """Writes the manifest; `nodes` is true if its entries name lists of files."""
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
        "trees": {kind: [list(entry) for entry in entries] for kind, entries in work.trees},
        "stop_words": " ".join(sorted(STOP_WORDS)),
    }
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
