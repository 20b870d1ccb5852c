"""`make torture`: faults of every kind at every step of building, importing, collecting and mailing, and their table.

    python tests/torture/torture.py [--faults 2000] [--seed 25] [--minutes N] [--write]

A quarter of the faults are SIGKILL at the first steps of each command that change the disk; the others come at random
steps, by the seed. `--write` writes the table into docs/security.md. The exit code is 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS.parent), *(str(TESTS / name) for name in ("", "torture", "sources", "mail"))]

from damages import CLOCKS, DAMAGES, DEATHS, PAIRS, try_clock, try_cluster, try_damage, try_two  # noqa: E402
from faults import KILL, REFUSALS, WORKER, Fault  # noqa: E402
from marked_table import write_table  # noqa: E402
from scenarios import Scenario, list_scenarios, make_collect, make_mailing, open_workshop, try_fault  # noqa: E402

Try = Callable[[Path], list[str]]
# Of a hundred faults.
_SHARES = {
    "first steps": 25,
    "any step": 19,
    "refused": 30,
    WORKER: 4,
    "stores": 12,
    "two": 5,
    "clock": 4,
    "cluster": 1,
}


class Trial(NamedTuple):
    """A fault to try: its kind for the table, its name, the function that tries it."""

    kind: str
    name: str
    run: Try


def plan_trials(scenarios: Sequence[Scenario], count: int, chance: random.Random) -> list[Trial]:
    """Plans a number of faults of all kinds, the same ones of a seed."""
    named = {one.name: one for one in scenarios}
    size = {name: max(1, count * share // 100) for name, share in _SHARES.items()}
    trials = list(_plan_first(scenarios, size["first steps"]))
    sites = [one for one in scenarios if one.touches == "site"]  # the first two have a state
    while len(trials) < size["first steps"] + size["any step"]:
        one = chance.choice(scenarios)
        trials.append(_plan(one, KILL, chance.randint(1, one.steps), "SIGKILL at any step"))
    for _ in range(size["refused"]):
        one, kind = chance.choice(scenarios), chance.choice(list(REFUSALS))
        trials.append(_plan(one, kind, chance.randint(1, one.steps), f"{kind} at any step"))
    for _ in range(size[WORKER]):
        one = named["build-workers"]
        trials.append(_plan(one, WORKER, chance.randint(1, one.steps), "a worker killed"))
    for _ in range(size["stores"]):
        one, how = chance.choice(sites[:2]), chance.choice(DAMAGES)
        number = chance.choice([-1, *range(400)])
        trials.append(_plan_damage(one, how, number, random.Random(chance.random())))
    for _ in range(size["two"]):
        pair, wait = chance.choice(PAIRS), chance.choice([0.0, chance.random() * 0.3])
        one = named["build" if pair.startswith("build") else pair.partition(" ")[0]]
        trials.append(
            Trial(
                "two commands at once", pair, lambda root, one=one, pair=pair, wait=wait: try_two(one, pair, root, wait)
            )
        )
    for _ in range(size["clock"]):
        one, how = chance.choice(sites), chance.choice(CLOCKS)
        trials.append(
            Trial("the clock set", f"{one.name}: {how}", lambda root, one=one, how=how: try_clock(one, how, root))
        )
    for number in range(size["cluster"] if count >= 300 else 0):
        death, wait = DEATHS[number % len(DEATHS)], 1 + 3 * chance.random()
        run = lambda root, death=death, wait=wait: try_cluster(named["build"], death, root, wait)  # noqa: E731
        trials.append(Trial("a cluster's worker or scheduler killed", f"{death} after {wait:.1f} s", run))
    chance.shuffle(trials)
    return trials


def _plan_first(scenarios: Sequence[Scenario], count: int) -> Iterator[Trial]:
    for step in range(1, max(one.steps for one in scenarios)):
        for one in scenarios:
            if step <= one.steps and count > 0:
                count -= 1
                yield _plan(one, KILL, step, "SIGKILL at each of the first steps")


def _plan(scenario: Scenario, kind: str, step: int, row: str) -> Trial:
    fault = Fault(kind, step)
    return Trial(
        row,
        f"{scenario.name}: {kind} at step {step} of {scenario.steps}",
        lambda root: try_fault(scenario, fault, root),
    )


def _plan_damage(scenario: Scenario, how: str, number: int, chance: random.Random) -> Trial:
    name = f"{scenario.name}: {'all stores' if number < 0 else f'store {number}'} {how}"
    return Trial(f"a store {how}", name, lambda root: try_damage(scenario, how, number, root, chance))


@contextmanager
def open_scenarios() -> Iterator[tuple[Path, list[Scenario]]]:
    """Makes a folder and all scenarios, with the servers that they speak to; all end with the block."""
    from mail_server import MailServer
    from services import MONDAY, World, number_papers
    from web_server import serve

    world = World(MONDAY, *(list(number_papers(start, [3])) for start in (1, 11, 10_001)))
    with ExitStack() as stack:
        workshop = stack.enter_context(open_workshop())
        server = stack.enter_context(MailServer(None, "none", auth=False))
        url = stack.enter_context(serve(world.answer)).url
        scenarios = [*list_scenarios(), make_collect(url, lambda: None), make_mailing(server)]
        yield workshop, [one.make(workshop) for one in scenarios]


def run_trials(
    trials: Sequence[Trial], workshop: Path, say: Callable[[str], object], end: float = float("inf")
) -> tuple[Counter[str], Counter[str]]:
    """Runs trials until a time of the monotonic clock; returns how many of each kind were tried, and how many held."""
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for number, trial in enumerate(trials, 1):
        if time.monotonic() > end:
            say(f"stopped before the {number:,}th fault of {len(trials):,}")
            break
        wrong = trial.run(workshop / f"trial-{number}")
        tried[trial.kind] += 1
        held[trial.kind] += not wrong
        if wrong:
            say(f"{trial.name}\n" + "\n".join(f"    {one}" for one in wrong[:5]))
        shutil.rmtree(workshop / f"trial-{number}", ignore_errors=True)
        if number % 100 == 0:
            say(f"{number} of {len(trials)} faults, {number - held.total()} of them not held")
    return tried, held


def main() -> int:
    """Runs all faults and writes the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=25)
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="start no further fault after these minutes"
    )
    parser.add_argument("--write", action="store_true", help="write the table into docs/security.md")
    chosen = parser.parse_args()
    begin = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - begin:6.0f} s] {text}", flush=True)

    with open_scenarios() as (workshop, scenarios):
        say(f"commands with their steps: {', '.join(f'{one.name} {one.steps}' for one in scenarios)}")
        trials = plan_trials(scenarios, chosen.faults, random.Random(chosen.seed))
        tried, held = run_trials(trials, workshop, say, begin + 60 * chosen.minutes)
    rows = [(kind, f"{tried[kind]:,}", f"{held[kind]:,}", "`make torture`") for kind in sorted(tried)]
    rows.append(("all faults", f"{tried.total():,}", f"{held.total():,}", "`make torture`"))
    text = write_table("crashes", ("Kind", "Tried", "Held", "Command"), rows, write=chosen.write)
    print(text)
    return int(tried != held)


if __name__ == "__main__":
    sys.exit(main())
