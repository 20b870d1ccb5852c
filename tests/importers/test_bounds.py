"""Bounds of a record and of a file: beyond each there is a named fault, or the text as it stands; never a hang."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from paperbound.cli import main
from paperbound.importers.fields import LARGEST
from paperbound.markup.markdown import BRACKETS
from paperbound.markup.math import LONGEST, render_math
from paperbound.markup.texts import parse_text
from paperbound.storage import sources
from surroundings import read_records

Make = Callable[[dict[str, str | bytes]], Path]


def test_a_record_of_over_a_million_characters_is_a_fault() -> None:
    records, faults = read_records("yaml", f"title: A\nabstract: {'x ' * (LARGEST // 2)}\n")
    assert records == []
    assert [(fault.warning, fault.remedy) for fault in faults] == [(False, "At most 1,000,000 are taken.")]
    records, faults = read_records("yaml", f"title: A\nabstract: {'x ' * (LARGEST // 2 - 10)}\n")
    assert len(records) == 1
    assert faults == []


REPEATED = (
    f"title: A\nauthors: [&a {'x' * 1_000}{', *a' * 2_000}]\n",
    f"title: A\nextra: {{a: &a {'x' * 1_000}, b: [{'*a, ' * 2_000}]}}\n",
    f"title: A\nextra: {{a: &a [x, y, z], b: &b [{'*a, ' * 600}], c: [{'*b, ' * 600}]}}\n",
    f"title: A\nawards: ['{'x' * (LARGEST + 1)}']\n",
)


@pytest.mark.parametrize("text", REPEATED, ids=["authors", "extra", "aliases of aliases", "one item"])
def test_a_record_is_as_long_as_all_that_is_in_it(text: str) -> None:
    records, faults = read_records("yaml", text)
    assert records == []
    assert [fault.remedy for fault in faults] == ["At most 1,000,000 are taken."]
    row = json.dumps(yaml.safe_load(text))
    records, faults = read_records("jsonl", f"{row}\n")
    assert [(record.title, record.authors, record.awards, record.extra) for record in records] == [("A", (), (), {})]
    assert [(fault.warning, fault.remedy) for fault in faults] == [(True, "At most 1,000,000 are taken.")]


@pytest.mark.parametrize("deep", ["a: " + "[" * 101 + "]" * 101, "a: " + "{b: " * 101 + "}" * 101, "- " * 101 + "a"])
def test_values_nested_over_a_hundred_deep_are_a_fault(deep: str) -> None:
    records, faults = read_records("yaml", f"{deep}\n")
    assert records == []
    assert any("nested over 100 deep" in fault.message and fault.line for fault in faults)


@pytest.mark.parametrize("text", ['{"title": "A", "volume": %s}\n', '[{"title": "A", "volume": %s}]'])
def test_a_number_of_any_length_loses_no_paper(text: str) -> None:
    digits = "9" * 20_000
    records, faults = read_records("jsonl", text % digits + "\n")
    assert [(record.title, record.volume) for record in records] == [("A", digits)]
    assert faults == []


def test_a_number_of_any_length_loses_no_paper_of_a_service() -> None:
    rows = '{"results": [{"id": "https://openalex.org/W1", "title": "A", "cited_by_count": %s}, {"id": "https://openalex.org/W2", "title": "B"}]}'
    records, _ = read_records("openalex", rows % ("9" * 20_000))
    assert [record.title for record in records] == ["A", "B"]


def test_json_that_is_nested_too_deep_is_named_in_plain_words() -> None:
    deep = '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}"
    for text in (f'{deep}\n{{"title": "A"}}\n', f'[{{"title": "A"}}, {deep}]'):
        records, faults = read_records("jsonl", text)
        assert [record.title for record in records] == ["A"]
        assert any("nested too deep" in fault.message and fault.warning for fault in faults)


def test_a_cell_may_be_as_long_as_a_record() -> None:
    text = "word " * 100_000
    records, faults = read_records("csv", f'title,abstract,date\nA,"{text}",2024\nB,"open\n')
    assert [record.title for record in records] == ["A", "B"]
    assert records[0].abstract == text.strip()
    assert [fault.line for fault in faults if "quotation mark" in fault.message] == [3]


def test_a_formula_of_over_ten_thousand_characters_is_shown_as_it_stands() -> None:
    formula = "x+" * (LONGEST // 2) + "x"
    assert render_math(formula) == f"<code>${formula}$</code>"
    assert render_math(formula[: LONGEST - 1]).startswith("<math")
    records, faults = read_records("yaml", f"title: A\nabstract: ${formula}$\n")
    assert len(records) == 1
    assert all(fault.warning for fault in faults)


def test_a_text_of_over_five_hundred_brackets_is_plain_with_a_warning() -> None:
    text = "[a](b) *c* " * (BRACKETS + 1)
    records, faults = read_records("yaml", f"title: A\nabstract: '{text}'\n")
    assert [(fault.warning, fault.field, fault.remedy) for fault in faults] == [
        (True, "abstract", "It is shown as plain text.")
    ]
    assert parse_text("abstract", records[0].abstract).plain == text.strip()
    assert "<a " not in parse_text("abstract", text).html
    few = "[a](https://a.test/) " * (BRACKETS - 1)
    assert read_records("yaml", f"title: A\nabstract: '{few}'\n")[1] == []


def test_control_characters_are_removed_with_a_warning() -> None:
    records, faults = read_records("yaml", 'title: "A\\x07 \\x1bB"\nabstract: "c\\u0085d\\x00"\n')
    assert records[0].title == "A B"
    assert [(fault.warning, fault.field) for fault in faults] == [(True, "title"), (True, "abstract")]
    assert all("control character" in fault.message and fault.line for fault in faults)


def test_a_file_that_is_too_large_is_a_fault_with_its_name(
    make_content: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n", "papers/b.jsonl": '{"title": "x"}\n' * 20})
    monkeypatch.setattr(sources, "LARGEST", 100)
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    assert "content/papers/b.jsonl: the file is larger than" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_link_of_a_theme_that_leads_outside_is_not_followed(make_content: Make, tmp_path: Path) -> None:
    content = make_content({"site.yaml": "title: T\ntheme: mine\n", "papers/a.yaml": "title: A\n"})
    (tmp_path / "secret.css").write_text("/* secret */", "utf-8")
    theme = tmp_path / "themes" / "mine"
    (theme / "assets").mkdir(parents=True)
    (theme / "templates").mkdir()
    (theme / "theme.yaml").write_text("name: Mine\n", "utf-8")
    (theme / "assets" / "own.css").symlink_to(tmp_path / "secret.css")
    (theme / "assets" / "kept.css").write_text("/* kept */", "utf-8")
    (theme / "templates" / "404.html").symlink_to(tmp_path / "secret.css")
    words = ["build", "--quiet", "--content", str(content), "--output", str(tmp_path / "site")]
    assert main([*words, "--themes", str(tmp_path / "themes")]) == 0
    texts = [file.read_text("utf-8", "replace") for file in (tmp_path / "site").rglob("*") if file.is_file()]
    assert not any("secret" in text for text in texts)
    assert any("kept" in text for text in texts)
