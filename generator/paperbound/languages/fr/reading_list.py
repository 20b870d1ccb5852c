"""Phrases in French: the reading list, and a paper by chance."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "reading_list.title": "Liste de lecture",
    "reading_list.description": (
        "Les articles que vous avez enregistrés dans ce navigateur, avec vos notes et étiquettes."
    ),
    "reading_list.deck": "Vos articles enregistrés, avec vos notes et étiquettes. Ils restent dans ce seul navigateur.",
    "reading_list.noscript": (
        "Votre navigateur garde la liste de lecture, avec JavaScript. Sans lui, parcourez : {places}."
    ),
    "reading_list.empty": (
        "Rien n’est encore enregistré. Enregistrez un article sur sa page, par le signe sous son titre dans une "
        "liste, ou avec la touche {key}."
    ),
    "reading_list.nothing": "Aucun article de la liste ne convient.",
    "reading_list.show": "Afficher",
    "reading_list.all": "Tous",
    "reading_list.unread": "Non lus",
    "reading_list.starred": "Avec étoile",
    "reading_list.filter": "Mots dans la liste",
    "reading_list.read": "Lu",
    "reading_list.star": "Étoile",
    "reading_list.edit": "Note et étiquettes",
    "reading_list.up": "Monter",
    "reading_list.down": "Descendre",
    "reading_list.remove": "Retirer",
    "reading_list.note": "Note",
    "reading_list.tags": "Étiquettes, séparées par des virgules",
    "reading_list.drag": "Glisser pour déplacer",
    "reading_list.action": "{action} : {title}",
    "reading_list.moved": "Place {place} sur {total}",
    "reading_list.save": "Garder",
    "reading_list.save_this": "Garder dans la liste de lecture",
    "reading_list.save_title": "Garder dans la liste de lecture : {title}",
    "reading_list.saved": "Gardé",
    "reading_list.removed": "Retiré",
    "reading_list.undo": "Annuler",
    "reading_list.new": "Nouveau",
    "reading_list.share": "Copier un lien vers la liste",
    "reading_list.share_hint": "Le lien contient les articles, mais ni notes ni étiquettes.",
    "reading_list.link": "Un lien vers la liste",
    "reading_list.print": "Imprimer",
    "reading_list.files": "Exporter et importer",
    "reading_list.import": "Importer un fichier",
    "reading_list.import_hint": (
        "Un fichier enregistré ici, ou qui contient des identifiants ou adresses d’articles de ce site."
    ),
    "reading_list.imported": "Repris : {count}.",
    "reading_list.unknown": "Absents de ce site : {count}.",
    "reading_list.failed": "Les articles n’ont pas pu être chargés. Vérifiez la connexion.",
    "reading_list.shared_note": "Cette liste vient du lien. Elle n’entre dans la vôtre que si vous la reprenez.",
    "reading_list.take_over": "Tout reprendre",
    "reading_list.mine": "Ma propre liste",
    "reading_list.off": (
        "Ce navigateur n’enregistre rien pour ce site : la liste disparaît quand vous quittez cette page. "
        "Emportez-la dans un fichier."
    ),
    "reading_list.full": (
        "Le stockage de ce navigateur est plein : la dernière modification disparaît quand vous quittez cette "
        "page. Emportez la liste dans un fichier, ou retirez quelque chose."
    ),
    "reading_list.unread_part": (
        "Une partie des données stockées n’a pas pu être lue ; elle est mise de côté. Le reste est dans la liste."
    ),
    "reading_list.save_unread": "Enregistrer ces données",
    "reading_list.forget_unread": "L’oublier",
    "reading_list.off_short": "Non gardé : stockage désactivé",
    "reading_list.full_short": "Non gardé : stockage plein",
    "reading_list.browser": "Gardé dans ce navigateur",
    "reading_list.visits": (
        "Signaler les articles nouveaux depuis ma dernière visite, et retenir ce que j’ai lu aujourd’hui"
    ),
    "reading_list.forget": "Oublier mes visites",
    "reading_list.forgotten": "Oublié",
    "reading_list.clear": "Vider la liste",
    "reading_list.read_today": "Lus aujourd’hui",
    "reading_list.today": "Lus aujourd’hui : {count}",
    "reading_list.today_of": "Lus aujourd’hui dans cette liste : {count} sur {total}",
    "random.title": "Un article au hasard",
    "random.description": "Mène à un article au hasard.",
    "random.choosing": "Un article est en cours de choix.",
    "random.failed": "La liste des articles n’a pas pu être chargée. Vérifiez la connexion.",
    "random.noscript": (
        "Le choix au hasard demande JavaScript. Sans lui, voici quelques articles de toutes les parties de la liste."
    ),
}
