"""Phrases in French: the map and the statistics."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "map.title": "Carte",
    "map.deck": "{papers}, proches les uns des autres quand ils se ressemblent.",
    "map.region": "Région {number}",
    "map.region_deck": "Articles d’une région de la carte de {title}.",
    "map.all_of_region": count_millions(
        "Le seul article de cette région", "Les {count} articles de cette région", "d’"
    ),
    "map.colours": "Couleurs",
    "map.others": "Autres",
    "map.find": "Mettre des articles en évidence",
    "map.found": count_millions("{count} article mis en évidence", "{count} articles mis en évidence", "d’"),
    "map.none": "Aucun article ne contient ces mots.",
    "map.zoom_in": "Agrandir",
    "map.zoom_out": "Réduire",
    "map.whole": "Carte entière",
    "map.show": "Montrer sur la carte",
    "map.drawing": "Articles sous forme de points",
    "map.hint": (
        "Glissez pour déplacer, Ctrl et la molette pour agrandir. Touches : flèches d’un article à "
        "l’autre, avec Maj pour déplacer, + et − pour agrandir, 0 pour la carte entière, Entrée pour "
        "ouvrir."
    ),
    "map.label": "Carte des articles. Les flèches mènent d’un article à l’autre, Entrée ouvre l’article.",
    "map.failed": "Les points n’ont pas pu être chargés. Les régions ci-dessous nomment les articles.",
    "stats.table": "En tableau",
    "stats.value": "{name} : {number}",
    "stats.over_time": "Sujets au fil du temps",
    "stats.together": "Qui écrit ensemble",
    "stats.together_hint": (
        "Un trait relie deux personnes qui ont écrit ensemble ; il est d’autant plus épais qu’elles ont "
        "d’articles en commun."
    ),
}
