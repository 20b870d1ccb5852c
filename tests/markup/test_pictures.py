"""Pictures in texts: free pages show those of the static folder; others are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.markup.document import render_document
from paperbound.markup.markdown import is_picture, list_pictures, render_blocks

HOSTILE = (
    "javascript:alert(1)//.png",
    "data:image/svg+xml,x.svg",
    "//example.org/a.png",
    "../secret/a.png",
    "a/../../b.png",
    ".hidden/a.png",
    "a.html",
)


def test_a_free_page_shows_pictures_of_the_site() -> None:
    html = render_document("![A & B](images/a.png) ![](/b.svg)", {}, "/lab/").html
    assert '<img src="/lab/images/a.png" alt="A &amp; B" loading="lazy">' in html
    assert '<img src="/lab/b.svg" alt="" loading="lazy">' in html


@pytest.mark.parametrize("source", HOSTILE)
def test_no_other_source_is_a_picture(source: str) -> None:
    assert not is_picture(source)
    assert "<img" not in render_document(f"![x](<{source}>)", {}, "/lab/").html


def test_a_quotation_mark_ends_no_attribute() -> None:
    html = render_document('![a" onerror="x](<a"onerror=alert(1).png>)', {}, "/").html
    assert '<img src="/a%22onerror=alert(1).png" alt="a&quot; onerror=&quot;x" loading="lazy">' in html


def test_a_text_without_base_shows_none() -> None:
    assert "<img" not in render_blocks("![A figure](images/a.png)")
    assert list_pictures("![A](a.png) ![B](https://example.org/b.png) ![C](c.txt)") == ["a.png", "c.txt"]


def test_pictures_that_are_not_shown_are_named(
    make_content: Callable[[dict[str, str | bytes]], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(
        {
            "site.yaml": "title: S\nbase_url: https://example.org/\n",
            "papers/a.yaml": "title: A\nnotes: 'See ![this](images/a.png).'\n",
            "pages/about.md": "# About\n\n![Here](images/a.png)\n\n![Gone](images/b.png)\n",
            "static/images/a.png": b"\x89PNG",
        }
    )
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--json"]) == 0
    warnings = json.loads(capsys.readouterr().out)["warnings"]
    found = [(one["file"].split("/", 1)[1], one["line"], one["message"]) for one in warnings]
    assert ("papers/a.yaml", 2, "the picture 'images/a.png' is not shown: texts of papers have none") in found
    assert ("pages/about.md", 5, "there is no picture 'images/b.png' beside the page or in static/") in found
    assert len(found) == 2
    page = (tmp_path / "site" / "about" / "index.html").read_text("utf-8")
    assert '<img src="/images/a.png" alt="Here" loading="lazy">' in page
