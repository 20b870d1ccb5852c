"""The pipeline: load, plan, run stale tasks, commit. A build succeeds whole or changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import closing
from dataclasses import replace
from itertools import chain, starmap
from typing import TYPE_CHECKING

from .. import formats, importers
from ..content.catalogue_cache import CachedCatalogue, write_catalogue
from ..content.folder import SiteInput, load_input
from ..content.record_cache import RecordCache
from ..languages import find_language
from ..library.make_site import make_site
from ..library.page_kind import Shard, Wave
from ..library.site import Site
from ..model.build import Job, Options, Progress, Receipt, Result, ignore_progress
from ..model.digests import digest_texts
from ..model.errors import Fault, Faults, InputError
from ..pages import kinds
from ..pages.identifiers import describe_lookup
from ..pages.kinds import KINDS, list_shards
from ..pages.offline.worker_files import name_build, plan_worker
from ..pages.search_index import (
    list_blocks,
    list_needs,
    list_numbered,
    plan_manifest,
    plan_map,
    plan_merge,
    plan_related,
)
from ..pages.sections import SECTIONS
from ..pages.static_files import plan_sitemaps
from ..storage.platform import hold_lock
from ..storage.plugins import describe_faults
from ..text.memo import SHARED
from ..themes import loader
from ..themes.loader import collect_assets
from ..themes.rendering import TemplateCompiler
from ..themes.scripts import name_assets
from ..themes.theme import Layer, Theme
from ..urls import Claims, is_cached, papers, search_data
from .commit import commit, list_cached
from .executors import LateExecutor
from .fingerprints import Fingerprints, WorkerContext, digest_code
from .manifest import Inputs, TaskRecord, read_manifest, write_manifest
from .moves import find_moves
from .output import Output
from .stat_index import SiteChanges, SiteScan, StatIndex, digest_sources, drop_index, write_index
from .worker import Task, TaskResult, run_tasks

if TYPE_CHECKING:
    from .search_tasks import RelatedFiles

# A planned task: its key, its fingerprint (empty: not computed yet), and its shard or its job.
_Planned = tuple[str, str, Shard | None, Job | None]
_CONTEXT = "site"
_MANY = 20_000
# Tasks after which workers have grown by 200 MB. With 500 the peak at 81,417 papers was 1.64 GB, with 150 it is 1.40.
_RENEWED_AFTER = 150


def build_site(
    options: Options, executor: Executor, progress: Progress = ignore_progress, scan: SiteScan | None = None
) -> Result:
    """Builds the site; raises InputError for faulty input, and then leaves the site unchanged.

    `scan` is a running scan of the site.
    """
    scan = scan or SiteScan(options, StatIndex.load(options.output))
    with closing(scan), closing(TemplateCompiler()) as compiler:
        try:
            return _build_site(options, executor, progress, scan, compiler)
        except BrokenExecutor as error:
            message = "a worker process was killed, perhaps for want of memory; the site is as it was"
            raise InputError([Fault("build", 0, "", message, "Build again with fewer of them: --jobs 1.")]) from error


def _build_site(
    options: Options, executor: Executor, progress: Progress, scan: SiteScan, compiler: TemplateCompiler
) -> Result:
    sources = digest_sources(options)
    output = Output.open(options.output, (options.content, *options.themes), clean=options.clean)
    # A second build of the same site waits for the first.
    with hold_lock(output.private.lock):
        faults = Faults(options.strict)
        progress("reading")
        output.recover()
        code = digest_code()
        cache = RecordCache.load(output.private, code)
        # One change rebuilds few pages besides those of papers.
        shown = [kind for kind in KINDS.values() if output.is_new or kind.wave is Wave.RELATED]
        templates = [name for kind in shown for name in kind.templates]
        loaded = load_input(options, faults, cache, lambda theme: compiler.start(theme, templates), progress)
        progress("planning")
        faults.report_all(describe_faults((*importers.PLUGINS, *formats.PLUGINS, *loader.PLUGINS, *kinds.PLUGINS)))
        try:
            cache.save()
            build = _Build(output, loaded, executor, progress, faults, code)
            if loaded.overview and not loaded.survey:
                site = build.context.site
                cached = CachedCatalogue(loaded.catalogue, site.survey, loaded.warnings, site.digests, loaded.drafts)
                write_catalogue(output.private, code, loaded.overview, cached, loaded.chunks)
            build.run(scan, compiler)
            drop_index(options.output)
            progress("writing the site")
            result, changes = build.finish()
        except BaseException:
            output.discard()
            raise
        progress("noting the files")
        write_index(options, sources, result, changes, scan.index)
        return result


def make_context(loaded: SiteInput, previous: dict[str, str] | None = None) -> WorkerContext:
    """Makes what workers plan and render from."""
    assets = name_assets(collect_assets(loaded.theme))
    theme = loaded.theme
    lean = replace(theme, layers=tuple(Layer(one.folder, one.templates, {}) for one in theme.layers))
    site = make_site(loaded.catalogue, loaded.config, assets, SECTIONS, theme.options, loaded.survey, loaded.digests)
    others: dict[str, tuple[Site, Theme]] = {}
    for config in loaded.config.versions[1:]:
        language = find_language(config.language, config.own_languages)
        published = frozenset(
            path for one in (site, *(two for two, _ in others.values())) for path, _ in one.assets.values()
        )
        assets = name_assets(collect_assets(replace(theme, language=language)))
        other = make_site(
            loaded.catalogue, config, assets, SECTIONS, theme.options, site.survey, site.digests, language, published
        )
        others[config.language] = other, replace(lean, language=language)
    return WorkerContext(site, lean, KINDS, loaded.overview, previous or {}, others)


def claim_paths(claims: Claims, task: TaskRecord) -> list[Fault]:
    """Claims the paths of a task's jobs; returns faults for paths of other owners."""
    found = [claims.claim(file[0], owner) for _, owner, _, _, files in task.rows for file in files]
    return [fault for fault in found if fault]


