"""Keywords of imported papers that are no topics."""

from __future__ import annotations

from ..rule import WARNING, Rule

UNKNOWN_TAG = Rule(
    "unknown-tag",
    WARNING,
    "Imported papers have keywords that `tags.yaml` does not know.",
    """\
They are left out. Name them under `match:` of a topic in `tags.yaml`, or add topics. In a record of the site's own
an unknown tag is an error of the content, because it is likely misspelt.""",
)
