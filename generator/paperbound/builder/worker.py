"""Making: what each kind of job does. A batch of jobs runs on a worker, which stages its own files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from ..feeds.atom import write_atom
from ..feeds.jsonfeed import write_jsonfeed
from ..feeds.rss import write_rss
from ..feeds.sitemap import write_sitemap, write_sitemap_index
from ..formats.exports import EXPORTS
from ..library.payloads import (
    BytesWork,
    CopyWork,
    ExportWork,
    FeedWork,
    MailWork,
    PageWork,
    PaperWork,
    SitemapIndexWork,
    SitemapWork,
)
from ..library.shard import Shard
from ..model.errors import Fault, InputError
from ..model.job import Artifact, Job, Receipt
from ..pages.kinds import plan_shard
from ..pages.mail_page import render_html
from ..pages.paper_page import render_paper
from ..search.document import ManifestWork
from ..search.manifest import write_manifest
from ..text.digests import digest_bytes
from ..text.memo import shared
from ..themes.rendering import render
from ..themes.theme import Theme
from .fingerprints import Digests, Plan, Told
from .manifest import Done, Share
from .staging import Stage


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of the plan, or a job that is planned already, for a worker, which has the plan called `plan`.

    `key` and `digest` are those of the share of the work; an empty digest is found by the worker. With `staging` the
    worker writes the files there; without it returns the bytes. Files that jobs leave for other jobs lie in the
    folder `work`; `needs` are those that this one reads. `related` names those with the shard's related papers.
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
    jobs = plan_shard(plan.site, plan.assets, batch.shard) if batch.shard else (batch.job,) if batch.job else ()
    done: list[Done] = []
    artifacts: list[Artifact] = []
    faults: list[Fault] = []
    with Stage(batch.staging, batch.work) as stage:
        for job in jobs:
            try:
                pairs = list(_make(job, plan.theme, batch.work))
            except InputError as error:
                faults.extend(error.faults)
                continue
            receipts = tuple(
                Receipt(one.path, one.digest or digest_bytes(one.data), len(one.data), facts) for one, facts in pairs
            )
            stamps = tuple(stage.write(one) for one, _ in pairs) if batch.staging else ()
            done.append(Done(job.key, job.owner, job.listed, job.updated, receipts, stamps))
            if not batch.staging:
                artifacts.extend(one for one, _ in pairs)
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


def _make(job: Job, theme: Theme, work: str) -> Iterator[tuple[Artifact, str]]:
    payload = job.payload
    if job.kind == "page":
        page = cast(PageWork, payload)
        yield Artifact(job.paths[0], render(theme, page.template, page.context).encode()), ""
    elif job.kind == "paper":
        paper = cast(PaperWork, payload)
        markdown, html = render_paper(theme, paper.text, paper.page)
        yield Artifact(job.paths[0], html.encode()), ""
        if paper.publish:
            yield Artifact(job.paths[1], markdown.encode()), ""
    elif job.kind == "feed":
        feed = cast(FeedWork, payload).feed
        for path, write in zip(job.paths, (write_rss, write_atom, write_jsonfeed), strict=True):
            yield Artifact(path, write(feed)), ""
    elif job.kind == "mail":
        yield Artifact(job.paths[0], render_html(theme, cast(MailWork, payload).page)[0].encode()), ""
    elif job.kind == "search":
        from .search_tasks import make_search

        yield from make_search(job, work)
    else:
        yield Artifact(job.paths[0], _make_data(job)), ""


def _make_data(job: Job) -> bytes:
    payload = job.payload
    if isinstance(payload, BytesWork):
        return payload.data
    if isinstance(payload, CopyWork):
        return Path(payload.location).read_bytes()
    if isinstance(payload, ExportWork):
        return EXPORTS[payload.suffix][1](payload.rows).encode()
    if isinstance(payload, ManifestWork):
        return write_manifest(payload)
    if isinstance(payload, SitemapWork):
        return write_sitemap(payload.pages)
    if isinstance(payload, SitemapIndexWork):
        return write_sitemap_index(payload.sitemaps)
    raise TypeError(f"no maker for a job of the kind {job.kind!r}")