class _Build:
    def __init__(
        self, output: Output, loaded: SiteInput, executor: Executor, progress: Progress, faults: Faults, code: str
    ) -> None:
        self.output, self.loaded, self.executor = output, loaded, executor
        self.progress, self.faults = progress, faults
        self.code, self.known = code, read_manifest(output.private, code)
        self.previous = {} if output.is_new else self.known
        self.context = make_context(loaded, output.list_cached(self.previous.values()))
        self.fingerprints = Fingerprints(self.context, self.previous)
        self.related: RelatedFiles | None = None
        # The papers of saved searches by slug, newest first.
        self.found: Mapping[str, tuple[str, ...]] = {}
        self.map_file = ""
        self.inputs: dict[str, Inputs] = {}
        self.order: list[str] = []
        self.fresh: dict[str, TaskRecord] = {}
        self.rebuilt: dict[str, TaskRecord] = {}
        # Items of shards that are done, of all on a first build: elsewhere most are fresh.
        self.sizes: dict[str, int] = {}
        self.done = self.total = 0
        self.started = 0

    def run(self, scan: SiteScan, compiler: TemplateCompiler) -> None:
        """Runs every stale task; `scan` and `compiler` are at work meanwhile."""
        self.output.compare(scan, self.previous.values())
        self.output.stage()
        SHARED[_CONTEXT] = self.context
        try:
            site = self.context.site
            if not self.previous:
                shards = (
                    one for wave in Wave for one in list_shards(self.context.kinds.values(), self.context.sites, wave)
                )
                self.total = sum(shard.stop - shard.start for shard in shards)
            others = self._list_planned(Wave.FREE)
            if site.has_index:
                # Here, and not above: a site without search has no use for numpy's 0.07 s.
                from . import search_tasks
            # Workers forked later share all modules and templates of this process.
            compiler.finish()
            receipts: dict[str, tuple[Receipt, ...]] = {}
            if site.has_index:
                receipts = self._run_index(others)
                others = iter(())
            # The map goes to one worker, while the others render pages of papers.
            jobs = [plan_map(receipts)] if site.has_map else []
            self._run(chain(self._plan_jobs(jobs), self._list_planned(Wave.RELATED), others))
            self.map_file = self._list_receipts()[jobs[0].key][0].path if jobs else ""
            self._run(self._list_planned(Wave.MAP))
            self.faults.raise_errors()
            if receipts:
                self._run_jobs(_plan_manifest(receipts, one) for one in self.context.sites.values())
            if site.has_index and site.catalogue.searches:
                self.found = search_tasks.find_searches(site, self._read_search_file, self.faults.report)
                self._run(self._list_planned(Wave.FOUND))
            self._run_sitemap()
            build = name_build(self._list_files()) if site.context.worker else ""
            self._run_jobs(plan_worker(self.context.sites.values(), build))
            self._claim()
            self.faults.raise_errors()
            self._renew_workers()
            if isinstance(self.executor, LateExecutor):
                self.executor.renew(wait=False)
            # At the latest now: without its index a scan is worth nothing.
            _ = self.output.diff
        finally:
            SHARED.pop(_CONTEXT, None)

    def finish(self) -> tuple[Result, SiteChanges]:
        """Commits the build; returns its result and what changed."""
        fresh = {key: task._replace(inputs=self.inputs.get(key, task.inputs)) for key, task in self.fresh.items()}
        committed = commit(self.output, self.previous, fresh, self.rebuilt)
        write_manifest(self.output.private, self.code, committed.tasks, self.known)
        tasks = committed.tasks.values()
        self.output.sweep(list_cached(tasks))
        result = Result(
            papers=len(self.loaded.catalogue.records),
            pages=sum(task.pages for task in tasks),
            files=sum(task.files for task in tasks),
            bytes=sum(task.size for task in tasks),
            written=committed.written,
            removed=committed.removed,
            warnings=tuple(sorted(set(self.faults.warnings))),
            drafts=self.loaded.drafts.total,
            due=self.loaded.drafts.due,
        )
        return result, committed.changes

    def _read_search_file(self, name: str) -> bytes:
        """Reads a file of the search data, from this build or from the site."""
        path = search_data(name)
        staged = self.output.private.staging / path
        return (staged if staged.is_file() else self.output.folder / path).read_bytes()

    def _run_index(self, others: Iterator[_Planned]) -> dict[str, tuple[Receipt, ...]]:
        """Builds the search index and finds related papers; returns the receipts of its jobs.

        The `others`, which need neither, run beside the first wave.
        """
        from .search_tasks import RelatedFiles

        has_related, documents = self.loaded.config.has_related, len(self.loaded.catalogue.records)
        # Stale ones first: they need no scan of the site, which takes another tenth of a second.
        shards = self._list_planned(Wave.INDEX)
        stale = sorted(shards, key=lambda planned: self._find_known(planned[0], planned[1]) is not None)
        self._run(chain(stale, others))
        # Each of these jobs is long: one at a time goes to a worker.
        self.progress("merging the index")
        blocks = list_blocks(self.context.site)
        self._run_jobs(plan_merge(self._list_receipts(), blocks, documents, related=has_related))
        if has_related:
            self.progress("finding related papers")
            self._run_jobs(plan_related(self._list_receipts(), documents))
        receipts = self._list_receipts()
        files = list_numbered({key: found[0].path for key, found in receipts.items()}, "search related")
        self.related = RelatedFiles(self.context.site.order, files, str(self.output.private.cache))
        return receipts

    def _run_sitemap(self) -> None:
        """Builds the sitemap; its fingerprint uses listings, so fresh tasks stay packed."""
        languages = [(site.config.language, site.addresses) for site in self.context.sites.values()]
        fingerprint = digest_texts((repr(languages), *(task.listing for task in self._list_tasks())))
        known = {key: task for key, task in self.previous.items() if key.startswith("job sitemap")}
        if known and all(one.fingerprint == fingerprint and self.output.is_fresh(one) for one in known.values()):
            self.order += known
            self.fresh |= known
            return
        rows = (row for task in self._list_tasks() for row in task.rows)
        listed = [(files[0][0], updated) for _, _, is_listed, updated, files in rows if is_listed]
        self._run((f"job {job.key}", fingerprint, None, job) for job in plan_sitemaps(listed, languages))

    def _list_tasks(self) -> Iterator[TaskRecord]:
        """Lists the tasks so far in the order of the plan."""
        return (self.fresh.get(key) or self.rebuilt[key] for key in self.order)

    def _list_files(self) -> Iterator[tuple[str, str]]:
        """Lists the path and the digest of each file of the site."""
        rows = (row for task in self._list_tasks() for row in task.rows)
        return ((path, digest) for *_, files in rows for path, digest, *_ in files if not is_cached(path))

    def _renew_workers(self) -> None:
        # Workers copy more and more of the memory of the fork, and free none of their own: at 81,417 papers two of them
        # had 600 MB each after the merge. Forking new ones takes a twentieth of a second.
        if isinstance(self.executor, LateExecutor) and len(self.loaded.catalogue.records) > _MANY:
            self.executor.renew()

    def _list_receipts(self) -> dict[str, tuple[Receipt, ...]]:
        """Lists the receipts of the search index's jobs by their keys."""
        return {job.key: job.receipts for task in self._list_tasks() if task.cached for job in task.jobs}

    def _list_planned(self, wave: Wave) -> Iterator[_Planned]:
        # Where nothing is known workers compute the fingerprints themselves, side by side.
        known, shards = self.previous, list_shards(self.context.kinds.values(), self.context.sites, wave)
        return ((shard.key, self._fingerprint(shard) if shard.key in known else "", shard, None) for shard in shards)

    def _find_known(self, key: str, fingerprint: str) -> TaskRecord | None:
        known = self.previous.get(key)
        return known if known and known.fingerprint == fingerprint else None

    def _fingerprint(self, shard: Shard) -> str:
        fingerprint, self.inputs[shard.key] = self.fingerprints.of_shard(shard, self._name_related(shard), self._attach)
        return fingerprint

    def _name_related(self, shard: Shard) -> str:
        if self.context.kinds[shard.kind].shows_map:
            return self.map_file
        return self.related.name(shard) if self.related and self._shows_related(shard) else ""

    def _attach(self, shard: Shard) -> Shard:
        if self.context.kinds[shard.kind].wave is Wave.FOUND:
            searches = self.context.site.catalogue.searches[shard.start : shard.stop]
            return replace(
                shard, related=tuple((one.slug, [(ident, ()) for ident in self.found[one.slug]]) for one in searches)
            )
        if self.related and self.map_file and self.context.kinds[shard.kind].shows_map:
            return self.related.attach_map(shard, self.map_file)
        return self.related.attach(shard) if self.related and self._shows_related(shard) else shard

    def _shows_related(self, shard: Shard) -> bool:
        return self.context.kinds[shard.kind].shows_related

    def _run_jobs(self, jobs: Iterable[Job]) -> None:
        self._run(self._plan_jobs(jobs))

    def _plan_jobs(self, jobs: Iterable[Job]) -> Iterator[_Planned]:
        return ((f"job {job.key}", self.fingerprints.of_job(job), None, job) for job in jobs)

    def _run(self, planned: Iterable[_Planned]) -> None:
        """Runs the stale tasks of a wave, and stores the records of all its tasks."""
        self._renew_workers()
        for result in run_tasks(starmap(self._start, planned), self.executor):
            self.order.append(result.key)
            if result.key in self.fresh:
                continue
            self.faults.report_all(result.faults)
            record = result.record._replace(inputs=self.inputs.get(result.key, result.record.inputs))
            if result.faults:  # the next build says them again
                record = record._replace(fingerprint="")
            self.rebuilt[result.key] = record
            self.done += self.sizes.pop(result.key, 0)
            self.progress("rendering", self.done, self.total)

    def _start(self, key: str, fingerprint: str, shard: Shard | None, job: Job | None) -> Task | TaskResult:
        known = self._find_known(key, fingerprint)
        if known and self.output.is_fresh(known):
            self.fresh[key] = known
            return TaskResult(key, known)
        self.started += 1
        self.sizes[key] = shard.stop - shard.start if shard else 0
        kind = self.context.kinds[shard.kind] if shard else None
        if self.started % _RENEWED_AFTER == 0 or (kind and kind.renews_workers and shard and not shard.start):
            self._renew_workers()
        folders = str(self.output.private.staging), str(self.output.private.cache)
        task = Task(_CONTEXT, key, fingerprint, shard, job, *folders)
        if job:
            return task._replace(needs=list_needs(job.payload, self.context.previous), local=job.local)
        assert shard
        assert kind
        related_files, shard = self._name_related(shard), self._attach(shard)
        return task._replace(shard=shard, related_files=related_files, local=kind.local)

    def _claim(self) -> None:
        """Claims all paths, unless they have their owners; reports moved papers."""
        # Files of the search index are named by their bytes and have no other owner.
        was = [task for key, task in self.previous.items() if key not in self.fresh and not task.cached]
        now = [task for task in self.rebuilt.values() if not task.cached]
        self.faults.report_all(find_moves(was, now))
        if not self.previous or not _list_paths(now) <= _list_paths(was):
            claims = Claims()
            for task in self._list_tasks():
                self.faults.report_all(claim_paths(claims, task))


def _plan_manifest(receipts: Mapping[str, Sequence[Receipt]], site: Site) -> Job:
    folder = site.addresses.link(f"/{papers()}")
    return plan_manifest(receipts, folder, site.language, describe_lookup(site), site.addresses.folder)


def _list_paths(tasks: Iterable[TaskRecord]) -> set[tuple[str, str]]:
    return {(file[0], owner) for task in tasks for _, owner, _, _, files in task.rows for file in files}
