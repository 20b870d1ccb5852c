from __future__ import annotations

import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from markupsafe import Markup

from paperbound.languages import LANGUAGES, Language, PhraseError, find_direction, find_language, list_placeholders
from paperbound.model.date import PartialDate
from surroundings import ROOT

ENGLISH = find_language("en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_phrase_with_its_placeholders_and_plural_forms(code: str) -> None:
    from babel import Locale

    language = find_language(code)
    own = import_module(f"paperbound.languages.{code}").PHRASES
    assert language.code == code
    assert own["layout.direction"] == find_direction(code)
    assert own.keys() == ENGLISH.phrases.keys()
    categories = {*Locale(code).plural_form.tags, "other"}
    for key, phrase in own.items():
        assert list_placeholders(phrase) == list_placeholders(ENGLISH.phrases[key]), key
        assert isinstance(phrase, str) == isinstance(ENGLISH.phrases[key], str), key
        assert isinstance(phrase, str) or phrase.keys() == categories, key
        assert all([phrase] if isinstance(phrase, str) else phrase.values()), key
    for months in ("date.months", "date.short_months", "mail.months"):
        assert len(own[months].split()) == 12
    for days in ("calendar.weekdays", "calendar.short_weekdays"):
        assert len(own[days].split()) == 7


def test_a_tag_finds_its_language_and_english_where_there_is_none() -> None:
    assert find_language("de-AT").code == "de"
    assert find_language("tlh").code == "en"


def test_a_count_chooses_the_form_and_is_grouped() -> None:
    polish = Language("pl", {"files": {"one": "{count} plik", "few": "{count} pliki", "other": "{count} pliku"}})
    assert [polish.t("files", count=count) for count in (1, 2, 1234, 5)] == [
        "1 plik",
        "2 pliki",
        "1\xa0234 pliki",
        "5 pliku",
    ]
    assert ENGLISH.t("mail.papers", count=1) == "1 paper"
    assert ENGLISH.t("mail.papers", count=1_000) == "1,000 papers"


def test_a_value_is_never_markup_unless_it_says_so() -> None:
    language = Language("en", {"a": "<{one}> & {other}", "b": "{one.__class__}"})
    assert language.t("a", one="<b>", other="{one}") == "<<b>> & {one}"
    mixed = language.t("a", one=Markup("<b>x</b>"), other="<i>{one}")
    assert mixed == Markup("&lt;<b>x</b>&gt; &amp; &lt;i&gt;{one}")
    assert isinstance(mixed, Markup)


def test_unknown_keys_and_missing_values_are_errors() -> None:
    with pytest.raises(PhraseError, match=r"no phrase 'mail\.paper'. Did you mean 'mail\.papers'"):
        ENGLISH.t("mail.paper")
    for values in ({}, {"number": 3}):
        with pytest.raises(PhraseError, match=r"'mail\.papers' needs the value 'count'"):
            ENGLISH.t("mail.papers", **values)
    with pytest.raises(PhraseError, match="needs the value 'date'"):
        ENGLISH.t("mail.since")


def test_dates_say_no_more_than_is_known() -> None:
    dates = [PartialDate.parse(text) for text in ("2025-09-01", "2025-09", "2025")]
    assert [find_language("en").show_date(date, "mail") for date in dates] == [
        "1 September 2025",
        "September 2025",
        "2025",
    ]
    assert [find_language("zh").show_date(date, "mail") for date in dates] == ["2025年9月1日", "2025年9月", "2025"]


def test_dates_of_pages_have_long_and_short_months() -> None:
    dates = [PartialDate.parse(text) for text in ("2025-09-01", "2025-09", "2025")]
    assert [ENGLISH.show_date(date) for date in dates] == ["1 September 2025", "September 2025", "2025"]
    assert [ENGLISH.show_short(date) for date in dates] == [("1 Sep 2025", "1 Sep"), ("Sep 2025", "Sep"), ("2025", "")]


def test_dates_of_pages_are_written_as_the_language_writes_them() -> None:
    dates = [PartialDate.parse(text) for text in ("2026-02-02", "2026-02")]
    assert {code: [find_language(code).show_date(date) for date in dates] for code in LANGUAGES} == {
        "en": ["2 February 2026", "February 2026"],
        "de": ["2. Februar 2026", "Februar 2026"],
        "fr": ["2 février 2026", "février 2026"],
        "es": ["2 de febrero de 2026", "febrero de 2026"],
        "pt": ["2 de fevereiro de 2026", "fevereiro de 2026"],
        "zh": ["2026年2月2日", "2026年2月"],
        "ja": ["2026年2月2日", "2026年2月"],
        "ar": ["2 فبراير 2026", "فبراير 2026"],
    }
    assert find_language("ja").show_short(dates[0]) == ("2026年2月2日", "2月2日")
    assert find_language("zh").show_short(dates[1]) == ("2026年2月", "2月")


def test_arabic_and_french_count_by_their_own_categories() -> None:
    arabic = find_language("ar")
    assert [arabic.t("list.papers", count=count) for count in (0, 1, 2, 3, 11, 100)] == [
        "لا أوراق",
        "ورقة واحدة",
        "ورقتان",
        "3 أوراق",
        "11 ورقة",
        "100 ورقة",
    ]
    assert arabic.t("tags.count", count=11) == "11 موضوعًا"
    assert find_language("fr").t("list.papers", count=0) == "0 article"
    assert find_language("fr").t("list.papers", count=1_000_000) == "1\u202f000\u202f000 d’articles"
    assert find_language("pt").t("tags.count", count=1_000_000) == "1.000.000 de temas"


def test_names_are_joined_and_many_are_cut_short() -> None:
    chinese = Language("zh", {**ENGLISH.phrases, "layout.comma": "、", "entry.others": "等{count}人"})
    assert ENGLISH.join_names("ABCD", 4) == "A, B, C, D"
    assert ENGLISH.join_names("ABCDE", 4) == "A, B, C and 2 more"
    assert chinese.join_names("ABCDE", 4) == "A、B、C 等2人"
    assert [ENGLISH.join_all(names) for names in ("A", "AB", "ABC")] == ["A", "A and B", "A, B and C"]


def test_numbers_are_grouped_as_the_language_groups_them() -> None:
    numbers = {code: find_language(code).t("mail.papers", count=12_345) for code in LANGUAGES}
    assert numbers["en"] == "12,345 papers"
    assert numbers["de"] == "12.345 Arbeiten"
    assert numbers["fr"] == "12\u202f345 articles"
    assert [find_language(code).group(999) for code in LANGUAGES] == ["999"] * len(LANGUAGES)


def test_a_language_is_pickled_with_its_caches() -> None:
    english = Language("en", ENGLISH.phrases)
    english.t("mail.papers", count=1_000)
    assert pickle.loads(pickle.dumps(english)).t("mail.papers", count=2_000) == "2,000 papers"


def test_a_build_of_nothing_imports_no_plural_rules(tmp_path: Path) -> None:
    code = "import sys; from paperbound.cli import main; main(sys.argv[1:]); print('babel' in sys.modules)"
    arguments = ["build", "--quiet", "--content", str(ROOT / "tests/sites/minimal"), "--output", str(tmp_path / "site")]
    said = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        )
        said.append(done.stdout.strip())
    assert said[-1] == "False"
