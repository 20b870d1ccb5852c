"""Phrases in Portuguese: reading offline."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "offline.choice": "Guardar as páginas que leio",
    "offline.deck": "Este navegador guarda as páginas que você lê aqui e abre-as sem rede.",
    "offline.empty": "Apagar tudo",
    "offline.hint": "Uma página que não está guardada e a pesquisa de palavras novas num site grande precisam de rede.",
    "offline.noscript": "Ler sem rede requer JavaScript.",
    "offline.pages": count_millions("{count} página guardada", "{count} páginas guardadas", "de "),
    "offline.refused": "Este navegador não guarda páginas deste site.",
    "offline.title": "Ler sem rede",
}
