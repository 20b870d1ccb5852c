"""Sizes of a built site, and the limits of hosts.

GitHub Pages: https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits, Cloudflare Pages:
https://developers.cloudflare.com/pages/platform/limits/.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.errors import Fault
from ...storage.cache_files import PRIVATE
from ..rule import ERROR, NOTE, BuiltSite, Rule

_LARGEST, _LARGE = 1_000_000_000, 800_000_000
_MOST_FILES, _LARGEST_FILE = 20_000, 25 * 2**20


def _find(site: BuiltSite) -> Iterator[Fault]:
    total = sum(site.files.values())
    if total > _LARGE:
        message = f"the site weighs {total / 1e6:,.0f} MB; GitHub Pages takes 1,000 MB"
        remedy = f"Leave something out: markdown_pages, author_pages, or files in {PRIVATE}'s site."
        yield Fault(site.folder.name, 0, "", message, remedy, warning=total <= _LARGEST)


def _find_limits(site: BuiltSite) -> Iterator[Fault]:
    if len(site.files) > _MOST_FILES:
        message = f"the site has {len(site.files):,} files; Cloudflare Pages takes {_MOST_FILES:,}"
        yield Fault(site.folder.name, 0, "", message, "Publish it elsewhere, or leave something out: author_pages.")
    for path, size in site.files.items():
        if size > _LARGEST_FILE:
            message = f"the file weighs {size / 2**20:,.0f} MiB; Cloudflare Pages takes 25 MiB"
            yield site.fault(path, 0, "", message, "Publish it elsewhere, or make the file smaller.")


SIZE = Rule(
    "size",
    ERROR,
    "The site is heavier than GitHub Pages takes.",
    """\
The limit is 1 GB; from 800 MB on it is a warning. [scale.md](../scale.md) says what large sites leave out.""",
    find_in_site=_find,
)
HOST_LIMITS = Rule(
    "host-limits",
    NOTE,
    "The site has more files, or a larger one, than Cloudflare Pages takes.",
    """\
The limits are 20,000 files and 25 MiB a file. Other hosts have none of them: `checks: {host-limits: off}`.""",
    find_in_site=_find_limits,
)
