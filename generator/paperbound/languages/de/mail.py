"""Phrases in German: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "subscribe.address": "Ihre Adresse",
    "subscribe.all": "alle",
    "subscribe.all_feeds": "Feeds für jede Liste dieser Website.",
    "subscribe.all_hint": "Die neuesten Arbeiten der ganzen Website.",
    "subscribe.editions_hint": (
        "Ein Eintrag je Ausgabe, mit allen ihren Arbeiten in der Reihenfolge: einer am Tag oder so oft, wie eine "
        "erscheint."
    ),
    "subscribe.by_feed": "Per Feed",
    "subscribe.by_mail": "Per E-Mail",
    "subscribe.deck": (
        "Folgen Sie dieser Website oder einem Teil davon in einem Feedreader. Kein Konto, keine Adresse, nichts "
        "abzubestellen."
    ),
    "subscribe.deck_mail": "Per E-Mail oder im Feedreader: die ganze Website oder ein Teil davon.",
    "subscribe.example": "name@example.org",
    "subscribe.feeds": (
        "Ein Feed ist eine Liste der neuesten Arbeiten, die ein Programm lesen kann. Kopieren Sie eine der Adressen in "
        "einen Feedreader, etwa NetNewsWire, Feedly, Thunderbird oder den Ihres Browsers; er zeigt neue Arbeiten, "
        "sobald sie erscheinen. Die meisten finden den Feed selbst, wenn Sie ihnen die Adresse einer Seite geben."
    ),
    "subscribe.exports": (
        "Alle Arbeiten für Literaturverwaltung und Tabellenkalkulation. Seiten mit Listen bieten ihre eigenen Arbeiten "
        "als solche Dateien."
    ),
    "subscribe.formats": "Formate",
    "subscribe.formats_hint": (
        "Diese Adressen sind RSS. Jede Seite mit Feed hat ihn auch als Atom und als JSON Feed: ihre Adresse, gefolgt "
        "von {atom} oder {json}."
    ),
    "subscribe.more": {
        "one": "{names}: einer mehr hat ebenfalls einen Feed, verlinkt auf seiner Seite: {link}.",
        "other": "{names} weitere haben ebenfalls einen Feed, verlinkt auf ihren Seiten: {link}.",
    },
    "subscribe.title": "Abonnieren",
    "mail.months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "mail.day": "{day}. {month} {year}",
    "mail.month": "{month} {year}",
    "mail.papers": {"one": "{count} Arbeit", "other": "{count} Arbeiten"},
    "mail.more": {
        "one": "Und eine weitere Arbeit auf der Website",
        "other": "Und {count} weitere Arbeiten auf der Website",
    },
    "mail.others": "und {count} weitere",
    "mail.since": "Neue Arbeiten seit {date}",
    "mail.personal": "Neue Arbeiten für Sie",
    "mail.move_up": "{places} höher",
    "mail.move_down": "{places} tiefer",
    "mail.move_new": "neu",
    "mail.move_back": "wieder da",
    "mail.move_same": "unverändert",
    "mail.web": "Im Browser lesen",
    "mail.archive": "Alle Ausgaben",
    "mail.home": "Die ganze Website",
    "mail.why": "Sie erhalten diese Nachricht, weil Sie sie abonniert haben.",
    "mail.unsubscribe": "Abbestellen",
    "mail.retracted": "Zurückgezogen",
    "mail.anonymous": "Ohne Angabe von Autoren",
}
