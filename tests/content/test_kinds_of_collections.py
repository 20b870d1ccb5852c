"""Kinds of collections: editions, reading lists, and the sessions of a conference with their programme."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperbound.cli import main
from paperbound.content import folder

Make = Callable[[dict[str, str | bytes]], Path]


def session(title: str, time: str, *papers: str, day: str = "2026-07-14", more: str = "") -> str:
    line = f'time: "{time}"\n' if time else ""
    return f"title: {title}\nkind: session\ndate: {day}\n{line}{more}papers: [{', '.join(papers)}]\n"


CONFERENCE: dict[str, str | bytes] = {
    "site.yaml": "title: Salt 2026\n",
    "papers/a.yaml": "title: Salt\nauthors: [Ada Kern]\n",
    "papers/b.yaml": "title: Flats\n",
    "papers/c.yaml": "title: Crusts\n",
    "collections/poster.yaml": session("Posters", "", "c", day="2026-07-15"),
    "collections/first.yaml": session(
        "Opening", "9:00 – 10:30", "b", "a", more="room: Hall B\nchair: Ada Kern\ntrack: Main\n"
    ),
    "collections/second.yaml": session("Crusts and flats", "11:00", "c"),
    "collections/read.yaml": "title: To read\nkind: list\npapers: [c, a]\n",
}


def build(content: Path, site: Path) -> int:
    return main(["build", "--content", str(content), "--output", str(site), "--quiet"])


def test_the_programme_has_the_sessions_in_their_order(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(CONFERENCE), tmp_path / "site"
    assert build(content, site) == 0
    page = (site / "programme" / "index.html").read_text("utf-8")
    assert re.findall(r'<h2 id="day-([^"]+)"', page) == ["2026-07-14", "2026-07-15"]
    found = re.findall(r'<h3><a href="/collections/[\w-]+/">([^<]+)</a></h3>', page)
    assert found == ["Opening", "Crusts and flats", "Posters"]
    assert "<b>09:00 to 10:30</b> · Main · Hall B · Chair: Ada Kern" in page
    assert page.index(">Flats<") < page.index(">Salt<")
    home = (site / "index.html").read_text("utf-8")
    assert '<a href="/programme/">Programme</a>' in home
    # No session leads the home page, and none is an edition.
    assert ">Papers</h2>" in home
    assert "table" not in (site / "collections" / "index.html").read_text("utf-8")
    (content / "collections" / "second.yaml").write_text(session("Crusts", "08:00", "c"), "utf-8")
    assert build(content, site) == 0
    found = re.findall(r"<h3><a[^>]*>([^<]+)</a></h3>", (site / "programme" / "index.html").read_text("utf-8"))
    assert found == ["Crusts", "Opening", "Posters"]
    for name in ("first", "second", "poster"):
        (content / "collections" / f"{name}.yaml").unlink()
    assert build(content, site) == 0
    assert not (site / "programme").exists()


def test_a_session_has_its_facts_and_neighbours_and_no_ranks(make_content: Make, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(make_content(CONFERENCE), site) == 0
    page = (site / "collections" / "second" / "index.html").read_text("utf-8")
    assert "14 July 2026 · 11:00" in page
    assert "ranked" not in page
    assert re.findall(r'href="/collections/([\w-]+)/" rel="(prev|next)"', page) == [
        ("first", "prev"),
        ("poster", "next"),
    ]
    assert 'class="ranked"' in (site / "collections" / "read" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        ("kind: sesion\npapers: [a]\n", "kind", "'sesion' is no kind of collection"),
        ("kind: session\npapers: [a]\n", "date", "a session has a day"),
        ("kind: session\ndate: 2026-07\npapers: [a]\n", "date", "a session has a day"),
        ('kind: session\ndate: 2026-07-14\ntime: "25:00"\npapers: [a]\n', "time", "is no time of a day"),
        ('kind: session\ndate: 2026-07-14\ntime: "11:00-10:00"\npapers: [a]\n', "time", "ends before it begins"),
        ("kind: list\ndate: 2026-07-14\npapers: [a]\n", "date", "a reading list has no date"),
        ("kind: edition\npapers: [a]\n", "date", "an edition has a date"),
        ("room: Hall B\npapers: [a]\n", "room", "only a session has the field"),
    ],
)
def test_faults_of_kinds_name_the_field(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, field: str, said: str
) -> None:
    content = make_content({"site.yaml": "title: S\n", "papers/a.yaml": "title: A\n", "collections/x.yaml": text})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--json"]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [(one["file"], one["field"]) for one in errors] == [(f"{content.name}/collections/x.yaml", field)]
    assert said in errors[0]["message"]


def test_an_import_keeps_what_a_session_is(make_content: Make, tmp_path: Path) -> None:
    content = make_content(CONFERENCE)
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "d", "title": "New"}) + "\n", "utf-8")
    assert main(["import", str(rows), "--content", str(content), "--collection", "first", "--update"]) == 0
    written = (content / "collections" / "first.yaml").read_text("utf-8")
    for line in ("kind: session", "date: '2026-07-14'", "time: 09:00-10:30", "room: Hall B", "track: Main"):
        assert line.replace("'", "") in written.replace("'", ""), written


def test_an_import_while_a_build_reads_is_no_fault(
    make_content: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record and the collection that names it come after the records were read: the next build shows both."""
    content, site = make_content({"site.yaml": "title: T\n", "papers/a.yaml": "title: A\n"}), tmp_path / "site"
    read = folder.read_chunks

    def read_and_import(*arguments: Any) -> Any:
        found = read(*arguments)
        (content / "papers" / "b.yaml").write_text("title: B\n", "utf-8")
        (content / "collections").mkdir()
        (content / "collections" / "c.yaml").write_text("title: C\npapers: [b]\n", "utf-8")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(folder, "read_chunks", read_and_import)
        assert build(content, site) == 0
    assert not (site / "papers" / "b").exists()
    assert build(content, site) == 0
    assert (site / "papers" / "b").exists()
    assert (site / "collections" / "c").exists()
