"""The phrases of the interface in French: those of mail."""

from __future__ import annotations

from . import Phrases

PHRASES: Phrases = {
    "mail.months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "mail.day": "{day} {month} {year}",
    "mail.month": "{month} {year}",
    "mail.papers": {"one": "{count} article", "other": "{count} articles"},
    "mail.more": {"one": "Et un autre article sur le site", "other": "Et {count} autres articles sur le site"},
    "mail.others": "et {count} autres",
    "mail.since": "Nouveaux articles depuis le {date}",
    "mail.personal": "Nouveaux articles pour vous",
    "mail.move_up": "{places} de mieux",
    "mail.move_down": "{places} de moins",
    "mail.move_new": "nouveau",
    "mail.move_back": "de retour",
    "mail.move_same": "inchangé",
    "mail.web": "Lire sur le site",
    "mail.archive": "Toutes les éditions",
    "mail.home": "Le site entier",
    "mail.why": "Vous recevez ce message parce que vous y êtes abonné.",
    "mail.unsubscribe": "Se désabonner",
    "mail.retracted": "Rétracté",
    "mail.anonymous": "Auteurs non indiqués",
}
