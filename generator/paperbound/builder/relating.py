"""Related papers, read from what the jobs of the search index left in the work folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..library.shard import Shard
from ..model.job import Receipt
from ..search.document import BLOCK
from ..urls import WORK

if TYPE_CHECKING:
    from ..search.related.neighbours import Neighbours


@dataclass(slots=True)
class Found:
    """The related papers that were found, a file for each block of documents, each read when it is asked for.

    `order` are all papers in the catalogue's order, which is that of the documents backwards.
    """

    order: tuple[str, ...]
    files: tuple[str, ...]
    work: Path
    _read_blocks: dict[int, Neighbours] = field(default_factory=dict)

    @classmethod
    def of(cls, order: tuple[str, ...], receipts: Mapping[str, Sequence[Receipt]], work: Path) -> Found:
        """Those that the jobs with these receipts found."""
        blocks = sum(key.startswith("search related ") for key in receipts)
        files = (receipts[f"search related {number}"][0].path for number in range(blocks))
        return cls(order, tuple(files), work)

    def name(self, shard: Shard) -> str:
        """What tells the files in which the papers of a shard stand, and thereby all that is related to them."""
        if not self.files:
            return ""
        last = len(self.order) - 1
        return " ".join(self.files[(last - shard.stop + 1) // BLOCK : (last - shard.start) // BLOCK + 1])

    def attach(self, shard: Shard) -> Shard:
        """A part of the papers with what is related to each: the others, best first, and the words that are shared."""
        if not self.files:
            return shard
        last = len(self.order) - 1
        related = []
        for place in range(shard.start, shard.stop):
            row = self._read((last - place) // BLOCK).find((last - place) % BLOCK)
            related.append((self.order[place], [(self.order[last - other], words) for other, _, words in row]))
        return replace(shard, related=tuple(related))

    def _read(self, block: int) -> Neighbours:
        if block not in self._read_blocks:
            # Imported here: a site without search has no use for numpy.
            from ..search.related.neighbours import Neighbours

            data = (self.work / self.files[block].removeprefix(WORK)).read_bytes()
            self._read_blocks[block] = Neighbours.unpack(data)
        return self._read_blocks[block]
