"""Fixtures of all tests, skips of tests that cannot run here, and the option that writes golden trees."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from paperbound.builder import pipeline
from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, Result, build_site
from paperbound.checks import running
from paperbound.themes import scripts
from surroundings import CHROMIUM, JUDGES, ROOT, SHARED, Build

# The same examples everywhere and every time; a clock says nothing about a property.
settings.register_profile("whole", deadline=None, max_examples=300, derandomize=True)
settings.register_profile("quick", settings.get_profile("whole"), max_examples=60)


def pytest_configure(config: pytest.Config) -> None:
    # Where slow tests are left out, so are four of five examples.
    settings.load_profile("quick" if config.option.markexpr == "not slow" else "whole")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden trees anew")


def find_scope(nodeid: str) -> str:
    """The file of a test that shares with others what takes long to start: a browser, a cluster, scenarios; else itself."""
    file = nodeid.partition("::")[0]
    return file if file.startswith(("tests/browser/", "tests/torture/")) or file.endswith("test_cluster.py") else nodeid


class FileScheduler(LoadScopeScheduling):  # type: ignore[misc]
    """Gives one worker all tests of a scope, the largest scopes first.

    (The groups of pytest-xdist 3.8 have no effect with pytest 9.2, whose items have no `_nodeid`.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return find_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FileScheduler:
    return FileScheduler(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = _missing()
    for item in items:
        for marker, reason in missing.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))
    if hasattr(config, "workerinput"):
        # Of tests that any worker may run, the long ones come first: at the end no worker waits for another.
        items.sort(key=lambda item: find_scope(item.nodeid) == item.nodeid and not item.get_closest_marker("slow"))


def _missing() -> dict[str, str]:
    has_judges = (JUDGES / ".installed").is_file() or (JUDGES / "axe-core").is_dir()
    return {
        "browser": "" if CHROMIUM else "chromium is not installed",
        "judge": "" if has_judges and shutil.which("node") and shutil.which("java") else "no judges (npm, node, java)",
        "real": "" if SHARED.is_dir() else "the real records are not beside the repository (../shared/data)",
    }


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("PAPERBOUND_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        reasons = sorted(
            {str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr) for report in skipped}
        )
        terminalreporter.section("NOT RUN")
        for reason in reasons:
            terminalreporter.write_line(
                f"{reason.removeprefix('Skipped: ')}: {sum(reason in str(one.longrepr) for one in skipped)} tests"
            )


@pytest.fixture(scope="session", autouse=True)
def _remembered() -> Iterator[None]:
    """Computes once what each build of this process computes of the same files: the digest of the code, minified scripts.

    Of 0.11 s that a small build takes, these are 0.05 s.
    """
    with pytest.MonkeyPatch.context() as patch:
        digest_code = cache(pipeline.digest_code)
        patch.setattr(pipeline, "digest_code", digest_code)
        patch.setattr(running, "digest_code", digest_code)
        patch.setattr(scripts, "_minify", cache(scripts._minify))
        yield


@pytest.fixture
def build() -> Build:
    """Builds a content folder into an output folder, in this process."""

    def run(content: Path, output: Path, **options: object) -> Result:
        return build_site(Options(content, output, **options), InlineExecutor())  # type: ignore[arg-type]

    return run


@pytest.fixture
def make_content(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Writes a content folder from a mapping of paths to texts; site.yaml is added where it is missing."""

    def make(files: dict[str, str | bytes]) -> Path:
        content = tmp_path / "content"
        for name, text in {"site.yaml": "title: Test\n", **files}.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return content

    return make


@pytest.fixture(scope="session")
def default_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's own content, built for localhost's root."""
    output = tmp_path_factory.mktemp("default") / "site"
    build_site(Options(ROOT / "content", output, base_url="http://localhost:8000/"), InlineExecutor())
    return output
