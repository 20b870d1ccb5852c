"""`paperbound import`: files of all formats into a content folder, nothing lost, and a site that builds afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from paperbound.cli import main
from paperbound.commands.papers.import_papers import ImportOptions, import_files
from paperbound.importers.fields import UNTITLED
from paperbound.importers.files.opening import merge_untitled
from paperbound.model.errors import Fault
from paperbound.urls import OWN_FOLDERS
from surroundings import count_calls, read_tree

CASES = Path(__file__).parent / "importers" / "cases"
Make = Callable[[dict[str, Any]], Path]


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def report(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """The report of a command in JSON."""
    capsys.readouterr()
    main([*map(str, arguments), "--json"])
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def builds(content: Path, tmp_path: Path) -> bool:
    return run("build", "--content", content, "--output", tmp_path / "site", "--quiet") == 0


def read_papers(content: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (content / "papers").iterdir()}


def write_rows(file: Path, *rows: dict[str, Any]) -> Path:
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return file


def test_an_import_of_nothing_fails_and_an_empty_file_beside_papers_is_a_warning(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    (tmp_path / "empty.bib").write_bytes(b"")
    (tmp_path / "blank.bib").write_bytes(b" \n\n")
    (tmp_path / "a.bib").write_text("@misc{a, title={T}}\n", "utf-8")
    (tmp_path / "folder").mkdir()
    for names in (["empty.bib"], ["blank.bib", "empty.bib"], ["folder"]):
        assert run("import", *(tmp_path / name for name in names), "--content", content) == 1
        said = capsys.readouterr().err
        assert "error:" in said
        assert all(f"nothing is imported: no paper is in {tmp_path / names[0]}" in said for _ in names)
        assert said.count("the file is empty") == len([name for name in names if "." in name])
    assert run("import", tmp_path / "empty.bib", tmp_path / "a.bib", "--content", content) == 0
    assert "warning: " in capsys.readouterr().err
    assert list(read_papers(content)) == ["a"]
    assert run("import", tmp_path / "a.bib", "--content", content) == 0  # it is there already


def test_a_large_import_by_two_processes_is_that_by_one(
    make_content: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"id": f"p{number}", "title": f"Paper {number}", "doi": f"10.1234/{number % 3_000}", "note": "x" * 200,
         "abstract": f"$a_{number}$ and $\\frac$" if number % 40 == 0 else "", "odd": number, "authors": ["Kern, Ada"]}
        for number in range(3_100)
    ]  # fmt: skip
    file = write_rows(tmp_path / "rows.jsonl", *rows)
    assert file.stat().st_size > 1_000_000
    found = []
    for processes in (2, 1):
        monkeypatch.setattr("paperbound.storage.platform.CAN_FORK", processes == 2)
        content = make_content({})
        faults: list[Fault] = []
        options = ImportOptions(content, (file,))
        done = import_files(options, faults.append)
        assert (done.read, done.added) == (3_100, 3_100)
        found.append((read_tree(content), sorted(faults), [path.name for path in done.paths]))
        shutil.rmtree(content)
    assert found[0] == found[1]


@pytest.mark.parametrize("way", ["files", "folder", "build"])
def test_files_named_index_are_named_by_their_folders(make_content: Make, tmp_path: Path, way: str) -> None:
    content = make_content({})
    bundles = [CASES / "bundles" / name for name in ("salt-2021", "pepper-2022")]
    if way == "build":
        for bundle in bundles:
            shutil.copytree(bundle, content / "papers" / bundle.name)
    else:
        given = [bundle / "index.md" for bundle in bundles] if way == "files" else bundles
        assert run("import", *given, "--content", content) == 0
        assert sorted(read_papers(content)) == ["pepper-2022", "salt-2021"]
    assert builds(content, tmp_path)
    assert (tmp_path / "site" / "papers" / "salt-in-a-bundle").is_dir()
    assert (tmp_path / "site" / "papers" / "pepper-in-a-bundle").is_dir()


def test_a_file_named_index_without_a_folder_is_named_by_its_own(
    make_content: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make_content({})
    monkeypatch.chdir(CASES / "bundles" / "salt-2021")
    assert run("import", "index.md", "--content", content) == 0
    assert list(read_papers(content)) == ["salt-2021"]


def test_a_remark_names_a_file_as_it_was_typed(
    make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    monkeypatch.chdir(CASES / "bibtex")
    assert run("import", "messy.bib", "--content", content) == 0
    assert "warning: messy.bib:30: the entry 'broken2022' is never closed" in capsys.readouterr().err


def test_two_rows_with_one_doi_are_one_paper(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    done = report(capsys, "import", CASES / "pitfalls" / "twice.jsonl", "--content", content)
    (paper,) = read_papers(content).values()
    assert (paper["doi"], paper["abstract"]) == ("10.5555/ABC", "Only here.")
    assert any("the same paper as '10.5555/ABC'" in one["message"] for one in done["warnings"])
    assert builds(content, tmp_path)


def test_two_papers_that_claim_one_doi_are_named(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    rows = ({"id": "a", "title": "A", "doi": "10.5555/X"}, {"id": "b", "title": "B", "doi": "10.5555/x"})
    done = report(capsys, "import", write_rows(tmp_path / "r.jsonl", *rows), "--content", content)
    messages = [one["message"] for one in done["warnings"]]
    assert any("another paper, 'a' (" in one and "r.jsonl:1), has the doi '10.5555/x'" in one for one in messages)


def test_an_update_names_a_title_that_is_another(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, file = make_content({}), tmp_path / "r.jsonl"
    assert run("import", write_rows(file, {"id": "a", "title": "Salt"}), "--content", content) == 0
    for title, warned in (("SALT.", False), ("Salt, revised", True)):
        write_rows(file, {"id": "a", "title": title})
        capsys.readouterr()
        done = report(capsys, "import", file, "--content", content, "--update")
        messages = [one["message"] for one in done["warnings"] if one["field"] == "title"]
        assert messages == (["'a' keeps its title 'Salt', here stands 'Salt, revised'"] if warned else [])
    assert read_papers(content)["a"]["title"] == "Salt"


def test_versions_of_one_arxiv_paper_are_one_paper(make_content: Make, tmp_path: Path) -> None:
    content = make_content({})
    rows = ({"title": "A", "arxiv": "2401.00001v1"}, {"title": "A", "arxiv": "2401.00001v3", "abstract": "Only here."})
    assert run("import", write_rows(tmp_path / "r.jsonl", *rows), "--content", content) == 0
    (paper,) = read_papers(content).values()
    assert (paper["arxiv"], paper["abstract"]) == ("2401.00001v1", "Only here.")
    assert builds(content, tmp_path)


ROWS: list[list[dict[str, Any]]] = [
    [{"id": "a", "title": "A", "doi": "10.5555/x"}, {"id": "b", "title": "B", "doi": "10.5555/X"}],
    [{"id": "a", "title": "A", "authors": ["X"]}, {"id": "A", "title": "B", "authors": ["Y"]}],
    [{"title": "Editorial", "year": 2019, "authors": ["X"]}, {"title": "Editorial", "year": 2020, "authors": ["X"]}],
    [{"title": "A", "slug": "s"}, {"title": "B", "slug": "s", "aliases": ["/x/"]}, {"title": "C", "aliases": ["x"]}],
    [
        {"id": "index", "title": "A"},
        {"id": "con", "title": "B"},
        {"id": "a/b", "title": "C"},
        {"id": "a b", "title": "D"},
    ],
    [{"title": "A", "aliases": ["/tags/", "/about/", "b", "/papers/b/", "/old/", "/"]}, {"title": "B", "slug": "page"}],
    [{"title": "A", "tags": ["C++", "salt"], "authors": [{"name": "X", "email": "y"}], "date": 2020.0}],
]


@pytest.mark.parametrize("rows", ROWS, ids=lambda rows: str(rows)[:60])
@pytest.mark.parametrize("tags", ["", "- {slug: reading}\n"], ids=["", "tags.yaml"])
def test_what_was_imported_builds_and_changes_nothing_again(
    make_content: Make, tmp_path: Path, rows: list[dict[str, Any]], tags: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"pages/about.md": "# About\n"} | ({"tags.yaml": tags} if tags else {}))
    file = write_rows(tmp_path / "rows.jsonl", *rows)
    done = report(capsys, "import", file, "--content", content)
    assert (done["ok"], done["read"], done["added"]) == (True, len(rows), len(rows))
    assert len(read_papers(content)) == len(rows)
    assert builds(content, tmp_path)
    before = read_tree(content)
    again = report(capsys, "import", file, "--content", content)
    assert (again["added"], again["filled"], again["changes"]) == (0, 0, [])
    assert read_tree(content) == before
    # The same rows are the same papers where they are read by each build.
    other = tmp_path / "other"
    (other / "papers").mkdir(parents=True)
    (other / "site.yaml").write_text("title: X\n", "utf-8")
    shutil.copytree(content / "pages", other / "pages")
    if tags:
        (other / "tags.yaml").write_text(tags, "utf-8")
    shutil.copy(file, other / "papers")
    assert report(capsys, "build", "--content", other, "--output", tmp_path / "site2")["papers"] == len(rows)


def test_a_dry_run_shows_everything_and_writes_nothing(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    file = write_rows(tmp_path / "r.jsonl", {"id": "a", "title": "A", "date": "2020"}, {"id": "b", "title": "B"})
    before = read_tree(content)
    done = report(capsys, "import", file, "--content", content, "--dry-run")
    assert (done["dry_run"], done["files"]) == (True, ["papers/a.yaml", "papers/b.yaml"])
    assert done["changes"] == [{"file": "papers/a.yaml", "field": "date", "old": "", "new": "2020"}]
    assert run("import", file, "--content", content, "--dry-run") == 0
    said = capsys.readouterr()
    assert "2 files would be written" in said.out
    assert "changed: papers/a.yaml [date]: added: 2020" in said.err
    assert read_tree(content) == before


def test_an_update_keeps_edits_by_hand_and_says_what_it_changed(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    row = {
        "id": "a",
        "title": "A",
        "venue": "JSF",
        "date": "2020",
        "tags": ["salt"],
        "links": {"pdf": "https://x.org/1", "demo": "https://x.org/demo"},
    }
    file = write_rows(tmp_path / "r.jsonl", row)
    assert run("import", file, "--content", content) == 0
    paper = content / "papers" / "a.yaml"
    text = paper.read_text("utf-8")
    edited = (
        text.replace("venue: JSF\n", "# my venue\nvenue: Mine\n").replace("title: A", "title: My A")
        + "summary: My words.\n"
    )
    paper.write_text(edited, "utf-8")
    news = {
        "venue": "Theirs",
        "date": "2021-05",
        "volume": "7",
        "links": {"pdf": "https://x.org/2", "demo": "https://x.org/demo", "code": "https://y.org"},
    }
    write_rows(file, row | news | {"title": "Their A"})
    done = report(capsys, "import", file, "--content", content, "--update")
    assert [(one["field"], one["old"], one["new"]) for one in done["changes"]] == [
        ("date", "2020", "2021-05"),
        ("volume", "", "'7'"),
        ("links", "'https://x.org/1'", "'https://x.org/2, https://y.org'"),  # not what stays
    ]
    assert any("edited by hand: 'Mine' stays, here stands 'Theirs'" in one["message"] for one in done["warnings"])
    written = paper.read_text("utf-8")
    assert "# my venue\nvenue: Mine\n" in written
    assert "summary: My words.\n" in written
    assert yaml.safe_load(written) == {
        "title": "My A", "venue": "Mine", "date": "2021-05", "tags": ["salt"], "summary": "My words.", "volume": "7",
        "links": {"pdf": "https://x.org/2", "demo": "https://x.org/demo", "code": "https://y.org"},
    }  # fmt: skip
    assert report(capsys, "import", file, "--content", content, "--update")["changes"] == []
    assert builds(content, tmp_path)


REFERENCES = (
    "Kern, A., & Lund, B. C. (2020). Salt and pepper in artemia. Journal of Salt Flats, 12(3), 101–110.\n"
    "Moor, C. (2019). On brine. Berlin, Germany: Salt University Press.\n"
).encode()


def test_unknown_files_are_named_with_what_they_look_like(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/own.yaml": "title: Own\n"})
    for name, data, looks in (
        ("a.html", b"<!DOCTYPE html><html><head><title>Login</title>", "an HTML page ('Login')"),
        ("a.bib", b"<html><body>404</body></html>", "an HTML page"),
        ("a.pdf", b"%PDF-1.7 x", "a PDF file"),
        ("a.csv", b"PK\x03\x04xx", "a ZIP archive, such as .xlsx"),
        ("a.txt", b"\x00\x01\x02\x03 \x80", "binary data"),
        ("a.txt", b"", "an empty file"),
        ("a.txt", b"some words\n", "text that begins with 'some words'"),
        ("a.txt", REFERENCES, "a list of references, as plain text\n    Export them from your reference manager"),
        (
            "a.txt",
            REFERENCES + b"doi:10.5555/sss.1\n",
            "a list of references with identifiers, as plain text\n    Say `paperbound add --from",
        ),
        ("a.txt", b'[1] A. Kern, "Salt and pepper," J. Salt Flats, vol. 12, no. 3, Mar. 2020.', "a list of references"),
        ("a.xml", b"<?xml version='1.0'?><rss><x/></rss>", "XML with the root <rss>"),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        assert run("import", file, "--content", content) == 1
        said = capsys.readouterr().err
        assert f"no format reads this file: it is {looks}" in said
        shutil.copy(file, content / "papers" / name)
        assert run("build", "--content", content, "--output", tmp_path / "site") == 0
        # A document beside records is one of theirs, and there is none that names it.
        assert ("no paper names this file" if name == "a.pdf" else looks) in capsys.readouterr().err
        (content / "papers" / name).unlink()


def test_references_as_markdown_are_named_as_such(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "references.md"
    file.write_bytes(REFERENCES)
    assert run("import", file, "--content", make_content({})) == 1
    assert "the file has no front matter\n    Export them from your reference manager" in capsys.readouterr().err


def test_encodings_are_found_named_or_said(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '{"title": "A – Étang", "id": "%s"}\n'
    content = make_content({})
    cases: list[tuple[str, bytes, list[str]]] = [
        ("utf16", b"\xff\xfe" + (text % "utf16").encode("utf-16-le"), []),
        ("nomark", (text % "nomark").encode("utf-16-be"), []),
        ("windows", (text % "windows").encode("cp1252"), []),
        ("mac", (text % "mac").encode("mac-roman"), ["--encoding", "mac-roman"]),
        ("bom", b"\xef\xbb\xbf" + (text % "bom").encode(), []),
    ]
    for name, data, more in cases:
        file = tmp_path / f"{name}.jsonl"
        file.write_bytes(data)
        done = report(capsys, "import", file, "--content", content, *more)
        assert read_papers(content)[name]["title"] == "A – Étang", name
        warned = [one for one in done["warnings"] if "not UTF-8; read as Windows-1252" in one["message"]]
        assert [(one["line"], "--encoding" in one["remedy"]) for one in warned] == [(1, True)] * (name == "windows")
    with pytest.raises(SystemExit):
        run("import", file, "--content", content, "--encoding", "klingon")
    assert "no encoding that is known" in capsys.readouterr().err


def test_files_of_one_kind_are_read_together(make_content: Make, tmp_path: Path) -> None:
    content = make_content({})
    folder = CASES / "bibtex-strings"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))["records"]["KerMee2021"]
    assert (
        run("import", *(folder / name for name in ("papers.bib", "strings.bib", "crossref.bib")), "--content", content)
        == 0
    )
    paper = read_papers(content)["KerMee2021"]
    assert (paper["authors"], paper["booktitle"]) == (expected["authors"], expected["booktitle"])


def test_changes_of_a_file_that_others_need_read_them_again(make_content: Make, tmp_path: Path) -> None:
    content = make_content(
        {
            "papers/a.bib": "@misc{a, title = {A}, howpublished = x, journal = jsf, year = 2020}\n",
            "papers/strings.bib": "@string{jsf = {First Name}}\n",
        }
    )
    page = tmp_path / "site" / "papers" / "a" / "index.html"
    assert builds(content, tmp_path)
    assert "First Name" in page.read_text("utf-8")
    (content / "papers" / "strings.bib").write_text("@string{jsf = {Second Name}}\n", "utf-8")
    assert builds(content, tmp_path)
    assert "Second Name" in page.read_text("utf-8")


def test_like_warnings_are_grouped_and_json_has_all(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"id": f"p{number}", "title": f"T {number}", "doi": f"none {number}"} for number in range(300)]
    file = write_rows(tmp_path / "rows.jsonl", *rows)
    content = make_content({"papers/rows.jsonl": file.read_bytes()})
    assert run("build", "--content", content, "--output", tmp_path / "site", "--quiet") == 0
    said = capsys.readouterr().err
    assert said.count("is no DOI; left out") == 5
    assert "… and 295 more like the last one (--json lists all)" in said
    for command in ("build", "check"):
        done = report(capsys, command, "--content", content, "--output", tmp_path / "site")
        assert len([one for one in done["warnings"] if one["field"] == "doi"]) == 300
    (content / "papers" / "rows.jsonl").unlink()
    done = report(capsys, "import", file, "--content", content)
    assert len([one for one in done["warnings"] if one["field"] == "doi"]) == 300


def test_topics_that_tags_yaml_lacks_are_kept_as_keywords(make_content: Make, tmp_path: Path) -> None:
    content = make_content({"tags.yaml": "- {slug: salt}\n"})
    file = write_rows(tmp_path / "r.jsonl", {"id": "a", "title": "A", "tags": ["salt", "C++"]})
    assert run("import", file, "--content", content) == 0
    paper = read_papers(content)["a"]
    assert (paper["tags"], paper["extra"]) == (["salt"], {"keywords": ["c-plus-plus"]})


def test_files_of_our_own_formats_are_mended_where_they_are_imported(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "- {title: A, date: 2021-3-4, authors: Lee and Lund, rank: 1}\n- {title: B, tags: [C++], doi: x}\n- {id: x}\n"
    )
    content = make_content({})
    (tmp_path / "list.yaml").write_text(text, "utf-8")
    done = report(capsys, "import", tmp_path / "list.yaml", "--content", content)
    assert {stem: paper.get("date") for stem, paper in read_papers(content).items()} == {"a": "2021-03-04", "b": None}
    assert [(one["line"], one["field"]) for one in done["warnings"]] == [(1, "date"), (2, "doi"), (3, "title")]
    assert builds(content, tmp_path)
    # In `papers/` the same file is held to the letter, and its errors name the mended values.
    shutil.copy(tmp_path / "list.yaml", content / "papers")
    errors = report(capsys, "build", "--content", content, "--output", tmp_path / "site")["errors"]
    assert {one["remedy"] for one in errors} >= {"Write 2021-03-04.", "Write `authors: [Lee, Lund]`."}


def test_the_bibtex_beside_a_page_fills_its_gaps(make_content: Make, tmp_path: Path) -> None:
    content = make_content({})
    bundle = tmp_path / "salt-2023"
    shutil.copytree(CASES / "hugo-blox" / "salt-2023", bundle)
    entry = "@inproceedings{kern2023, title = {Kern's ``{Salt}'': a study}, pages = {1--9}, year = 2023}\n"
    (bundle / "cite.bib").write_text(entry, "utf-8")
    # The second time, too: the record of the page is elsewhere by now.
    for _ in range(2):
        assert run("import", bundle, "--content", content) == 0
    assert {stem: (paper["pages"], paper["bibkey"]) for stem, paper in read_papers(content).items()} == {
        "salt-2023": ("1–9", "kern2023")
    }


def test_an_alias_is_the_address_that_each_paper_had(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/there.yaml": "title: There\n", "pages/about.md": "# About\n"})
    rows = [
        {"id": "kern:1", "title": "A"},
        {"id": "x/y", "title": "B"},
        {"id": "ü", "title": "C"},
        {"id": "about", "title": "D"},
    ]
    file = write_rows(tmp_path / "rows.jsonl", *rows, {"id": "there", "title": "There"})
    done = report(capsys, "import", file, "--content", content, "--alias", "/{id}/")
    aliases = {stem: paper.get("aliases") for stem, paper in read_papers(content).items()}
    assert sorted(str(one) for one in aliases.values()) == ["None", "None", "['/kern_1/']", "['/there/']", "['/x/y/']"]
    assert len([one for one in done["warnings"] if one["field"] == "aliases"]) == 2
    assert builds(content, tmp_path)
    for form in ("/x/", "{id}", "/../{id}", "https://a.org/{id}"):
        with pytest.raises(SystemExit):
            run("import", file, "--content", content, "--alias", form)
        assert "is no path with {id}" in capsys.readouterr().err


def test_the_page_of_a_section_is_no_paper(make_content: Make, tmp_path: Path) -> None:
    content = make_content({})
    (tmp_path / "publication" / "salt").mkdir(parents=True)
    (tmp_path / "publication" / "_index.md").write_text("---\ntitle: Publications\n---\n", "utf-8")
    text = "---\ntitle: Salt\npublication_types: [2]\nfeatured: true\n---\n"
    (tmp_path / "publication" / "salt" / "index.md").write_text(text, "utf-8")
    assert run("import", tmp_path / "publication", "--content", content) == 0
    assert list(read_papers(content)) == ["salt"]
    selected = yaml.safe_load((content / "collections" / "selected-papers.yaml").read_text("utf-8"))
    assert selected == {"title": "Selected papers", "papers": ["salt"]}


def test_folders_of_the_site_are_known_to_foreign_addresses(make_content: Make, tmp_path: Path) -> None:
    paper = "title: A\nauthors: [B]\ntags: [c]\nvenue: D\ndate: 2020\n"
    content = make_content(
        {"papers/a.yaml": paper, "collections/e-2020-01-01.yaml": 'date: 2020-01-01\npapers: ["a"]\n'}
    )
    assert builds(content, tmp_path)
    folders = {path.name for path in (tmp_path / "site").iterdir() if path.is_dir()}
    assert folders <= OWN_FOLDERS
    assert {"papers", "tags", "authors", "venues", "years", "collections", "search"} <= folders


def test_a_collection_without_a_date_is_no_edition(make_content: Make, tmp_path: Path) -> None:
    content = make_content({"collections/day-2024-01-02.yaml": "title: The day\ndate: 2024-01-02\npapers: []\n"})
    listing = tmp_path / "trending.txt"
    listing.write_text("Head\nSubscribeFirst Title\nAn abstract.\n", "utf-8")
    rows = write_rows(tmp_path / "r.jsonl", {"id": "a", "title": "A", "date": "2020"})
    assert run("import", rows, "--content", content, "--collection", "winter-2024") == 0
    assert run("import", listing, "--content", content) == 0
    assert run("import", listing, "--content", content, "--collection", "day-2024-01-03") == 0
    dates = {
        path.stem: yaml.safe_load(path.read_text("utf-8")).get("date") for path in (content / "collections").iterdir()
    }
    days = {name: str(date) if date else None for name, date in dates.items()}
    assert days == {
        "day-2024-01-02": "2024-01-02",
        "day-2024-01-03": "2024-01-03",
        "trending": None,
        "winter-2024": None,
    }
    assert all("added" in paper for paper in read_papers(content).values())
    assert builds(content, tmp_path)


def test_a_file_of_which_nothing_comes_says_so(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/empty.csv": "title,authors\n", "papers/strings.bib": '@string{a = "b"}\n'})
    (tmp_path / "a.bib").write_text("@misc{a, title={T}}\n", "utf-8")
    assert run("import", tmp_path / "a.bib", "--format", "ris", "--content", content) == 1
    assert "no paper is in this file, read as ris" in capsys.readouterr().err
    assert run("import", content / "papers/strings.bib", "--content", content) == 1
    assert "nothing is imported: no paper is in" in capsys.readouterr().err
    for _ in range(2):
        assert builds(content, tmp_path)
        said = capsys.readouterr().err
        assert "empty.csv:1: no paper is in this file, read as csv" in said
        assert "strings.bib" not in said


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.bib.gz", b"\x1f\x8b\x08\x00", "Unpack it"),
        ("a.xlsx", b"PK\x03\x04", "save the table as CSV"),
        ("a.bib", b"<!doctype html><title>403</title>", "page of an error"),
        ("a.pdf", b"%PDF-1.5", "Give its reference"),
        ("a.csv", b"Our papers,,\nTitle,Authors,Year\nSalt,Ada Kern,2020\n", "Begin the table with a row of names"),
        ("a.txt", b"Nothing of use.", "`paperbound import --help` lists the formats"),
    ],
)
def test_files_of_other_sorts_have_a_remedy(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert run("import", tmp_path / name, "--content", make_content({})) == 1
    said = capsys.readouterr().err
    assert words in said


def test_a_file_whose_rows_are_no_papers_is_one_error(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tags.json").write_text(json.dumps([{"slug": f"t{n}", "name": "Salt"} for n in range(40)]), "utf-8")
    assert run("import", tmp_path / "tags.json", "--content", make_content({})) == 1
    said = capsys.readouterr().err
    assert "tags.json:1 [title]: no paper is in this file: none of its 40 records has a title\n" in said
    assert said.count("error: ") == 1


def test_records_without_titles_are_counted_as_often_as_there_are() -> None:
    """Faults were compared with each other, two by two: 60 kB of RIS took 18 seconds."""

    def merge(count: int) -> None:
        faults = [Fault("a.ris", line, "title", UNTITLED, "", warning=line % 2 > 0) for line in range(count)]
        assert len(merge_untitled(faults)) == 1

    counts = [count_calls(lambda count=count: merge(count), "call")[1] for count in (500, 1_000)]  # type: ignore[misc]
    assert counts[1] < 2.5 * counts[0]


def test_an_address_is_no_file(make_content: Make, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", "https://arxiv.org/abs/2401.00001", "--content", make_content({})) == 1
    assert "this is an address, and no file" in capsys.readouterr().err


def test_an_update_of_the_same_file_changes_nothing(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, file = make_content({}), CASES / "bibtex" / "messy.bib"
    assert run("import", file, "--content", content) == 0
    before = read_tree(content)
    done = report(capsys, "import", file, "--content", content, "--update")
    assert (done["changes"], done["files"]) == ([], [])
    assert read_tree(content) == before
    paper = content / "papers" / "hale-2019.yaml"
    paper.write_text(paper.read_text("utf-8").replace("et_al: true", "et_al: 'no'"), "utf-8")
    done = report(capsys, "import", file, "--content", content, "--update")
    assert [change["field"] for change in done["changes"]] == ["extra"]
    assert read_tree(content) == before


def test_a_collection_has_the_papers_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: T\n", "utf-8")
    files = [tmp_path / "one.bib", tmp_path / "two.bib"]
    for number, file in enumerate(files):
        file.write_text(f"@misc{{p{number}, title={{Paper {number}}}, year={{2024}}}}", "utf-8")
    for _ in range(2):  # and stays as it is
        words = [*map(str, files), "--content", str(tmp_path / "content"), "--collection", "both", "--update"]
        assert main(["import", *words]) == 0
        collection = yaml.safe_load((tmp_path / "content" / "collections" / "both.yaml").read_text("utf-8"))
        assert collection["papers"] == ["p0", "p1"]
    assert not list((tmp_path / "content").rglob("*.new"))
