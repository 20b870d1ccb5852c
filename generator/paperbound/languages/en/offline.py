"""Phrases in English: reading offline."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "offline.choice": "Keep pages that I read",
    "offline.deck": "This browser keeps the pages that you read here, and opens them without a network.",
    "offline.empty": "Delete all",
    "offline.hint": "Pages that are not kept, and searches for new words on large sites, need a network.",
    "offline.noscript": "Reading offline needs JavaScript.",
    "offline.pages": {"one": "{count} page kept", "other": "{count} pages kept"},
    "offline.refused": "This browser keeps no pages of this site.",
    "offline.title": "Read offline",
}
