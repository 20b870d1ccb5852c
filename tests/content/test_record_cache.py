"""The cache of parsed records: which files are read again, and which entries are dropped."""

from __future__ import annotations

import itertools
import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.content import records as reading
from paperbound.content.folder import read_content
from paperbound.content.record_cache import ParsedChunk, RecordCache
from paperbound.importers.bibtex.reader import READER
from paperbound.importers.json_lines import split_lines
from paperbound.model.build import Source
from paperbound.model.date import PartialDate
from paperbound.model.errors import Fault, Report
from paperbound.model.record import Author, Link, Origin, Record
from paperbound.storage.cache_files import find_private

FULL = Record(
    id="x",
    title="On Reading *Lists*",
    other_titles=("Another",),
    authors=(Author("José", id="jose", orcid="0000-0000-0000-0000"), Author("Ada")),
    editors=(Author("Grace"),),
    date=PartialDate(2024, 5),
    added=PartialDate(2025, 1, 2),
    tags=("a", "b"),
    abstract="Text\ud7ff\n\nmore.",
    links=(Link("pdf", "https://example.org/x.pdf"),),
    extra={"colour": "blue", "n": 3, "list": ("a", ("b",)), "map": {"x": None, "y": True, "z": 1.5}},
    origin=Origin("content/papers/x.yaml", 3, lines={"title": 4}),
)


def write_cache(folder: Path, code: str = "code") -> RecordCache:
    cache = RecordCache.load(find_private(folder), code)
    cache.put("key", ParsedChunk.of((FULL,), (Fault("f", 1, "x", "m", "r", warning=True),), {"k": (2, 3)}))
    cache.save()
    return RecordCache.load(find_private(folder), code)


def test_cached_records_equal_parsed_ones(tmp_path: Path) -> None:
    parsed = write_cache(tmp_path).find("key")
    fresh = ParsedChunk.of((FULL,), (Fault("f", 1, "x", "m", "r", warning=True),), {"k": (2, 3)})
    assert parsed == fresh
    assert parsed.shared_digest == fresh.pack()[2] != ""
    assert parsed.latest == fresh.latest == PartialDate(2024, 5).first_day.toordinal()
    assert parsed.records == fresh.records
    (record,) = parsed.records
    assert record.origin == FULL.origin
    assert record.digest == FULL.digest
    assert repr(record) == repr(FULL)


@pytest.mark.parametrize("damage", ["cut", "foreign", "edited", "gone", "other code"])
def test_what_cannot_be_trusted_is_dropped(tmp_path: Path, damage: str) -> None:
    write_cache(tmp_path)
    for file in (find_private(tmp_path).cache / "records").glob("segment-*"):
        data = file.read_bytes()
        if damage == "gone":
            file.unlink()
        else:
            changed = {"cut": data[:-3], "foreign": b"\x80\x04x", "edited": data.replace(b"Ada", b"Eve")}
            file.write_bytes(changed.get(damage, data))
    code = "other" if damage == "other code" else "code"
    assert RecordCache.load(find_private(tmp_path), code).find("key") is None


def test_only_the_part_that_changed_is_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: X\n", "utf-8")
    lines = [f'{{"id": "p{number}", "title": "Title {number}", "abstrct": "x"}}' for number in range(1000)]
    (content / "papers" / "all.jsonl").write_text("\n".join(lines), "utf-8")
    (content / "papers" / "one.yaml").write_text("title: One\n", "utf-8")

    def read() -> tuple[list[str], list[Fault], int]:
        cache, faults = RecordCache.load(find_private(tmp_path / "private"), "code"), []
        records = read_content(content, faults.append, cache).records
        put = len(cache.used.keys() - cache.known.keys())
        cache.save()
        return [record.title for record in records], faults, put

    titles, faults, put = read()
    assert put == 17
    assert faults[0].message == "'abstrct' is no field of a paper; kept in `extra` in 1,000 records"
    assert read() == (titles, faults, 0)
    lines[300] = lines[300].replace("Title", "Other")
    (content / "papers" / "all.jsonl").write_text("\n".join(lines), "utf-8")
    titles[300] = "Other 300"
    assert read() == (titles, faults, 1)
    (content / "papers" / "one.yaml").write_text("title: Two\n", "utf-8")
    assert read() == ([*titles[:-1], "Two"], faults, 1)
    (content / "papers" / "one.yaml").write_text("titel: Two\n", "utf-8")
    first, again = read(), read()
    assert first == again
    assert any(fault.field == "titel" for fault in again[1])


@given(st.lists(st.sampled_from([b'{"id": 1}', b"", b"\r", b"\r\n", b"\n", b"x"])))
def test_parts_are_the_whole_with_their_lines(pieces: list[bytes]) -> None:
    data = b"\n".join(pieces * 60)
    parts = list(split_lines(Source("f", data)))
    assert b"\n".join(part.data for part in parts) == data
    for part, after in itertools.pairwise(parts):
        assert after.line == part.line + part.data.count(b"\n") + 1


