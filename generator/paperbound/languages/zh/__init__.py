"""Phrases of the interface in Chinese, a module for each kind of page."""

from __future__ import annotations

from .. import Phrases
from . import layout, lists, mail, paper, reading_list, search

PHRASES: Phrases = {
    **layout.PHRASES,
    **lists.PHRASES,
    **mail.PHRASES,
    **paper.PHRASES,
    **reading_list.PHRASES,
    **search.PHRASES,
}
