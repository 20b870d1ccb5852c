"""Rebuilds: stale and fresh tasks, and outputs that are not what their stats say."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperbound.builder.executors import InlineExecutor, LateExecutor, make_executor
from paperbound.builder.fingerprints import digest_code
from paperbound.builder.manifest import read_manifest
from paperbound.builder.pipeline import Options, build_site
from paperbound.model.errors import InputError
from paperbound.storage.cache_files import find_private
from paperbound.storage.sources import FileStat
from paperbound.urls import CACHE, is_cached
from surroundings import WHOLE, Build, read_tree, try_examples

SITES = Path(__file__).parent.parent / "sites"
Make = Callable[[dict[str, str | bytes]], Path]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Times and inodes of everything below a folder, folders too."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted(folder.rglob("*"))
    } | {".": (folder.stat().st_mtime_ns, folder.stat().st_ino)}


@pytest.fixture
def features(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "features", tmp_path / "features"))


def test_nothing_changed_changes_nothing(features: Path, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(features, site)
    before, bytes_before = stamps(site), read_tree(site)
    result = build(features, site)
    assert (result.written, result.removed) == ((), ())
    assert stamps(site) == before
    assert read_tree(site) == bytes_before


def test_one_summary_changed_writes_the_pages_that_show_it(features: Path, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(features, site)
    before = read_tree(site)
    record = features / "papers" / "math.yaml"
    record.write_text(record.read_text("utf-8").replace("A first paragraph", "Another first paragraph"), "utf-8")
    result = build(features, site)
    after = read_tree(site)
    changed = {path for path in after if before.get(path) != after[path]}
    assert set(result.written) == changed
    paper = "papers/an-o-n-2-bound-for-sorted-shelves-em-stacks-em"
    lists = {
        "",
        "tags/mathematics/",
        "tags/reading/",
        "authors/ada-lovelace/",
        "authors/jose-poczos/",
        "venues/journal-of-shelves/",
        "collections/spring-2024/",
    }
    feeds = {f"{folder}{name}" for folder in lists for name in ("feed.xml", "atom.xml", "feed.json")}
    search = {path for path in changed if path.startswith("search-data/")}
    assert changed == {f"{paper}/index.html", f"{paper}/index.md", "api/papers/1.json"} | feeds | search
    assert {path.split(".")[0] for path in search} == {
        "search-data/manifest",
        "search-data/terms",
        "search-data/positions",
        "search-data/words",
        "search-data/endings",
        "search-data/records",
    }
    # The previous build's shards are removed, and nothing else.
    assert {path.split(".")[0] for path in result.removed} == {
        path.split(".")[0] for path in search if not path.endswith("manifest.json")
    }


def test_a_template_changed_renders_what_uses_it(features: Path, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(features, site)
    page = features / "templates" / "page.html"
    page.write_text(page.read_text("utf-8").replace("A line", "Another line"), "utf-8")
    assert build(features, site).written == ("about/index.html",)


def test_a_removed_record_takes_its_pages_along(features: Path, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(features, site)
    (features / "papers" / "more" / "note.md").unlink()
    collection = features / "collections" / "spring-2024.yaml"
    collection.write_text(collection.read_text("utf-8").replace(", note]", "]"), "utf-8")
    result = build(features, site)
    assert {
        "papers/a-paper-in-markdown/index.html",
        "papers/a-paper-in-markdown/index.md",
        "years/2021/index.html",
    } <= set(result.removed)
    assert not (site / "papers" / "a-paper-in-markdown").exists()
    build(features, tmp_path / "clean")
    assert read_tree(site) == read_tree(tmp_path / "clean")


@pytest.mark.parametrize(
    "damage", ["edit", "edit-quietly", "delete", "delete-folder", "add", "link", "folder-for-file"]
)
def test_an_output_that_somebody_changed_is_mended(features: Path, tmp_path: Path, build: Build, damage: str) -> None:
    site = tmp_path / "site"
    build(features, site)
    whole = read_tree(site)
    page = site / "about" / "index.html"
    if damage == "edit":
        page.write_text("changed", "utf-8")
    elif damage == "edit-quietly":  # the same size and time of change
        stat = page.stat()
        page.write_bytes(page.read_bytes().replace(b"Words", b"Sword"))
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    elif damage == "delete":
        page.unlink()
    elif damage == "delete-folder":
        shutil.rmtree(site / "papers")
    elif damage == "add":
        (site / "extra").mkdir()
        (site / "extra" / "file.html").write_text("mine", "utf-8")
    elif damage == "link":
        page.unlink()
        page.symlink_to("/etc/hostname")
    else:
        page.unlink()
        page.mkdir()
        (page / "x").write_text("x", "utf-8")
    build(features, site)
    assert read_tree(site) == whole
    assert not page.is_symlink()
    assert not (site / "extra").exists()


class CountingExecutor(InlineExecutor):
    """Counts the tasks that are run."""

    def __init__(self) -> None:
        self.count = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.count += 1
        return super().submit(fn, *args, **kwargs)


def set_version(data: bytes) -> bytes:
    """The file with the version of its header changed."""
    changed, found = re.subn(rb"^(paperbound \D*)\d+", rb"\g<1>0", data[:128])
    assert found == 1
    return changed + data[128:]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "truncated": lambda data: data[: len(data) // 2],
    "flipped": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "older": set_version,
    "foreign": lambda _data: b"\x80\x04binary",
    "deleted": lambda _data: None,
}


def damage_files(files: Iterable[Path], damage: str) -> None:
    """Replaces files by damaged ones: new files, as a failing disk or a restored backup leaves."""
    for file in files:
        data = DAMAGES[damage](file.read_bytes())
        file.unlink()
        if data is not None:
            file.write_bytes(data)


def list_stores(private: Path) -> dict[str, list[Path]]:
    """The files of each folder below the private folder."""
    stores: dict[str, list[Path]] = {}
    for file in sorted(private.rglob("*")):
        if file.is_file() and file.name != "lock":
            stores.setdefault(file.parent.relative_to(private).as_posix(), []).append(file)
    return stores


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_not_trusted(features: Path, tmp_path: Path, damage: str) -> None:
    site, cold = tmp_path / "site", CountingExecutor()
    build_site(Options(features, site), cold)
    whole, before = read_tree(site), stamps(site)
    private = tmp_path / ".paperbound" / "site"
    stores = list_stores(private)
    assert set(stores) == {"manifest", "cache/catalogue", "cache/index", "cache/records"}
    for name, files in stores.items():
        contents = {file: file.read_bytes() for file in files}
        damage_files(files, damage)
        executor = CountingExecutor()
        assert build_site(Options(features, site), executor).written == (), name
        assert read_tree(site) == whole, name
        # Rebuilt files had the same bytes, and were left alone.
        assert stamps(site) == before, name
        if name == "manifest":
            assert executor.count == cold.count
        elif name == "cache/index":
            # The manifest has the digest of each body, so the header is not needed to know an artifact.
            assert executor.count < cold.count
            assert (executor.count > 0) == (damage != "older")
        else:
            assert {file: file.read_bytes() for file in files} == contents, name


def test_a_paper_that_no_list_shows_is_counted_everywhere(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: T\n", "utf-8")
    rows = "\n".join(f"- {{id: p{number}, title: Paper {number}, date: 2024-01-01}}" for number in range(31))
    (content / "papers" / "all.yaml").write_text(rows, "utf-8")
    build(content, tmp_path / "site")
    (content / "papers" / "late.yaml").write_text("title: Late\n", "utf-8")
    build(content, tmp_path / "site")
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_a_folder_in_place_of_a_store_is_replaced(features: Path, tmp_path: Path, build: Build) -> None:
    site, private = tmp_path / "site", tmp_path / ".paperbound" / "site"
    build(features, site)
    for file in [one for files in list_stores(private).values() for one in files]:
        file.unlink()
        (file / "inner").mkdir(parents=True)
    record = features / "papers" / "math.yaml"
    record.write_text(record.read_text("utf-8").replace("title: ", "title: Another "), "utf-8")
    build(features, site)
    build(features, tmp_path / "clean")
    assert read_tree(site) == read_tree(tmp_path / "clean")
    assert not list(private.rglob("inner"))


def test_a_store_that_is_cut_short_is_not_remembered(features: Path, tmp_path: Path, build: Build) -> None:
    """The process that builds has the file of the last build in its memory."""
    build(features, tmp_path / "site")
    next((find_private(tmp_path / "site").cache / "index").glob("search-matrix.*")).write_bytes(b"x")
    build(features, tmp_path / "site")
    build(features, tmp_path / "other")
    assert read_tree(tmp_path / "other") == read_tree(tmp_path / "site")


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damaged_file_costs_work_but_no_byte(features: Path, tmp_path: Path, build: Build, damage: str) -> None:
    page = features / "pages" / "about.md"
    states = [f"{page.read_text('utf-8')}\nEdit {number}.\n" for number in range(2)]
    trees = []
    for number, text in enumerate(states):
        page.write_text(text, "utf-8")
        build(features, tmp_path / f"clean{number}")
        trees.append(read_tree(tmp_path / f"clean{number}"))
    site, private = tmp_path / "site", tmp_path / ".paperbound" / "site"
    build(features, site)
    names = sorted(path.relative_to(private) for path in private.rglob("*") if path.is_file() and path.name != "lock")
    # Of the kinds of damage the first, third and fifth befall one half of the files, the others the other half.
    some = names if WHOLE else names[list(DAMAGES).index(damage) % 2 :: 2]
    for number, name in enumerate(some):
        if (private / name).is_file():
            damage_files([private / name], damage)
        page.write_text(states[number % 2], "utf-8")
        build(features, site)
        assert read_tree(site) == trees[number % 2], name


_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(
            [
                "",
                "title: One\n",
                "title: Two\ndate: 2020\n",
                "title: One\nauthors: [A, B]\ndate: 2021\nsummary: $x$\n",
                "title: Two\ntags: [t]\nvenue: V\n",
            ]
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(try_examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_EDITS)
def test_clean_and_incremental_builds_give_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    content = folder / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: X\npage_size: 2\n", "utf-8")
    for name, text in edits:
        file = content / "papers" / f"{name}.yaml"
        if text:
            file.write_text(text, "utf-8")
        else:
            file.unlink(missing_ok=True)
        build_site(Options(content, folder / "site"), InlineExecutor())
    build_site(Options(content, folder / "fresh"), InlineExecutor())
    assert read_tree(folder / "site") == read_tree(folder / "fresh")


def test_clean_replaces_the_whole_output(features: Path, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(features, site)
    whole = read_tree(site)
    (site / "about" / "index.html").write_text("changed", "utf-8")
    result = build(features, site, clean=True)
    assert len(result.written) == result.files == len(whole)
    assert read_tree(site) == whole
    assert build(features, site).written == ()


def test_workers_give_the_same_bytes(features: Path, tmp_path: Path, build: Build) -> None:
    build(features, tmp_path / "one")
    with make_executor(2) as executor:
        build_site(Options(features, tmp_path / "two"), executor)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")


def test_spawned_workers_do_too(features: Path, tmp_path: Path, build: Build) -> None:
    build(features, tmp_path / "one")
    with LateExecutor(1, "spawn") as executor:
        build_site(Options(features, tmp_path / "two"), executor)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")


def test_neither_hash_seed_nor_zone_nor_locale_nor_mask_change_a_byte(features: Path, tmp_path: Path) -> None:
    trees = []
    for number, (seed, zone, locale) in enumerate((("1", "UTC", "C"), ("2", "Pacific/Kiritimati", "tr_TR.UTF-8"))):
        site = tmp_path / f"site{number}"
        command = [
            sys.executable,
            "-m",
            "paperbound",
            "build",
            "--quiet",
            "--content",
            str(features),
            "--output",
            str(site),
        ]
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        subprocess.run(command, check=True, env=environment, capture_output=True, umask=0o077)
        trees.append(read_tree(site))
        assert {oct(path.stat().st_mode & 0o777) for path in site.rglob("*") if path.is_file()} == {"0o644"}
        assert {oct(path.stat().st_mode & 0o777) for path in site.rglob("*") if path.is_dir()} == {"0o755"}
    assert trees[0] == trees[1]


def test_output_folders_that_are_not_ours_are_refused(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.tex").write_text("years of work", "utf-8")
    for output in (foreign, content, tmp_path, content / "papers" / "site", Path("/"), Path.home()):
        with pytest.raises(InputError):
            build(content, output)
    assert (foreign / "thesis.tex").read_text("utf-8") == "years of work"
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(InputError):
        build(content, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert build(content, tmp_path / "empty").papers == 1


def test_output_folders_among_the_stores_and_links_to_nothing_are_refused(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    for output, words in ((".paperbound", "builds keep"), (".paperbound/x", "builds keep"), ("link", "leads nowhere")):
        with pytest.raises(InputError, match=words):
            build(content, tmp_path / output)
    assert {path.name for path in tmp_path.iterdir()} <= {"content", "link", ".paperbound"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_stores_that_are_pipes_or_devices_are_read_by_nobody(
    make_content: Make, tmp_path: Path, build: Build, kind: str
) -> None:
    content, private = make_content({"papers/a.yaml": "title: A\n"}), tmp_path / ".paperbound" / "site"
    build(content, tmp_path / "site")
    files = [path for path in private.rglob("*") if path.is_file() and path.name != "lock"]
    for file in (*files, private / "journal"):
        file.unlink(missing_ok=True)
        if kind == "pipe":
            os.mkfifo(file)
        else:
            file.symlink_to("/dev/zero")
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(60)
    try:
        build(content, tmp_path / "site")
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_a_fault_leaves_the_last_good_site(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    site = tmp_path / "site"
    build(content, site)
    before = stamps(site)
    (content / "templates").mkdir()
    (content / "templates" / "paper.html").write_text("{{ nothing }}", "utf-8")
    (content / "papers" / "b.yaml").write_text("title: B\n", "utf-8")
    with pytest.raises(InputError, match="nothing"):
        build(content, site)
    assert stamps(site) == before
    assert not (tmp_path / ".paperbound" / "site" / "staging").exists()


def test_a_site_without_papers_builds(make_content: Make, tmp_path: Path, build: Build) -> None:
    result = build(make_content({}), tmp_path / "site")
    assert result.papers == 0
    assert "no papers yet" in (tmp_path / "site" / "index.html").read_text("utf-8")
    files = {"tags.yaml": "- {slug: t, name: T}\n", "collections/a.yaml": "title: A\npapers: []\n"}
    assert build(make_content(files), tmp_path / "site").papers == 0
    files["collections/a.yaml"] += "date: 2024-05-01\n"
    assert build(make_content(files), tmp_path / "site").papers == 0


def test_warnings_are_errors_when_strict(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/a.yaml": "title: A\n", "papers/notes.docx": b"x"})
    assert len(build(content, tmp_path / "site").warnings) == 1
    with pytest.raises(InputError):
        build(content, tmp_path / "site", strict=True)


def test_links_that_lead_outside_are_refused(make_content: Make, tmp_path: Path, build: Build) -> None:
    (tmp_path / "secret.yaml").write_text("title: Secret\n", "utf-8")
    content = make_content({"papers/a.yaml": "title: A\n", "static/ok.txt": "ok"})
    (content / "papers" / "b.yaml").symlink_to(tmp_path / "secret.yaml")
    (content / "static" / "s.txt").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(InputError) as caught:
        build(content, tmp_path / "site")
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("count", [500, pytest.param(2_000, marks=pytest.mark.slow)])
def test_a_paper_of_two_thousand_authors(make_content: Make, tmp_path: Path, build: Build, count: int) -> None:
    names = ", ".join(f"Author Number{number:04d}" for number in range(count))
    content = make_content({"papers/a.yaml": f"title: {'Long ' * 80}\nauthors: [{names}]\ndate: 2024\n"})
    result = build(content, tmp_path / "site")
    assert result.pages < 20
    # The names stand in each format of the paper; typeface, styles and scripts are those of any site.
    assets = sum(file.stat().st_size for file in (tmp_path / "site" / "assets").iterdir())
    assert result.bytes - assets < 1_000 * count
    (content / "site.yaml").write_text(f"title: Test\nteam_size: {count}\n", "utf-8")
    result = build(content, tmp_path / "site")
    assert len(list((tmp_path / "site" / "authors").iterdir())) > count
    assert result.bytes < 75_000 * count
    page = (tmp_path / "site" / "authors" / "author-number0007" / "index.html").read_text("utf-8")
    assert f"with {count - 1:,} co-authors" in page
    assert f"and {count - 121:,} more" in page


def test_files_that_were_only_touched_are_read_once(features: Path, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(features, site)
    state = tmp_path / ".paperbound" / "site" / "manifest"
    for file in site.rglob("*"):
        os.utime(file)
    before = read_tree(state)
    assert build(features, site).written == ()
    touched = read_tree(state)
    assert touched != before
    assert build(features, site).written == ()
    assert read_tree(state) == touched


def test_what_jobs_left_and_somebody_touched_is_known_again(features: Path, tmp_path: Path, build: Build) -> None:
    build(features, tmp_path / "site")
    private = find_private(tmp_path / "site")
    for file in (private.cache / "index").iterdir():
        os.utime(file)
    record = features / "papers" / "math.yaml"
    record.write_text(record.read_text("utf-8").replace("A first paragraph", "Another first paragraph"), "utf-8")
    build(features, tmp_path / "site")
    tasks = read_manifest(private, digest_code()).values()
    files = [file for task in tasks for job in task.jobs for file in job.files if is_cached(file[0].path)]
    assert len(files) > 5
    for receipt, stat in files:
        assert stat == FileStat.of((private.cache / receipt.path.removeprefix(CACHE)).lstat()), receipt.path


def test_a_cached_file_is_replaced_and_never_cut_short(features: Path, tmp_path: Path, build: Build) -> None:
    build(features, tmp_path / "site")
    index = find_private(tmp_path / "site").cache / "index"
    matrix = next(index.glob("search-matrix.*"))
    before = matrix.read_bytes()
    with matrix.open("rb") as reading:
        shutil.rmtree(tmp_path / ".paperbound" / "site" / "manifest")
        build(features, tmp_path / "site")
        assert matrix.stat().st_ino != os.fstat(reading.fileno()).st_ino
        assert reading.read() == before == matrix.read_bytes()
    assert not list(index.glob("*.new"))
