"""Exactness at 81,417 papers: our scores beside one lunr.js index of everything. `python benchmarks/exactness.py`

The tests compare 119 and 10,000; this takes six gigabytes and some minutes. Prints the queries by kind, and faults.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests" / part) for part in (".", "search")]
from test_exactness import compare, read_anthology  # noqa: E402

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(compare(read_anthology(81_417, everything=True), Path(folder), 506), indent=1))
