"""The client's scores are lunr.js's: same documents, order and scores as one index over the same terms."""

from __future__ import annotations

import json
import lzma
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from paperbound.builder.pipeline import Options
from paperbound.content.folder import load_input
from paperbound.library.make_site import make_site
from paperbound.model.errors import Faults
from paperbound.pages.search_index import BLOCKS
from paperbound.search.document import BlockWork, Document
from paperbound.search.tokens import analyze
from search_index import write_index
from surroundings import JUDGES, ROOT, SHARED, WHOLE

HERE = Path(__file__).parent


def compare(documents: Sequence[Document], folder: Path, queries: int) -> dict[str, object]:
    """The report of the comparison for a number of queries."""
    index = write_index(documents, folder / "index")
    with (folder / "terms.jsonl").open("w", encoding="utf-8") as file:
        for document in documents:
            terms = [[term for piece in pieces for term in analyze(piece)] for pieces in document.texts]
            file.write(json.dumps(terms) + "\n")
    paths = [ROOT / "themes" / "default" / "assets", JUDGES / "lunr" / "lunr.js", index, folder / "terms.jsonl"]
    command = ["node", "--max-old-space-size=12000", str(HERE / "exactness.mjs"), *map(str, paths), str(queries)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(run.stdout)
    return found


def read_anthology(count: int, *, everything: bool = False) -> list[Document]:
    """The first `count` rows, of those that have an abstract or of all, as documents."""
    documents: list[Document] = []
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if not row["abstract"] and not everything:
                continue
            texts = (
                (row["title"],),
                tuple(row["authors"] or ()),
                (),
                (*row["venue"], row["booktitle"] or ""),
                (str(row["year"]),),
                (),
                (),
                (row["abstract"] or "",),
                (row["id"],),
            )
            documents.append(Document(texts, row["id"], row["title"], str(row["year"])))
            if len(documents) == count:
                break
    return documents


@pytest.mark.judge
def test_scores_are_those_of_lunr_js_on_the_default_content(tmp_path: Path) -> None:
    reading = load_input(Options(ROOT / "content", tmp_path / "site"), Faults())
    site = make_site(reading.catalogue, reading.config, {}, ())
    documents = [
        one
        for shard in BLOCKS.split(site)
        for job in BLOCKS.plan(site, shard)
        if isinstance(job.payload, BlockWork)
        for one in job.payload.documents
    ]
    assert len(documents) == 119
    found = compare(documents, tmp_path, 690)
    assert found["wrong"] == 0, found["faults"]
    assert len(found["counts"]) >= 15  # type: ignore[arg-type]


@pytest.mark.judge
@pytest.mark.real
@pytest.mark.slow
def test_scores_are_those_of_lunr_js_on_thousands(tmp_path: Path) -> None:
    found = compare(read_anthology(10_000 if WHOLE else 3_000), tmp_path, 506)
    assert found["wrong"] == 0, found["faults"]
