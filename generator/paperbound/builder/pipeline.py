"""The pipeline: read, assemble, plan, run what changed, move in, prune. All or nothing."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain, starmap

from ..content.catalogue_cache import Kept, write_kept
from ..content.load import Faults, Reading, read_site
from ..content.record_cache import Shelf
from ..library.assets import name_assets
from ..library.make_site import LAZY, make_site
from ..library.page_kind import Wave
from ..library.shard import Shard
from ..model.errors import Fault
from ..model.job import Job, Receipt
from ..model.result import Options, Result
from ..pages.kinds import KINDS, list_shards
from ..pages.search_index import list_needs, plan_manifest, plan_merge, plan_related
from ..pages.static_files import plan_sitemaps
from ..text.digests import digest_texts
from ..text.memo import share
from ..themes.loader import collect_assets
from ..themes.theme import Layer
from ..urls import Claims, papers
from .ahead import Ahead
from .commit import settle
from .executors import LateExecutor
from .fingerprints import Digests, Facts, Plan, Told, digest_code
from .manifest import Share, State
from .output import Output
from .relating import Found
from .scheduler import run_batches
from .stat_index import Look
from .up_to_date import Changes, drop_snapshot, stamp_sources, start_look, write_snapshot
from .worker import Batch, Outcome

Progress = Callable[[str, int], None]
# A share of the work: its key, its digest (empty: not found yet), the shard or the job that it is.
Wanted = tuple[str, str, Shard | None, Job | None]
_PLAN = "plan"
_MANY = 20_000
# Shares of the work after which workers have grown by 150 MB.
_TIRED = 500


def build_site(
    options: Options,
    executor: Executor,
    progress: Progress = lambda _what, _count: None,
    look: Look | None = None,
) -> Result:
    """Builds the site. InputError, and the output as it was, where the input has faults.

    `look` is one at the site that was begun already.
    """
    look = look or start_look(options)
    with closing(look), closing(Ahead()) as ahead:
        return _build_site(options, executor, progress, look, ahead)


def _build_site(options: Options, executor: Executor, progress: Progress, look: Look, ahead: Ahead) -> Result:
    sources = stamp_sources(options)
    output = Output.open(options.output, (options.content, *options.themes), clean=options.clean)
    with _lock(output):
        faults = Faults(options.strict)
        progress("reading", 0)
        output.recover()
        code = digest_code()
        shelf = Shelf.load(output.private / "records", code)
        # One change makes few pages but of papers, whatever it is.
        kinds = [kind for kind in KINDS.values() if output.fresh or kind.wave is Wave.RELATED]
        templates = [name for kind in kinds for name in kind.templates]
        reading = read_site(options, faults, shelf, lambda theme: ahead.start(theme, templates))
        progress("read", len(reading.catalogue.records))
        try:
            shelf.save()
            shelf.clear()
            build = _Build(output, reading, executor, progress, faults, code)
            if reading.overview and not reading.survey:
                kept = Kept(reading.catalogue, build.plan.site.survey, reading.warnings)
                write_kept(shelf.catalogue, code, reading.overview, kept)
            build.run(look, ahead)
            drop_snapshot(options)
            result, changes = build.finish()
        except BaseException:
            output.discard()
            raise
        write_snapshot(options, sources, result, changes, look.lay)
        return result


def make_plan(reading: Reading) -> Plan:
    """What workers plan from."""
    assets = name_assets(collect_assets(reading.theme))
    theme = reading.theme
    lean = replace(theme, layers=tuple(Layer(one.folder, one.templates, {}) for one in theme.layers))
    words = {name: theme.list_words(name) for name in LAZY}
    site = make_site(reading.catalogue, reading.config, assets, reading.survey, reading.digests, words, theme.options)
    return Plan(site, lean, KINDS)


def claim_paths(claims: Claims, share: Share) -> list[Fault]:
    """Claims the paths of a share's jobs; the faults of those that another one asked for."""
    found = [claims.claim(file[0], owner) for _, owner, _, _, files in share.rows for file in files]
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
        self.facts = Facts.load(output.private / "facts", code)
        self.digests = Digests(self.plan, self.facts.find(reading.overview))
        self.related = Found((), (), output.work)
        self.told: dict[str, Told] = {}
        self.order: list[str] = []
        self.taken: dict[str, Share] = {}
        self.made: dict[str, Share] = {}
        self.claims = Claims()
        self.files = 0
        self.begun = 0

    def run(self, look: Look, ahead: Ahead) -> None:
        """Makes whatever is not as it should be; `look` is one at the site that was begun, and `ahead` the compiling
        of templates."""
        self.output.compare(look, self.before.values())
        self.output.stage()
        share(_PLAN, self.plan)
        try:
            site = self.plan.site
            others = self._tell(Wave.FREE)
            if self.reading.config.has_search:
                # Here, and not above: a site without search has no use for numpy's 0.07 s.
                from . import search_tasks as searching  # noqa: F401
            # What is imported and compiled by now, workers have that are forked from here on.
            ahead.finish()
            if self.reading.config.has_search:
                self._index(others)
                others = iter(())
            found = self._list_receipts()
            self.related = Found.of(site.order, found, self.output.work)
            self._run(chain(self._tell(Wave.RELATED), others))
            self.faults.raise_errors()
            self._run_sitemap()
            if found:
                self._run_jobs((plan_manifest(found, site.addresses.href(papers())),))
            self._claim()
            self.faults.raise_errors()
            self._renew_workers()
            if isinstance(self.executor, LateExecutor):
                self.executor.renew(wait=False)
            # At the latest now: without its snapshot a look is worth nothing.
            self.output.see()
        finally:
            share(_PLAN, None)

    def finish(self) -> tuple[Result, Changes]:
        """Moves everything in."""
        settled = settle(self.output, self.before, self.taken, self.made)
        self.state.save(settled.shares)
        self.facts.save(self.reading.overview, self.told)
        shares = settled.shares.values()
        result = Result(
            papers=len(self.reading.catalogue.records),
            pages=sum(share.pages for share in shares),
            files=sum(share.files for share in shares),
            bytes=sum(share.size for share in shares),
            written=settled.written,
            removed=settled.removed,
            warnings=tuple(sorted(set(self.faults.warnings))),
        )
        return result, settled.changes

    def _index(self, others: Iterator[Wanted]) -> None:
        """Makes the search index, and what is related to what; beside its first wave the `others`, which wait for
        neither."""
        related, documents = self.reading.config.has_related, len(self.reading.catalogue.records)
        # Those that changed first: they need no look at the site, which takes another tenth of a second.
        shards = self._tell(Wave.INDEX)
        changed = sorted(shards, key=lambda wanted: self._find_known(wanted[0], wanted[1]) is not None)
        self._run(chain(changed, others))
        # Each of these jobs is long: one at a time goes to a worker.
        known = self._list_known()
        self._run_jobs(plan_merge(self._list_receipts(), documents, known, related=related))
        if related:
            self._run_jobs(plan_related(self._list_receipts(), documents, known))

    def _run_sitemap(self) -> None:
        """The sitemap, which is told by what shares say of their pages: those that were taken are not unpacked."""
        addresses = self.plan.site.addresses
        digest = digest_texts((addresses.base_url, *(share.listing for share in self._list_shares())))
        known = {key: share for key, share in self.before.items() if key.startswith("job sitemap")}
        if known and all(share.digest == digest and self.output.is_intact(share) for share in known.values()):
            self.order += known
            self.taken |= known
            return
        rows = (row for share in self._list_shares() for row in share.rows)
        listed = [(files[0][0], updated) for _, _, is_listed, updated, files in rows if is_listed]
        self._run((f"job {job.key}", digest, None, job) for job in plan_sitemaps(listed, addresses))

    def _list_shares(self) -> Iterator[Share]:
        """The shares of the plan so far, in its order."""
        return (self.taken.get(key) or self.made[key] for key in self.order)

    def _renew_workers(self) -> None:
        # Workers come to copy what they were forked with, and keep what they once took: at 81,417 papers two of them
        # had 600 MB each after the merge. Forking new ones takes a twentieth of a second.
        if isinstance(self.executor, LateExecutor) and len(self.reading.catalogue.records) > _MANY:
            self.executor.renew()

    def _list_receipts(self) -> dict[str, tuple[Receipt, ...]]:
        """The receipts of the search index's jobs."""
        return {job.key: job.receipts for share in self._list_shares() if share.work for job in share.jobs}

    def _list_known(self) -> dict[str, tuple[Receipt, ...]]:
        """The receipts of the index's jobs in the last build, if all that they left for other jobs lies there still."""
        shares = [share for share in self.before.values() if share.work]
        if not all(map(self.output.find_work, shares)):
            return {}
        return {job.key: job.receipts for share in shares for job in share.jobs}

    def _tell(self, wave: Wave) -> Iterator[Wanted]:
        # Where nothing is known workers find the digests themselves, side by side.
        known, shards = self.before, list_shards(self.plan.kinds.values(), self.plan.site, wave)
        return ((shard.key, self._digest(shard) if shard.key in known else "", shard, None) for shard in shards)

    def _find_known(self, key: str, digest: str) -> Share | None:
        known = self.before.get(key)
        return known if known and known.digest == digest else None

    def _digest(self, shard: Shard) -> str:
        name, attach = self._find_related(shard)
        digest, self.told[shard.key] = self.digests.tell_part(shard, name, attach)
        return digest

    def _run_jobs(self, jobs: Iterable[Job]) -> None:
        self._run((f"job {job.key}", self.digests.digest_job(job), None, job) for job in jobs)

    def _run(self, wanted: Iterable[Wanted]) -> None:
        """Runs the shares of the work that are not done yet, a wave; what is known of all of them is kept."""
        self._renew_workers()
        for outcome in run_batches(starmap(self._take, wanted), self.executor):
            self.order.append(outcome.key)
            if outcome.key in self.taken:
                continue
            self.faults.report_all(outcome.faults)
            if outcome.told:
                self.told[outcome.key] = outcome.told
            self.made[outcome.key] = outcome.share
            if not self.before:
                self.faults.report_all(claim_paths(self.claims, outcome.share))
            self.files += outcome.share.files
            self.progress("made", self.files)

    def _take(self, key: str, digest: str, shard: Shard | None, job: Job | None) -> Batch | Outcome:
        known = self._find_known(key, digest)
        if known and self.output.is_intact(known):
            self.taken[key] = known
            return Outcome(key, known)
        self.begun += 1
        kind = self.plan.kinds[shard.kind] if shard else None
        if self.begun % _TIRED == 0 or (kind and kind.renews_workers and shard and not shard.start):
            self._renew_workers()
        needs, related, local = list_needs(job) if job else (), "", bool((kind and kind.local) or (job and job.local))
        if shard:
            related, attach = self._find_related(shard)
            shard, previous = attach(shard), self.before.get(key)
            before = self.output.find_work(previous) if previous and previous.work else ""
            if before:
                shard, needs = replace(shard, before=before), (before,)
        folders = str(self.output.staging), str(self.output.work)
        return Batch(_PLAN, key, digest, shard, job, *folders, needs, related, local)

    def _find_related(self, shard: Shard) -> tuple[str, Callable[[Shard], Shard]]:
        """The name of the files with a shard's related papers, and what attaches those papers."""
        if not self.plan.kinds[shard.kind].shows_related:
            return "", lambda shard: shard
        return self.related.name(shard), self.related.attach

    def _claim(self) -> None:
        """Claims all paths, unless nothing asks for another one than in the last build."""
        # Those of the search index aside: they are named by their bytes, and belong to nobody else.
        if not self.before:
            return
        was = (share for key, share in self.before.items() if key not in self.taken and not share.work)
        now = (share for share in self.made.values() if not share.work)
        if _list_paths(now) <= _list_paths(was):
            return
        for result in self._list_shares():
            self.faults.report_all(claim_paths(self.claims, result))


def _list_paths(shares: Iterable[Share]) -> set[tuple[str, str]]:
    return {(file[0], owner) for share in shares for _, owner, _, _, files in share.rows for file in files}
