"""What strangers and their files cannot do: paths, devices, the network. Each guarantee of docs/security.md has its test."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperbound.cli import main
from surroundings import ROOT, Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMES = (
    "..", "../../x", "..\\x", "/etc/passwd", "%2e%2e/x", "a\0b", "CON", "aux.html", "nul", "com1", "C++", "C#", "Foo", "foo", "caf\u00e9", "cafe\u0301", "\u212b", "\u00c5", "ﬀ", "x" * 300, "é" * 300, "李" * 300,
    ".hidden", "a.", "a ", " ", "-", "~", "index", "index.html", "page", "papers", "search", "__proto__", "constructor", "\u202egnp", "a/b", "a\\b", "a:b", "a*b", "a?b", "<b>", "\ud800", "ı", "İ", "ß", "SS", "\U0001f600",
)  # fmt: skip
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)


def find_bad_paths(paths: list[str]) -> list[str]:
    """The paths that a file system may refuse, mistake, or take for another place."""
    bad, seen = [], {}
    for path in paths:
        parts = path.split("/")
        is_bad = any(
            part in ("", ".", "..") or part[-1] in ". " or RESERVED.fullmatch(part) or len(part.encode()) > 200 or re.search(r"[\x00-\x1f<>:\"|?*\\]", part)
            for part in parts
        )  # fmt: skip
        key = unicodedata.normalize("NFC", path).casefold()
        if is_bad or path != unicodedata.normalize("NFC", path) or seen.setdefault(key, path) != path:
            bad.append(path)
    return bad


def test_no_name_of_a_stranger_is_a_bad_path(make_content: Make, tmp_path: Path, build: Build) -> None:
    rows = [
        {"id": name, "title": name, "authors": [name, f"{name} {name}"], "venue": name, "tags": [name], "slug": name, "aliases": [name], "date": "2026"}
        for name in NAMES
    ]  # fmt: skip
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    content = make_content({"papers/a.jsonl": lines})
    before = set(tmp_path.rglob("*"))
    build(content, tmp_path / "site")
    paths = list(read_tree(tmp_path / "site"))
    assert find_bad_paths(paths) == []
    assert len([path for path in paths if path.startswith("papers/")]) > len(NAMES)
    new = {path.relative_to(tmp_path).parts[0] for path in {*tmp_path.rglob("*")} - before}
    assert new == {"site", ".paperbound"}
    assert find_bad_paths(["a/../b", "con", "a.", "x/Foo", "x/foo", "cafe\u0301", "a" * 201, "a:b"]) == [
        "a/../b",
        "con",
        "a.",
        "x/foo",
        "cafe\u0301",
        "a" * 201,
        "a:b",
    ]


@pytest.fixture
def impatient() -> Iterator[None]:
    """Ends a test that waits for a device."""
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
@pytest.mark.parametrize(
    "name",
    [
        "papers/p.yaml",
        "papers/p.bib",
        "static/p.txt",
        "pages/p.md",
        "collections/p.yaml",
        "tags.yaml",
        "authors.yaml",
        "news.yaml",
        "site.yaml",
    ],
)
def test_a_pipe_among_the_files_keeps_nobody_waiting(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, impatient: None
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    file = content / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    code = main(["build", "--content", str(content), "--output", str(tmp_path / "site")])
    if "/" in name:
        assert "it is no regular file" in capsys.readouterr().err
    # A file of a fixed name that is none is missing, and only site.yaml is needed.
    assert code == ("/" in name or name == "site.yaml")


def test_links_in_the_output_folder_are_replaced_and_not_followed(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    content, site = make_content({"papers/a.yaml": "title: A\n"}), tmp_path / "site"
    build(content, site)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("mine", "utf-8")
    page = site / "papers" / "a" / "index.html"
    text = page.read_text("utf-8")
    page.unlink()
    page.symlink_to(outside / "index.html")
    build(content, site)
    assert not page.is_symlink()
    assert page.read_text("utf-8") == text
    assert (outside / "index.html").read_text("utf-8") == "mine"


OFFLINE = """
import sys
def cut(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        raise RuntimeError(f"network: {event} {arguments}")
sys.addaudithook(cut)
from paperbound.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run_offline(*arguments: str, code: str = OFFLINE) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    folders = ["--content", str(ROOT / "tests" / "sites" / "features"), "--output", str(tmp_path / "site")]
    for command in (["build", *folders], ["check", *folders]):
        done = run_offline(*command)
        assert done.returncode == 0, done.stderr
    fetch = OFFLINE.replace(
        "from paperbound.cli import main", "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')"
    )
    assert "network: " in run_offline(code=fetch).stderr


def test_each_guarantee_names_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[\w/.-]+\.py)::(\w+)`", SECURITY)
    known = {}
    for file, test in named:
        if file not in known:
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            known[file] = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert test in known[file], (file, test)
    rows = re.findall(
        r"^\| (?!---|guarantee)[^|]+\|[^|]+\|$",
        SECURITY.partition("## What is guaranteed")[2].partition("\n## ")[0],
        re.MULTILINE,
    )
    assert len(rows) > 20
    assert [row for row in rows if "::" not in row] == []