def _write_lines(make_content: Callable[[dict[str, str]], Path], spoilt: int = 0) -> Path:
    # Enough lines that half of them go to another process.
    rows = [
        {
            "id": f"p{number}",
            "title": f"Paper é {number}",
            "authors": [f"A {number % 7}"],
            "abstract": "x " * (number % 200),
        }
        for number in range(6_000)
    ]
    lines = [json.dumps(row) for row in rows]
    if spoilt:
        lines[spoilt - 1] = '{"id": "p", "title": "x", "date": "no date"}'
    return make_content({"papers/all.jsonl": "\n".join(lines)})


def test_what_another_process_reads_is_the_same(
    make_content: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _write_lines(make_content)
    forks: list[int] = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: forks.append(1) or fork())
    both = read_content(folder, _fail).records
    assert len(forks) == 1
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 10**9)
    alone = read_content(folder, _fail).records
    assert both == alone
    assert [one.digest for one in both] == [one.digest for one in alone]
    assert [one.origin for one in both] == [one.origin for one in alone]


@pytest.mark.parametrize("line", [5, 5_990])
def test_a_fault_is_reported_once_wherever_it_is_found(
    make_content: Callable[[dict[str, str]], Path], line: int
) -> None:
    faults: list[Fault] = []
    records = read_content(_write_lines(make_content, spoilt=line), faults.append).records
    assert [(fault.line, fault.field) for fault in faults] == [(line, "date")]
    assert len(records) == 6_000


def test_a_reader_that_is_killed_costs_time_and_no_paper(
    make_content: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fork = os.fork

    def fork_and_kill() -> int:
        child = fork()
        if child:
            os.kill(child, signal.SIGKILL)
        return child

    monkeypatch.setattr(os, "fork", fork_and_kill)
    assert len(read_content(_write_lines(make_content), _fail).records) == 6_000


def _fail(fault: Fault) -> None:
    raise AssertionError(fault)


def test_an_entry_more_in_a_bibliography_leaves_the_rest_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: X\n", "utf-8")
    file = content / "papers" / "all.bib"
    entries = [
        f"@misc{{p{number},\n  title = {{Title {number}}}, doi = {{none}}, odd = {{x}}}}\n" for number in range(900)
    ]
    read: list[int] = []
    read_part = READER.read
    counting = replace(READER, read=lambda source, context: read.append(source.line) or read_part(source, context))
    monkeypatch.setattr("paperbound.importers.bibtex.reader.READER", counting)

    def build(*, cached: bool = True) -> tuple[list[tuple[str, int]], list[Fault], int]:
        file.write_text("@string{x = {X}}\n" + "".join(entries), "utf-8")
        cache = RecordCache.load(find_private(tmp_path / "private"), "code") if cached else None
        faults: list[Fault] = []
        read.clear()
        records = read_content(content, faults.append, cache).records
        if cache:
            cache.save()
        return [(record.title, record.origin.line) for record in records], sorted(faults), len(read)

    first = build()
    assert first[2] > 20
    assert build()[2] == 0
    entries.insert(450, "\n@misc{new,\n  title = {New}}\n")
    again = build()
    assert again[2] <= 3
    assert again[:2] == build(cached=False)[:2] != first[:2]
    entries.append("@string{y = {Y}}\n")
    assert build()[2] > 20


def test_a_file_that_has_not_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: X\n", "utf-8")
    (content / "papers" / "a.bib").write_bytes("@misc{a, title = jsf # { Étang}, year = 2020}\n".encode("latin-1"))
    strings = content / "papers" / "strings.bib"
    strings.write_text("@string{jsf = {First}}\n", "utf-8")
    opened: list[str] = []
    read_source = reading.read_source

    def read_and_note(path: Path, folder: Path, report: Report) -> Source | None:
        opened.append(path.name)
        return read_source(path, folder, report)

    monkeypatch.setattr(reading, "read_source", read_and_note)

    def read() -> tuple[list[str], list[str], list[str]]:
        opened.clear()
        cache, faults = RecordCache.load(find_private(tmp_path), "code"), []
        records = read_content(content, faults.append, cache).records
        cache.save()
        return [record.title for record in records], [fault.message for fault in faults], list(opened)

    titles, warnings, _ = read()
    assert titles == ["First Étang"]
    assert any("not UTF-8" in warning for warning in warnings)
    # The warning about bytes is known, too.
    assert read() == (titles, warnings, [])
    strings.write_text("@string{jsf = {Second}}\n", "utf-8")
    assert read() == (["Second Étang"], warnings, ["strings.bib", "a.bib"])
    assert read() == (["Second Étang"], warnings, [])
