"""Tables in docs/security.md, each between two marks, which commands write anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"


def write_table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, write: bool) -> str:
    """Makes a table; with `write` it takes the place of the one of this name in the document."""
    lines = [head, ["---", *["---:"] * (len(head) - 2), "---"], *rows]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    if write:
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, _, rest = DOCUMENT.read_text("utf-8").partition(begin)
        after = rest.partition(end)[2]
        DOCUMENT.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")
    return table
