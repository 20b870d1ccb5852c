"""`make release-check`: says what holds and what does not; `make sbom` is one part of the whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from release.archives import build_archives, check_archives
from release.dependencies import check_dependencies
from release.sbom import check_sbom, make_sbom
from release.versions import check_versions, read_version

# Tests that compare the documentation with the code, and run its commands.
DOCUMENTS = (
    "tests/test_docs.py",
    "tests/test_snippets.py",
    "tests/test_publishing.py",
    "tests/test_reports.py",
    "tests/test_extending.py",
    "tests/test_contributing.py",
    "tests/themes/test_themes.py",
)


def check_documents(root: Path) -> list[str]:
    """Returns the tests of the documentation that fail."""
    command = [sys.executable, "-m", "pytest", "-q", "--tb=line", "-m", "not slow", *DOCUMENTS]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return lines or [done.stdout[-2000:] + done.stderr[-2000:]] if done.returncode else []


def write_archives(root: Path) -> list[str]:
    """Builds wheel and source archive into an empty dist/, and returns their faults."""
    dist = root / "dist"
    for file in dist.glob("paperbound-*"):
        file.unlink()
    return check_archives(root, build_archives(root, dist))


def write_sbom(root: Path) -> list[str]:
    """Writes the bill of materials into dist/, and returns its faults."""
    text = make_sbom(root)
    (root / "dist").mkdir(exist_ok=True)
    (root / "dist" / f"paperbound-{read_version(root)}.cdx.json").write_text(text, "utf-8")
    return check_sbom(text)


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    "version": check_versions,
    "dependencies": check_dependencies,
    "archives": write_archives,
    "sbom": write_sbom,
    "documents": check_documents,
}


def run_checks(root: Path, checks: dict[str, Callable[[Path], list[str]]]) -> int:
    """Prints a line for each check and for each fault; returns 1 if there is a fault, else 0."""
    failed = 0
    for name, check in checks.items():
        faults = check(root)
        failed += bool(faults)
        print(f"{'FAULT' if faults else 'ok':5}  {name}", *faults, sep="\n       ", flush=True)
    print(f"{failed} of {len(checks)} checks failed" if failed else "All holds. What to publish is in dist/.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run_checks(Path.cwd(), {name: CHECKS[name] for name in sys.argv[1:] or CHECKS}))
