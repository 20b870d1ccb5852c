"""Fingerprints: a task is fresh while its fingerprint is that of the previous build."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..library.page_kind import PageKind, Shard, Wave
from ..library.site import Site
from ..model.build import Job
from ..model.digests import digest_bytes, digest_texts
from ..storage.plugins import digest_plugins
from ..themes.theme import Theme
from .manifest import Inputs, TaskRecord

# The libraries whose output stands in pages: a new release of one makes everything anew.
_LIBRARIES = (
    "babel",
    "jinja2",
    "latex2mathml",
    "lunr",
    "markdown-it-py",
    "mdit-py-plugins",
    "nh3",
    "pylatexenc",
    "python-slugify",
)


def digest_code() -> str:
    """Returns the digest of Paperbound's code and of the versions of its libraries."""
    state = hashlib.blake2b(digest_size=16)
    package = Path(__file__).resolve().parent.parent
    for file in sorted(package.rglob("*.py")):
        state.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    state.update("\0".join(map(metadata.version, _LIBRARIES)).encode())
    state.update(f"{sys.version_info[:2]} {digest_plugins()}".encode())
    return state.hexdigest()


class WorkerContext(NamedTuple):
    """The context of every worker: site, assets, theme and previous results.

    `theme` has no assets; `kinds` are the page kinds by name. `others` are sites and themes by their languages, those
    of a site in several besides the first. `overview` is the digest of everything that pages show of
    papers except long texts; `previous` are the cached files of the previous index by the keys of their jobs.
    """

    site: Site
    theme: Theme
    kinds: Mapping[str, PageKind]
    overview: str = ""
    previous: Mapping[str, str] = MappingProxyType({})
    others: Mapping[str, tuple[Site, Theme]] = MappingProxyType({})

    def find(self, language: str) -> tuple[Site, Theme]:
        """Returns site and theme of a language; those of the first have no name."""
        return self.others[language] if language else (self.site, self.theme)

    @property
    def sites(self) -> dict[str, Site]:
        """The site of each language, the first one without a name."""
        return {"": self.site, **{language: site for language, (site, _) in self.others.items()}}


class Fingerprints:
    """Computes fingerprints of tasks: digests of their inputs and templates.

    `known` are the records of the previous build, whose inputs are valid while the overview is the same: reading the
    summaries of 81,417 papers takes a second (decision 14).

    A payload is a tree of values, tuples, dicts and text, whose `repr` is the same in every process; a pickle is not,
    because it depends on which texts are one object.
    """

    def __init__(self, context: WorkerContext, known: Mapping[str, TaskRecord] = MappingProxyType({})) -> None:
        self._context, self._known = context, known
        self._closures: dict[tuple[str, str], str] = {}

    def of_shard(self, shard: Shard, related_files: str, attach: Callable[[Shard], Shard]) -> tuple[str, Inputs]:
        """Computes the fingerprint of a shard, and its inputs.

        `related_files` names the files of its related papers or of the map, `attach` gives the shard with these.
        """
        overview, kind = self._context.overview, self._context.kinds[shard.kind]
        site, theme = self._context.find(shard.language)
        of_kind = shard.kind, shard.language
        if of_kind not in self._closures:
            self._closures[of_kind] = "".join(map(theme.digest_closure, kind.templates))
        known = self._known[shard.key].inputs if shard.key in self._known else Inputs()
        if not overview or known.overview != overview or not kind.surveyed:
            known = Inputs()
        digest = known.digest or digest_texts(kind.inputs(site, shard))
        related = known.related if known.related_files == related_files else ""
        if kind.wave is Wave.FOUND:
            shard = attach(shard)
            related = related or _digest_related(site, shard)
        related = related or _digest_related(site, attach(shard))
        records = (site.digests[ident] for ident in kind.records(site, shard))
        pieces = (site.shared, shard.key, self._closures[of_kind])
        fingerprint = digest_texts((*pieces, digest, related, *records))
        return fingerprint, Inputs(overview, digest, related_files, related)

    def of_job(self, job: Job) -> str:
        """Computes the fingerprint of a job that no template renders."""
        return digest_bytes(f"{job.paths}\0{job.payload!r}".encode("utf-8", "surrogatepass"))


def _digest_related(site: Site, shard: Shard) -> str:
    """Digests the related papers of a shard, or the map of all papers."""
    if shard.map:
        return digest_bytes(shard.map)
    summaries = site.survey.summary_digests
    return digest_texts(
        piece
        for ident, others in shard.related
        for piece in (ident, *(text for other, words in others for text in (summaries[other], *words)))
    )
