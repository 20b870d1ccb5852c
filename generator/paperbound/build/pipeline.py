"""The pipeline: read, assemble, plan, run what changed, move in, prune. All or nothing."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..assemble import assemble
from ..config import Config
from ..model.catalogue import Catalogue
from ..model.errors import Fault, InputError
from ..model.job import Job, Receipt
from ..planning import make_outline, plan_site
from ..planning.assets import name_assets
from ..planning.outline import Outline
from ..planning.searching import plan_merge, plan_related, plan_search
from ..planning.second import plan_second
from ..themes.theme import Theme
from ..urls import Claims, is_work
from .content import read_content
from .digest import digest_code, make_job_digester
from .output import Output
from .relating import read_related
from .schedule import BATCH, run_jobs
from .state import Done, State
from .theme_files import collect_assets, load_theme

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do. `themes` are folders of themes; `base_url` overrides site.yaml's."""

    content: Path
    output: Path
    themes: tuple[Path, ...] = ()
    base_url: str = ""
    strict: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did: counts, paths relative to the site, bytes of the whole site, warnings."""

    papers: int
    pages: int
    files: int
    bytes: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Fault, ...]

    @property
    def unchanged(self) -> int:
        """The number of files that were left as they were."""
        return self.files - len(self.written)


@dataclass(slots=True)
class Faults:
    """Collects faults until it is time to tell them all."""

    strict: bool = False
    warnings: list[Fault] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    def report(self, fault: Fault) -> None:
        """Keeps a fault; with `strict` a warning is an error."""
        if fault.warning and not self.strict:
            self.warnings.append(fault)
        else:
            self.errors.append(replace(fault, warning=False))

    def raise_errors(self) -> None:
        """InputError with all errors, if there are any."""
        if self.errors:
            raise InputError(self.errors)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read and found good: everything a plan is made of."""

    config: Config
    catalogue: Catalogue
    theme: Theme


def read_site(options: Options, faults: Faults) -> Reading:
    """The settings, the catalogue and the theme; InputError with all faults of the input together."""
    content = read_content(options.content, faults.report)
    config = content.config or Config()
    catalogue = assemble(content.records, content.parts, faults.report, config.author_pages)
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    try:
        theme = load_theme(config, options.content, options.themes)
    except InputError as error:
        faults.errors.extend(error.faults)
    faults.raise_errors()
    return Reading(config, catalogue, theme)


def build_site(options: Options, executor: Executor, progress: Progress = lambda _what, _count: None) -> Result:
    """Builds the site. InputError, and the output as it was, where the input has faults."""
    output = Output.open(options.output, (options.content, *options.themes), clean=options.clean)
    faults = Faults(options.strict)
    progress("reading", 0)
    reading = read_site(options, faults)
    progress("read", len(reading.catalogue.records))
    with _lock(output):
        try:
            return _Build(output, reading, executor, progress, faults).run()
        except BaseException:
            output.discard()
            raise


def plan_pages(reading: Reading, faults: Faults) -> Iterator[Job]:
    """The jobs of all pages, without what the search index finds out."""
    assets = name_assets(collect_assets(reading.theme))
    outline = make_outline(reading.catalogue, reading.config, assets)
    return claim_paths(plan_site(outline, assets, {}), faults)


def claim_paths(jobs: Iterable[Job], faults: Faults) -> Iterator[Job]:
    """The jobs, but for those that ask for a path that another asked for: that is reported."""
    claims = Claims()
    for job in jobs:
        found = [claims.claim(path, job.owner) for path in job.paths if "{digest}" not in path]
        collisions = [fault for fault in found if fault]
        for fault in collisions:
            faults.report(fault)
        if not collisions:
            yield job


