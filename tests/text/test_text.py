from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.text.characters import clean, match_form
from paperbound.text.names import index_letter, sort_key, split_name
from paperbound.text.slugs import add_suffix, add_unique_suffix, is_free, make_slug


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Connor T. Jerzak", ("Connor T.", "Jerzak")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Sammy Davis Jr.", ("Sammy", "Davis Jr.")),
        ("Knuth, Donald E.", ("Donald E.", "Knuth")),
        ("Madonna", ("", "Madonna")),
        ("李明", ("", "李明")),
        ("Juan de la Cruz", ("Juan", "de la Cruz")),
    ],
)
def test_names_are_split(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_names_are_sorted_by_family_name_without_particles_and_accents() -> None:
    names = ["Émile Zola", "Ada Lovelace", "Ludwig van Beethoven", "Ömer Akgül"]
    assert sorted(names, key=sort_key) == ["Ömer Akgül", "Ludwig van Beethoven", "Ada Lovelace", "Émile Zola"]
    assert [index_letter(name) for name in ("Émile Zola", "李明", "9lives")] == ["Z", "#", "#"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("C++", "c"), ("C#", "c"), ("CON", "con"), ("…", ""), ("🙂", ""), ("Ünïcode Tïtle", "unicode-title")],
)
def test_slugs(text: str, slug: str) -> None:
    assert make_slug(text) == slug


@given(st.text(max_size=200))
def test_slugs_are_slugs(text: str) -> None:
    slug = make_slug(text)
    assert slug == "" or all(part.isalnum() and part.isascii() for part in slug.split("-"))
    assert len(slug) <= 80
    assert slug == slug.lower()
    suffixed = add_suffix(slug, text)
    assert len(suffixed) <= 80
    assert is_free(suffixed)


def test_device_names_and_pages_are_no_slugs() -> None:
    assert not any(is_free(slug) for slug in ("", "con", "index", "page", "lpt1", "feed", "search"))


def test_characters_that_no_file_may_hold_are_removed() -> None:
    assert clean("a\x00b\ud800c\r\nd") == ("abc\nd", 2)
    assert clean("e\u0301") == ("é", 0)
    assert match_form("  Straße \n X ") == match_form("STRASSE x")


def test_a_suffix_that_another_has_is_replaced() -> None:
    first = add_suffix("editorial", "p1")
    second = add_unique_suffix("editorial", "p1", {first})
    assert second.startswith("editorial-")
    assert second != first
    assert add_unique_suffix("editorial", "p1", {first, second}) not in (first, second)
    assert add_unique_suffix("editorial", "p1", ()) == first
