"""Digests: what tells that a share of the work is the one that was done before."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ..library.page_kind import PageKind
from ..library.shard import Shard
from ..library.site import Site
from ..model.job import Job
from ..storage.cache_files import read_sealed, write_sealed
from ..text.digests import digest_bytes, digest_texts
from ..themes.theme import Theme

# The libraries whose output stands in pages: a new release of one makes everything anew.
_LIBRARIES = (
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
    """The digest of Paperbound's own code and of the versions of what it renders with."""
    state = hashlib.blake2b(digest_size=16)
    package = Path(__file__).resolve().parent.parent
    for file in sorted(package.rglob("*.py")):
        state.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    state.update("\0".join(_list_versions()).encode())
    state.update(f"{sys.version_info[:2]}".encode())
    return state.hexdigest()


def _list_versions() -> list[str]:
    """What tells the versions of the libraries: the names of the folders that installers leave beside them
    (https://packaging.python.org/en/latest/specifications/recording-installed-packages/)."""
    wanted = {library.replace("-", "_") for library in _LIBRARIES}
    places = [place for place in map(Path, sys.path) if place.is_dir()]
    names = [file.name.lower() for place in places for file in place.glob("*.dist-info")]
    found = {name.partition("-")[0]: name for name in names if name.partition("-")[0] in wanted}
    if found.keys() == wanted:
        return sorted(found.values())
    # The library for that takes 0.01 s to import.
    from importlib import metadata

    return [f"{library} {metadata.version(library)}" for library in _LIBRARIES]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker has to plan and render from. `theme` has no assets; `kinds` are the page kinds by name."""

    site: Site
    theme: Theme
    kinds: Mapping[str, PageKind]


# What a shard is made from besides records and what is related to them; the files in which that stands; its digest.
Told = tuple[str, str, str]
_KIND = "facts 1"


class Digests:
    """The digests of shares of the work: what they are made from, their templates with all they include.

    `known` are digests of parts that were found before of the same survey of all records: looking at every face of
    81,417 papers takes a second.

    A payload is a tree of frozen dataclasses, tuples, dicts and text, whose `repr` is the same in every
    process; pickles are not, for they know which texts are one object.
    """

    def __init__(self, plan: Plan, known: Mapping[str, Told] = MappingProxyType({})) -> None:
        self._plan, self._known = plan, known
        self._closures: dict[str, str] = {}

    def tell_part(self, shard: Shard, name: str, attach: Callable[[Shard], Shard]) -> tuple[str, Told]:
        """The digest of a shard, and what it is made of.

        `name` tells the files that what is related to its papers stands in, `attach` gives the shard with that.
        """
        site, kind = self._plan.site, self._plan.kinds[shard.kind]
        if shard.kind not in self._closures:
            self._closures[shard.kind] = "".join(map(self._plan.theme.digest_closure, kind.templates))
        face, before, related = self._known.get(shard.key, ("", "", "")) if kind.surveyed else ("", "", "")
        face = face or digest_texts(kind.inputs(site, shard))
        if not related or before != name:
            related = _digest_related(site, attach(shard))
        records = (site.digests[ident] for ident in kind.records(site, shard))
        pieces = (site.shared, shard.kind, str(shard.start), str(shard.stop))
        whole = digest_texts((*pieces, self._closures[shard.kind], face, related, *records))
        return whole, (face, name, related)

    def digest_job(self, job: Job) -> str:
        """The digest of a job that no template renders."""
        return digest_bytes(f"{job.paths}\0{job.payload!r}".encode("utf-8", "surrogatepass"))


def _digest_related(site: Site, shard: Shard) -> str:
    """The digest of the papers related to those of a shard."""
    summaries = site.survey.summary_digests
    return digest_texts(
        piece
        for ident, others in shard.related
        for piece in (ident, *(text for other, words in others for text in (summaries[other], *words)))
    )


@dataclass(slots=True)
class Facts:
    """What parts were told to be made of in the last build, by their keys, for one survey of all records."""

    file: Path
    code: str
    overview: str = ""
    parts: dict[str, Told] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path, code: str) -> Facts:
        """The facts in a file, or none."""
        return cls(file, code, **(read_sealed(file, _KIND, code) or {}))

    def find(self, overview: str) -> Mapping[str, Told]:
        """The facts of this survey."""
        return self.parts if overview and overview == self.overview else {}

    def save(self, overview: str, parts: dict[str, Told]) -> None:
        """Keeps the facts of a survey for the next build."""
        if overview and (overview, parts) != (self.overview, self.parts):
            write_sealed(self.file, _KIND, self.code, {"overview": overview, "parts": parts})
