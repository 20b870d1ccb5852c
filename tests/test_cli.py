"""The command line: files, output and exit codes."""

from __future__ import annotations

import argparse
import ast
import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import COMMANDS, GROUPS, Command, describe_commands, main
from surroundings import ROOT, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
LISTING = "Head\nSubscribeFirst Title\nAbstract of $x^2$, 50% off.\nSecond: a title\nAnother abstract.\n"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_build_prints_one_line_and_json_one_object(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\nauthors: [B]\ndate: 2024\n", "papers/notes.docx": b""})
    site = tmp_path / "site"
    assert run("build", "--content", content, "--output", site) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("1 paper, ")
    assert printed.out.count("\n") == 1
    assert "notes.docx: no paper names this file" in printed.err
    assert run("build", "--content", content, "--output", site, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], report["papers"], report["written"], report["removed"]) == (True, 1, [], [])
    tree = read_tree(site)
    assert report["files"] == report["unchanged"] == len(tree)
    assert report["bytes"] == sum(len(data) for data in tree.values())
    assert report["pages"] == sum(path.endswith(".html") for path in tree)
    assert [warning["file"] for warning in report["warnings"]] == ["content/papers/notes.docx", "content/site.yaml"]
    assert run("build", "--content", content, "--output", site, "--quiet") == 0
    assert capsys.readouterr().out == ""
    assert run("build", "--content", content, "--output", site, "--strict") == 1
    assert run("check", "--content", content, "--output", site) == 0
    assert run("check", "--content", content, "--output", site, "--strict") == 1


