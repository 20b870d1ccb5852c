"""The worker: runs a batch of jobs and stages their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from ..library.payloads import Payload
from ..library.shard import Shard
from ..model.errors import Fault, InputError
from ..model.job import Artifact, Job, Receipt
from ..search.document import SearchWork
from ..text.digests import digest_bytes
from ..text.memo import shared
from ..themes.theme import Theme
from .fingerprints import Digests, Plan, Told
from .manifest import Done, Share
from .staging import Stage


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of the plan, or a job that is planned already, for a worker, which has the plan called `plan`.

    `key` and `digest` are those of the share of the work; an empty digest is found by the worker. With `staging` the
    worker writes the files there; without it returns the bytes. Files that jobs leave for other jobs lie in the
    folder `work`; `needs` are those that this one reads. `related` names those with the shard's related papers. A
    `local` batch runs in the main process.
    """

    plan: str
    key: str
    digest: str
    shard: Shard | None = None
    job: Job | None = None
    staging: str = ""
    work: str = ""
    needs: tuple[str, ...] = ()
    related: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a share of the work: it as it was done, or what is wrong with it.

    `artifacts` are the files, in the order of the jobs' receipts, where they were not staged. `told` is what the
    digest is made of, where it was found here.
    """

    key: str
    share: Share
    artifacts: tuple[Artifact, ...] = ()
    faults: tuple[Fault, ...] = ()
    told: Told | None = None


def run_batch(batch: Batch) -> Outcome:
    """The outcome of the batch's jobs."""
    plan = cast(Plan, shared(batch.plan))
    jobs: Iterable[Job] = (batch.job,) if batch.job else ()
    if batch.shard:
        jobs = plan.kinds[batch.shard.kind].plan(plan.site, batch.shard)
    done: list[Done] = []
    artifacts: list[Artifact] = []
    faults: list[Fault] = []
    with Stage(batch.staging, batch.work) as stage:
        for job in jobs:
            try:
                files = list(_render(job, plan.theme, batch.work))
            except InputError as error:
                faults.extend(error.faults)
                continue
            receipts = tuple(
                Receipt(one.path, one.digest or digest_bytes(one.data), len(one.data), one.facts) for one in files
            )
            stamps = tuple(stage.write(one) for one in files) if batch.staging else ()
            done.append(Done(job.key, job.owner, job.listed, job.updated, receipts, stamps))
            if not batch.staging:
                artifacts.extend(files)
    digest, told = batch.digest, None
    if batch.shard and not digest:
        digest, told = Digests(plan).tell_part(batch.shard, batch.related, lambda shard: shard)
    return Outcome(batch.key, Share.of(digest, done), tuple(artifacts), tuple(faults), told)


def stage(outcome: Outcome, batch: Batch) -> Outcome:
    """The outcome of a batch that was run without staging, its files staged."""
    artifacts = iter(outcome.artifacts)
    with Stage(batch.staging, batch.work) as stage:
        jobs = [
            replace(done, stamps=tuple(stage.write(next(artifacts)) for _ in done.receipts))
            for done in outcome.share.jobs
        ]
    return replace(outcome, share=Share.of(outcome.share.digest, jobs), artifacts=())


def _render(job: Job, theme: Theme, work: str) -> Iterator[Artifact]:
    """The files of a job."""
    if isinstance(job.payload, SearchWork):
        # Here, and not above: a site without search has no use for numpy's 0.07 s.
        from .search_tasks import render_search

        return render_search(job.payload, job.paths, work)
    return cast(Payload, job.payload).render(job.paths, theme)
