"""Kinds of sources, one file and one row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ...model.errors import InputError
from ...storage.plugins import Plugin, load_plugins
from ..faults import SourceError
from ..reading import Reading
from ..source import Batch, Source, SourceKind, Window
from .arxiv import ARXIV
from .command import COMMAND
from .crossref import CROSSREF
from .feed import FEED
from .file import FILE
from .huggingface_daily import HUGGINGFACE_DAILY
from .openalex import OPENALEX

ROWS: tuple[SourceKind, ...] = (ARXIV, HUGGINGFACE_DAILY, FEED, OPENALEX, CROSSREF, FILE, COMMAND)


def _read(row: SourceKind, plugin: Plugin, source: Source, window: Window, reading: Reading) -> Iterator[Batch]:
    try:
        yield from row.read(source, window, reading)
    except (SourceError, InputError):
        raise
    except Exception as error:  # whatever a module of others may raise
        raise SourceError(source.id, "", plugin.describe(error).message, plugin.remedy) from error


def _guard(row: SourceKind, plugin: Plugin) -> SourceKind:
    """Returns the kind of another package; its exceptions are faults of the source."""
    return replace(row, read=partial(_read, row, plugin))


PLUGINS = load_plugins("paperbound.sources", SourceKind, [one.name for one in ROWS], _guard)
KINDS: tuple[SourceKind, ...] = (*ROWS, *(one.value for one in PLUGINS if one.value))
