"""Kinds of sources, one file and one row each."""

from __future__ import annotations

from ...storage.plugins import load_plugins
from ..source import SourceKind
from .arxiv import ARXIV
from .command import COMMAND
from .crossref import CROSSREF
from .feed import FEED
from .file import FILE
from .huggingface_daily import HUGGINGFACE_DAILY
from .openalex import OPENALEX

ROWS: tuple[SourceKind, ...] = (ARXIV, HUGGINGFACE_DAILY, FEED, OPENALEX, CROSSREF, FILE, COMMAND)
PLUGINS = load_plugins("paperbound.sources", SourceKind, [one.name for one in ROWS])
KINDS: tuple[SourceKind, ...] = (*ROWS, *(one.value for one in PLUGINS if one.value))
