"""The themes beside the default one: small, switched by `theme:`, and changed by a site's own templates and options."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from paperbound.model.errors import InputError
from paperbound.storage.sources import find_builtin_themes
from surroundings import ROOT, Build

GROUP = ROOT / "tests" / "browser" / "group"
# Lines that each theme may have of its own.
MOST_LINES = {"proceedings": 300, "lab": 400}


def build_group(tmp_path: Path, build: Build, settings: str, templates: dict[str, str] = {}) -> Path:  # noqa: B006
    content = tmp_path / "content"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(GROUP, content)
    text = (content / "site.yaml").read_text("utf-8").replace("theme: lab\n", "")
    (content / "site.yaml").write_text(text + settings, "utf-8")
    for name, template in templates.items():
        (content / "templates").mkdir(exist_ok=True)
        (content / "templates" / name).write_text(template, "utf-8")
    build(content, tmp_path / "site")
    return tmp_path / "site"


def read_sheet(site: Path) -> str:
    return next((site / "assets").glob("site.*.css")).read_text("utf-8")


def test_every_theme_but_the_default_one_is_small() -> None:
    folders = {folder.name: folder for folder in find_builtin_themes().iterdir() if folder.name != "default"}
    assert folders.keys() == MOST_LINES.keys()
    for name, folder in folders.items():
        files = [file for file in folder.rglob("*") if file.is_file()]
        assert sum(len(file.read_text("utf-8").splitlines()) for file in files) < MOST_LINES[name]
        # No line hides several.
        assert max(len(line) for file in files for line in file.read_text("utf-8").splitlines()) < 400


def test_one_setting_switches_the_theme(tmp_path: Path, build: Build) -> None:
    sheets, homes = [], []
    for theme in ("default", *MOST_LINES):
        site = build_group(tmp_path, build, f"theme: {theme}\n")
        sheets.append(read_sheet(site))
        homes.append((site / "index.html").read_text("utf-8"))
    assert sheets[1].startswith(sheets[0][: sheets[0].index("/* The typeface")])
    assert ["--thread:#1d4f8c" in one for one in sheets] == [False, True, False]
    assert ["--thread:#8a2846" in one for one in sheets] == [False, False, True]
    assert ['class="dense"' in one for one in homes] == [False, True, False]
    assert ['<ul class="crew">' in one for one in homes] == [False, False, True]
    assert homes[2].count("people/") > 6
    assert homes[2].count('class="picks"') == 1


@pytest.mark.parametrize("theme", MOST_LINES)
def test_a_site_changes_templates_and_options_of_any_theme(tmp_path: Path, build: Build, theme: str) -> None:
    about = '{% extends "parent:people.html" %}{% block main %}{{ super() }}<p>Visit us.</p>{% endblock %}'
    settings = (
        f'theme: {theme}\ntheme_options: {{accent: "#123456", density: dense, beside: [venues], typeface: system}}'
    )
    site = build_group(tmp_path, build, settings, {"people.html": about})
    assert "<p>Visit us.</p>" in (site / "people" / "index.html").read_text("utf-8")
    sheet, home = read_sheet(site), (site / "index.html").read_text("utf-8")
    # Dark colours are for screens: paper is white.
    assert "@media screen{:root[data-theme=dark]{--thread:#" in sheet
    assert ":root{--thread:#123456}" in sheet
    assert 'class="dense"' in home
    assert 'id="side-venues"' in home
    assert 'id="side-topics"' not in home
    assert not list((site / "assets").glob("*.woff2"))


def test_the_home_page_of_the_settings_comes_before_that_of_the_theme(tmp_path: Path, build: Build) -> None:
    settings = "theme: proceedings\ntheme_options: {beside: [venues]}\n"
    assert 'id="side-venues"' in (build_group(tmp_path, build, settings) / "index.html").read_text("utf-8")
    content = tmp_path / "content" / "site.yaml"
    text = content.read_text("utf-8")
    for beside, ids in (("[people, tags]", ["people", "side-topics"]), ("[]", [])):
        content.write_text(text.replace("{list: selected}", f"{{list: selected, beside: {beside}}}"), "utf-8")
        build(tmp_path / "content", tmp_path / "site")
        home = (tmp_path / "site" / "index.html").read_text("utf-8")
        assert [one for one in ("people", "side-topics", "side-venues", "years") if f'id="{one}"' in home] == ids


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("{beside: [news, tag]}", "beside: 'tag' is no choice"),
        ("{density: tight}", "density: 'tight' is no choice"),
        ("{typeface: times}", "typeface: 'times' is no choice"),
        ("{accent: '#ddeeff'}", "contrast"),
    ],
)
def test_a_value_that_no_theme_knows_is_an_error_with_its_line(
    tmp_path: Path, build: Build, options: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        build_group(tmp_path, build, f"theme: lab\ntheme_options: {options}\n")
    (fault,) = caught.value.faults
    assert words in fault.message
    assert (fault.file, fault.line) == ("content/site.yaml", 7)
    assert fault.remedy
