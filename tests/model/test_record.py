from __future__ import annotations

import pytest

from paperbound.model.date import PartialDate
from paperbound.model.errors import RecordError
from paperbound.model.record import Author, Link, Record


@pytest.mark.parametrize("text", ["2024", "2024-02", "2024-02-29"])
def test_date_keeps_its_precision(text: str) -> None:
    assert PartialDate.parse(text).iso == text


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2024-13", "2024-00", "2024-1", "24", "2024/01", "2024-01-01T00", "٢٠٢٤", "", "0999"]
)
def test_an_invalid_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|year"):
        PartialDate.parse(text)


def test_missing_parts_count_as_the_first() -> None:
    assert PartialDate.parse("2024").first_day.isoformat() == "2024-01-01"
    assert PartialDate.parse("2024-05").first_day.isoformat() == "2024-05-01"


def test_record_reports_all_its_faults_at_once() -> None:
    with pytest.raises(RecordError) as caught:
        Record(
            id="",
            title=" ",
            doi="nonsense",
            arxiv="24",
            kind="poem",
            tags=("Not A Slug",),
            links=(Link("code", "javascript:alert(1)"),),
            language="English",
        )
    fields = [error.field for error in caught.value.errors]
    assert fields == ["id", "title", "kind", "arxiv", "doi", "language", "tags", "links"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org/",
        "https://example.org:65536/",
        "https://",
        "https:///path",
        "http://exa mple.org",
        "https://example.org/\n",
        'https://example.org/"onclick=x',
        "https://a\\b.org",
        "",
    ],
)
def test_only_web_addresses_are_links(url: str) -> None:
    with pytest.raises(RecordError):
        Record(id="x", title="x", links=(Link("pdf", url),))


@pytest.mark.parametrize("url", ["https://example.org", "HTTP://example.org:80/a?b=c#d", "https://例え.jp/ü"])
def test_web_addresses_are_links(url: str) -> None:
    assert Record(id="x", title="x", links=(Link("pdf", url),)).find_link("pdf") == url


def test_record_is_frozen_and_has_a_year() -> None:
    record = Record(id="x", title="x", authors=(Author("A"),), venue_year="2020")
    assert record.year == 2020
    with pytest.raises(AttributeError):
        record.title = "y"  # type: ignore[misc]
