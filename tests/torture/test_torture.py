"""A hundred faults of all kinds: after each the site is whole, and the next run completes it. `make torture` has 2,000."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperbound.storage.platform import CAN_FORK
from scenarios import Scenario
from torture import open_scenarios, plan_trials, run_trials

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="faults are put into forked processes")
_PARTS = 4


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[Path, list[Scenario]]]:
    with open_scenarios() as found:
        yield found


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, _PARTS))])
def test_a_hundred_faults_are_held(opened: tuple[Path, list[Scenario]], part: int) -> None:
    workshop, scenarios = opened
    trials = plan_trials(scenarios, 104, random.Random(25))
    assert len(trials) >= 100
    assert len({one.kind for one in trials}) >= 12
    said: list[str] = []
    tried, held = run_trials(trials[part::_PARTS], workshop, said.append)
    assert tried == held, "\n".join(said)
