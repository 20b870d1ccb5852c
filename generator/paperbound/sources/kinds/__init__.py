"""Kinds of sources, one file and one row each."""

from __future__ import annotations

from ..source import SourceKind
from .arxiv import ARXIV
from .command import COMMAND
from .crossref import CROSSREF
from .feed import FEED
from .file import FILE
from .huggingface_daily import HUGGINGFACE_DAILY
from .openalex import OPENALEX

KINDS: tuple[SourceKind, ...] = (ARXIV, HUGGINGFACE_DAILY, FEED, OPENALEX, CROSSREF, FILE, COMMAND)
