"""Phrases in Spanish: the search."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "search.by_date": "Más recientes",
    "search.by_relevance": "Más relevantes",
    "search.by_title": "Título",
    "search.example_exact": "palabras exactas",
    "search.example_without": "sin",
    "search.example_word": "palabra",
    "search.description": "Buscar en todos los artículos por título, autor, tema, revista o congreso y texto.",
    "search.of_site": "Buscar en {title}",
    "search.failed_hint": "Compruebe la conexión.",
    "search.filters": "Filtros",
    "search.help": "Acote con {examples}. Se toleran pequeñas erratas.",
    "search.hint": "Título, autor o tema",
    "search.label": "Buscar artículos",
    "search.more": "Mostrar más",
    "download.as": "Guardar como {format}",
    "download.first": count_millions(
        "El primer artículo de {total} guardado", "Los {count} primeros artículos de {total} guardados", ""
    ),
    "download.label": "Los artículos encontrados, en un archivo",
    "download.loading": "{found} de {total}",
    "download.saved": count_millions("{count} artículo guardado", "{count} artículos guardados"),
    "search.noscript": "La búsqueda se hace en su navegador y necesita JavaScript. Sin él, explore: {places}.",
    "search.nothing": "No hay coincidencias. Pruebe con menos palabras u otras, o mire aquí: {places}.",
    "search.order": "Orden",
    "search.pages_description": "Buscar en todas las páginas y sus encabezados.",
    "search.pages_hint": "Palabra o nombre",
    "search.pages_label": "Buscar en todas las páginas",
    "search.pages_noscript": "La búsqueda se hace en su navegador y necesita JavaScript. Sin él, elija una página.",
    "search.results": "Resultados",
    "search.retry": "Reintentar",
    "search.title": "Búsqueda",
    "suggest.identifier": "La página de este identificador",
    "suggest.label": "Sugerencias",
    "suggest.name": "{kind}, {count}",
    "facet.least": count_millions(
        "A partir de {count} artículo; los demás con {field}:nombre.",
        "A partir de {count} artículos; los demás con {field}:nombre.",
    ),
    "facet.has": "Ofrece",
    "facet.has_code": "Con código",
    "facet.has_pdf": "Con PDF",
    "facet.made_by": "Escrito por",
    "facet.made_by_takeaway": "Lo esencial por un programa",
    "facet.made_by_summary": "Síntesis por un programa",
    "facet.made_by_tags": "Temas por un programa",
    "facet.made_by_people": "Personas",
    "facet.range": "de {from} a {to}",
    "facet.to": "a",
    "facet.year_from": "Desde el año",
    "facet.year_to": "Hasta el año",
    "search.all": "Buscar en todos los artículos",
    "search.failed": "No se pudieron cargar los datos de búsqueda.",
    "search.found_all_words": count_millions(
        "{found}, {count} artículo con todas las palabras", "{found}, {count} artículos con todas las palabras"
    ),
    "search.found_for": "{found} para «{query}»",
    "search.did_you_mean": "¿Quiso decir {query}?",
    "search.found_most_words": "{found} con al menos {count} de las {total} palabras, ninguno con todas",
    "search.found_no_words": "{found}, ninguno con todas las palabras",
    "search.found_of": "{found} de {total}",
    "search.mended": "Ningún artículo contiene «{typed}». Se muestra «{meant}».",
    "search.no_word": "Escriba una palabra para buscar.",
    "search.places": count_millions("{count} lugar", "{count} lugares"),
    "search.remove": "Quitar el filtro: {label}",
    "search.searching": "Buscando",
}
