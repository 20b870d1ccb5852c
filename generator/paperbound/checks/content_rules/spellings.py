"""Spellings of one person."""

from __future__ import annotations

from ..rule import WARNING, Rule

SPELLINGS = Rule(
    "spellings",
    WARNING,
    "Names that differ in accents, case or hyphens were taken for one person.",
    """\
They have one page. If they are one person, `paperbound people --accept ID` writes the spellings into `authors.yaml`;
if they are two, give each an `id` in the records. [people.md](../people.md) says more.""",
)
