"""The command line as people meet it: help, mistakes, folders, colours, progress."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import COMMANDS, main
from paperbound.commands.console.colors import has_colors, paint_line
from paperbound.commands.console.progress import Progress
from paperbound.commands.console.site_folder import find_content, find_root
from surroundings import ROOT, read_tree

Make = Callable[[dict[str, str | bytes]], Path]


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_paperbound_alone_shows_the_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("usage: paperbound COMMAND")
    assert not printed.err


def test_help_of_a_command_has_two_forms(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for words in (["help", "build"], ["build", "--help"]):
        with pytest.raises(SystemExit, match="0"):
            main(words)
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[0].startswith("usage: paperbound build ")


@pytest.mark.parametrize("command", [one.name for one in COMMANDS])
def test_help_of_each_command_has_the_words_of_the_help_of_all(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    printed = capsys.readouterr().out
    assert re.search(r"^options:\n  -h, --help +show this help\n", printed, re.MULTILINE)
    assert not re.search("positional arguments|help message and exit", printed)
    assert "docs/" not in printed


@pytest.mark.parametrize(
    ("words", "usage", "error"),
    [
        (["biuld"], "usage: paperbound COMMAND", "no command 'biuld'. Did you mean 'build'?"),
        (["xyzzy"], "usage: paperbound COMMAND", "The commands are: add, build,"),
        (["--quiet", "build"], "usage: paperbound COMMAND", "no option --quiet before a command"),
        (["--verson"], "usage: paperbound COMMAND", "no option --verson before a command; did you mean --version?"),
        (["search", "-salt"], "usage: paperbound search", "no option -salt; a word that begins with - comes behind --"),
        (["export", "x.bib", "--query", "-salt"], "usage: paperbound export", "no option -salt; "),
        (["export", "--fromat", "bib"], "usage: paperbound export", "no option --fromat; did you mean --format?"),
        (["build", "--strit"], "usage: paperbound build", "no option --strit; did you mean --strict?"),
        (["new", "--titel", "x"], "usage: paperbound new", "no option --titel\n"),
        (["build", "--qqq=1"], "usage: paperbound build", "no option --qqq\n"),
        (["check", "--out", "x"], "usage: paperbound check", "no option --out;"),
        (["search", "two", "words"], "usage: paperbound search", "one word too many: 'words'; put words"),
        (["build", "--jobs", "0"], "usage: paperbound build", "'0' is not a whole number from 1 to 1,024"),
        (["import"], "usage: paperbound import", "the following arguments are required: FILE"),
        (["digest", "--output", "a.eml"], "usage: paperbound digest", "write the message with --file a.eml"),
    ],
)
def test_a_mistake_shows_the_usage_of_its_command(
    words: list[str], usage: str, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    printed = capsys.readouterr()
    assert not printed.out
    assert printed.err.startswith(usage)
    assert error in printed.err
    assert f"{usage.removeprefix('usage: ').removesuffix(' COMMAND')} --help tells more" in printed.err


@pytest.mark.parametrize("below", ["", "content", "content/papers", "themes/mine", "notes/of/mine"])
def test_the_site_folder_is_found_from_any_folder_below(
    below: str, make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"site.yaml": "title: Found\ntheme: mine\n", "papers/a.yaml": "title: A\n"})
    root = content.parent
    theme = root / "themes" / "mine" / "theme.yaml"
    theme.parent.mkdir(parents=True)
    theme.write_text("name: Mine\n", "utf-8")
    here = root / below
    here.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(here)
    assert main(["build"]) == 0
    assert (root / "site" / "papers" / "a" / "index.html").is_file()
    assert main(["check"]) == 0
    assert main(["search", "A"]) == 0
    capsys.readouterr()
    # A build of nothing is one from every folder.
    monkeypatch.chdir(root)
    assert main(["build", "--quiet", "--json"]) == 0
    assert '"written": []' in capsys.readouterr().out
    (content / "papers" / "a.yaml").write_text("titel: A\n", "utf-8")
    monkeypatch.chdir(here)
    assert main(["build"]) == 1
    typed = Path(os.path.relpath(content / "papers" / "a.yaml")).as_posix()
    assert f"error: {typed}:1" in capsys.readouterr().err


def test_a_folder_with_its_own_settings_is_a_site_folder(
    make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    folder = content.rename(content.parent / "mine")
    monkeypatch.chdir(folder / "papers")
    assert main(["build"]) == 0
    tree = read_tree(folder / "site")
    assert "papers/a/index.html" in tree
    capsys.readouterr()
    # The site is no source of itself.
    assert main(["build", "--json"]) == 0
    assert '"written": []' in capsys.readouterr().out
    assert read_tree(folder / "site") == tree
    # Nowhere else in the content folder may a site be.
    assert main(["build", "--output", "."]) == 1
    assert main(["build", "--output", str(folder / "static")]) == 1


def test_a_link_and_the_root_end_the_walk(tmp_path: Path) -> None:
    (tmp_path / "real" / "papers").mkdir(parents=True)
    (tmp_path / "real" / "site.yaml").write_text("title: X\n", "utf-8")
    below = tmp_path / "site" / "below"
    below.mkdir(parents=True)
    assert find_content(below) is None
    (tmp_path / "site" / "content").symlink_to(tmp_path / "real", target_is_directory=True)
    assert find_content(below) is None
    assert find_content(tmp_path / "site") == tmp_path / "site" / "content"
    (tmp_path / "site" / "content").unlink()
    (tmp_path / "site" / "site.yaml").symlink_to(tmp_path / "real" / "site.yaml")
    assert find_content(below) is None
    assert find_content(tmp_path / "real" / "papers") == tmp_path / "real"
    assert find_root(tmp_path / "real") == tmp_path / "real"
    assert find_root(tmp_path / "content") == tmp_path


def test_colors_are_for_terminals_that_want_them() -> None:
    terminal, file = Terminal(), io.StringIO()
    usual = {"TERM": "xterm"}
    assert has_colors(terminal, usual)
    assert not has_colors(file, usual)
    assert not has_colors(terminal, {"TERM": "dumb"})
    assert not has_colors(terminal, {**usual, "NO_COLOR": "1"})
    assert has_colors(terminal, {**usual, "NO_COLOR": ""})
    assert has_colors(file, {"FORCE_COLOR": "1"})
    assert not has_colors(file, {"FORCE_COLOR": "1", "NO_COLOR": "1"})
    assert paint_line("error: a.yaml: bad\n    Mend it.").startswith("\x1b[1;31merror:\x1b[0m a.yaml: bad\n\x1b[2m")
    assert paint_line("no kind: of line") == "no kind: of line"


def test_a_terminal_that_wants_colors_gets_them_and_a_file_none(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "paperbound", "build", "--content", "nowhere"]
    for wish, has in (("FORCE_COLOR", True), ("NO_COLOR", False), ("OTHER", False)):
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        done = subprocess.run(command, cwd=tmp_path, env={**environment, wish: "1"}, capture_output=True, check=False)
        assert (b"\x1b[1;31merror:\x1b[0m nowhere" in done.stderr) == has, wish
        assert b"nowhere" in done.stderr


def test_a_terminal_is_shown_the_next_step(make_content: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    for stream, more, said in (
        (Terminal(), [], True),
        (Terminal(), ["--quiet"], False),
        (Terminal(), ["--json"], False),
        (io.StringIO(), [], False),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), *more]) == 0
        assert ("`paperbound serve --open` shows the site" in stream.getvalue()) == said


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_progress_has_a_bar_a_rate_and_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    clock, terminal = Clock(), Terminal()
    progress = Progress(False, terminal, clock)
    for second in range(11):
        clock.now = float(second)
        progress("rendering", second * 1_000, 20_000)
    last = terminal.getvalue().rpartition("\r\x1b[K")[2]
    assert last == f"{'━' * 12}{'─' * 12} rendering 10,000 of 20,000, 1,000/s, 0:10 left"
    # Ten lines a second at most, but each step at once.
    before = terminal.getvalue()
    clock.now += 0.01
    progress("rendering", 11_000, 20_000)
    assert terminal.getvalue() == before
    progress("writing")
    assert terminal.getvalue() == f"{before}\r\x1b[Kwriting"
    progress.clear()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_progress_off_a_terminal_is_a_line_every_five_seconds() -> None:
    clock, file = Clock(), io.StringIO()
    progress = Progress(False, file, clock)
    for tenth in range(121):
        clock.now = tenth / 10
        progress("reading", tenth)
    assert file.getvalue().splitlines() == ["reading 50, 10/s", "reading 100, 10/s"]
    quiet = io.StringIO()
    Progress(True, quiet, clock)("reading", 1)
    assert quiet.getvalue() == ""


def test_a_narrow_terminal_gets_no_more_than_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    clock, terminal = Clock(), Terminal()
    Progress(False, terminal, clock)("a step of a very long name", 5, 10)
    assert terminal.getvalue() == "\r\x1b[Ka step of a very lo"


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_that_takes_long(words: list[str]) -> None:
    code = (
        "import sys; from paperbound.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'jinja2', 'yaml', 'babel', 'markdown_it', 'tornado', 'asyncio', 'rich', 'email'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
