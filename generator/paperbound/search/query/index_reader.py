"""Reader of the index: the twin of the browser's `index.js` and `near.js`.

The command line, the e-mail digest and the tests use it.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import ALPHABET, LETTERS, Array, decode_numbers
from ..blocks import utf16_key
from ..result_files import guess_slug

Read = Callable[[str], bytes]


class DamagedIndexError(Exception):
    """Raised for a file of the index with another checksum."""


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """A result record: the link and the texts that a result shows."""

    href: str
    title: str
    authors: str = ""
    venue: str = ""
    date: str = ""
    takeaway: str = ""


def _key(kind: str, line: str) -> str:
    return line[:-1] if kind in ("words", "endings") else line.partition("\t")[0]


class Index:
    """An index of files; `read` returns a file's bytes by name, once a file."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.manifest: dict[str, Any] = json.loads(read("manifest.json"))
        self.size: int = self.manifest["documents"]
        self.fields: list[tuple[str, float, float]] = [tuple(field) for field in self.manifest["fields"]]
        self._lines: dict[str, list[str]] = {}
        self._postings: dict[str, Array | None] = {}

    def load(self, kind: str, name: str) -> list[str]:
        """Returns the lines of a file; raises DamagedIndexError for a wrong checksum."""
        path = f"{kind}.{name}.txt"
        if path not in self._lines:
            data = self._read(path)
            if data[-10:] != b"#%08x\n" % zlib.adler32(data[:-10]):
                raise DamagedIndexError(path)
            self._lines[path] = data[:-10].decode().split("\n")[:-1]
        return self._lines[path]

    def _find_leaf(self, kind: str, key: str) -> tuple[list[str], str | None]:
        entries = [tuple(entry) for entry in self.manifest["trees"][kind]]
        after = None
        if not entries:
            return [], None
        at = _find_entry(entries, key)
        if self.manifest["nodes"]:
            after = entries[at + 1][0] if at + 1 < len(entries) else None
            entries = [tuple(line.split("\t")) for line in self.load(kind, entries[at][1])]
            at = _find_entry(entries, key)
        return self.load(kind, entries[at][1]), entries[at + 1][0] if at + 1 < len(entries) else after

    def find(self, kind: str, key: str) -> str | None:
        """Returns the line of a key; None without one."""
        lines, _ = self._find_leaf(kind, key)
        at = bisect_left(lines, utf16_key(key), key=lambda line: utf16_key(_key(kind, line)))
        return lines[at] if at < len(lines) and _key(kind, lines[at]) == key else None

    def range(self, kind: str, prefix: str, files: int = 1 << 30) -> list[str]:
        """Returns the lines whose keys begin with a prefix, from at most `files` files."""
        found: list[str] = []
        start: str | None = prefix
        while start is not None and files:
            lines, start = self._find_leaf(kind, start)
            files -= 1
            at = bisect_left(lines, utf16_key(prefix), key=lambda line: utf16_key(_key(kind, line)))
            for line in lines[at:]:
                if not _key(kind, line).startswith(prefix):
                    return found
                found.append(line)
        return found

    def postings(self, term: str) -> Array | None:
        """Returns a term's postings: rows of field, document, length, frequency."""
        if term not in self._postings:
            line = self.find("terms", term)
            self._postings[term] = None if line is None else _decode_postings(line.partition("\t")[2])
        return self._postings[term]

    def positions(self, term: str, postings: Array) -> list[list[int]]:
        """Returns the positions of a term, a list for each of its postings."""
        numbers = decode_numbers((self.find("positions", term) or "\t").partition("\t")[2])
        ends = np.cumsum(postings[:, 3]).tolist()
        return [np.cumsum(numbers[end - count : end]).tolist() for end, count in zip(ends, postings[:, 3], strict=True)]

    def record(self, number: int) -> ResultRecord:
        """Returns the result record of a document."""
        block, size = self.manifest["block"], self.manifest["records_a_file"]
        name = self.manifest["records"][number // block]
        if self.manifest["nodes"]:
            name = self.load("records", name)[number % block // size]
        row: list[str] = json.loads(self.load("records", name)[number % block % size])
        title, authors, venue, iso, takeaway, slug, _ = row + [""] * (7 - len(row))
        return ResultRecord(
            f"{self.manifest['papers']}{slug or guess_slug(title)}/", title, authors, venue, iso, takeaway
        )


def _find_entry(entries: list[tuple[str, ...]], key: str) -> int:
    at = bisect_left(entries, utf16_key(key), key=lambda entry: utf16_key(entry[0]))
    return at if at < len(entries) and entries[at][0] == key else max(at - 1, 0)


def _decode_postings(text: str) -> Array:
    rows: list[tuple[int, int, int, int]] = []
    starts = [at for at, sign in enumerate(text) if sign in LETTERS]
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        field, document = LETTERS.index(text[start]), 0
        numbers = iter(decode_numbers(text[start + 1 : stop]))
        for gap in numbers:
            document += gap
            length = next(numbers)
            rows.append((field, document, length >> 1, next(numbers) if length & 1 else 1))
    return np.array(rows, np.int64).reshape(-1, 4)


def is_near(word: str, other: str, edits: int) -> bool:
    """Returns whether two words are at most `edits` edits apart, as lunr counts."""
    if abs(len(word) - len(other)) > edits:
        return False
    same = 0
    while same < min(len(word), len(other)) and word[same] == other[same]:
        same += 1
    left, right = word[same:], other[same:]
    if not left or not right:
        return len(left) + len(right) <= edits
    if not edits:
        return False
    return (
        is_near(left[1:], right[1:], edits - 1)
        or is_near(left[1:], right, edits - 1)
        or is_near(left, right[1:], edits - 1)
        or (len(left) > 1 and right[0] == left[1] and is_near(left[0] + left[2:], right[1:], edits - 1))
    )


def find_near(index: Index, word: str, edits: int, *, whole: bool = False) -> list[tuple[str, int, bool]]:
    """Returns the words at most `edits` edits from a word.

    Each is (word, bits of its count, whether it is a term).
    """
    part = len(word) // (edits + 1)
    start = "" if whole and edits > 1 else word[:part]
    end = (word[-part:] if part else word) if edits > 1 else word[part + 1 :]
    lines = index.range("words", start)
    found: dict[str, tuple[str, int, bool]] = {}
    back = index.range("endings", end[::-1]) if start or edits < 2 else []
    for key, sign in [(line[:-1], line[-1]) for line in lines] + [(line[-2::-1], line[-1]) for line in back]:
        if is_near(word, key, edits):
            value = ALPHABET.index(sign)
            found[key] = (key, value >> 1, value & 1 == 1)
    return list(found.values())
