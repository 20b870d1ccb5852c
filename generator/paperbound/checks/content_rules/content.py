"""Faults of the content that no other rule names."""

from __future__ import annotations

from ..rule import WARNING, Rule

CONTENT = Rule(
    "content",
    WARNING,
    "A file of the content cannot be read, or says something that is left out or mended.",
    """\
What `build` reports and no other rule names: a value that is no date, a field that no record has, a file that no
format reads, a path that two pages ask for. Each says what to write instead.

What stops a build is an error, whatever `checks` says; the rest are warnings.""",
)
