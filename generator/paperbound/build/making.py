"""Making: what each kind of job does. A batch of jobs runs on a worker, which stages its own files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ..feeds.atom import write_atom
from ..feeds.jsonfeed import write_jsonfeed
from ..feeds.rss import write_rss
from ..feeds.sitemap import write_sitemap, write_sitemap_index
from ..model.document import ManifestWork
from ..model.errors import Fault, InputError
from ..model.job import Artifact, Job, Receipt
from ..planning.work import BytesWork, CopyWork, FeedWork, PageWork, PaperWork, SitemapIndexWork, SitemapWork
from ..search.manifest import write_manifest
from ..text.digests import digest_bytes
from ..themes.paperpage import render_paper
from ..themes.rendering import render
from ..themes.theme import Theme
from ..urls import WORK, is_work
from .searching import make_search


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs for one worker. With `staging` the worker writes the files there; without it returns the bytes.

    Files that jobs leave for other jobs lie in the folder `work`.
    """

    jobs: tuple[Job, ...]
    theme: Theme
    staging: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: receipts, and bytes where they were not staged; or faults."""

    key: str
    receipts: tuple[Receipt, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    faults: tuple[Fault, ...] = ()


def run_batch(batch: Batch) -> list[Outcome]:
    """The outcomes of the batch's jobs, in their order."""
    outcomes = []
    made: set[str] = set()
    for job in batch.jobs:
        try:
            pairs = list(_make(job, batch.theme, batch.work))
        except InputError as error:
            outcomes.append(Outcome(job.key, faults=error.faults))
            continue
        receipts = tuple(Receipt(one.path, digest_bytes(one.data), len(one.data), facts) for one, facts in pairs)
        if batch.staging:
            for artifact, _ in pairs:
                _stage(artifact, batch, made)
        artifacts = () if batch.staging else tuple(artifact for artifact, _ in pairs)
        outcomes.append(Outcome(job.key, receipts, artifacts))
    return outcomes


def _stage(artifact: Artifact, batch: Batch, made: set[str]) -> None:
    kept = is_work(artifact.path)
    place = f"{batch.work}/{artifact.path.removeprefix(WORK)}" if kept else f"{batch.staging}/{artifact.path}"
    folder = place.rpartition("/")[0]
    if folder not in made:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - three times as fast as Path.mkdir, once a page
        made.add(folder)
    with open(place, "wb", buffering=0) as file:  # noqa: PTH123
        file.write(artifact.data)


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
    elif job.kind == "search":
        yield from make_search(job, work)
    else:
        yield Artifact(job.paths[0], _make_data(job)), ""


def _make_data(job: Job) -> bytes:
    payload = job.payload
    if isinstance(payload, BytesWork):
        return payload.data
    if isinstance(payload, CopyWork):
        return Path(payload.location).read_bytes()
    if isinstance(payload, ManifestWork):
        return write_manifest(payload)
    if isinstance(payload, SitemapWork):
        return write_sitemap(payload.pages)
    if isinstance(payload, SitemapIndexWork):
        return write_sitemap_index(payload.sitemaps)
    raise TypeError(f"no maker for a job of the kind {job.kind!r}")
