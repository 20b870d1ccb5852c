"""Phrases in German: reading offline."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "offline.choice": "Seiten behalten, die ich lese",
    "offline.deck": "Dieser Browser behält die Seiten, die Sie hier lesen, und öffnet sie ohne Netz.",
    "offline.empty": "Alle löschen",
    "offline.hint": "Seiten, die nicht behalten wurden, und neue Wörter auf großen Websites brauchen ein Netz.",
    "offline.noscript": "Offline lesen braucht JavaScript.",
    "offline.pages": {"one": "{count} Seite behalten", "other": "{count} Seiten behalten"},
    "offline.refused": "Dieser Browser behält keine Seiten dieser Website.",
    "offline.title": "Offline lesen",
}
