"""Lists of works by cursor, as OpenAlex and Crossref have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from ...model.errors import Fault
from ...model.record import Record
from ..answers import Answer
from ..reading import Reading, join_records, load_json
from ..source import Batch, Source

PAGE = 200
_MOST_PAGES = 10
# Returns the works of an answer and the cursor of the next page; raises ValueError.
FindPage = Callable[[Any], tuple[list[Any], str]]


def read_works(
    source: Source,
    query: Mapping[str, str],
    size: str,
    form: str,
    find_page: FindPage,
    reading: Reading,
    keys: Mapping[str, str] | None = None,
) -> Iterator[Batch]:
    """Yields all works of a query as one batch, page after page.

    `size` is the parameter of a page's size.
    """

    def parse(answer: Answer) -> tuple[str, int, tuple[Record, ...]]:
        try:
            works, following = find_page(load_json(answer))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("the answer has no list of works") from error
        return following, len(works), reading.make_records(answer, form) if works else ()

    pages: list[tuple[Record, ...]] = []
    cursor = "*"
    for _ in range(_MOST_PAGES):
        url = f"{source.url}?{urlencode({**query, size: str(PAGE), 'cursor': cursor})}"
        cursor, count, records = reading.get(source, url, parse, keys=keys)
        pages.append(records)
        if not cursor or count < PAGE:
            break
    else:
        message = f"only the newest {_MOST_PAGES * PAGE:,} works are read"
        reading.report(Fault(source.id, 0, "", message, "Narrow the query, with `since` for one.", warning=True))
    yield Batch(None, join_records(pages))
