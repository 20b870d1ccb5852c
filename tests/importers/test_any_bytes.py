"""Any bytes given to an importer of services or pages end in records or named faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pages import PMLR
from test_services import CASES, DBLP, VOLUME

from paperbound.importers import IMPORTERS
from paperbound.importers.dialects import from_html, from_latex, from_mixed, from_plain, to_plain
from paperbound.importers.importer import ReadContext
from paperbound.markup.texts import parse_text
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from paperbound.model.record import Record
from surroundings import try_examples

FOREIGN = {
    one.name: one for one in IMPORTERS if one.module.startswith(("services.", "pages.")) and one.name != "listing"
}
SEEDS = [path.read_bytes() for path in sorted(CASES.rglob("*")) if path.is_file() and path.suffix != ".bib"]
SEEDS += [DBLP.encode("latin-1"), VOLUME.encode(), PMLR.encode()]
PIECES = (
    b'{"', b'"', b"[", b"]", b"{", b"}", b":", b"---\n", b"|", b"](", b"[[", b"<", b"</", b"&x;", b"&uuml;", b"<!DOCTYPE x [",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\\", b"\\u0000", b"\\ud800", b"NaN", b"null", b"9" * 5000, b"$", b"{{<",
    b"https://arxiv.org/abs/2106.00001", b"+++\n", b"<![CDATA[", b"- ", b"  ", b"\t", b"'", b"!!python/x ", b"&a [*a]", b"<<: ",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A file of the cases, cut, repeated or with pieces put in."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        end = draw(st.integers(at, min(len(data), at + 40)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4), st.just(data[at:end] * 2)))
        data = data[:at] + piece + data[end:]
    return data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))]


def read_all(name: str, data: bytes) -> tuple[list[Record], list[Fault]]:
    faults: list[Fault] = []
    reader = FOREIGN[name].reader
    assert reader.matches(data) in (True, False)
    context = ReadContext(faults.append)
    return [one for part in reader.split(Source("a", data)) for one in reader.read(part, context)], faults


@pytest.mark.parametrize("name", FOREIGN)
def test_any_bytes_end_in_records_or_named_faults(name: str) -> None:
    @try_examples(120)
    @given(st.one_of(mutated(), st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
    def check(data: bytes) -> None:
        records, faults = read_all(name, data)
        assert all(record.id and record.title and not record.origin.native for record in records)
        assert all(fault.file == "a" and fault.message and fault.remedy for fault in faults), faults
        assert all(fault.warning or "UTF-8" in fault.message for fault in faults), faults

    check()


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 20_000,
        b'{"data":' * 10_000,
        b'{"a":[' * 5_000,
        b"<a>" * 20_000,
        b"- " * 10_000,
        b"> " * 5_000,
        b"---\n" + b"a: [" * 2_000 + b"\n---\n",
        b"---\n" + b"a: &a [*a]\n" + b"\n---\n" + b"{{<" * 5_000,
        b"- [](" * 4_000,
        b"| https://arxiv.org/abs/2106.00001 " * 1_000 + b"|\n|-|\n",
        b"<a href=" * 5_000,
        b"https://arxiv.org/abs/" * 5_000,
        b"- " + b"*" * 10_000 + b"_" * 10_000,
        b"- " + b"`" * 10_000,
        b'{"A": {"b": "|**2020-01-01**|**' + b"|" * 20_000 + b'"}}',
        b'{"A": {"b": "- 2020-01-01, **' + b"**," * 6_000 + b'"}}',
        b'{"id": "x", "content": {"title": "' + b"${" * 5_000 + b'", "authors": ["x"]}}',
        b'{"DOI": "10.5/x", "title": ["' + b"<i>" * 6_000 + b'"]}',
        b'{"paperId": "x", "externalIds": {}, "title": "' + b"\\\\[" * 5_000 + b'"}',
    ],
    ids=lambda data: data[:20].decode(),
)
def test_bytes_that_keep_parsers_busy_end(name: str, data: bytes) -> None:
    records, faults = read_all(name, data)
    assert records or faults or name in ("links", "arxiv-daily", "dblp", "acl-xml", "lab-citations", "arxiv")


def test_every_seed_is_there() -> None:
    assert len(SEEDS) > 12
    assert {one for one in FOREIGN if not Path(one).suffix} == set(FOREIGN)


@pytest.mark.parametrize("sign", ["<i>", "``", "<!--", "<math>", "\\(", "$$a"])
@pytest.mark.parametrize("convert", [from_plain, from_html, from_latex, from_mixed])
def test_texts_of_nothing_but_signs_are_plain_text(sign: str, convert: Callable[[str], str]) -> None:
    text = sign * 1_500
    assert parse_text("abstract", convert(text)).plain == text
    assert to_plain(text) == text
