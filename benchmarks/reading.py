"""Reading 10,000 BibTeX entries, beside bibtexparser: `python benchmarks/reading.py [ROUNDS]`.

The entries are our BibTeX of the anthology's first 10,000 papers, without abstracts and with them, in one file. Each
round measures `bibtexparser.parse_string`, which gives blocks, and then what a build reads without a cache: records,
checked, with parsed texts. Medians of the rounds, least and most; `CPU` is of all processes.
"""

from __future__ import annotations

import gc
import itertools
import lzma
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import bibtexparser
from corpus import DATA

from paperbound.content.records import read_chunks
from paperbound.formats.bibtex.entries import make_bibtex
from paperbound.importers.importer import ReadContext
from paperbound.importers.json_lines import READER
from paperbound.model.build import Source
from paperbound.model.record import Record

SIZE = 10_000


def read_records() -> list[Record]:
    """The first papers of the anthology."""
    with lzma.open(DATA) as file:
        source = Source("rows.jsonl", b"".join(itertools.islice(file, SIZE)))
    context = ReadContext(lambda _: None)
    return [record for part in READER.split(source) for record in READER.read(part, context)]


def write_entry(record: Record, *, abstract: bool) -> str:
    """An entry; its abstract has no signs of BibTeX."""
    entry = make_bibtex(record).rstrip().removesuffix("}").rstrip().rstrip(",")
    text = "".join(sign for sign in record.abstract if sign not in "{}\\") if abstract else ""
    return f"{entry},\n  abstract = {{{text}}}\n}}\n\n" if text else f"{entry}\n}}\n\n"


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of real time, and of CPU with that of ended child processes."""

    def used() -> float:
        return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

    start, cpu = time.perf_counter(), used()
    work()
    return time.perf_counter() - start, used() - cpu


def show(name: str, values: list[float]) -> str:
    """A line of the report."""
    return f"  {name:<28} {median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    """Measures, and prints the figures."""
    gc.disable()  # as a build does
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    records = read_records()
    for abstract in (False, True):
        text = "".join(write_entry(record, abstract=abstract) for record in records)
        print(f"{SIZE:,} entries, {len(text.encode()) / 1e6:.1f} MB{', with abstracts' if abstract else ''}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "papers" / "library.bib"
            file.parent.mkdir()
            file.write_text(text, "utf-8")
            pairs = [
                (measure(partial(bibtexparser.parse_string, text)), measure(partial(read_chunks, Path(folder), print)))
                for _ in range(rounds)
            ]
        for name, place in (("s", 0), ("s of CPU", 1)):
            print(show(f"bibtexparser, {name}", [theirs[place] for theirs, _ in pairs]))
            print(show(f"Paperbound, {name}", [ours[place] for _, ours in pairs]))
            print(show("Paperbound ÷ bibtexparser", [ours[place] / theirs[place] for theirs, ours in pairs]))


if __name__ == "__main__":
    main()
