"""`make fuzz`: a long run of the machine of edits, each step of which is compared with a clean build.

    python tests/fuzz/fuzz.py [--steps 10000] [--write]

Each sequence has at most 100 steps, and some 75 on the average; another run has other sequences. A sequence that fails is
shown with its steps: put it into a test of `tests/fuzz/`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS.parent), *(str(TESTS / name) for name in ("", "fuzz", "torture"))]

from hypothesis import HealthCheck, settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from edits import Edits  # noqa: E402
from marked_table import write_table  # noqa: E402

_LENGTH, _AVERAGE = 100, 75


class Counted(Edits):
    """Edits whose comparisons are counted: all, and those of a site that could be built."""

    compared = 0
    built = 0

    def build(self, name: str, *, clean: bool = False) -> str:
        """Builds; returns the faults of the input."""
        faults = super().build(name, clean=clean)
        Counted.compared += clean
        Counted.built += clean and not faults
        return faults


def main() -> int:
    """Runs the machine; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    sequences = max(1, chosen.steps // _AVERAGE)
    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=_LENGTH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    row = ("edits, each compared with a clean build", f"{Counted.compared:,}", f"{Counted.compared:,}", "`make fuzz`")
    print(write_table("fuzz", ("Kind", "Tried", "Held", "Command"), [row], write=chosen.write))
    print(f"{Counted.built:,} of {Counted.compared:,} could be built")
    return 0


if __name__ == "__main__":
    sys.exit(main())
