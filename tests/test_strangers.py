"""What strangers and their files cannot do: paths, devices, the network. Each guarantee of docs/security.md has its test."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.storage import sources
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


OWN = {
    "site.yaml": "title: T\nbase_url: https://example.org/\nlanguages: [en, de]\nredirects: {/old/: /about/}\n",
    "papers/a.yaml": "title: A\nauthors: [B C]\ndate: 2026\ntags: [x]\nvenue: V\n",
    "pages/about.md": "# About\n",
    "static/CNAME": "x",
    "static/deep/y.dat": "y",
    "collections/c.yaml": "title: C\ndate: 2026-01-01\nseries: s\npapers: [a]\n",
}


def test_no_former_address_of_a_stranger_takes_a_place_of_the_site(
    make_content: Make, tmp_path: Path, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    content, site = make_content({**OWN}), tmp_path / "site"
    build(content, site)
    own = set(read_tree(site))
    addresses = sorted(
        {
            f"/{form}"
            for path in own
            for form in (path, path.upper(), f"{path}/", f"{path}/z.html", path.rpartition("/")[0])
        }
    )
    rows = "".join(
        f"{json.dumps({'title': f'I{number}', 'date': '2025', 'aliases': [one]})}\n"
        for number, one in enumerate([*addresses, "/fine/old.html"])
    )
    (content / "papers" / "rows.jsonl").write_text(rows, "utf-8")
    build(content, site)
    paths = set(read_tree(site))
    assert own - paths <= {path for path in own if path.startswith(("assets/", "search-data/"))}
    assert "fine/old.html" in paths
    (content / "papers" / "rows.jsonl").rename(tmp_path / "rows.jsonl")
    assert main(["import", str(tmp_path / "rows.jsonl"), "--content", str(content), "--json"]) == 0
    capsys.readouterr()
    build(content, site)
    assert "fine/old.html" in read_tree(site)


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
    assert code == 1
    assert ("holds no site.yaml" if name == "site.yaml" else "it is no regular file") in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX")
@pytest.mark.parametrize("name", ["papers/up", "papers/a/up", "tags.yaml", "news.yaml", "authors.yaml", "static/up", "pages/up.md"])  # fmt: skip
@pytest.mark.parametrize("target", ["..", "up", "nothing"])
def test_links_that_have_no_end_are_one_short_error(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, target: str
) -> None:
    content = make_content({"papers/a/a.yaml": "title: A\n", "pages/a.md": "# A\n", "static/a.txt": "a"})
    (content / name).symlink_to((content / name).name if target == "up" else target)
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    report = capsys.readouterr().err
    assert f"content/{name}" in report
    assert len(report) < 500, report


FAULTY = (
    "con.yaml",
    "aux",
    "a.",
    "b ",
    "a\\b.txt",
    "a\nb.txt",
    "\x1b[31m.txt",
    "sub/nul.txt",
    b"\xff.txt",
    "caf\u00e9.txt",
)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
def test_an_import_waits_for_no_pipe_and_reads_no_device_to_its_end(
    make_content: Make,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    impatient: None,
) -> None:
    content = make_content({})
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.bib").write_text("@article{a, title={A}}\n", "utf-8")
    os.mkfifo(tmp_path / "in" / "p.bib")
    (tmp_path / "in" / "sub" / "up").symlink_to("..")
    assert main(["import", str(tmp_path / "in"), "--content", str(content)]) == 1
    report = capsys.readouterr().err
    assert "in/p.bib: the file cannot be read: it is no regular file" in report
    assert "in/sub/up: the file cannot be read: it is no regular file" in report
    monkeypatch.setattr(sources, "LARGEST", 5_000_000)
    for device, words in (("/dev/zero", "it is larger than 5 MB"), ("/dev/null", "it is an empty file")):
        assert main(["import", device, "--content", str(content)]) == 1
        assert words in capsys.readouterr().err
    # A pipe that somebody named is read: `paperbound import <(another program)`.
    pipe = tmp_path / "in" / "p.bib"
    writer = threading.Thread(target=pipe.write_text, args=("@article{b, title={B}}\n", "utf-8"))
    writer.start()
    assert main(["import", str(pipe), "--content", str(content)]) == 0
    writer.join()


@pytest.mark.skipif(os.name != "posix", reason="other systems take no such names")
def test_files_whose_names_another_system_does_not_take_are_errors(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n", "static/cafe\u0301.txt": "b"})
    for name in FAULTY:
        file = os.path.join(os.fsencode(content / "static"), os.fsencode(name))  # noqa: PTH118
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        with open(file, "wb") as written:  # noqa: PTH123
            written.write(b"x")
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    report = capsys.readouterr().err
    assert report.count("is no name of a file on every system") == len(FAULTY) - 1
    assert report.count("in the other form of Unicode") == 1
    assert f"{len(FAULTY)} errors" in report
    assert "\x1b" not in report
    assert r"\x1b[31m.txt" in report


def test_a_name_in_the_other_form_of_unicode_has_the_address_of_its_kind(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    build(make_content({"papers/a.yaml": "title: A\n", "static/cafe\u0301.txt": "b"}), tmp_path / "site")
    assert "caf\u00e9.txt" in read_tree(tmp_path / "site")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of characters alone")
def test_names_that_are_not_utf_8_are_named_and_stop_no_command(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    (content / "papers" / "\udcff.yaml").write_text("id: b\ntitle: B &amp; C\n", "utf-8")
    (tmp_path / "\udcfe.bib").write_text("@article{a, title={A}, year={soon}}\n", "utf-8")
    for arguments in (("build", "--output", tmp_path / "site"), *(("check", "--format", name) for name in ("text", "json", "github", "sarif"))):  # fmt: skip
        assert main([*map(str, arguments), "--content", str(content)]) == 1
        report = "".join(capsys.readouterr())
        assert "xff.yaml" in report
        assert "the name of the file is not UTF-8" in report
        report.encode()
    (content / "papers" / "\udcff.yaml").unlink()
    assert main(["import", str(tmp_path / "\udcfe.bib"), "--json", "--content", str(content)]) == 0
    assert r"\\xfe.bib" in capsys.readouterr().out
    for output in ("\udcff", "\udcff/site"):
        assert main(["build", "--content", str(content), "--output", str(tmp_path / output)]) == 0
        assert (tmp_path / output / "index.html").exists()
        assert main(["build", "--content", str(content), "--output", str(tmp_path / output)]) == 0


@pytest.mark.parametrize("text", ["9" * 5000, "0" * 5000 + "1", "\u0663", "1e400", ".nan", "-1"])
@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("site.yaml", "title: T\npage_size: %s\n"),
        ("site.yaml", "title: T\ndigest: {smtp: 'mail.test:%s'}\n"),
        ("papers/b.yaml", "title: B\nsignals: {upvotes: %s}\n"),
        ("papers/b.yaml", "title: B\ndate: %s\n"),
        ("searches.yaml", "- {id: a, query: b, size: %s}\n"),
    ],
)
def test_numbers_of_any_length_are_named_faults(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, form: str, text: str
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n", file: form % text})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    assert f"content/{file}:" in capsys.readouterr().err


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
