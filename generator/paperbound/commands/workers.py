"""Workers: the number of processes of a build on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from ..storage.sources import measure

# Below some 300 papers, starting workers costs more than they save.
_WORTH_WORKERS = 300_000


def count_workers(content: Path, jobs: int | None = None) -> int:
    """Returns `jobs`; by default one process a core for large content, one for small."""
    papers = content / "papers"
    return jobs or (count_cores() if papers.is_dir() and measure(papers) > _WORTH_WORKERS else 1)


def count_cores() -> int:
    """Returns the number of cores that this process may use."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