def test_a_removed_address_is_reported(make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = make_content({"papers/a.yaml": "title: A\n", "papers/b.yaml": "title: B\n"})
    run("build", "--content", content, "--output", tmp_path / "site")
    (content / "papers" / "b.yaml").unlink()
    (content / "papers" / "c.yaml").write_text("title: C\n", "utf-8")
    capsys.readouterr()
    run("build", "--content", content, "--output", tmp_path / "site")
    assert "/papers/b/ is gone" in capsys.readouterr().err


def test_base_url_overrides_the_settings(make_content: Make, tmp_path: Path) -> None:
    content = make_content({"site.yaml": "title: X\nbase_url: https://one.org/\n"})
    run("build", "--content", content, "--output", tmp_path / "site", "--base-url", "https://two.org/a")
    assert 'href="https://two.org/a/"' in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_site_without_an_address_is_a_warning_and_has_no_canonical_links(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, site = make_content({"papers/a.yaml": "title: A\nauthors: [B]\ndate: 2024\n"}), tmp_path / "site"
    folders = ("--content", content, "--output", site)
    page = site / "papers" / "a" / "index.html"
    # Also of a build without changes, and with --strict: the content has no fault.
    for command in (["build"], ["build", "--quiet"], ["build", "--strict"], ["check"], ["check", "--strict"]):
        assert run(*command, *folders) == 0
        printed = capsys.readouterr()
        assert printed.err.count("[base_url]: the site has no address") == 1
        assert "write `base_url: https://example.org/papers/`, or build with --base-url URL" in printed.err
    assert "1 warning, no errors" in printed.out
    assert "canonical" not in page.read_text("utf-8") + (site / "index.html").read_text("utf-8")
    assert "og:url" not in page.read_text("utf-8") + (site / "index.html").read_text("utf-8")
    address = ("--base-url", "https://example.org/papers/")
    for command in (["build"], ["check"]):
        assert run(*command, *folders, *address) == 0
        assert not capsys.readouterr().err
    # The address of the last build is that of the links, whoever said it; another one is one fault.
    assert run("check", *folders) == 0
    assert capsys.readouterr().err.count("\n") == 2
    assert run("check", *folders, "--base-url", "https://example.org/") == 1
    assert "the site was built for the base path '/papers/', not for '/'" in capsys.readouterr().err
    for path, text in ((page, page.read_text("utf-8")), (site, (site / "index.html").read_text("utf-8"))):
        url = f"https://example.org/papers/{'papers/a/' if path == page else ''}"
        assert f'<link rel="canonical" href="{url}">' in text
        assert f'<meta property="og:url" content="{url}">' in text
    (content / "site.yaml").write_text("title: Test\nbase_url: http://localhost:8000/\n", "utf-8")
    assert run("build", *folders) == 0
    assert not capsys.readouterr().err


@pytest.mark.parametrize("title", ["A plain title", 'With "quotes": & <signs>', "#1 *star* _x_ $y$", "'", "🙂", "C++"])
def test_a_new_record_builds(make_content: Make, tmp_path: Path, title: str) -> None:
    content = make_content({})
    assert run("new", title, "--content", content) == 0
    assert run("new", title, "--content", content) == 1
    assert run("build", "--content", content, "--output", tmp_path / "site") == 0
    from html import escape

    pages = [page.read_text("utf-8") for page in (tmp_path / "site" / "papers").glob("*/index.html")]
    assert f"<h1>{escape(title, quote=False)}</h1>".replace("&#x27;", "'") in pages[0].replace("&quot;", '"')


def test_a_listing_is_imported_in_its_order_and_again_without_change(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    listing = tmp_path / "trending-2026-11-23.txt"
    listing.write_text(LISTING, "utf-8")
    assert run("import", listing, "--content", content) == 0
    assert (content / "collections" / "trending-2026-11-23.yaml").read_text("utf-8") == (
        "title: Trending\ndate: '2026-11-23'\npapers:\n- first-title\n- second-a-title\n"
    )
    assert "abstract: Abstract of $x^2$, 50% off.\n" in (content / "papers" / "first-title.yaml").read_text("utf-8")
    before = {path: (data, (content / path).stat().st_mtime_ns) for path, data in read_tree(content).items()}
    assert run("import", listing, "--content", content) == 0
    assert {path: (data, (content / path).stat().st_mtime_ns) for path, data in read_tree(content).items()} == before
    assert "0 added, 0 filled in, 2 left" in capsys.readouterr().out
    assert run("build", "--content", content, "--output", tmp_path / "site", "--strict") == 0


def test_an_import_fills_gaps_and_keeps_existing_values(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = "# my words\ntitle: first  title\nsummary: Mine.\nvenue: ACL\n"
    content = make_content(
        {"papers/2401.00001.yaml": mine, "papers/list.yaml": "- {id: s, title: 'Second: a title'}\n"}
    )
    listing = tmp_path / "l.txt"
    listing.write_text(LISTING, "utf-8")
    assert run("import", listing, "--content", content, "--collection", "today") == 0
    record = (content / "papers" / "2401.00001.yaml").read_text("utf-8")
    assert record == f"{mine}abstract: Abstract of $x^2$, 50% off.\n"
    assert sorted(path.name for path in (content / "papers").iterdir()) == ["2401.00001.yaml", "list.yaml"]
    # A list of records is not rewritten, which is reported.
    assert "left out: abstract" in capsys.readouterr().err
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "2401.00001", "title": "x", "venue": "EMNLP", "doi": "10.1000/x"}\n', "utf-8")
    assert run("import", rows, "--content", content) == 0
    assert "'ACL'" in capsys.readouterr().err
    record = (content / "papers" / "2401.00001.yaml").read_text("utf-8")
    assert "venue: ACL" in record
    assert "doi: 10.1000/x" in record
    assert run("import", rows, "--content", content, "--update") == 0
    assert "venue: EMNLP" in (content / "papers" / "2401.00001.yaml").read_text("utf-8")


def test_a_broken_listing_writes_nothing(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({})
    listing = tmp_path / "l.txt"
    listing.write_text(LISTING + "One more\n", "utf-8")
    before = read_tree(content)
    assert run("import", listing, "--content", content) == 1
    assert "l.txt:6 [abstract]: an odd number of lines" in capsys.readouterr().err
    assert read_tree(content) == before


def test_two_files_with_one_paper_make_one_record(make_content: Make, tmp_path: Path) -> None:
    content = make_content({})
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text('{"id": "x/1", "title": "X", "arxiv": "2401.00001"}\n', "utf-8")
    second.write_text('{"id": "y", "title": "X", "arxiv": "2401.00001v2", "venue": "ACL"}\n', "utf-8")
    assert run("import", first, second, "--content", content) == 0
    (record,) = (content / "papers").iterdir()
    assert "id: x/1" in record.read_text("utf-8")
    assert "venue: ACL" in record.read_text("utf-8")
    assert run("build", "--content", content, "--output", tmp_path / "site") == 0


def test_help_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    text = describe_commands()
    assert [line[:-1] for line in text.splitlines() if line[:-1] in GROUPS] == list(GROUPS)
    for command in COMMANDS:
        assert command.group in GROUPS
        assert f"\n  {command.name:<11}{command.help}\n" in text
        with pytest.raises(SystemExit):
            run(command.name, "--help")
        assert capsys.readouterr().out.startswith(f"usage: paperbound {command.name} ")
    with pytest.raises(SystemExit):
        run("build", "--help")
    text = capsys.readouterr().out
    for option in (
        "--content",
        "--themes",
        "--output",
        "--base-url",
        "--strict",
        "--jobs",
        "--clean",
        "--json",
        "--quiet",
    ):
        assert option in text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_describes_itself(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(command.name, "--help")
    printed = " ".join(capsys.readouterr().out.split())
    assert " ".join(command.load().DESCRIPTION.partition(".")[0].split()) in printed
    assert "examples: paperbound" in printed
    examples = command.load().EXAMPLES
    assert 2 <= len(examples) <= 3
    for line, _ in examples:
        words = shlex.split(line.partition(" > ")[0])
        assert words[:2] == ["paperbound", command.name]
        # Its arguments are those that the command takes.
        command.make_parser().read(words[2:], argparse.Namespace())


def test_only_the_command_that_runs_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from paperbound.cli import main; main(['new', 'X', '--content', '.']); "
        "print(sorted(name for name in sys.modules if name.startswith('paperbound.commands.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    names = [name.removeprefix("paperbound.commands.") for name in ast.literal_eval(done.stdout.splitlines()[-1])]
    assert [name for name in names if not name.startswith("console")] == ["papers", "papers.new"]


def test_the_command_is_installed_and_starts_from_anywhere(tmp_path: Path) -> None:
    command = Path(sys.executable).parent / "paperbound"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith("paperbound ")


def test_the_wheel_holds_the_themes_and_the_preview(tmp_path: Path) -> None:
    import zipfile

    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = tmp_path.glob("paperbound-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "paperbound/_themes/default/theme.yaml",
        "paperbound/_themes/default/templates/paper.html",
        "paperbound/_themes/default/assets/search.js",
        "paperbound/commands/preview/reload.js",
        "paperbound/py.typed",
    } <= names
    # Installed by itself, apart from the repository, it builds a site.
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    done = subprocess.run(
        [sys.executable, "-m", "paperbound", "build", "--content", str(ROOT / "tests" / "sites" / "minimal"), "--output", "out"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "1 paper" in done.stdout
    assert (tmp_path / "out" / "index.html").is_file()
