"""Some 60 steps of the machine of edits, and the proof that it catches a build that keeps an old page."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from edits import Edits
from paperbound.builder.fingerprints import Fingerprints

SETTINGS = settings(
    max_examples=3, stateful_step_count=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip


def test_a_rebuild_equals_a_clean_build_after_any_edits() -> None:
    run_state_machine_as_test(Edits, settings=SETTINGS)


def test_the_machine_catches_a_page_that_is_not_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fingerprints, "of_shard", lambda _self, shard, *_: (shard.key, type("Inputs", (), {})()))
    with pytest.raises(Exception):  # noqa: B017, PT011 - an assertion, or hypothesis' group of some
        run_state_machine_as_test(Edits, settings=settings(SETTINGS, max_examples=5, phases=["generate"]))
