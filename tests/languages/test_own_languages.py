"""A site's own languages, a file each, and other words for single phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperbound.content.languages import read_languages
from paperbound.languages import find_language
from paperbound.model.errors import Fault, InputError
from surroundings import ROOT, Build, blocks, read_tree

DUTCH = """\
layout.skip: Naar de inhoud
layout.comma: ", "
list.papers: {one: één artikel, other: "{count} artikelen"}
pager.next: Volgende
search.searching: Zoeken
"""


def make_site(folder: Path, settings: str, **files: str) -> Path:
    (folder / "papers").mkdir(parents=True)
    (folder / "languages").mkdir()
    (folder / "site.yaml").write_text(f"title: Papers\n{settings}", "utf-8")
    rows = "".join(f"- {{id: p{number}, title: Title {number}, date: 2026-03-0{number}}}\n" for number in (1, 2))
    (folder / "papers" / "list.yaml").write_text(rows, "utf-8")
    for code, text in files.items():
        (folder / "languages" / f"{code.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return folder


def read(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    faults: list[Fault] = []
    return {one.code: one.base for one in read_languages(folder, faults.append)}, faults


def test_a_language_of_a_file_is_that_of_pages_and_scripts(tmp_path: Path, build: Build) -> None:
    content = make_site(tmp_path / "content", "language: nl\n", nl=DUTCH)
    build(content, tmp_path / "site")
    page = (tmp_path / "site/papers/index.html").read_text("utf-8")
    assert '<html lang="nl">' in page
    assert "Naar de inhoud" in page
    assert "2 artikelen" in page
    # What the file lacks is English; months are those of CLDR.
    assert "newest first" in page
    assert "2 mrt" in (tmp_path / "site/index.html").read_text("utf-8")
    (script,) = (tmp_path / "site/assets").glob("search.*.js")
    assert "Zoeken" in script.read_text("utf-8")


def test_a_changed_phrase_makes_the_pages_of_a_clean_build(tmp_path: Path, build: Build) -> None:
    content = make_site(tmp_path / "content", "language: nl\n", nl=DUTCH)
    build(content, tmp_path / "site")
    (content / "languages/nl.yaml").write_text(DUTCH.replace("Volgende", "Verder").replace("inhoud", "tekst"), "utf-8")
    build(content, tmp_path / "site")
    build(content, tmp_path / "clean")
    site = read_tree(tmp_path / "site")
    assert site == read_tree(tmp_path / "clean")
    assert "Naar de tekst" in site["index.html"].decode()


def test_single_phrases_of_a_language_are_replaced(tmp_path: Path, build: Build) -> None:
    content = make_site(tmp_path / "content", "language: de\n", de="list.all_papers: Schriften\n")
    build(content, tmp_path / "site")
    page = (tmp_path / "site/papers/index.html").read_text("utf-8")
    assert "<h1>Schriften</h1>" in page
    assert "2 Arbeiten" in page


def test_the_other_phrases_are_those_of_the_base(tmp_path: Path) -> None:
    content = make_site(
        tmp_path, "", nl=DUTCH, fy="base: nl\npager.next: Folgjende\n", de_AT="list.feed: Abo\n", he="base: ar\n"
    )
    faults: list[Fault] = []
    own = read_languages(content, faults.append)
    assert not faults
    assert {one.code: one.base for one in own} == {"nl": "en", "fy": "nl", "de-AT": "de", "he": "ar"}
    frisian, austrian, hebrew = (find_language(code, own) for code in ("fy", "de-AT", "he"))
    assert [frisian.t("pager.next"), frisian.t("layout.skip"), frisian.t("pager.previous")] == [
        "Folgjende",
        "Naar de inhoud",
        "Previous",
    ]
    assert frisian.t("date.months").split()[0] == "Jannewaris"
    assert austrian.t("list.feed") == "Abo"
    assert austrian.t("list.papers", count=2) == "2 Arbeiten"
    assert austrian.t("date.months").split()[0] == "Jänner"
    assert hebrew.t("layout.direction") == "rtl"
    assert find_language("de-CH", own).code == "de"
    assert find_language("fy-NL", own).code == "fy"


@pytest.mark.parametrize("code", ["nl", "en"])
def test_the_files_of_the_documentation_are_read(tmp_path: Path, code: str) -> None:
    (text,) = blocks((ROOT / "docs/languages.md").read_text("utf-8"), f"yaml phrases {code}")
    assert read(make_site(tmp_path / "content", "", **{code: text})) == ({code: "en"}, [])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nlist.paper: x\n", 2, "there is no phrase 'list.paper'"),
        ("layout.skip: [a]\n", 1, "a text is expected here"),
        ("layout.skip: ''\n", 1, "a phrase needs a text"),
        ("layout.skip: Skip {where}\n", 1, "the placeholders of this phrase are none"),
        ("layout.skip: Skip }\n", 1, "are not in order"),
        ("layout.page_of: '{title.__class__} {number}'\n", 1, "the placeholders of this phrase are {number}, {title}"),
        ("layout.page_of: '{title!r} {number}'\n", 1, "are not in order"),
        ("layout.page_of: '{title}'\n", 1, "the placeholders of this phrase are {number}, {title}"),
        ("list.papers: '{count}'\n", 1, "a text for each plural form of the language is expected here (one, other)"),
        ("list.papers: {other: '{count}'}\n", 1, "a text for each plural form"),
        ("list.papers: {one: a, few: b, other: c}\n", 1, "a text for each plural form"),
        ("list.papers: {one: '{n}', other: c}\n", 1, "the placeholders of this phrase are {count}"),
        ("date.months: a b c\n", 1, "12 words are expected here"),
        ("layout.direction: up\n", 1, "'up' is no direction"),
        ("base: tlh\n", 1, "there are no phrases in 'tlh'"),
        ("base: nl\n", 1, "there are no phrases in 'nl'"),
        ("- a\n", 1, "a mapping of fields is expected here"),
    ],
)
def test_a_faulty_file_is_an_error_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    _, faults = read(make_site(tmp_path / "content", "", nl=text))
    assert [(one.file, one.line) for one in faults] == [("content/languages/nl.yaml", line)]
    assert words in faults[0].message
    assert faults[0].remedy


def test_an_unknown_language_a_base_of_a_whole_one_and_a_circle_are_errors(tmp_path: Path, build: Build) -> None:
    content = make_site(tmp_path / "content", "", klingon="a: b\n", de="base: fr\n", fy="base: nl\n", nl="base: fy\n")
    with pytest.raises(InputError) as caught:
        build(content, tmp_path / "site")
    assert {(one.file.rpartition("/")[2], one.message) for one in caught.value.faults} == {
        ("klingon.yaml", "'klingon' is no language that CLDR knows"),
        ("de.yaml", "'de' has all phrases of its own"),
        ("fy.yaml", "the base of 'fy' leads back to it"),
        ("nl.yaml", "the base of 'nl' leads back to it"),
    }
