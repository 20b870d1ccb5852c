"""Files of found papers, written in a real browser."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_found_papers_are_saved_as_files(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=model")
    box = page.locator("[data-search-download]")
    with page.expect_download() as found:
        box.get_by_role("button", name="Save as BibTeX").click()
    assert found.value.suggested_filename == "papers.bib"
    library = bibtexparser.parse_string(found.value.path().read_text("utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) > 10
    expect(box.get_by_role("status")).to_have_text(f"{len(library.entries)} papers saved")
    with page.expect_download() as found:
        box.get_by_role("button", name="Save as RIS").click()
    entries = rispy.loads(found.value.path().read_bytes().decode())
    assert len(entries) == len(library.entries)
    assert {entry["title"] for entry in entries} >= {page.locator("[data-search-list] h3").first.inner_text()}
