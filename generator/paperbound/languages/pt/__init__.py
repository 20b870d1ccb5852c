"""Phrases of the interface in Portuguese, a module for each kind of page."""

from __future__ import annotations

from .. import Phrases
from . import discovery, layout, lists, mail, offline, paper, reading_list, search

PHRASES: Phrases = {
    **discovery.PHRASES,
    **layout.PHRASES,
    **lists.PHRASES,
    **mail.PHRASES,
    **offline.PHRASES,
    **paper.PHRASES,
    **reading_list.PHRASES,
    **search.PHRASES,
}
