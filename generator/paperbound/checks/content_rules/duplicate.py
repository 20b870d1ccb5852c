"""Records that are likely one paper."""

from __future__ import annotations

from ..rule import WARNING, Rule

DUPLICATE = Rule(
    "duplicate",
    WARNING,
    "Two records are likely one paper.",
    """\
They have one title, or one identifier with other values. Two of the site's own records with one id, DOI or arXiv id
are an error of the content; imported ones are merged, and this rule says so.

Delete one of the two, and give its address to the other as an alias. Two papers that do have one title need no
change: `# paperbound: ignore duplicate` above the title.""",
)
