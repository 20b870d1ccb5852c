"""The owner's files besides records: all faults of a file together, each with its line and field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.mail.recipients import read_recipients
from paperbound.model.build import Source
from paperbound.model.errors import Fault, FieldError, merge_errors
from paperbound.themes.options import declare_options

Make = Callable[[dict[str, str | bytes]], Path]
Places = set[tuple[int, str]]
FILES: list[tuple[str, str, Places]] = [
    (
        "collections/week.yaml",
        "titel: The week\ndate: 2026-13-01\nrank_by: Up votes\npapers: a\nread_at: noon\nroom: B\nreasons: [a]\n",
        {(1, "titel"), (2, "date"), (3, "rank_by"), (4, "papers"), (5, "read_at"), (6, "room"), (7, "reasons")},
    ),
    (
        "collections/talks.yaml",
        "kind: session\ndate: 2026-07\ntime: 25:00\nchair: [Ada]\npapers: {a: b}\n",
        {(2, "date"), (3, "time"), (4, "chair"), (5, "papers")},
    ),
    # A session whose date is none has no second fault for it; a kind that is none says nothing of other fields.
    ("collections/a.yaml", "kind: session\ndate: soon\ntime: 11-10\n", {(2, "date"), (3, "time")}),
    ("collections/b.yaml", "kind: sesion\nroom: B\ntime: 9\nsource: [x]\n", {(1, "kind"), (4, "source")}),
    ("collections/c.yaml", "- title: One\n- title: Two\n- title: Three\n", {(2, ""), (3, "")}),
    (
        "tags.yaml",
        "- {slug: Salt Flats, name: [Salt]}\n- slug: b\n  parent: gone\n  match: salt\n  colour: red\n"
        "- {slug: b}\n- {slug: c, parent: c}\n",
        {(1, "slug"), (1, "name"), (3, "parent"), (4, "match"), (5, "colour"), (6, "slug"), (7, "parent")},
    ),
    (
        "authors.yaml",
        "- name: Ada Kern\n  orcid: 0000-0000-0000-0000\n  url: ftp://x\n  picture: ada.png\n  since: long ago\n"
        "  variants: A. Kern\n- {name: Ada Kern}\n- {nmae: Bo Kern, until: 2020}\n",
        {(2, "orcid"), (3, "url"), (4, "picture"), (5, "since"), (6, "variants"), (7, "id"), (8, "nmae"), (8, "until")},
    ),
    (
        "news.yaml",
        "- {date: 2026-02-30, text: '![a](a.png) ![b](b.png)', by: Ada}\n- {titel: A prize}\n",
        {(1, "date"), (1, "text"), (1, "by"), (2, "titel"), (2, "date"), (2, "text")},
    ),
    ("gaps.yaml", "- {serie: daily, date: 2026-05, reason: [a]}\n- {}\n", {(1, "serie"), (1, "date"), (1, "reason"), (2, "date")}),
    (
        "searches.yaml",
        "- {slug: A B, query: '-salt', feed: yes}\n- {title: Salt, query: salt}\n- {title: Salt, query: ''}\n",
        {(1, "slug"), (1, "query"), (1, "feed"), (1, "title"), (3, "slug"), (3, "query")},
    ),
    ("synonyms.yaml", "- [salt, [a], the]\n- [crust, salt]\n- [brine]\n", {(1, ""), (2, ""), (3, "")}),
    (
        "languages/nl.yaml",
        "base: xx\nlist.paper: {one: a}\nmissing.deck: [a]\nlayout.direction: up\n",
        {(1, "base"), (2, "list.paper"), (3, "missing.deck"), (4, "layout.direction")},
    ),
    ("pages/about.md", "---\ntitle: [a]\ncolour: red\n---\nText.\n", {(2, "title"), (3, "colour")}),
    ("papers/a.md", "---\ntitle: A\nbody: title\ndate: soon\n---\nText.\n", {(3, "body"), (4, "date")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "places"), FILES, ids=[name for name, _, _ in FILES])
def test_all_faults_of_a_file_are_reported_together(
    make_content: Make, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, places: Places
) -> None:
    content = make_content({"site.yaml": "title: Salt\n", name: text})
    assert main(["build", "--json", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {one["file"] for one in errors} == {f"{content.name}/{name}"}
    assert {(one["line"], one["field"]) for one in errors} == places
    assert all(one["message"] and one["remedy"] for one in errors)


NESTED: list[tuple[str, str, list[str]]] = [
    ("tags.yaml", "- {slug: a, match: [b, c]}\n- {slug: d, match: [b, c]}", ["'b' stands under", "'c' stands under"]),
    ("tags.yaml", "- {slug: a, match: [{x: y}, [z], ok]}", ["{'x': 'y'} is no", "['z'] is no"]),
    ("tags.yaml", "- {slug: a}\n- b\n- c\n- [d]", ["a mapping of fields is expected here, and in the lines 3, 4"]),
    ("synonyms.yaml", "- [salt, {a: b}, [c]]", ["not {'a': 'b'}", "not ['c']"]),
    ("synonyms.yaml", "- a\n- [salt, brine]\n- {b: c}", ["a list is expected here, and in the lines 3"]),
    ("authors.yaml", "- {name: Ada, variants: [{a: b}, [c]]}", ["{'a': 'b'} is no name", "['c'] is no name"]),
    ("site.yaml", "title: T\nnav: [{pagx: a}, {title: b}, papers]", ["{'pagx': 'a'}: an entry", "{'title': 'b'}: an entry"]),
    ("site.yaml", "title: T\nnav: [{title: A, pages: [{a: b}, {c: d}]}]", ["{'a': 'b'}: an entry", "{'c': 'd'}: an entry"]),
    ("site.yaml", "title: T\nhome: {beside: [nwes, pepole]}", ["'nwes' is no block", "'pepole' is no block"]),
    ("site.yaml", "title: T\nlanguages: [en, {kode: de}, x!]", ["{'kode': 'de'}: a language", "'x!' is not a language"]),
    ("site.yaml", "title: T\nredirects: {a: /b/, /c.html: d}", ["'a' is no address", "'d' is no address"]),
    ("site.yaml", "title: T\nchecks: {missing-date: of, no-doi: bad, b: off}", ["date: 'of' is no", "doi: 'bad' is no"]),
    ("site.yaml", "title: T\ncitation_styles: [apaa, apa, ieeee]", ["'apaa' is no style", "'ieeee' is no style"]),
    (
        "site.yaml",
        "title: T\nsubscribe: {acton: x, feld: y}",
        ["a mapping with 'action'", "'acton' is no setting", "'feld' is no setting"],
    ),
    ("site.yaml", "title: T\ndigest: {from: x, smtp: a b, security: c}", ["'a b' is not a mail", "'c' is not a choice"]),
    ("site.yaml", "title: T\ntheme_options: {accent: {a: b}, density: {c: d}}", ["'accent' is a text", "'density' is a text"]),
    ("site.yaml", "title: T\ntheme_options: {accnt: a, densty: b}", ["no option 'accnt'", "no option 'densty'"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "messages"), NESTED)
def test_all_faults_of_a_list_or_a_mapping_are_named(
    make_content: Make, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, messages: list[str]
) -> None:
    content = make_content({"site.yaml": "title: Salt\n", name: text})
    assert main(["build", "--json", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    said = "\n".join(one["message"] for one in errors)
    assert [message for message in messages if message not in said] == []
    assert {one["file"] for one in errors} == {f"{content.name}/{name}"}


def test_all_faults_of_a_theme_are_named() -> None:
    declared = {
        "A-b": "x",
        "c": {"defalt": "3", "typ": "b"},
        "d": {"type": "list", "values": ["a"], "default": ["x", "y"]},
    }
    with pytest.raises(FieldError) as caught:
        declare_options(declared, {})
    for words in ("'A-b' is no name", "'defalt' is no key", "'typ' is no key", "'x' is no choice", "'y' is no choice"):
        assert words in caught.value.message


def test_faults_of_a_thousand_are_shown_in_part() -> None:
    error = merge_errors(FieldError("nav", f"fault {number}", "Mend it.") for number in range(1_000))
    assert error.message.endswith("fault 9; 990 more faults")
    assert error.remedy == "Mend it."


def test_a_group_of_synonyms_names_each_faulty_one(make_content: Make, capsys: pytest.CaptureFixture[str]) -> None:
    content = make_content({"site.yaml": "title: Salt\n", "synonyms.yaml": "- [salt, [a], the]\n- [brine, salt]\n"})
    assert main(["check", "--content", str(content)]) == 1
    printed = capsys.readouterr().err
    assert [message in printed for message in ("a synonym is a text", "'the' begins with", "'salt' is 'salt'")] == [
        True, True, True,
    ]  # fmt: skip


def test_all_faults_of_a_subscriber_are_reported_together() -> None:
    faults: list[Fault] = []
    text = b"- {address: x, frequency: hourly, language: xx, tags: {a: b}}\n- {adress: a@example.org, query: [a]}\n"
    assert read_recipients(Source("list.yaml", text), faults.append) == ()
    found = {(fault.line, fault.field) for fault in faults}
    assert found == {
        (1, "address"), (1, "frequency"), (1, "language"), (1, "tags"), (2, "adress"), (2, "query"),
    }  # fmt: skip
