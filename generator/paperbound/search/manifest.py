"""The contract with the browser's code: which files there are, and by which keys they are found.

`search-data/manifest.json` lies at a fixed address, so that no page holds a digest of the index. All other
files are named by their bytes: `search-data/<kind>.<name>.txt`. A page that was loaded before a deployment
asks for a name that is gone, and reads the manifest anew: it never sees two generations at once.
"""

from __future__ import annotations

import json

from .document import BLOCK, FIELDS, ManifestWork
from .tokens import STOP_WORDS

VERSION = 2
# BM25's constants as lunr has them.
K1 = 1.2
B = 0.75


def write_manifest(work: ManifestWork) -> bytes:
    """The manifest. `nodes` says whether entries name lists of files or the files themselves."""
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
        "trees": {kind: [list(entry) for entry in entries] for kind, entries in work.trees},
        "stop_words": " ".join(sorted(STOP_WORDS)),
    }
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
