"""The phrases of the interface in German: those of mail."""

from __future__ import annotations

from . import Phrases

PHRASES: Phrases = {
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
