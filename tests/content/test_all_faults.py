"""The owner's files besides records: all faults of a file together, each with its line and field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.mail.recipients import read_recipients
from paperbound.model.build import Source
from paperbound.model.errors import Fault

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
