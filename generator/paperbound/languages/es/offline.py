"""Phrases in Spanish: reading offline."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "offline.choice": "Guardar las páginas que leo",
    "offline.deck": "Este navegador guarda las páginas que usted lee aquí y las abre sin red.",
    "offline.empty": "Borrar todo",
    "offline.hint": "Las páginas no guardadas y las palabras nuevas en sitios grandes necesitan red.",
    "offline.noscript": "Leer sin conexión necesita JavaScript.",
    "offline.pages": count_millions("{count} página guardada", "{count} páginas guardadas", "de "),
    "offline.refused": "Este navegador no guarda páginas de este sitio.",
    "offline.title": "Leer sin conexión",
}
