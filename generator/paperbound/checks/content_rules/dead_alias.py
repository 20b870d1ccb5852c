"""Former addresses that lead nowhere."""

from __future__ import annotations

from ..rule import WARNING, Rule

DEAD_ALIAS = Rule(
    "dead-alias",
    WARNING,
    "A former address of a paper is that of another page, so that no redirect is made.",
    """\
An alias is a redirect page at a former address. Where another paper, a page or a file of `static/` has that address,
an imported record loses the alias with this warning, and a record of the site's own is an error.

Delete the alias, or give the other page another address.""",
)
