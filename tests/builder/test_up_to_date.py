"""A build of what has not changed is one look; whatever did change is noticed by that look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from paperbound.builder import stat_index
from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import build_site
from paperbound.builder.stat_index import SiteScan, StatIndex, find_up_to_date
from paperbound.model.build import Options, Result
from paperbound.model.errors import InputError
from paperbound.storage.cache_files import find_private
from surroundings import Build

SITES = Path(__file__).parent.parent / "sites"


@pytest.fixture
def options(tmp_path: Path, build: Build) -> Options:
    """The options of a site that was just built."""
    shutil.copytree(SITES / "features", tmp_path / "content")
    shutil.copytree(Path("themes").resolve(), tmp_path / "themes")
    options = Options(tmp_path / "content", tmp_path / "site", (tmp_path / "themes",))
    build(options.content, options.output, themes=options.themes)
    return options


def find_result(options: Options) -> Result | None:
    return find_up_to_date(options, StatIndex.load(options.output))


def append(path: Path, text: str = " ") -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def keep_size_and_time(path: Path) -> None:
    """Changes a letter, and hides it as well as one can."""
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"<title>", b"<titlE>"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def flip(path: Path) -> None:
    """Changes one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


CHANGES: dict[str, Callable[[Options], object]] = {
    "a record saved": lambda one: append(one.content / "papers" / "math.yaml"),
    "a record saved with the same text": lambda one: append(one.content / "papers" / "math.yaml", ""),
    "a record added": lambda one: (one.content / "papers" / "new.yaml").write_text("title: New\n", "utf-8"),
    "a record deleted": lambda one: (one.content / "papers" / "math.yaml").unlink(),
    "a folder of records renamed": lambda one: (one.content / "pages").rename(one.content / "pages2"),
    "the settings": lambda one: append(one.content / "site.yaml", "\ntagline: Words\n"),
    "a template": lambda one: append(one.themes[0] / "default" / "templates" / "paper.html"),
    "a page of the site edited": lambda one: append(one.output / "index.html"),
    "a page edited in disguise": lambda one: keep_size_and_time(one.output / "index.html"),
    "a page deleted": lambda one: (one.output / "papers" / "index.html").unlink(),
    "a file put beside the pages": lambda one: (one.output / "papers" / "more.txt").write_text("x", "utf-8"),
    "a folder put beside the pages": lambda one: (one.output / "more").mkdir(),
    "the site gone": lambda one: shutil.rmtree(one.output),
    "the stat index cut short": lambda one: os.truncate(find_private(one.output).manifest / "stat-index", 4_000),
    "the stat index edited": lambda one: flip(find_private(one.output).manifest / "stat-index"),
    "the stat index gone": lambda one: (find_private(one.output).manifest / "stat-index").unlink(),
}


def test_nothing_changed_is_known(options: Options) -> None:
    found = find_result(options)
    assert found is not None
    assert found.papers == 8
    assert found.written == found.removed == ()
    assert found.warnings, "warnings are told again"


def test_after_changes_it_is_known_again(options: Options, build: Build) -> None:
    record, new = options.content / "papers" / "math.yaml", options.content / "papers" / "new.yaml"
    steps: list[Callable[[], object]] = [
        lambda: record.write_text(
            record.read_text("utf-8").replace("A first paragraph", "Another first paragraph"), "utf-8"
        ),
        lambda: new.write_text("title: New\nauthors: [Somebody New]\n", "utf-8"),
        lambda: new.unlink(),
        lambda: os.utime(options.output / "index.html"),
        lambda: (options.output / "index.html").unlink(),
        lambda: (options.output / "papers" / "more.txt").write_text("x", "utf-8"),
        lambda: shutil.rmtree(options.output / "papers"),
    ]
    for step in steps:
        step()
        assert find_result(options) is None
        result = build(options.content, options.output, themes=options.themes)
        found = find_result(options)
        assert found is not None
        assert (found.files, found.bytes) == (result.files, result.bytes)
        assert found.files == sum(path.is_file() for path in options.output.rglob("*"))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(options: Options, change: str) -> None:
    CHANGES[change](options)
    assert find_result(options) is None


@pytest.mark.parametrize("other", [{"base_url": "http://x.org/"}, {"strict": True}, {"clean": True}, {"themes": ()}])
def test_other_options_are_another_build(options: Options, other: dict[str, object]) -> None:
    assert find_result(replace(options, **other)) is None  # type: ignore[arg-type]


def test_a_file_saved_during_a_build_is_seen_by_the_next(options: Options, build: Build) -> None:
    record = options.content / "papers" / "math.yaml"
    from paperbound.builder import pipeline

    read = pipeline.load_input

    def read_and_save(*arguments: object) -> object:
        reading = read(*arguments)  # type: ignore[arg-type]
        append(record, "\nnote: Saved late\n")
        return reading

    pipeline.load_input = read_and_save  # type: ignore[assignment]
    try:
        build(options.content, options.output, themes=options.themes)
    finally:
        pipeline.load_input = read
    assert find_result(options) is None


def test_the_look_imports_nothing_that_renders(options: Options) -> None:
    code = (
        "import sys; from paperbound.cli import main; "
        "code = main(sys.argv[1:]); "
        "print(sorted({'jinja2', 'markdown_it', 'yaml', 'numpy', 'lunr', 'nh3'} & sys.modules.keys())); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "build", "--content", str(options.content), "--output", str(options.output)]
    command += ["--themes", str(options.themes[0])]
    subprocess.run(command, check=True, capture_output=True)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "(0 written" in done.stdout
    assert done.stdout.endswith("[]\n")
    assert "warning:" in done.stderr


def test_a_scan_is_stopped_where_the_folder_is_refused(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stat_index, "_WORTH_A_PROCESS", 0)
    (options.output / ".paperbound-site").unlink()
    scan = SiteScan(options, StatIndex.load(options.output))
    child = scan._task._process
    assert child
    with pytest.raises(InputError):
        build_site(options, InlineExecutor(), scan=scan)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.parametrize(
    "step", [lambda site: os.utime(site / "index.html"), lambda site: (site / "404.html").unlink()]
)
def test_a_second_process_sees_what_this_one_sees(
    options: Options, monkeypatch: pytest.MonkeyPatch, step: Callable[[Path], object]
) -> None:
    index = StatIndex.load(options.output)
    assert index
    step(options.output)
    alone = SiteScan(options, index).result()
    monkeypatch.setattr(stat_index, "_WORTH_A_PROCESS", 0)
    assert SiteScan(options, index).result() == alone != None  # noqa: E711
    assert not index.is_current(str(options.output))


def test_a_scan_of_a_replaced_index_is_worth_nothing(options: Options, build: Build) -> None:
    scan = SiteScan(options, StatIndex.load(options.output))
    append(options.content / "papers" / "math.yaml")
    build(options.content, options.output, themes=options.themes)
    assert scan.result() is None
