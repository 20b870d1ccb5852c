"""Digests: what tells that a share of the work is the one that was done before."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from ..model.job import Job
from ..planning.assets import NamedAssets
from ..planning.inputs import TEMPLATES, digest_part
from ..planning.outline import Outline
from ..planning.parts import Part
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
    for library in _LIBRARIES:
        state.update(f"{library} {metadata.version(library)}\0".encode())
    state.update(f"{sys.version_info[:2]}".encode())
    return state.hexdigest()


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker has to plan and render from. `theme` has no assets, `assets` are theirs as they are named."""

    outline: Outline
    assets: NamedAssets
    theme: Theme


class Digests:
    """The digests of shares of the work: what they are made from, their templates with all they include.

    A payload is a tree of frozen dataclasses, tuples, dicts and text, whose `repr` is the same in every
    process; pickles are not, for they know which texts are one object.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._closures: dict[str, str] = {}

    def digest_part(self, part: Part) -> str:
        """The digest of a part of the plan."""
        if part.kind not in self._closures:
            closures = map(self._plan.theme.digest_closure, TEMPLATES.get(part.kind, ()))
            self._closures[part.kind] = "".join(closures)
        made_from = digest_part(self._plan.outline, self._plan.assets, part)
        return digest_bytes(f"{self._closures[part.kind]}\0{made_from}".encode())

    def digest_job(self, job: Job) -> str:
        """The digest of a job that no template renders."""
        return digest_bytes(f"{job.kind}\0{job.paths}\0{job.payload!r}".encode("utf-8", "surrogatepass"))
