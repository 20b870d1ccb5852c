"""A site that does not know where it will be published."""

from __future__ import annotations

from ..rule import WARNING, Rule

ADDRESS = Rule(
    "address",
    WARNING,
    "The site has no address.",
    """\
Feeds, the sitemap, JSON-LD and mail need whole addresses, and say `http://localhost:8000/` without one. Write
`base_url` in `site.yaml`, or give `--base-url`. `--strict` does not make this an error: the content has no fault.""",
)
