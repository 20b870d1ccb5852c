"""Digests: what tells that a share of the work is the one that was done before."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ..library.assets import NamedAssets
from ..library.shard import Shard
from ..library.site import Site
from ..model.job import Job
from ..pages.inputs import TEMPLATES, digest_inputs, digest_related, digest_whole
from ..storage.cache_files import read_sealed, write_sealed
from ..text.digests import digest_bytes
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
    """What every worker has to plan and render from. `theme` has no assets, `assets` are theirs as they are named."""

    site: Site
    assets: NamedAssets
    theme: Theme


# What a shard is made from besides records and what is related to them; the files in which that stands; its digest.
Told = tuple[str, str, str]
_KIND = "facts 1"
# Parts that are made from what no survey of records covers.
_APART = ("assets", "files")


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
        if shard.kind not in self._closures:
            closures = map(self._plan.theme.digest_closure, TEMPLATES.get(shard.kind, ()))
            self._closures[shard.kind] = "".join(closures)
        site = self._plan.site
        face, before, related = self._known.get(shard.key, ("", "", "")) if shard.kind not in _APART else ("", "", "")
        face = face or digest_inputs(site, self._plan.assets, shard)
        if not related or before != name:
            related = digest_related(site, attach(shard))
        return digest_whole(site, shard, (self._closures[shard.kind], face, related)), (face, name, related)

    def digest_job(self, job: Job) -> str:
        """The digest of a job that no template renders."""
        return digest_bytes(f"{job.kind}\0{job.paths}\0{job.payload!r}".encode("utf-8", "surrogatepass"))


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
