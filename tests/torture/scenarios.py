"""The commands that faults meet, each with a folder before it, and the judges of the folder after it."""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from faults import REFUSALS, Ended, Fault, call, run_once
from paperbound.model.errors import InputError
from paperbound.themes import scripts
from wholeness import Tree, check_content, check_same, check_site, check_versions, read_tree

SITES = Path(__file__).parent.parent / "sites"
BASE = "https://example.org/some/base/"
DAY = "2026-03-02"
# What no reader of a content folder sees: files that are written, and moved in later.
_STAGED = (".collecting/",)
_STAGED_ENDS = (".new",)
_NOTED = ".imported"
Action = Callable[[Path], Callable[[], int | None]]
_BIB = """\
@article{kept, title={A paper that the folder has}, author={Ada Lovelace}, year={2024}, doi={10.5555/kept}, journal={Rows}}
@article{one, title={A first imported paper}, author={Grace Hopper and Ada Lovelace}, year={2025}, abstract={It is new.}}
@inproceedings{two, title={A second one}, author={Li Ming}, year={2025}, doi={10.5555/two}, keywords={reading}}
"""
_BUNDLE = """\
---
title: A page of another site
authors: [José Póczos]
date: 2025-05-01
publication_types: ["article-journal"]
links:
- name: PDF
  url: paper.pdf
url_pdf: paper.pdf
---
"""


