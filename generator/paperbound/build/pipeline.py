"""The pipeline: read, assemble, plan, run what changed, move in, prune. All or nothing."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from itertools import starmap

from ..model.errors import Fault
from ..model.job import Job, Receipt
from ..model.result import Options, Result
from ..planning import make_outline
from ..planning.assets import name_assets
from ..planning.parts import Part, list_index_parts, list_parts
from ..planning.searching import plan_merge, plan_related
from ..planning.second import plan_second
from ..text.cache import lend
from ..themes.theme import Layer, Theme
from ..urls import Claims, is_work
from .digest import Digests, Plan, digest_code
from .executors import LateExecutor
from .kept import Kept, write_kept
from .making import Batch, Outcome
from .output import Output
from .parsed import Shelf
from .reading import Faults, Reading, read_site
from .relating import read_related
from .schedule import run_batches
from .searching import list_needs
from .snapshot import drop_snapshot, stamp_sources, write_snapshot
from .state import Done, Share, Stamp, State
from .theme_files import collect_assets

Progress = Callable[[str, int], None]
_PLAN = "plan"
_MANY = 20_000
# Shares of the work after which workers have grown by 150 MB.
_TIRED = 250
# And before these, which look at everything.
_LARGE = ("list papers 0", "list years 0", "feeds 0")


def build_site(options: Options, executor: Executor, progress: Progress = lambda _what, _count: None) -> Result:
    """Builds the site. InputError, and the output as it was, where the input has faults."""
    sources = stamp_sources(options)
    output = Output.open(options.output, (options.content, *options.themes), clean=options.clean)
    with _lock(output):
        output.look()
        faults = Faults(options.strict)
        progress("reading", 0)
        code = digest_code()
        shelf = Shelf.load(output.private / "records", code)
        reading = read_site(options, faults, shelf)
        progress("read", len(reading.catalogue.records))
        try:
            shelf.save()
            shelf.clear()
            drop_snapshot(options)
            build = _Build(output, reading, executor, progress, faults, code)
            if reading.key:
                kept = Kept(reading.catalogue, build.plan.outline.survey, reading.warnings)
                write_kept(shelf.catalogue, code, reading.key, kept)
            result = build.run()
        except BaseException:
            output.discard()
            raise
        write_snapshot(options, sources, build.list_files(), result)
        return result


def make_plan(reading: Reading) -> Plan:
    """What workers plan from."""
    assets = name_assets(collect_assets(reading.theme))
    theme = reading.theme
    lean = Theme(theme.name, tuple(Layer(one.folder, one.templates, {}) for one in theme.layers), theme.styles)
    outline = make_outline(reading.catalogue, reading.config, assets, reading.survey, reading.digests)
    return Plan(outline, assets, lean)


def claim_paths(claims: Claims, job: Done) -> list[Fault]:
    """Claims the paths of a job; the faults of those that another one asked for."""
    found = [claims.claim(receipt.path, job.owner) for receipt in job.receipts]
    return [fault for fault in found if fault]


@contextmanager
def _lock(output: Output) -> Iterator[None]:
    # A second build of the same site waits for the first: the kernel frees the lock however that ends.
    output.private.mkdir(parents=True, exist_ok=True)
    with (output.private / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Build:
    def __init__(
        self, output: Output, reading: Reading, executor: Executor, progress: Progress, faults: Faults, code: str
    ) -> None:
        self.output, self.reading, self.executor = output, reading, executor
        self.progress, self.faults = progress, faults
        self.state = State.load(output.private / "state", code)
        self.before = {} if output.fresh else self.state.shares
        self.plan = make_plan(reading)
        self.digests = Digests(self.plan)
        self.done: dict[str, Share] = {}
        self.receipts: list[Receipt] = []
        self.claims = Claims()
        self.pages = 0
        self.taken = 0
        self.listed: list[tuple[str, str]] = []
        self.stamps: dict[str, Stamp] = {}
        self.staged: dict[str, Stamp] = {}

    def run(self) -> Result:
        self.output.stage()
        lend(_PLAN, self.plan)
        try:
            outline = self.plan.outline
            if self.reading.config.has_search:
                self._index()
            found = self._list_receipts()
            related = read_related(outline, found, self.output.work)
            self._run_parts(list_parts(outline, related))
            self.faults.raise_errors()
            self._run_jobs(plan_second(self.listed, found, outline.site))
            self.faults.raise_errors()
            self._renew_workers()
        finally:
            lend(_PLAN, None)
        return self._finish()

    def _index(self) -> None:
        related, documents = self.reading.config.has_related, len(self.reading.catalogue.records)
        self._run_parts(list_index_parts(self.plan.outline))
        # Each of these jobs is long: one at a time goes to a worker.
        self._run_jobs(plan_merge(self._list_receipts(), documents, related=related))
        if related:
            self._run_jobs(plan_related(self._list_receipts(), documents, self._list_known()))

    def _renew_workers(self) -> None:
        # Workers come to copy what they were forked with, and keep what they once took: at 81,417 papers two of them
        # had 600 MB each after the merge. Forking new ones takes a twentieth of a second.
        if isinstance(self.executor, LateExecutor) and len(self.reading.catalogue.records) > _MANY:
            self.executor.renew()

    def _list_receipts(self) -> dict[str, tuple[Receipt, ...]]:
        return {job.key: job.receipts for share in self.done.values() for job in share.jobs}

    def _list_known(self) -> dict[str, tuple[Receipt, ...]]:
        """The receipts of the index's jobs in the last build whose files lie there still."""
        shares = (share for key, share in self.before.items() if key.startswith("job search "))
        return {job.key: job.receipts for share in shares if self._is_intact(share) for job in share.jobs}

    def _run_parts(self, parts: Iterable[Part]) -> None:
        # Where nothing is known workers find the digests themselves, side by side.
        known = self.before
        self._run((part.key, self.digests.digest_part(part) if part.key in known else "", part, None) for part in parts)

    def _run_jobs(self, jobs: Iterable[Job]) -> None:
        self._run((f"job {job.key}", self.digests.digest_job(job), None, job) for job in jobs)

    def _run(self, wanted: Iterable[tuple[str, str, Part | None, Job | None]]) -> None:
        """Runs the shares of the work that are not done yet, a wave; what is known of all of them is kept."""
        self._renew_workers()
        for outcome in run_batches(starmap(self._take, wanted), self.executor):
            self.faults.report_all(outcome.faults)
            known = self.before.get(outcome.key)
            again = known is not None and known.jobs is outcome.jobs
            self.done[outcome.key] = known if known and again else Share(outcome.digest, outcome.jobs)
            for job in outcome.jobs:
                self.faults.report_all(claim_paths(self.claims, job))
                self.pages += sum(receipt.path.endswith(".html") for receipt in job.receipts)
                if job.listed:
                    self.listed.append((job.receipts[0].path, job.updated))
                if not again:
                    self.receipts.extend(job.receipts)
                    self.staged.update(zip((receipt.path for receipt in job.receipts), job.stamps, strict=True))
            self.progress("made", len(self.receipts))

    def _take(self, key: str, digest: str, part: Part | None, job: Job | None) -> Batch | Outcome:
        known = self.before.get(key)
        if known and digest and known.digest == digest and self._is_intact(known):
            return Outcome(key, digest, known.jobs)
        self.taken += 1
        if self.taken % _TIRED == 0 or (part and part.key in _LARGE):
            self._renew_workers()
        needs = list_needs(job) if job else ()
        return Batch(_PLAN, key, digest, part, job, str(self.output.staging), str(self.output.work), needs)

    def _is_intact(self, share: Share) -> bool:
        return all(all(map(self.output.is_intact, done.receipts, done.stamps)) for done in share.jobs)

    def _finish(self) -> Result:
        receipts = [receipt for share in self.done.values() for job in share.jobs for receipt in job.receipts]
        owned = {receipt.path for receipt in receipts}
        known = self._known_digests()
        written, removed = self.output.commit(self.receipts, known, owned)
        # Files that were touched, but hold the same bytes, get a new stamp, lest they be read again each time.
        if written or removed or self.done != self.before or len(known) < sum(not is_work(path) for path in owned):
            self._save_state(written)
        else:
            self.stamps = self.output.stamp((), self.staged)
        receipts = [receipt for receipt in receipts if not is_work(receipt.path)]
        return Result(
            papers=len(self.reading.catalogue.records),
            pages=self.pages,
            files=len(receipts),
            bytes=sum(receipt.size for receipt in receipts),
            written=tuple(sorted(written)),
            removed=tuple(removed),
            warnings=tuple(sorted(set(self.faults.warnings))),
        )

    def list_files(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """The files of the site as they lie, after `run`: path, and size and times of change."""
        for path, stamp in self.stamps.items():
            if not is_work(path):
                yield path, (stamp.size, stamp.modified, stamp.changed)

    def _known_digests(self) -> Mapping[str, str]:
        known = {}
        for done in (job for share in self.before.values() for job in share.jobs):
            for receipt, stamp in zip(done.receipts, done.stamps, strict=True):
                if self.output.files.get(receipt.path) == stamp:
                    known[receipt.path] = receipt.digest
        return known

    def _save_state(self, written: Iterable[str]) -> None:
        self.stamps = self.output.stamp(written, self.staged)
        self.state.save({key: self._stamp(share) for key, share in self.done.items()})

    def _stamp(self, share: Share) -> Share:
        stamps = self.stamps
        if all(
            stamps[receipt.path] == stamp
            for job in share.jobs
            for receipt, stamp in zip(job.receipts, job.stamps, strict=True)
        ):
            return share
        jobs = (replace(job, stamps=tuple(stamps[one.path] for one in job.receipts)) for job in share.jobs)
        return replace(share, jobs=tuple(jobs))
