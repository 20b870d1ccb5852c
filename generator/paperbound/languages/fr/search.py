"""Phrases in French: the search."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "search.by_date": "Plus récents",
    "search.by_relevance": "Plus pertinents",
    "search.by_title": "Titre",
    "search.example_exact": "mots exacts",
    "search.example_without": "sans",
    "search.example_word": "mot",
    "search.description": "Chercher dans tous les articles par titre, auteur, sujet, revue ou conférence et texte.",
    "search.of_site": "Chercher dans {title}",
    "search.failed_hint": "Vérifiez la connexion.",
    "search.filters": "Filtres",
    "search.help": "Affinez avec {examples}. Les petites fautes de frappe sont tolérées.",
    "search.hint": "Titre, auteur ou sujet",
    "search.label": "Chercher des articles",
    "search.more": "Afficher plus",
    "download.as": "Enregistrer en {format}",
    "download.first": count_millions(
        "Le premier article sur {total} enregistré", "Les {count} premiers articles sur {total} enregistrés", ""
    ),
    "download.label": "Les articles trouvés, dans un fichier",
    "download.loading": "{found} sur {total}",
    "download.saved": count_millions("{count} article enregistré", "{count} articles enregistrés", "d’"),
    "search.noscript": "La recherche se fait dans le navigateur, avec JavaScript. Sans lui, parcourez : {places}.",
    "search.nothing": "Rien ne correspond. Essayez moins de mots, ou d’autres, ou voyez ici : {places}.",
    "search.order": "Ordre",
    "search.pages_description": "Chercher dans toutes les pages et leurs titres.",
    "search.pages_hint": "Mot ou nom",
    "search.pages_label": "Chercher dans toutes les pages",
    "search.pages_noscript": "La recherche se fait dans le navigateur, avec JavaScript. Sans lui, choisissez une page.",
    "search.results": "Résultats",
    "search.retry": "Réessayer",
    "search.title": "Recherche",
    "suggest.identifier": "La page de cet identifiant",
    "suggest.label": "Suggestions",
    "suggest.name": "{kind}, {count}",
    "facet.least": count_millions(
        "À partir de {count} article ; les autres par {field}:nom.",
        "À partir de {count} articles ; les autres par {field}:nom.",
        "d’",
    ),
    "facet.has": "Propose",
    "facet.has_code": "Avec code",
    "facet.has_pdf": "Avec PDF",
    "facet.made_by": "Écrit par",
    "facet.made_by_takeaway": "L’essentiel par un programme",
    "facet.made_by_summary": "Synthèse par un programme",
    "facet.made_by_tags": "Sujets par un programme",
    "facet.made_by_people": "Des personnes",
    "facet.range": "de {from} à {to}",
    "facet.to": "à",
    "facet.year_from": "Depuis l’année",
    "facet.year_to": "Jusqu’à l’année",
    "search.all": "Chercher dans tous les articles",
    "search.failed": "Les données de recherche n’ont pas pu être chargées.",
    "search.found_all_words": count_millions(
        "{found}, dont {count} article avec tous les mots", "{found}, dont {count} articles avec tous les mots", "d’"
    ),
    "search.found_for": "{found} pour « {query} »",
    "search.found_no_words": "{found}, aucun avec tous les mots",
    "search.found_of": "{found} sur {total}",
    "search.mended": "Aucun article ne contient « {typed} ». Voici « {meant} ».",
    "search.no_word": "Saisissez un mot à chercher.",
    "search.places": count_millions("{count} endroit", "{count} endroits", "d’"),
    "search.remove": "Retirer le filtre : {label}",
    "search.searching": "Recherche en cours",
}
