from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from paperbound.config import Config
from paperbound.languages import Language, find_language
from paperbound.model.errors import InputError
from paperbound.themes.loader import collect_assets, load_theme
from paperbound.themes.scripts import put_phrases
from surroundings import ROOT

HOSTILE = {"a.plain": '"it\'s" \\ `${{1}}` </script>', "a.fill": "`\\${{x}} {name}` of {total}"}
FORMS = {"one": "{count} plik: {name}", "few": "{count} pliki: {name}", "other": "{count} pliku: {name}"}


def run(script: str) -> object:
    done = subprocess.run(["node", "-e", script], capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def test_phrases_are_written_into_scripts_with_their_plural_forms() -> None:
    language = Language("pl", HOSTILE | {"a.count": FORMS})
    script = """const [a, total] = [{ b: ["<`${2}`>"] }, 1234];
    const f = (n, name) => t("a.count", { count: n, name });
    console.log(JSON.stringify([t("a.plain"), t("a.fill", { name: a.b[0], total }), f(1, "a"), f(3, "b"), f(5, "c")]));"""
    wanted = [language.t("a.plain"), language.t("a.fill", name="<`${2}`>", total=1234)]
    wanted += [language.t("a.count", count=count, name=name) for count, name in ((1, "a"), (3, "b"), (5, "c"))]
    found = put_phrases(script, language, "a.js")
    assert run(found) == wanted
    assert "pliki: " not in put_phrases('t("a.plain")', language, "a.js")


def test_what_is_no_phrase_is_left_as_it_is() -> None:
    for script in ('t("click")', 'x.t("mail.web")', "t(`mail.web`)", 'at("mail.web")', 't("./mail.js")'):
        assert put_phrases(script, find_language("en"), "a.js") == script


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('let a;\nt("mail.wbe")', "no phrase 'mail.wbe'. Did you mean 'mail.web'?"),
        ('let a;\nt("mail.papers")', "the phrase 'mail.papers' has the values count, not none"),
        ('let a;\nt("mail.papers", { n })', "the phrase 'mail.papers' has the values count, not n"),
        ('let a;\nt("mail.papers", { count: a() })', "the values of 'mail.papers' are no names"),
        ('let a;\nt("mail.papers", a)', "the values of 'mail.papers' are no names"),
    ],
)
def test_a_key_without_a_phrase_names_file_and_line(script: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        put_phrases(script, find_language("en"), "a.js")
    fault = caught.value.faults[0]
    assert (fault.file, fault.line) == ("a.js", 2)
    assert words in fault.message


def test_a_script_of_a_theme_is_named_with_its_folder(tmp_path: Path) -> None:
    theme = tmp_path / "themes" / "mine"
    (theme / "assets").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: Mine\n", "utf-8")
    (theme / "assets" / "mine.js").write_text('alert(t("mine.hello"));\n', "utf-8")
    with pytest.raises(InputError, match=r"^themes/mine/assets/mine\.js:1: there is no phrase 'mine\.hello'"):
        collect_assets(load_theme(Config(theme="mine"), ROOT / "content", (theme.parent,)))


def test_no_script_formats_for_a_language_of_its_own() -> None:
    # Numbers and dates follow the page, whose language is on its root element.
    for script in (ROOT / "themes/default/assets").glob("*.js"):
        assert not re.search(r"toLocale\w*String\(\s*[\"'`)]|Intl\.\w+\(\s*[\"'`)]", script.read_text("utf-8")), (
            script.name
        )


def test_results_of_a_search_write_dates_as_the_language_does() -> None:
    script = (ROOT / "themes/default/assets/search.js").read_text("utf-8")
    parts = [
        re.search(one, script, re.DOTALL | re.MULTILINE)
        for one in (r"^const months = .*?;$", r"^function showDate.*?^}$")
    ]
    source = "\n".join(part[0] for part in parts if part)
    for code, wanted in (
        ("de", ["29. Feb. 2024", "Feb. 2024", "2024"]),
        ("ja", ["2024年2月29日", "2024年2月", "2024"]),
    ):
        said = 'console.log(JSON.stringify(["2024-02-29", "2024-02", "2024"].map(showDate)));'
        assert run(put_phrases(source, find_language(code), "a.js") + said) == wanted
