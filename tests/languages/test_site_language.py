"""A site in a language of its own: in capitals, so that each English phrase that is left is seen."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from paperbound import languages
from paperbound.languages import Phrases, find_language
from surroundings import ROOT, Build, read_tree

PLACE = re.compile(r"(\{\w+\})")


def shout(phrases: Phrases) -> Phrases:
    """The phrases in capitals, placeholders as they are."""

    def write(text: str) -> str:
        return "".join(part if PLACE.fullmatch(part) else part.upper() for part in PLACE.split(text))

    return {
        key: write(one) if isinstance(one, str) else {form: write(text) for form, text in one.items()}
        for key, one in phrases.items()
    }


def list_pieces(phrases: Phrases) -> set[str]:
    """The pieces of phrases between placeholders that no paper's text is likely to have."""
    forms = (form for one in phrases.values() for form in ([one] if isinstance(one, str) else one.values()))
    pieces = {piece.strip(" .,") for form in forms for piece in PLACE.split(form) if not PLACE.fullmatch(piece)}
    return {piece for piece in pieces if " " in piece and len(piece) > 8}


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """Adds the language `nl`, which is English in capitals."""
    module = ModuleType("paperbound.languages.nl")
    module.PHRASES = shout(find_language("en").phrases)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(languages, "LANGUAGES", (*languages.LANGUAGES, "nl"))


@pytest.mark.usefixtures("loud")
def test_a_site_in_another_language_is_that_of_a_clean_build_without_english(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "sites" / "features", content)
    build(content, tmp_path / "site")
    english = read_tree(tmp_path / "site")
    settings = content / "site.yaml"
    text = re.sub(r"^language:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    settings.write_text(f"{text.rstrip()}\nlanguage: nl\n", "utf-8")
    build(content, tmp_path / "site")
    build(content, tmp_path / "clean")
    site = read_tree(tmp_path / "site")
    assert site == read_tree(tmp_path / "clean")
    pieces = re.compile("|".join(map(re.escape, sorted(list_pieces(find_language("en").phrases)))))
    written = (".html", ".xml", ".md", "feed.json")
    assert all(pieces.search(english[name].decode()) for name in ("index.html", "collections/index.html"))
    found = {
        (name, match[0])
        for name, data in site.items()
        if name.endswith(written)
        for match in pieces.finditer(data.decode())
    }
    assert not found
