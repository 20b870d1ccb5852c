"""Readers of manifest, caches, journals, states and lists take any bytes: a value, nothing, or a fault of ours."""

from __future__ import annotations

import datetime
import json
import marshal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.builder.manifest import read_manifest
from paperbound.builder.output import read_journal
from paperbound.builder.stat_index import StatIndex
from paperbound.content.assemble import OtherContent
from paperbound.content.catalogue_cache import read_catalogue
from paperbound.content.imported_values import ImportedValues
from paperbound.content.record_cache import RecordCache
from paperbound.mail.delivery_log import DeliveryLog
from paperbound.mail.recipients import read_recipients
from paperbound.model.build import Source
from paperbound.model.digests import digest_bytes
from paperbound.model.errors import InputError
from paperbound.sources.answers import AnswerStore
from paperbound.sources.changes import finish_changes
from paperbound.sources.state import SourceState
from paperbound.storage.cache_files import HEADER, find_private, make_header
from surroundings import try_examples

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=6) | st.binary(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["journal-2", "stat-index-3", "index-1", "records-7", "sources-2", "answer/1", "manifest-1", "x"]
)


@st.composite
def stores(draw: st.DrawFn) -> bytes:
    """The bytes of a store: with a true header of any kind and other code, or with anything at all."""
    body = draw(st.binary(max_size=40) | VALUES.map(lambda value: marshal.dumps(value, 2)))
    way = draw(st.sampled_from(["no header", "other code", "wrong checksum", "cut"]))
    head = make_header(draw(KINDS), "0" * 32, digest_bytes(body) if way != "wrong checksum" else "0" * 32)
    if way == "no header":
        return body
    return head[: draw(st.integers(0, HEADER))] if way == "cut" else head + body


LINES = st.lists(
    st.text(max_size=20)
    | st.sampled_from(
        ["2026-03-02 begun", "2026-13-45 last", "2026-03-02 papers a b", "p1 title=0a1b", "=", "a@b.org", "{", "- "]
    )
    | VALUES.filter(lambda value: not isinstance(value, bytes)).map(lambda value: json.dumps(value, default=repr)),
    max_size=8,
).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
TEXTS = LINES | st.binary(max_size=60)


def _write(file: Path, data: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def _read_caches(folder: Path, data: bytes) -> None:
    private = find_private(folder / "site")
    for name in ("manifest/segment-00", "manifest/sources", "manifest/stat-index", "journal"):
        _write(private.folder / name, data)
    for name in ("records/segment-00", "catalogue/catalogue"):
        _write(private.cache / name, data)
    assert read_manifest(private, "f" * 32) == {}
    assert RecordCache.load(private, "f" * 32).known == {}
    assert read_catalogue(private, "f" * 32, "0" * 32, (), OtherContent()) is None
    StatIndex.load(folder / "site")
    read_journal(private.journal)


def _read_answers(folder: Path, data: bytes) -> None:
    store = AnswerStore(folder)
    name = store._name("https://example.org/", "*/*")
    _write(folder / name, data)
    store.find("https://example.org/", "*/*")


def _read_journal(folder: Path, data: bytes) -> None:
    _write(folder / "content" / ".collecting" / "journal", data)
    finish_changes(folder / "content")
    assert not (folder / "content" / ".collecting").exists()


def _read_state(folder: Path, data: bytes) -> None:
    _write(folder / "content" / ".collected" / "one", data)
    state = SourceState.load(folder / "content", "one")
    state.write(frozenset(), datetime.date(2026, 3, 2))


def _read_imported(folder: Path, data: bytes) -> None:
    _write(folder / ".imported", data)
    ImportedValues.load(folder).write()


def _read_log(folder: Path, data: bytes) -> None:
    with DeliveryLog(_write(folder / "list.journal", data)):
        pass


def _read_list(folder: Path, data: bytes) -> None:
    for name in ("list.txt", "list.yaml"):
        read_recipients(Source(name, data), lambda fault: str(fault))


@pytest.mark.parametrize(
    ("read", "garbage"),
    [
        (_read_caches, stores()),
        (_read_answers, stores()),
        (_read_journal, TEXTS),
        (_read_state, TEXTS),
        (_read_imported, TEXTS),
        (_read_log, TEXTS),
        (_read_list, TEXTS),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_any_bytes_in_a_store_end_in_a_value_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, read: Callable[[Path, bytes], None], garbage: st.SearchStrategy[Any]
) -> None:
    folder = tmp_path_factory.mktemp("store")

    @try_examples(300)
    @given(garbage)
    def check(data: bytes) -> None:
        with suppress(InputError):
            read(folder, data)

    check()
