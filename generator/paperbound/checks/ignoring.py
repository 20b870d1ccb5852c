"""Comments in content files that switch rules off: `# paperbound: ignore RULE`.

The comment stands in the line of the fault, in lines of comments directly above it, or in the head of the file, before
everything else, for the whole file. YAML and front matter have `#`, BibTeX `%`, Markdown `<!-- -->`; rows of JSON
have a key: `"paperbound": "ignore RULE"`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_IGNORED = re.compile(
    r"""(?:\#|%|//|<!--|@comment\s*\{)\s*paperbound:\s*ignore\s+(?P<comment>[\w-]+(?:[ ,]+[\w-]+)*)[\s,]*(?:-->|\}|$)
|"paperbound"\s*:\s*"ignore\s+(?P<key>[\w-][\w, -]*)\"""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:#|%|//|<!--|@comment\b|---\s*$|$)", re.IGNORECASE)


class IgnoredRules:
    """The rules that the comments of one file switch off, by line."""

    def __init__(self, text: str) -> None:
        self._lines: Sequence[str] = text.split("\n")
        self._named: Mapping[int, frozenset[str]] = {
            number: names for number, line in enumerate(self._lines, 1) if (names := _read_names(line))
        }
        head = next((number for number, line in enumerate(self._lines) if not _COMMENT.match(line)), len(self._lines))
        # A comment directly above the first line is that line's, and the file's.
        self._whole = frozenset().union(*(names for number, names in self._named.items() if number <= head))

    def has(self, rule: str, line: int) -> bool:
        """Returns whether a rule is switched off at a line."""
        if rule in self._whole or rule in self._named.get(line, ()):
            return True
        above = line - 1
        while (
            0 < above <= len(self._lines) and _COMMENT.match(self._lines[above - 1]) and self._lines[above - 1].strip()
        ):
            if rule in self._named.get(above, ()):
                return True
            above -= 1
        return False


def _read_names(line: str) -> frozenset[str]:
    match = _IGNORED.search(line) if "paperbound" in line else None
    return frozenset(re.split(r"[,\s]+", (match["comment"] or match["key"]).strip())) if match else frozenset()