@contextmanager
def _lock(output: Output) -> Iterator[None]:
    # A second build of the same site waits for the first: the kernel frees the lock however that ends.
    output.private.mkdir(parents=True, exist_ok=True)
    with (output.private / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Build:
    def __init__(
        self, output: Output, reading: Reading, executor: Executor, progress: Progress, faults: Faults
    ) -> None:
        self.output, self.reading, self.executor = output, reading, executor
        self.progress, self.faults = progress, faults
        self.state = State.load(output.private / "state")
        self.before = {} if output.fresh else self.state.jobs
        self.digest = make_job_digester(digest_code(), reading.theme.digest_closure)
        self.done: dict[str, Done] = {}
        self.receipts: list[Receipt] = []
        self.pages = 0
        self.listed: list[tuple[str, str]] = []

    def run(self) -> Result:
        self.output.stage()
        assets = name_assets(collect_assets(self.reading.theme))
        outline = make_outline(self.reading.catalogue, self.reading.config, assets)
        found = self._index(outline)
        related = read_related(outline, found, self.output.work)
        self._run_wave(claim_paths(plan_site(outline, assets, related), self.faults))
        self.faults.raise_errors()
        self._run_wave(plan_second(self.listed, found, outline.site))
        self.faults.raise_errors()
        return self._finish()

    def _index(self, outline: Outline) -> dict[str, tuple[Receipt, ...]]:
        """Builds the search index in three waves; the receipts of its jobs by their keys."""
        found: dict[str, tuple[Receipt, ...]] = {}
        documents = len(self.reading.catalogue.records)
        for wave in range(3):
            jobs = (plan_search(outline), plan_merge(found, documents), plan_related(found, documents))[wave]
            # Each of these jobs is long: one at a time goes to a worker.
            self._run_wave(jobs, batch=1)
            found = {key: done.receipts for key, done in self.done.items()}
        return found

    def _run_wave(self, jobs: Iterable[Job], batch: int = BATCH) -> None:
        digests: dict[str, str] = {}
        wanted = self._select(jobs, digests)
        output = self.output
        outcomes = run_jobs(wanted, self.reading.theme, self.executor, str(output.staging), str(output.work), batch)
        for count, outcome in enumerate(outcomes, 1):
            for fault in outcome.faults:
                self.faults.report(fault)
            self.done[outcome.key] = Done(digests.pop(outcome.key), outcome.receipts, ())
            self.receipts.extend(outcome.receipts)
            self.progress("made", count)

    def _select(self, jobs: Iterable[Job], digests: dict[str, str]) -> Iterator[Job]:
        for job in jobs:
            self.pages += sum(path.endswith(".html") for path in job.paths)
            if job.listed:
                self.listed.append((job.paths[0], job.updated))
            digest = self.digest(job)
            before = self.before.get(job.key)
            if before and before.digest == digest and self._is_intact(before):
                self.done[job.key] = before
            else:
                digests[job.key] = digest
                yield job

    def _is_intact(self, done: Done) -> bool:
        return bool(done.stamps) and all(map(self.output.is_intact, done.receipts, done.stamps))

    def _finish(self) -> Result:
        known = self._known_digests()
        written = self.output.move_in(self.receipts, known)
        receipts = [receipt for done in self.done.values() for receipt in done.receipts]
        owned = {receipt.path for receipt in receipts}
        removed = self.output.prune(owned)
        # Files that were touched, but hold the same bytes, get a new stamp, lest they be read again each time.
        if written or removed or self.done != self.before or len(known) < sum(not is_work(path) for path in owned):
            self._save_state(written)
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

    def _known_digests(self) -> Mapping[str, str]:
        known = {}
        for done in self.before.values():
            for receipt, stamp in zip(done.receipts, done.stamps, strict=True):
                if self.output.files.get(receipt.path) == stamp:
                    known[receipt.path] = receipt.digest
        return known

    def _save_state(self, written: Iterable[str]) -> None:
        stamps = self.output.stamp(written)
        self.state.save(
            {
                key: replace(done, stamps=tuple(stamps[receipt.path] for receipt in done.receipts))
                for key, done in self.done.items()
            }
        )