@dataclass
class Scenario:
    """A command, `before` which a folder is as `saved`; `prepare` changes it further.

    `is_site` says whether the command writes a site, or the content folder. `wanted` are all files that it leaves.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Action
    touches: str = "site"
    saved: Path = Path()
    before: Tree = field(default_factory=dict)
    wanted: Tree = field(default_factory=dict)
    steps: int = 0
    renew: Callable[[], None] = lambda: None

    def make(self, workshop: Path) -> Scenario:
        """Prepares the folder, and runs the command once without a fault: that is what every run must come to."""
        self.saved = workshop / self.name / "saved"
        make_content(self.saved)
        self.renew()
        if self.touches == "site":
            build(self.saved)
        root = self.copy(workshop / self.name / "whole")
        self.before = read_tree(root / self.touches)
        ended = run_once(self.act(root), root)
        assert ended.code == 0, ended.said
        self.steps = ended.steps
        self.wanted = self.read_wanted(root)
        shutil.rmtree(root)
        assert self.wanted != self.before
        return self

    def copy(self, root: Path) -> Path:
        """Makes a folder in which the command has not run yet."""
        shutil.copytree(self.saved, root, symlinks=True)
        self.renew()
        self.prepare(root)
        return root

    def read_wanted(self, root: Path) -> Tree:
        """The files that the command left; of a site, those of a clean build of the same content."""
        if self.touches != "site":
            return read_tree(root / self.touches)
        build(root, "--clean", output="clean")
        return read_tree(root / "clean")

    def check_between(self, root: Path) -> Iterator[str]:
        """After the fault: nothing is cut in half, whatever ended."""
        tree = read_tree(root / self.touches)
        if self.touches == "site":
            yield from check_versions(tree, self.before, self.wanted)
            # A page that is there before and after the build never leads nowhere; none leads yet, or any more, to others.
            yield from check_site(tree, BASE, {*self.before} & {*self.wanted})
            if not self.before:
                yield from (f"a site of {len(tree)} files" for _ in [0] if tree and len(tree) != len(self.wanted))
        else:
            seen = {
                path: data
                for path, data in tree.items()
                if not path.startswith(_STAGED) and not path.endswith(_STAGED_ENDS)
            }
            # Each source adds its lines when it is done.
            lines = {*self.wanted.get(_NOTED, b"").splitlines(keepends=True)}
            if {*seen.pop(_NOTED, b"").splitlines(keepends=True)} - lines:
                yield f"{_NOTED} has lines that no run writes"
            yield from check_versions(seen, self.before, self.wanted)
            if self.touches == "content":
                yield from check_content(root / self.touches)

    def check_after(self, root: Path, fault: Fault) -> Iterator[str]:
        """After the next run: all that a run without a fault leaves, and nothing else."""
        tree = read_tree(root / self.touches)
        yield from check_same(tree, self.wanted)
        if self.touches == "site":
            yield from check_site(tree, BASE)
        # Where the system refused to delete them, folders beside the site wait for the next build that changes it.
        names = {"journal", ".collecting"} | ({"staging", "replaced"} if fault.kind not in REFUSALS else set())
        left = [one for one in root.rglob("*") if one.name in names or one.suffix == ".new"]
        yield from (f"{one.relative_to(root)} is left over" for one in left)

    def check_state(self, root: Path) -> Iterator[str]:
        """The state is true: one more run finds nothing to do."""
        places = ("site", "content")
        stats = {path: _stat(path) for place in places for path in (root / place).rglob("*") if path.is_file()}
        ended = run_once(self.act(root), root)
        if ended.code != 0:
            yield f"a further run ended with {ended.code}: {ended.said}"
        # A clean build writes everything anew.
        if "clean" not in self.name:
            yield from (
                f"{path.relative_to(root)} was written again" for path, stat in stats.items() if _stat(path) != stat
            )
        yield from check_same(read_tree(root / self.touches), self.wanted)


def _stat(path: Path) -> tuple[int, int] | None:
    return (path.stat().st_ino, path.stat().st_mtime_ns) if path.exists() else None


def make_content(root: Path) -> None:
    """A small content folder with one of everything."""
    content = root / "content"
    shutil.copytree(SITES / "features", content)
    files = {
        "authors.yaml": "- {name: Ada Lovelace, role: Head, affiliation: A library}\n- {name: Grace Hopper, role: Guest}\n",
        "news.yaml": "- {date: 2024-05-01, text: A *first* item}\n- {date: 2024-06-01, text: Another}\n",
        "papers/kept.yaml": "title: A paper that the folder has\ndoi: 10.5555/kept\n",
        "papers/attached.yaml": "title: A paper with its file\ndate: 2024-07-01\nlinks: {pdf: attached.pdf}\n",
        "papers/attached.pdf": "%PDF-1.4\n" + "0 " * 4_000,
        "static/robots-note.txt": "A note.\n" * 2_000,
    }
    for name, text in files.items():
        place = content / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


def build(root: Path, *options: str, output: str = "site") -> None:
    """Builds the site of a folder, in a process of its own."""
    ended = run_once(call(_build_arguments(root, *options, output=output)), root)
    assert ended.code == 0, ended.said


def _build_arguments(root: Path, *options: str, output: str = "site") -> list[str]:
    return ["build", "--quiet", "--jobs", "1", "--content", f"{root}/content", "--output", f"{root}/{output}", *options]


def edit(root: Path) -> None:
    """Edits that change, add, rename and remove pages."""
    content = root / "content"
    replace(content / "papers" / "math.yaml", "A first paragraph", "Another first paragraph")
    replace(content / "papers" / "kept.yaml", "A paper that", "The paper which")
    (content / "papers" / "more" / "note.md").unlink()
    replace(content / "collections" / "spring-2024.yaml", ", note]", "]")
    (content / "papers" / "added.yaml").write_text(
        "title: A newcomer\ndate: 2024-08-01\nauthors: [Only Once]\n", "utf-8"
    )
    (content / "static" / "robots-note.txt").write_text("Another note.\n" * 2_000, "utf-8")
    replace(content / "news.yaml", "Another", "A second")


def replace(file: Path, old: str, new: str) -> None:
    """Replaces a text in a file that has it."""
    text = file.read_text("utf-8")
    assert old in text, file
    file.write_text(text.replace(old, new), "utf-8")


def edit_after_a_build(root: Path) -> None:
    """Edits where stats are as the last build left them; a copied site has new ones."""
    build(root)
    edit(root)


def drop_site(root: Path) -> None:
    """Leaves the content alone."""
    shutil.rmtree(root / "site")
    shutil.rmtree(root / ".paperbound")


def add_sources(root: Path) -> None:
    """Files to import."""
    source = root / "old"
    (source / "page").mkdir(parents=True)
    (source / "list.bib").write_text(_BIB, "utf-8")
    (source / "page" / "index.md").write_text(_BUNDLE, "utf-8")
    (source / "page" / "paper.pdf").write_bytes(b"%PDF-1.4\n" + b"1 " * 50_000)


def _act(*options: str) -> Action:
    return lambda root: call(_build_arguments(root, *options))


def _import(root: Path) -> Callable[[], int]:
    words = [
        "import",
        f"{root}/old",
        "--content",
        f"{root}/content",
        "--collection",
        f"old-{DAY}",
        "--update",
        "--json",
    ]
    return call(words)


def _digest(root: Path) -> Callable[[], int]:
    words = ["digest", "--content", f"{root}/content", "--output", f"{root}/site", "--file", f"{root}/mail/digest.eml"]
    return call([*words, "--at", f"{DAY}T06:00:00Z"])


def _prepare_mail(root: Path) -> None:
    (root / "mail").mkdir()
    replace(root / "content" / "site.yaml", "page_size: 4\n", "page_size: 4\ndigest: {from: A <a@example.org>}\n")


def list_scenarios() -> list[Scenario]:
    """The commands that need no server."""
    return [
        Scenario("build", edit, _act()),
        Scenario("build-fast", edit_after_a_build, _act()),
        Scenario("build-first", drop_site, _act()),
        Scenario("build-clean", edit, _act("--clean")),
        Scenario("build-workers", edit, _act("--jobs", "2")),
        Scenario("import", add_sources, _import, "content"),
        Scenario("digest", _prepare_mail, _digest, "mail"),
    ]


def make_collect(url: str, set_day: Callable[[], None]) -> Scenario:
    """Collecting from three services at an address."""
    from collecting import Site
    from services import MONDAY
    from test_collect import ARXIV, DAILY, LAB

    def prepare(root: Path) -> None:
        (root / "content" / "sources.yaml").write_text((ARXIV + DAILY + LAB).replace("{url}", url), "utf-8")

    def act(root: Path) -> Callable[[], int]:
        def collect() -> int:
            try:
                outcomes = Site(root / "content").run(MONDAY)
            except OSError as error:  # as the command line does
                print(error.strerror)  # noqa: T201
                return 1
            except InputError as error:
                print(error)  # noqa: T201
                return 1
            print(outcomes)  # noqa: T201
            return 3 if any(one.faults for one in outcomes) else 0

        return collect

    return Scenario("collect", prepare, act, "content", renew=set_day)


def make_mailing(server: Any) -> Scenario:
    """Sending a digest to five people through a server."""
    people = [f"reader{number}@example.org" for number in range(5)]

    def prepare(root: Path) -> None:
        _prepare_mail(root)
        (root / "mail" / "list.txt").write_text("".join(f"{one}\n" for one in people), "utf-8")

    def act(root: Path) -> Callable[[], int | None]:
        words = ["digest", "--content", f"{root}/content", "--output", f"{root}/site", "--at", f"{DAY}T06:00:00Z"]
        words += ["--send", "--to", f"{root}/mail/list.txt", "--smtp", f"127.0.0.1:{server.port}", "--security", "none"]
        return call([*words, "--pause", "0.01", "--rate", "1000000"])

    def check(root: Path) -> Iterator[str]:
        log = root / "mail" / "list.txt.journal"
        lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.is_file() else []
        last = {line["to"]: line["what"] for line in lines if "to" in line}
        for one in people:
            if server.got[one] > 1:
                yield f"{one} got {server.got[one]} messages"
            if last.get(one) == "sent" and not server.got[one]:
                yield f"the log says that {one} got a message"
            if last.get(one) not in ("sent", "begun"):
                yield f"{one} was left out: {last.get(one)}"

    class Mailing(Scenario):
        def read_wanted(self, root: Path) -> Tree:
            return {}

        def check_between(self, root: Path) -> Iterator[str]:
            yield from (f"{one} got {server.got[one]} messages" for one in people if server.got[one] > 1)

        def check_after(self, root: Path, fault: Fault) -> Iterator[str]:
            yield from check(root)

        def check_state(self, root: Path) -> Iterator[str]:
            count = len(server.mails)
            run_once(self.act(root), root)
            if len(server.mails) != count:
                yield "a further run sent messages"

    return Mailing("mailing", prepare, act, "mail", renew=server.mails.clear)


def try_fault(scenario: Scenario, fault: Fault, root: Path) -> list[str]:
    """Runs the command with a fault, then without; returns all that is wrong."""
    scenario.copy(root)
    return judge(scenario, root, [run_once(scenario.act(root), root, fault)], fault)


def judge(scenario: Scenario, root: Path, ends: Sequence[Ended], fault: Fault) -> list[str]:
    """Judges a folder after processes with a fault have ended, and after the next run; returns all that is wrong."""
    wrong = [f"between: {one}" for one in scenario.check_between(root)]
    wrong += [f"end: {one}" for ended in ends for one in check_end(ended.code, ended.said, fault)]
    again = run_once(scenario.act(root), root)
    # A mailing whose messages may have arrived says so with another code.
    if again.code != 0 and scenario.name != "mailing":
        wrong.append(f"the next run ended with {again.code}: {again.said}")
    if again.code in (70, None):
        wrong.append(f"the next run: {again.said}")
    wrong += [f"after: {one}" for one in scenario.check_after(root, fault)]
    wrong += [f"state: {one}" for one in scenario.check_state(root)]
    shutil.rmtree(root)
    return wrong


def check_end(code: int | None, said: str, fault: Fault) -> Iterator[str]:
    """A command that was refused something says so in plain words, or goes on."""
    if code is None:
        yield "it hung"
    elif code == 70 or "Traceback" in said:
        yield f"an exception that no code catches: {said}"
    elif code < 0 and fault.kind != "SIGKILL":
        yield f"it was ended by signal {-code}"


@contextmanager
def open_workshop() -> Iterator[Path]:
    """A folder for the block, in memory where there is some; processes forked later have all modules imported."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    workshop = Path(tempfile.mkdtemp(prefix="torture-", dir=memory if usable else None))
    make_content(workshop / "first")
    add_sources(workshop / "first")
    # The minifier's runtime (Go) does not survive a fork: its answers of this process are known there.
    minify = scripts._minify
    scripts._minify = cache(minify)
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            assert call(_build_arguments(workshop / "first"))() == 0
            assert _import(workshop / "first")() == 0
        gc.enable()
        shutil.rmtree(workshop / "first")
        yield workshop
    finally:
        scripts._minify = minify
        shutil.rmtree(workshop)
