"""Digests: how long one takes from the start of the process, and 10,000 personal ones.

`make bench-digest` writes benchmarks/results/digests.json and prints a table. Median of several runs, with the spread.
"""

from __future__ import annotations

import datetime
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from paperbound.content.folder import load_input
from paperbound.mail.composer import Composer
from paperbound.mail.message import MessageStamp
from paperbound.mail.recipients import Recipient
from paperbound.mail.selection import Known, Order, Selector
from paperbound.model.build import Options
from paperbound.model.errors import Faults

ROOT = Path(__file__).parent.parent
PEOPLE = 10_000
RUNS = 5


def measure_one() -> list[float]:
    """Seconds of `paperbound digest --file`, each a process of its own."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "paperbound", "digest", "--file", f"{folder}/a.eml"]
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            seconds.append(time.perf_counter() - start)
    return seconds[1:]


def make_people(tags: list[str], authors: list[str]) -> list[Recipient]:
    """People of whom two in three follow one to four topics, some also an author, and the others everything."""
    chance = random.Random(2)
    people = []
    for number in range(PEOPLE):
        follows = chance.random() < 2 / 3
        people.append(
            Recipient(
                f"reader{number}@example.org",
                tags=tuple(sorted(chance.sample(tags, chance.randint(1, 4)))) if follows else (),
                authors=(chance.choice(authors),) if follows and chance.random() < 0.2 else (),
                language=chance.choice(["en", "en", "en", "de", "fr"]),
                rich=True,
            )
        )
    return people


def measure_many() -> tuple[float, int, int, int]:
    """Seconds for all personal digests, from reading the content to the bytes of each; how many there are, how many
    differ by more than their reader, and their bytes."""
    start = time.perf_counter()
    composer = Composer(load_input(Options(ROOT / "content", ROOT / "site"), Faults()))
    selector = Selector(composer.site, Order(), lambda _query: frozenset())
    catalogue = composer.site.catalogue
    people = make_people(sorted(catalogue.tags), sorted(catalogue.people))
    now = datetime.datetime(2026, 11, 24, 6, tzinfo=datetime.UTC)
    chosen = []
    for person in people:
        language = composer.find_language(person.language)
        selection = selector.select_for(person, language, Known(), now.date())
        if selection:
            chosen.append((person, selection, language))
    composer.expect((selection, language) for _, selection, language in chosen)
    size = 0
    for person, selection, language in chosen:
        size += len(composer.make(selection, language, MessageStamp(now), person).data)
    seconds = time.perf_counter() - start
    return seconds, len(chosen), len({(selection, language.code) for _, selection, language in chosen}), size


def main() -> None:
    """Measures, prints, writes."""
    one = measure_one()
    many = [measure_many() for _ in range(3)]
    seconds = [run[0] for run in many]
    _, count, distinct, size = many[0]
    rows = [
        ("a digest of 119 papers, process and all", statistics.median(one), min(one), max(one)),
        (f"{count:,} personal digests, {distinct:,} distinct", statistics.median(seconds), min(seconds), max(seconds)),
    ]
    for name, middle, low, high in rows:
        print(f"| {name} | {middle:.2f} s | {low:.2f} to {high:.2f} |")
    result = {"one": one, "many": seconds, "made": count, "distinct": distinct, "bytes": size}
    folder = ROOT / "benchmarks" / "results"
    folder.mkdir(exist_ok=True)
    (folder / "digests.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
