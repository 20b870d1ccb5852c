"""Volumes of the ACL Anthology as XML: no paper is lost, none differs from its row of the anthology's JSON lines."""

from __future__ import annotations

import json
import lzma
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperbound.importers import find_importer
from paperbound.importers.importer import ReadContext
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from paperbound.model.record import Record
from surroundings import SHARED, read_records

pytestmark = pytest.mark.real
VOLUMES = sorted((SHARED / "acl-xml").glob("*.xml"))
# The rows have addresses of pages as `url`, and no videos, data sets, revisions and code beyond the first.
ONLY_XML = ("links", "extra", "note", "origin")


def read_volume(file: Path) -> list[Record]:
    importer = find_importer(file.name, file.read_bytes())
    assert importer
    assert importer.name == "acl-xml"
    faults: list[Fault] = []
    records = list(importer.reader.read(Source(file.name, file.read_bytes()), ReadContext(faults.append)))
    assert not faults
    return records


@pytest.mark.parametrize("file", VOLUMES, ids=lambda file: file.stem)
def test_no_paper_of_a_volume_is_lost(file: Path) -> None:
    records = read_volume(file)
    text = file.read_text("utf-8")
    assert len(records) == len({record.id for record in records}) == text.count("<paper ")
    assert sum(len(record.authors) for record in records) == text.count("<author")
    assert sum(bool(record.abstract) for record in records) == text.count("<abstract>")
    assert [record.bibkey for record in records] == re.findall("<bibkey>(.*?)</bibkey>", text)[-len(records) :]


def test_papers_are_those_of_the_json_lines() -> None:
    records = {record.id: record for file in VOLUMES for record in read_volume(file)}
    rows: dict[str, Any] = {}
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in records:
                rows[row["id"]] = line
    assert len(rows) == len(records) == 283
    others, _ = read_records("jsonl", "".join(rows[ident] for ident in records), "a.jsonl")
    for record, other in zip(records.values(), others, strict=True):
        same = {name: getattr(other, name) for name in ONLY_XML}
        assert replace(record, **same) == other
        for kind in ("pdf", "url"):
            assert record.find_link(kind) == other.find_link(kind)
