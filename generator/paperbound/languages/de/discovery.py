"""Phrases in German: the map and the statistics."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "map.title": "Karte",
    "map.deck": "{papers}, nah beieinander, wo sie sich ähneln.",
    "map.region": "Gebiet {number}",
    "map.region_deck": "Arbeiten eines Gebiets der Karte von {title}.",
    "map.all_of_region": {"one": "Die {count} Arbeit dieses Gebiets", "other": "Alle {count} Arbeiten dieses Gebiets"},
    "map.colours": "Farben",
    "map.others": "Übrige",
    "map.find": "Arbeiten hervorheben",
    "map.found": {"one": "{count} Arbeit hervorgehoben", "other": "{count} Arbeiten hervorgehoben"},
    "map.none": "Keine Arbeit enthält diese Wörter.",
    "map.zoom_in": "Vergrößern",
    "map.zoom_out": "Verkleinern",
    "map.whole": "Ganze Karte",
    "map.show": "Auf der Karte zeigen",
    "map.drawing": "Arbeiten als Punkte",
    "map.hint": (
        "Ziehen verschiebt, Strg und das Mausrad vergrößern. Tasten: Pfeile von Arbeit zu Arbeit, mit "
        "Umschalt zum Verschieben, + und − zum Vergrößern, 0 für die ganze Karte, Eingabe zum Öffnen."
    ),
    "map.label": "Karte der Arbeiten. Pfeile führen von Arbeit zu Arbeit, Eingabe öffnet die Arbeit.",
    "map.failed": "Die Punkte konnten nicht geladen werden. Die Gebiete darunter nennen die Arbeiten.",
    "stats.table": "Als Tabelle",
    "stats.value": "{name}: {number}",
    "stats.over_time": "Themen im Lauf der Zeit",
    "stats.together": "Wer zusammen schreibt",
    "stats.together_hint": (
        "Eine Linie verbindet zwei Personen, die zusammen geschrieben haben; je mehr Arbeiten, desto dicker."
    ),
}
