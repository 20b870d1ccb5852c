"""Card images: one for each paper and list, within its margins, drawn again when its texts have changed."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path

import pytest
from PIL.Image import open as read_image
from PIL.PngImagePlugin import PngInfo

from paperbound.formats.cards import HEIGHT, WIDTH, Card, draw_card
from paperbound.model.errors import InputError
from surroundings import Build, count_calls

CARD = Card("Salt", "On reading lists", "Ada King", "Rows 2024", "#0a6a54")


def write(folder: Path, title: str, settings: str = "cards: yes\n") -> Path:
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(f"title: Salt\nbase_url: https://example.org/s/\n{settings}", "utf-8")
    (folder / "tags.yaml").write_text("- {slug: salt, name: Salt}\n", "utf-8")
    record = f"- {{id: a, title: {title}, authors: [Ada King], date: 2024, tags: [salt]}}\n- {{id: b, title: Rows}}\n"
    (folder / "papers" / "all.yaml").write_text(record, "utf-8")
    return folder


def test_pages_name_their_cards_and_one_change_draws_one_card(tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(write(tmp_path / "content", "On flats"), site)
    for page, card in {
        "papers/on-flats": "papers/on-flats",
        "tags/salt": "tags/salt",
        "": "site",
        "search": "site",
    }.items():
        html = (site / page / "index.html").read_text("utf-8")
        assert re.findall('property="og:image" content="(.*?)"', html) == [f"https://example.org/s/cards/{card}.png"]
        assert 'name="twitter:card" content="summary_large_image"' in html
        with read_image(site / "cards" / f"{card}.png") as image:
            assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    cards = {path.relative_to(site).as_posix() for path in (site / "cards").rglob("*.png")}
    named = {
        match
        for page in site.rglob("*.html")
        for match in re.findall('og:image" content="https://example.org/s/(.*?)"', page.read_text("utf-8"))
    }
    assert named == cards
    result = build(write(tmp_path / "content", "On flat ROWS"), site)
    assert [path for path in result.written if path.startswith("cards/")] == ["cards/papers/on-flat-rows.png"]
    build(write(tmp_path / "content", "On flats", ""), site)
    assert not (site / "cards").exists()
    assert "og:image" not in (site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "title", ["", "盐滩研究", "x" * 400, "On " + "very long titles of papers " * 40, "Zürich & \U0001f600 <b>\u202e"]
)
def test_any_title_stays_within_the_picture(title: str) -> None:
    card = Card(title or "Salt", title, title, title, "#0a6a54")
    with read_image(io.BytesIO(draw_card(card))) as image:
        margin = image.convert("L").crop((WIDTH - 80, 0, WIDTH, HEIGHT))
        assert margin.getextrema()[0] > 200
    assert draw_card(card) == draw_card(card)
    assert draw_card(card) != draw_card(CARD)


def list_chunks(data: bytes) -> list[str]:
    """The kinds of the chunks of a PNG file: https://www.w3.org/TR/png-3/#5Chunk-layout."""
    kinds, at = [], 8
    while at < len(data):
        kinds.append(data[at + 4 : at + 8].decode("ascii"))
        at += 12 + int.from_bytes(data[at : at + 4])
    return kinds


@pytest.mark.parametrize("text", ["<script>pwn(1)</script>", "a\0\x1b]0;b\x07", "word " * 200_000, "x" * 1_000_000])
def test_a_text_of_a_stranger_is_drawn_and_nothing_else_and_costs_no_more_than_its_share(text: str) -> None:
    data, calls = count_calls(lambda: draw_card(Card(text, text, text, text, "#0a6a54")), "call", "c_call")
    assert set(list_chunks(data)) <= {"IHDR", "PLTE", "IDAT", "IEND"}
    assert text[:20].encode() not in data
    assert calls < 100_000
    short = text[:2_000]
    assert data == draw_card(Card(short, short, short, short, "#0a6a54"))
    image, written = read_image(io.BytesIO(data)), io.BytesIO()
    about = PngInfo()
    about.add_text("Title", text[:20])
    image.save(written, "PNG", pnginfo=about)
    assert not set(list_chunks(written.getvalue())) <= {"IHDR", "PLTE", "IDAT", "IEND"}


def test_cards_without_pillow_are_a_fault(tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "paperbound.pages.pictures.cards.find_spec", lambda _name: importlib.util.find_spec("no_such_library")
    )
    with pytest.raises(InputError) as error:
        build(write(tmp_path / "content", "Rows"), tmp_path / "site")
    (fault,) = error.value.faults
    assert fault.field == "cards"
    assert "pip install" in fault.remedy
