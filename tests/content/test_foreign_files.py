"""Foreign files that need each other: a page and its BibTeX, a notice and the paper that it retracts."""

from __future__ import annotations

import shutil
from pathlib import Path

from paperbound.content.assemble import OtherContent, assemble
from paperbound.content.records import list_records, read_chunks
from paperbound.model.errors import Fault
from paperbound.model.record import Record

CASES = Path(__file__).parents[1] / "importers" / "cases"


def read(folder: Path) -> tuple[dict[str, Record], list[Fault]]:
    faults: list[Fault] = []
    records = list_records(read_chunks(folder, faults.append))
    catalogue = assemble(records, OtherContent(), faults.append)
    return dict(catalogue.records), faults


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "content" / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "content"


BIB = "@inproceedings{kern2023, title = {Kern's ``{Salt}'': a study}, pages = {1--9}, year = 2023}\n"


def test_the_bibtex_beside_a_page_is_the_same_paper(tmp_path: Path) -> None:
    page = (CASES / "hugo-blox" / "salt-2023" / "index.md").read_text("utf-8")
    records, _ = read(write(tmp_path, {"salt-2023/index.md": page, "salt-2023/cite.bib": BIB}))
    assert [(one.id, one.pages, one.bibkey) for one in records.values()] == [("salt-2023", "1–9", "kern2023")]


def test_a_bibliography_beside_a_page_has_papers_of_its_own(tmp_path: Path) -> None:
    more = BIB + "@misc{lund2020, title = {Another}, year = 2020}\n"
    page = "---\ntitle: 'Kern''s \"Salt\": a study'\n---\n"
    records, _ = read(
        write(tmp_path, {"a/index.md": page, "a/cite.bib": more, "b/cite.bib": BIB.replace("2023,", "2024,")})
    )
    assert sorted(records) == ["a", "kern2024", "lund2020"]
    assert records["a"].pages == "1–9"


def test_bundles_are_papers_of_their_own(tmp_path: Path) -> None:
    shutil.copytree(CASES / "bundles", tmp_path / "content" / "papers")
    (tmp_path / "content" / "papers" / "expected.json").unlink()
    records, faults = read(tmp_path / "content")
    assert sorted(records) == ["pepper-2022", "salt-2021"]
    assert not faults


def test_a_notice_of_retraction_marks_its_paper(tmp_path: Path) -> None:
    files = {
        "works.json": (CASES / "crossref" / "works.json").read_text("utf-8"),
        "old.yaml": "title: Old salt\ndoi: 10.5555/JSF.6.9\n",
        "marked.yaml": "title: Known\ndoi: 10.5555/jsf.6.8\nretracted: The data were sugar.\n",
    }
    records, _ = read(write(tmp_path, files))
    assert records["old"].retracted == "This paper was retracted: https://doi.org/10.5555/jsf.7.1."
    assert records["marked"].retracted == "The data were sugar."
    assert not records["10.5555/jsf.7.1"].retracted
