"""Any bytes under any name, read as any format, end in records or named faults."""

from __future__ import annotations

from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_any_bytes import mutated

from paperbound.importers import IMPORTERS, find_importer
from paperbound.importers.fields import report_unknown
from paperbound.importers.files.encodings import convert_to_utf8
from paperbound.importers.files.opening import merge_offers, open_source
from paperbound.importers.importer import ReadContext
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from paperbound.model.record import Record
from surroundings import try_examples

NAMES = ("a.json", "a.jsonl", "a.bib", "a.md", "a.txt", "a.xml", "a.csv", "a.yaml", "README", "a/index.md")
MARKS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"% Encoding: Cp1252\n", b"\x00")


def read_file(data: bytes, file: str, name: str = "") -> tuple[list[Record], list[Fault]]:
    faults: list[Fault] = []
    opened = open_source(Source(file, data), faults.append, name)
    if not opened:
        return [], faults
    importer, source = opened
    context = ReadContext(faults.append, shared=importer.reader.gather(source) if importer.reader.gather else {})
    records = [one for part in importer.reader.split(source) for one in importer.reader.read(part, context)]
    report_unknown(file, context.unknown, faults.append)
    assert importer.native or all(fault.warning for fault in faults), (importer.name, faults)
    return records, faults


@try_examples(500)
@given(
    st.sampled_from(MARKS),
    mutated() | st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(NAMES),
    st.sampled_from(["", *(one.name for one in IMPORTERS)]),
)
def test_any_file_ends_in_records_or_named_faults(mark: bytes, data: bytes, file: str, name: str) -> None:
    records, faults = read_file(mark + data, file, name)
    assert all(record.id and record.title for record in records)
    assert all(fault.file == file and fault.message and fault.remedy for fault in faults)
    # Each message can be printed and written.
    assert all(str(fault).encode() for fault in faults)


@given(st.binary(max_size=300), st.sampled_from(MARKS), st.sampled_from(["", "latin-1", "utf-16", "cp1252"]))
def test_any_bytes_become_utf8(data: bytes, mark: bytes, encoding: str) -> None:
    faults: list[Fault] = []
    source = convert_to_utf8(Source("a", mark + data), encoding, faults.append)
    assert source.data.decode() is not None
    assert all(fault.warning and fault.line for fault in faults)


@pytest.mark.parametrize(
    ("data", "text", "words"),
    [
        ("é".encode(), "é", ""),
        (b"\xe9 \xc3\xa9", "é é", "byte 0xe9 is not UTF-8; read as Windows-1252"),
        (b"\n\x93a\x94 \x80", "\n“a” €", "3 bytes from 0x93 on are not UTF-8"),
        (b"% Encoding: ISO-8859-2\n\xb1", "% Encoding: ISO-8859-2\ną", "read as iso8859-2, as the file says"),
        (b"<?xml version='1.0' encoding='KOI8-R'?>\xc1", "<?xml version='1.0' encoding='KOI8-R'?>а", "koi8-r"),
        ("aé".encode("utf-16"), "aé", ""),
        ("aé aé aé".encode("utf-16-be"), "aé aé aé", ""),
        ("aé".encode("utf-32"), "aé", ""),
    ],
)
def test_encodings(data: bytes, text: str, words: str) -> None:
    faults: list[Fault] = []
    assert convert_to_utf8(Source("a", data), "", faults.append).data.decode() == text
    assert [words in fault.message for fault in faults] == [True] * bool(words)
    assert all(fault.line == 1 + (data[:1] == b"\n") + (b"8859-2" in data) for fault in faults)


@pytest.mark.parametrize("name", sorted({*aliases.values(), *aliases, "idna", "punycode", "undefined", "no-such"}))
def test_any_encoding_that_a_file_declares_is_read_or_passed_over(name: str) -> None:
    faults: list[Fault] = []
    found = convert_to_utf8(
        Source("a", b"% encoding: " + name.encode() + b"\n\xe9\xff\\u0041 xn--a"), "", faults.append
    )
    assert found.data.decode()
    assert all(str(fault).encode() for fault in faults)


def test_our_own_files_are_never_read_as_others() -> None:
    bibtex = b"title: A\nabstract: |\n  @article{x, title={T}}\n  TY  - JOUR\n"
    importer = find_importer("a.yaml", bibtex)
    assert importer
    assert importer.name == "yaml"
    for file, data, name in (
        ("a.txt", b"@article{x, title={T}}", "bibtex"),
        ("a", b'{"title": "x"}\n', "jsonl"),
        ("a.json", b"[]", "jsonl"),
        ("a.jsonl", b"nothing of the kind", "jsonl"),
        ("a.bib", b"nothing of the kind", "bibtex"),
        ("a.txt", b"<html>\nSubscribe\n", None),
    ):
        found = find_importer(file, data)
        assert (found.name if found else None) == name


def test_offers_of_files_are_merged_and_the_first_wins() -> None:
    first, second = {"a": 1, "strings": {"x": "1", "y": "1"}}, {"a": 2, "b": 3, "strings": {"x": "2", "z": "2"}}
    assert merge_offers([first, second]) == {"a": 1, "b": 3, "strings": {"x": "1", "y": "1", "z": "2"}}
    assert first == {"a": 1, "strings": {"x": "1", "y": "1"}}
