"""Phrases in German: the reading list, and a paper by chance."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "reading_list.title": "Leseliste",
    "reading_list.description": (
        "Arbeiten, die Sie in diesem Browser gemerkt haben, mit Ihren Notizen und Schlagwörtern."
    ),
    "reading_list.deck": "Gemerkte Arbeiten mit Ihren Notizen und Schlagwörtern. Sie bleiben allein in diesem Browser.",
    "reading_list.noscript": (
        "Ihr Browser bewahrt die Leseliste auf und braucht dafür JavaScript. Ohne geht es hier weiter: {places}."
    ),
    "reading_list.empty": (
        "Noch ist nichts gemerkt. Merken Sie eine Arbeit auf ihrer Seite, mit dem Zeichen unter ihrem Titel in "
        "einer Liste oder mit der Taste {key}."
    ),
    "reading_list.nothing": "Keine Arbeit der Liste passt.",
    "reading_list.show": "Anzeigen",
    "reading_list.all": "Alle",
    "reading_list.unread": "Ungelesen",
    "reading_list.starred": "Mit Stern",
    "reading_list.filter": "Wörter in der Liste",
    "reading_list.read": "Gelesen",
    "reading_list.star": "Stern",
    "reading_list.edit": "Notiz und Schlagwörter",
    "reading_list.up": "Nach oben",
    "reading_list.down": "Nach unten",
    "reading_list.remove": "Entfernen",
    "reading_list.note": "Notiz",
    "reading_list.tags": "Schlagwörter, durch Kommas getrennt",
    "reading_list.drag": "Zum Verschieben ziehen",
    "reading_list.action": "{action}: {title}",
    "reading_list.moved": "Platz {place} von {total}",
    "reading_list.save": "Merken",
    "reading_list.save_this": "Merken auf der Leseliste",
    "reading_list.save_title": "Auf der Leseliste merken: {title}",
    "reading_list.saved": "Gemerkt",
    "reading_list.removed": "Entfernt",
    "reading_list.undo": "Rückgängig",
    "reading_list.new": "Neu",
    "reading_list.share": "Link zur Liste kopieren",
    "reading_list.share_hint": "Der Link enthält die Arbeiten, aber keine Notizen und Schlagwörter.",
    "reading_list.link": "Ein Link zur Liste",
    "reading_list.print": "Drucken",
    "reading_list.files": "Exportieren und einlesen",
    "reading_list.import": "Datei einlesen",
    "reading_list.import_hint": (
        "Eine hier gespeicherte oder eine mit Kennungen oder Adressen von Arbeiten dieser Website."
    ),
    "reading_list.imported": "Übernommen: {count}.",
    "reading_list.unknown": "Nicht auf dieser Website: {count}.",
    "reading_list.failed": "Die Arbeiten konnten nicht geladen werden. Prüfen Sie die Verbindung.",
    "reading_list.shared_note": (
        "Diese Liste kam mit dem Link. Sie gehört erst zu Ihrer eigenen, wenn Sie sie übernehmen."
    ),
    "reading_list.take_over": "Alle übernehmen",
    "reading_list.mine": "Meine eigene Liste",
    "reading_list.off": (
        "Dieser Browser speichert nichts für diese Website: Die Liste ist weg, wenn Sie diese Seite verlassen. "
        "Nehmen Sie sie als Datei mit."
    ),
    "reading_list.full": (
        "Der Speicher dieses Browsers ist voll: Die letzte Änderung ist weg, wenn Sie diese Seite verlassen. "
        "Nehmen Sie die Liste als Datei mit, oder entfernen Sie etwas."
    ),
    "reading_list.unread_part": (
        "Ein Teil des Gespeicherten war nicht lesbar und liegt beiseite. Was lesbar war, steht in der Liste."
    ),
    "reading_list.save_unread": "Gespeichertes sichern",
    "reading_list.forget_unread": "Verwerfen",
    "reading_list.off_short": "Nicht gemerkt: Speicher aus",
    "reading_list.full_short": "Nicht gemerkt: Speicher voll",
    "reading_list.browser": "In diesem Browser aufbewahrt",
    "reading_list.visits": (
        "Arbeiten kennzeichnen, die seit meinem letzten Besuch neu sind, und merken, was ich heute gelesen habe"
    ),
    "reading_list.forget": "Meine Besuche vergessen",
    "reading_list.forgotten": "Vergessen",
    "reading_list.clear": "Liste leeren",
    "reading_list.read_today": "Heute gelesen",
    "reading_list.today": "Heute gelesen: {count}",
    "reading_list.today_of": "Heute aus dieser Liste gelesen: {count} von {total}",
    "random.title": "Eine zufällige Arbeit",
    "random.description": "Führt zu einer zufälligen Arbeit.",
    "random.choosing": "Eine Arbeit wird ausgewählt.",
    "random.failed": "Die Liste der Arbeiten konnte nicht geladen werden. Prüfen Sie die Verbindung.",
    "random.noscript": (
        "Für die zufällige Wahl ist JavaScript nötig. Ohne stehen hier einige Arbeiten aus allen Teilen der Liste."
    ),
}
