"""Phrases in Portuguese: the search."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "search.by_date": "Mais recentes",
    "search.by_relevance": "Mais relevantes",
    "search.by_title": "Título",
    "search.example_exact": "palavras exatas",
    "search.example_without": "sem",
    "search.example_word": "palavra",
    "search.description": "Buscar em todos os artigos por título, autor, tema, periódico ou evento e texto.",
    "search.of_site": "Buscar em {title}",
    "search.failed_hint": "Verifique a conexão.",
    "search.filters": "Filtros",
    "search.help": "Restrinja com {examples}. Pequenos erros de digitação são tolerados.",
    "search.hint": "Título, autor ou tema",
    "search.label": "Buscar artigos",
    "search.more": "Mostrar mais",
    "download.as": "Salvar como {format}",
    "download.first": count_millions(
        "O primeiro artigo de {total} salvo", "Os {count} primeiros artigos de {total} salvos", ""
    ),
    "download.label": "Os artigos encontrados, em um arquivo",
    "download.loading": "{found} de {total}",
    "download.saved": count_millions("{count} artigo salvo", "{count} artigos salvos"),
    "search.noscript": "A busca é feita no seu navegador e precisa de JavaScript. Sem ele, explore: {places}.",
    "search.nothing": "Nada corresponde. Tente menos palavras ou outras, ou veja aqui: {places}.",
    "search.order": "Ordem",
    "search.pages_description": "Buscar em todas as páginas e nos seus títulos.",
    "search.pages_hint": "Palavra ou nome",
    "search.pages_label": "Buscar em todas as páginas",
    "search.pages_noscript": "A busca é feita no seu navegador e precisa de JavaScript. Sem ele, escolha uma página.",
    "search.results": "Resultados",
    "search.retry": "Tentar de novo",
    "search.title": "Busca",
    "suggest.identifier": "A página deste identificador",
    "suggest.label": "Sugestões",
    "suggest.name": "{kind}, {count}",
    "facet.least": count_millions(
        "A partir de {count} artigo; os outros com {field}:nome.",
        "A partir de {count} artigos; os outros com {field}:nome.",
    ),
    "facet.has": "Oferece",
    "facet.has_code": "Com código",
    "facet.has_pdf": "Com PDF",
    "facet.made_by": "Escrito por",
    "facet.made_by_takeaway": "O essencial por um programa",
    "facet.made_by_summary": "Síntese por um programa",
    "facet.made_by_tags": "Temas por um programa",
    "facet.made_by_people": "Pessoas",
    "facet.range": "de {from} a {to}",
    "facet.to": "a",
    "facet.year_from": "Desde o ano",
    "facet.year_to": "Até o ano",
    "search.all": "Buscar em todos os artigos",
    "search.failed": "Não foi possível carregar os dados da busca.",
    "search.found_all_words": count_millions(
        "{found}, {count} artigo com todas as palavras", "{found}, {count} artigos com todas as palavras"
    ),
    "search.found_for": "{found} para “{query}”",
    "search.did_you_mean": "Quis dizer {query}?",
    "search.found_most_words": "{found} com pelo menos {count} das {total} palavras, nenhum com todas",
    "search.found_no_words": "{found}, nenhum com todas as palavras",
    "search.found_of": "{found} de {total}",
    "search.mended": "Nenhum artigo contém “{typed}”. Mostra-se “{meant}”.",
    "search.no_word": "Digite uma palavra para buscar.",
    "search.places": count_millions("{count} lugar", "{count} lugares"),
    "search.remove": "Remover filtro: {label}",
    "search.searching": "Buscando",
}
