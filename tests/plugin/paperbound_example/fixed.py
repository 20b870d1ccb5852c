"""A source that has one paper, always."""

from __future__ import annotations

from collections.abc import Iterator

from paperbound.model.record import Origin, Record
from paperbound.sources.reading import Reading
from paperbound.sources.source import Batch, Source, SourceKind, Window


def read_fixed(_source: Source, _window: Window, _reading: Reading) -> Iterator[Batch]:
    """Yields the paper."""
    yield Batch(None, (Record(id="fixed", title="A fixed paper", origin=Origin("fixed", native=False)),))


FIXED = SourceKind("fixed", read_fixed, {})
