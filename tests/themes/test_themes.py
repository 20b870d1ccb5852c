from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes
from markupsafe import Markup, escape

from paperbound.config import Config
from paperbound.languages import find_language
from paperbound.library import pieces
from paperbound.library.pieces import Reference
from paperbound.model.errors import InputError
from paperbound.pages.kinds import KINDS
from paperbound.pages.mail import MailPage
from paperbound.pages.paper_page import _split_known, _split_parsed, split_page
from paperbound.storage.sources import find_builtin_themes
from paperbound.themes.environment import Keep, escape_text
from paperbound.themes.loader import collect_assets, load_theme
from paperbound.themes.rendering import render
from paperbound.themes.theme import Layer, Theme
from surroundings import ROOT, Build, blocks
from theme_contract import describe_contract

Make = Callable[[dict[str, str | bytes]], Path]


def make_theme(*layers: dict[str, str]) -> Theme:
    return Theme("test", tuple(Layer(f"layer{number}", layer, {}) for number, layer in enumerate(layers)), ())


@dataclasses.dataclass(frozen=True)
class Words:
    word: str


def test_html_is_escaped_whatever_the_suffix_and_markdown_is_not() -> None:
    theme = make_theme(
        {"a.html": "{{ word }}", "a.xml.j2": "{{ word }}", "a.md": "{{ word }} {{ word|md }} {{ word|yaml }}"}
    )
    word = Words("<b>*x* & [y](z)")
    assert render(theme, "a.html", word) == "&lt;b&gt;*x* &amp; [y](z)"
    assert render(theme, "a.xml.j2", word) == "&lt;b&gt;*x* &amp; [y](z)"
    assert "<b>*x* & [y](z)" in render(theme, "a.md", word)


def test_phrases_are_in_the_given_language_and_escaped_like_other_text() -> None:
    theme = make_theme(
        {"a.html": "{{ t('mail.since', date=word) }} {{ t('mail.unsubscribe') }} {{ t('mail.' ~ 'home') }}"}
    )
    assert render(theme, "a.html", Words("<b>")) == "New papers since &lt;b&gt; Unsubscribe The whole site"
    marked = Words(Markup("<b>1</b>"))
    german = dataclasses.replace(theme, language=find_language("de"))
    assert render(german, "a.html", marked) == "Neue Arbeiten seit <b>1</b> Abbestellen Die ganze Website"
    assert "Abbestellen" in render(german, "a.html", Words(""))
    assert german.digest_closure("a.html") != theme.digest_closure("a.html")


