"""Phrases in French: reading offline."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "offline.choice": "Garder les pages que je lis",
    "offline.deck": "Ce navigateur garde les pages que vous lisez ici et les ouvre sans réseau.",
    "offline.empty": "Tout supprimer",
    "offline.hint": "Les pages non gardées et les mots nouveaux sur de grands sites nécessitent un réseau.",
    "offline.noscript": "La lecture hors ligne nécessite JavaScript.",
    "offline.pages": count_millions("{count} page gardée", "{count} pages gardées", "de "),
    "offline.refused": "Ce navigateur ne garde aucune page de ce site.",
    "offline.title": "Lire hors ligne",
}
