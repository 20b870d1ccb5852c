"""Files of a built site that no build wrote."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.errors import Fault
from ..rule import WARNING, BuiltSite, Rule


def _find(site: BuiltSite) -> Iterator[Fault]:
    for path in site.files if site.written is not None else ():
        if path not in (site.written or ()):
            remedy = "The next build deletes it; put what belongs to the site into static/ of the content folder."
            yield site.fault(path, 0, "", "no build made this file", remedy)


LEFTOVER = Rule(
    "leftover",
    WARNING,
    "A file lies in the site that no build made.",
    """\
The output folder belongs to Paperbound, which deletes what it did not make. A file that was put there by hand is
published until the next build, and gone afterwards. Put it into `static/` of the content folder.

Without the private folder `.paperbound` beside the site (on another machine, after `git clone`) nobody knows what a
build made, and nothing is reported.""",
    find_in_site=_find,
)
