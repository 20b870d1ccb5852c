"""`make odd`: builds sites that are odd in one way, measures CPU time and memory, and writes the table of docs/security.md.

    python tests/odd/odd.py [--part 1] [--only NAME] [--write]

Each site is built whole (or a part of it: `--part 4` is a quarter), and at a quarter of that. *Growth* is by how much the
time grows where the size grows fourfold: 4 is in step with the size; above 6 something is not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "torture")]

from marked_table import write_table  # noqa: E402
from odd_sites import SITES, OddSite  # noqa: E402


class Measured(NamedTuple):
    """A build: its exit code, its seconds of CPU (workers included), the most memory of a process in MB."""

    code: int
    seconds: float
    memory: float


def measure(site: OddSite, size: int, folder: Path) -> Measured:
    """Writes a site of a size and builds it, in a process of its own."""
    content = folder / "content"
    site.write(content, size)
    words = [
        sys.executable,
        "-m",
        "paperbound",
        "build",
        "--quiet",
        "--content",
        str(content),
        "--output",
        str(folder / "site"),
    ]
    child = os.posix_spawn(
        words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, used = os.wait4(child, 0)
    shutil.rmtree(folder)
    return Measured(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000)


def main() -> int:
    """Measures all sites; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    memory = Path("/dev/shm")
    place = Path(tempfile.mkdtemp(prefix="odd-", dir=memory if memory.is_dir() else None))
    rows, good = [], True
    try:
        for site in (one for one in SITES if chosen.only in one.name):
            size = max(8, site.size // chosen.part)
            quarter, whole = (measure(site, one, place / str(one)) for one in (size // 4, size))
            good = good and not whole.code and not quarter.code
            growth = whole.seconds / quarter.seconds
            rows.append((f"{size:,} {site.name}", f"{whole.seconds:.1f} s", f"{whole.memory:,.0f} MB", f"{growth:.1f}",
                         "yes" if not whole.code else "no", "`make odd`"))  # fmt: skip
            print(rows[-1], flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    head = ("Site", "CPU time", "Memory", "Growth", "Built", "Command")
    print(write_table("odd", head, rows, write=chosen.write))
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
