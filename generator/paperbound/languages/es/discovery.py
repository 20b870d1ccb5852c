"""Phrases in Spanish: the map and the statistics."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "map.title": "Mapa",
    "map.deck": "{papers}, cerca unos de otros cuando se parecen.",
    "map.region": "Región {number}",
    "map.region_deck": "Artículos de una región del mapa de {title}.",
    "map.all_of_region": count_millions("El único artículo de esta región", "Los {count} artículos de esta región"),
    "map.colours": "Colores",
    "map.others": "Otros",
    "map.find": "Resaltar artículos",
    "map.found": count_millions("{count} artículo resaltado", "{count} artículos resaltados"),
    "map.none": "Ningún artículo contiene estas palabras.",
    "map.zoom_in": "Acercar",
    "map.zoom_out": "Alejar",
    "map.whole": "Mapa completo",
    "map.show": "Mostrar en el mapa",
    "map.drawing": "Artículos como puntos",
    "map.hint": (
        "Arrastre para mover, Ctrl y la rueda para acercar. Teclas: flechas de un artículo a otro, con "
        "Mayús para mover, + y − para acercar, 0 para el mapa completo, Intro para abrir."
    ),
    "map.label": "Mapa de artículos. Las flechas llevan de un artículo a otro, Intro abre el artículo.",
    "map.failed": "No se pudieron cargar los puntos. Las regiones de abajo nombran los artículos.",
    "stats.table": "Como tabla",
    "stats.value": "{name}: {number}",
    "stats.over_time": "Temas a lo largo del tiempo",
    "stats.together": "Quiénes escriben juntos",
    "stats.together_hint": "Una línea une a dos personas que han escrito juntas; cuantos más artículos, más gruesa.",
}