def test_layers_are_looked_up_in_order_and_parent_reaches_the_next() -> None:
    theme = make_theme(
        {"a.html": "{% extends 'parent:a.html' %}{% block x %}site {{ super() }}{% endblock %}"},
        {"a.html": "{% extends 'parent:a.html' %}{% block x %}theme {{ super() }}{% endblock %}"},
        {"a.html": "[{% block x %}default {{ word }}{% endblock %}]", "b.html": "b"},
    )
    assert render(theme, "a.html", Words("w")) == "[site theme default w]"
    assert render(theme, "b.html", Words("w")) == "b"


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("one\ntwo {{ wrod }}", 2, "'wrod' is undefined"),
        ("one\n\n{{ word.nothing.more }}", 3, "nothing"),
        ("{% if %}", 1, "faulty"),
        (
            "one\n{% if word == '' %}\n{{ t('mail.wbe') }}{% endif %}",
            3,
            "no phrase 'mail.wbe'. Did you mean 'mail.web'?",
        ),
        ("one\n{{ t('mail.papers', n=3) }}", 2, "the phrase 'mail.papers' has the values count, not n"),
        ("one\n{{ t('mail.' ~ word) }}", 2, "no phrase 'mail.w'"),
        ("{% include 'none.html' %}", 1, "none.html"),
        ("{% extends 'parent:a.html' %}", 1, "a.html"),
        ("x\n{{ 1 / 0 }}", 2, "zero"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
    ],
)
def test_faults_of_a_template_name_file_and_line(template: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        render(make_theme({"a.html": template}), "a.html", Words("w"))
    fault = caught.value.faults[0]
    assert fault.file == "layer0/templates/a.html"
    assert fault.line == line
    assert words in fault.message


def test_a_closure_holds_what_a_template_includes() -> None:
    files = {"a.html": "{% include 'b.html' %}", "b.html": '{% import "c.html" as c %}', "c.html": "c", "d.html": "d"}
    before = make_theme(files)
    assert make_theme(files | {"c.html": "changed"}).digest_closure("a.html") != before.digest_closure("a.html")
    assert make_theme(files | {"d.html": "changed"}).digest_closure("a.html") == before.digest_closure("a.html")
    # A name that is computed could be any template.
    dynamic = files | {"a.html": "{% include name %}"}
    changed = make_theme(dynamic | {"d.html": "changed"})
    assert make_theme(dynamic).digest_closure("a.html") != changed.digest_closure("a.html")


@pytest.mark.parametrize("name", ["name", "'d.html' if word else 'c.html'", "['c.html', 'd.html']"])
def test_a_name_that_is_no_literal_could_be_any_template(name: str) -> None:
    files = {"a.html": f"{{% include {name} %}}", "c.html": "c", "d.html": "d"}
    assert make_theme(files).digest_closure("a.html") != make_theme(files | {"d.html": "e"}).digest_closure("a.html")


def test_a_closure_holds_the_templates_that_are_looked_up() -> None:
    mine = {"a.html": '{% extends "parent:a.html" %}', "b.html": "{{ mine }}"}
    theirs = {"a.html": "{%- include 'b.html' ignore missing -%}", "b.html": "{{ theirs }}"}
    last = {"a.html": "{{ last }}"}
    whole = make_theme(mine, theirs, last).digest_closure("a.html")
    assert make_theme(mine, theirs | {"b.html": ""}, {"a.html": ""}).digest_closure("a.html") == whole
    assert make_theme(mine | {"b.html": ""}, theirs, last).digest_closure("a.html") != whole
    assert make_theme(mine, theirs | {"a.html": ""}, last).digest_closure("a.html") != whole


def test_every_template_of_the_contract_is_there() -> None:
    names = {file.name for file in (find_builtin_themes() / "default" / "templates").iterdir()}
    assert {name for kind in KINDS.values() for name in kind.templates} <= names


def test_the_documented_contract_is_that_of_the_code() -> None:
    """`make reference` writes it anew."""
    assert (ROOT / "docs" / "theme-contract.md").read_text("utf-8") == describe_contract()


def test_every_field_of_the_contract_stands_in_a_template_of_the_default_theme() -> None:
    theme = load_theme(Config(), ROOT / "tests" / "sites" / "minimal", ())
    trees = {
        name: jinja2.Environment(extensions=[Keep]).parse(text) for name, text in theme.layers[-1].templates.items()
    }
    used = {node.attr for tree in trees.values() for node in tree.find_all(nodes.Getattr)}
    # For themes with options of their own (docs/themes.md shows one); for the code that shortens a mail.
    exempt = {"options", "count"}
    used |= exempt
    templates = [(name, value) for kind in KINDS.values() for name, value in kind.templates.items()]
    for value in {value for _, value in templates}:
        closures = [theme.walk(name) or () for name, other in templates if other is value]
        names = {name for closure in closures for name, _ in closure}
        seen = {node.name for name in names for node in trees[name].find_all(nodes.Name)}
        fields = {field.name for field in dataclasses.fields(value)}  # type: ignore[arg-type]
        assert fields - seen <= (exempt if value is MailPage else set()), value.__name__
    for piece in vars(pieces).values():
        if isinstance(piece, type) and dataclasses.is_dataclass(piece):
            assert {field.name for field in dataclasses.fields(piece)} - used == set(), piece.__name__


def test_every_context_is_frozen_and_documented() -> None:
    for kind in KINDS.values():
        for name, value in kind.templates.items():
            assert value.__dataclass_params__.frozen, name  # type: ignore[attr-defined]
            assert value.__doc__, name


PAGES = [
    '---\nid: "x"\n---\n\n# A title\n\n## Takeaway\n\nOne sentence.\n\n## Abstract\n\nFirst, then second.\n\nThird.\n',
    "# Title only\n",
    "# T\n\nIntro.\n\n## A\n\ntext\n\n## A\n\nagain\n",
    "## No title\n\ntext\n",
    "# T\n\n## Über die Dinge\n\n\n\ntext  \n",
    "",
]


@pytest.mark.parametrize("page", PAGES)
def test_the_fast_way_through_a_page_is_the_parsers(page: str) -> None:
    plain = _split_known(page, [("", "")])
    assert plain is not None
    assert plain == _split_parsed(page)


@pytest.mark.parametrize(
    "page", ["# T\n\n## A\n\n*x*\n", "# T\n\n- a\n", "# C #\n", "# T\n\n    code\n", "# T\n\ntwo\nlines\n", "# $x$\n"]
)
def test_text_with_markup_goes_to_the_parser(page: str) -> None:
    assert _split_known(page, [("", "")]) is None
    assert split_page(page) == _split_parsed(page)


def test_a_site_can_override_the_markdown_page_and_the_html_follows(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    content = make_content(
        {
            "papers/a.yaml": "title: A *title*\nsummary: Words.\nabstract: Others.\n",
            "templates/paper.md": "# Seen: {{ title|inline }}\n\n## In short\n\n{{ summary|block }}\n\n"
            "## Colophon\n\n{{ id|md }}\n",
        }
    )
    build(content, tmp_path / "site")
    html = (tmp_path / "site" / "papers" / "a-title" / "index.html").read_text("utf-8")
    assert "<h1>Seen: A <em>title</em></h1>" in html
    assert ">In short</h2>" in html
    assert ">Colophon</h2>" in html
    assert ">Abstract</h2>" not in html
    assert (tmp_path / "site" / "papers" / "a-title" / "index.md").read_text("utf-8").startswith("# Seen: A *title*")


def test_a_theme_inherits_and_its_options_are_checked(make_content: Make, tmp_path: Path, build: Build) -> None:
    themes = tmp_path / "themes"
    (themes / "plain" / "templates").mkdir(parents=True)
    (themes / "plain" / "theme.yaml").write_text("name: Plain\n", "utf-8")
    (themes / "plain" / "templates" / "page.html").write_text("{{ title }}!", "utf-8")
    content = make_content(
        {
            "site.yaml": 'title: X\ntheme: plain\ntheme_options: {accent: "#003366"}\n',
            "pages/about.md": "# About\n\ntext",
        }
    )
    build(content, tmp_path / "site", themes=(themes,))
    assert (tmp_path / "site" / "about" / "index.html").read_text("utf-8") == "About!"
    sheet = next((tmp_path / "site" / "assets").glob("site.*.css")).read_text("utf-8")
    assert "--thread:#003366" in sheet


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("theme: nothing", "no theme"),
        ('theme_options: {acent: "#003366"}', "no option"),
        ("theme_options: {accent: green}", "not a colour"),
        ('theme_options: {accent: "#ccffcc"}', "contrast"),
        ('theme_options: {accent_dark: "#003300"}', "contrast"),
        ("theme: ../default", "no theme"),
    ],
)
def test_themes_that_cannot_be(make_content: Make, tmp_path: Path, build: Build, settings: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        build(make_content({"site.yaml": f"title: X\n{settings}\n"}), tmp_path / "site")
    assert words in caught.value.faults[0].message
    assert not (tmp_path / "site").exists()


def write_theme(folder: Path, declaration: str, templates: dict[str, str] = {}) -> tuple[Path, ...]:  # noqa: B006
    """Writes the theme `mine`; returns the folders of themes."""
    (folder / "mine" / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "mine" / "theme.yaml").write_text(declaration, "utf-8")
    for name, text in templates.items():
        (folder / "mine" / "templates" / name).write_text(text, "utf-8")
    return (folder,)


def read_sheet(site: Path) -> str:
    return next((site / "assets").glob("site.*.css")).read_text("utf-8")


def test_the_options_of_the_documents_theme_reach_templates_and_styles(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    document = (ROOT / "docs" / "themes.md").read_text("utf-8")
    (declaration,), (template,), (settings,) = (
        blocks(document, kind) for kind in ("yaml theme", "html template", "yaml site")
    )
    themes = write_theme(tmp_path / "themes", declaration, {"page.html": template})
    content = make_content({"site.yaml": f"title: X\n{settings}", "pages/about.md": "# About\n\ntext"})
    build(content, tmp_path / "site", themes=themes)
    page = tmp_path / "site" / "about" / "index.html"
    assert re.search(r"`(<p.*</p>)`", document)[1] in page.read_text("utf-8")  # type: ignore[index]
    assert read_sheet(tmp_path / "site").endswith(":root{--thread:#7a1f3d}\n:root{--paper:#ffffff}\n")
    # What theme.yaml and site.yaml say anew is built anew.
    write_theme(tmp_path / "themes", declaration.replace("Read slowly.", "Read twice."))
    (content / "site.yaml").write_text("title: X\ntheme: mine\n", "utf-8")
    build(content, tmp_path / "site", themes=themes)
    assert '<p class="in narrow">Read twice.</p>' in page.read_text("utf-8")
    assert ":root{--paper:#fffdf5}\n" in read_sheet(tmp_path / "site")


def test_a_site_that_sets_no_option_has_the_default_themes_styles_alone(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    build(make_content({}), tmp_path / "site")
    assets = find_builtin_themes() / "default" / "assets"
    texts = [(assets / name).read_text("utf-8").rstrip() + "\n" for name in ("tokens.css", "site.css", "literata.css")]
    sheet = read_sheet(tmp_path / "site")
    assert re.sub(r"url\(literata\.[0-9a-f]{12}\.woff2\)", "url(./literata.woff2)", sheet) == "".join(texts)


def test_a_typeface_is_preloaded_and_a_site_may_have_none(make_content: Make, tmp_path: Path, build: Build) -> None:
    build(make_content({}), tmp_path / "site")
    (font,) = (path.name for path in (tmp_path / "site" / "assets").glob("literata.*.woff2"))
    assert f"url({font})" in read_sheet(tmp_path / "site")
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert f'<link rel="preload" href="/assets/{font}" as="font" type="font/woff2" crossorigin>' in home
    assert list((tmp_path / "site" / "assets").glob("literata.*.txt")), "its licence goes with it"
    build(make_content({"site.yaml": "title: X\ntheme_options: {typeface: system}\n"}), tmp_path / "site")
    assert not list((tmp_path / "site" / "assets").glob("literata.*"))
    assert "literata" not in read_sheet(tmp_path / "site").lower()
    assert "preload" not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_theme_has_a_typeface_of_its_own(make_content: Make, tmp_path: Path, build: Build) -> None:
    declaration = "name: Mine\noptions:\n  typeface: {values: [own, literata, system], default: own}\n"
    themes = write_theme(tmp_path / "themes", declaration)
    assets = tmp_path / "themes" / "mine" / "assets"
    assets.mkdir()
    content = make_content({"site.yaml": "title: X\ntheme: mine\n"})
    (assets / "own.css").write_text("@font-face{src:url(./own.woff2)}a{background:url(./gone.png)}", "utf-8")
    with pytest.raises(InputError) as caught:
        build(content, tmp_path / "site", themes=themes)
    assert caught.value.faults[0].message == "the typeface 'own' has no file assets/own.woff2"
    (assets / "own.woff2").write_bytes(b"wOF2")
    build(content, tmp_path / "site", themes=themes)
    (font,) = (path.name for path in (tmp_path / "site" / "assets").glob("*.woff2"))
    assert read_sheet(tmp_path / "site").endswith(f"@font-face{{src:url({font})}}a{{background:url(./gone.png)}}\n")


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_typeface_has_the_same_bytes_each_time(seed: str) -> None:
    script = "import sys; from release.typeface import make_typeface; sys.stdout.buffer.write(make_typeface())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": f"17{seed}0000000"}
    written = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert written.stdout == (find_builtin_themes() / "default" / "assets" / "literata.woff2").read_bytes()
    assert 38_000 < len(written.stdout) < 43_000


@pytest.mark.parametrize(
    ("declaration", "words"),
    [
        ("options: red", "a mapping"),
        ("options: {Red: x}", "no name of an option"),
        ("options: {size: {typo: x}}", "no key of an option"),
        ("options: {size: {type: number}}", "no type"),
        ("options: {size: {type: choice, values: [a, b], default: c}}", "no choice"),
        ("options: {size: {type: choice, values: a, default: a}}", "not of its form"),
        ("options: {ink: {type: colour, default: red}}", "not a colour"),
        ('options: {ink: {default: "#000000", grounds: [white]}}', "not a colour"),
        ('options: {ink: {default: "#777777", grounds: ["#888888"]}}', "contrast"),
        ("options: {ink: {default: x, property: ink}}", "custom property"),
        ("options: {ink: {default: x, scheme: light}}", "no scheme"),
        ("options: {ink: {default: 'x}', property: --ink}}", "cannot stand in a stylesheet"),
        ("options: {accent: yellow}", "not a colour"),
        ("options: {typeface: {default: helvetica}}", "no choice"),
    ],
)
def test_declarations_that_cannot_be(
    make_content: Make, tmp_path: Path, build: Build, declaration: str, words: str
) -> None:
    themes = write_theme(tmp_path / "themes", f"name: Mine\n{declaration}\n")
    with pytest.raises(InputError) as caught:
        build(make_content({"site.yaml": "title: X\ntheme: mine\n"}), tmp_path / "site", themes=themes)
    (fault,) = caught.value.faults
    assert words in fault.message
    assert (fault.file, fault.line, fault.field) == ("themes/mine/theme.yaml", 2, "options")
    assert fault.remedy


@pytest.mark.parametrize(
    ("settings", "words"),
    [("{measure: tight}", "no choice"), ("{paper_color: red}", "no option"), ("{paper_colour: red}", "not a colour")],
)
def test_values_that_a_declaration_refuses(
    make_content: Make, tmp_path: Path, build: Build, settings: str, words: str
) -> None:
    declaration = blocks((ROOT / "docs" / "themes.md").read_text("utf-8"), "yaml theme")[0]
    themes = write_theme(tmp_path / "themes", declaration)
    content = make_content({"site.yaml": f"title: X\ntheme: mine\ntheme_options: {settings}\n"})
    with pytest.raises(InputError) as caught:
        build(content, tmp_path / "site", themes=themes)
    (fault,) = caught.value.faults
    assert words in fault.message
    assert (fault.file, fault.line, fault.field) == ("content/site.yaml", 3, "theme_options")


def test_scripts_are_led_to_the_named_scripts() -> None:
    theme = load_theme(Config(), ROOT / "content", ())
    assets = collect_assets(theme)
    assert {"site.css", "search.js", "theme.js", "favicon.svg"} <= set(assets)
    assert "tokens.css" not in assets


def test_a_fragment_is_rendered_once_for_equal_values() -> None:
    theme = make_theme(
        {"a.html": "{% keep word %}<{{ word }}>{% endkeep %}", "b.html": "{% keep 1 %}{{ word }}{% endkeep %}"}
    )
    assert [render(theme, "a.html", Words(word)) for word in ("a&b", "c", "a&b")] == ["<a&amp;b>", "<c>", "<a&amp;b>"]
    # A change that its values do not contain has no effect: the values are the key.
    assert [render(theme, "b.html", Words(word)) for word in ("first", "second")] == ["first", "first"]


@given(st.text() | st.integers() | st.none() | st.booleans() | st.text().map(Markup))
def test_escaping_is_that_of_markupsafe(value: object) -> None:
    assert escape_text(value) == escape(value)


@pytest.mark.parametrize("attribute", ["__class__", "_secret", "__init__.__globals__"])
def test_values_of_the_contract_are_readable_except_private_names(attribute: str) -> None:
    theme = make_theme({"a.html": f"{{{{ word.name }}}}{{{{ word.{attribute} }}}}"})
    with pytest.raises(InputError):
        render(theme, "a.html", Words(Reference("name")))  # type: ignore[arg-type]
