"""Digests: what tells that a job is the one that was done before."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from ..model.job import Job

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


def make_job_digester(code: str, closure: Callable[[str], str]) -> Callable[[Job], str]:
    """A function from a job to its digest: its payload, its templates with all they include, the code.

    A payload is a tree of frozen dataclasses, tuples, dicts and text, whose `repr` is the same in every
    process; pickles are not, for they know which texts are one object.
    """
    closures: dict[str, str] = {}

    def digest(job: Job) -> str:
        template = job.template
        if template not in closures:
            names = ["paper.html", "paper.md"] if template == "paper.html" else [template] if template else []
            closures[template] = "".join(closure(name) for name in names)
        text = f"{code}\0{closures[template]}\0{job.kind}\0{job.paths}\0{job.payload!r}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    return digest
