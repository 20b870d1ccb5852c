"""Phrases in Portuguese: the map and the statistics."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "map.title": "Mapa",
    "map.deck": "{papers}, próximos uns dos outros quando se parecem.",
    "map.region": "Região {number}",
    "map.region_deck": "Artigos de uma região do mapa de {title}.",
    "map.all_of_region": count_millions("O único artigo desta região", "Os {count} artigos desta região"),
    "map.colours": "Cores",
    "map.others": "Outros",
    "map.find": "Destacar artigos",
    "map.found": count_millions("{count} artigo destacado", "{count} artigos destacados"),
    "map.none": "Nenhum artigo contém estas palavras.",
    "map.zoom_in": "Ampliar",
    "map.zoom_out": "Reduzir",
    "map.whole": "Mapa inteiro",
    "map.show": "Mostrar no mapa",
    "map.drawing": "Artigos como pontos",
    "map.hint": (
        "Arraste para mover, Ctrl e a roda para ampliar. Teclas: setas de um artigo a outro, com Shift "
        "para mover, + e − para ampliar, 0 para o mapa inteiro, Enter para abrir."
    ),
    "map.label": "Mapa de artigos. As setas levam de um artigo a outro, Enter abre o artigo.",
    "map.failed": "Não foi possível carregar os pontos. As regiões abaixo indicam os artigos.",
    "stats.table": "Como tabela",
    "stats.value": "{name}: {number}",
    "stats.over_time": "Temas ao longo do tempo",
    "stats.together": "Quem escreve em conjunto",
    "stats.together_hint": "Uma linha une duas pessoas que escreveram em conjunto; quanto mais artigos, mais grossa.",
}
