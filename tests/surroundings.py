"""Where the tests are: the repository, the judges, the real records, the browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from paperbound.build.pipeline import Result

ROOT = Path(__file__).resolve().parent.parent
JUDGES = Path(__file__).parent / "judges" / "node_modules"
SHARED = ROOT.parent / "shared" / "data"
CHROMIUM = shutil.which("chromium") or ""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
Build = Callable[..., Result]


def read_tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their paths."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
