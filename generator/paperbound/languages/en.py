"""The phrases of the interface in English: all of them."""

from __future__ import annotations

from .language import Phrases

PHRASES: Phrases = {
    "mail.months": "January February March April May June July August September October November December",
    "mail.day": "{day} {month} {year}",
    "mail.month": "{month} {year}",
    "mail.papers": {"one": "{count} paper", "other": "{count} papers"},
    "mail.more": {"one": "And one more paper on the site", "other": "And {count} more papers on the site"},
    "mail.others": "and {count} more",
    "mail.since": "New papers since {date}",
    "mail.personal": "New papers for you",
    "mail.move_up": "up {places}",
    "mail.move_down": "down {places}",
    "mail.move_new": "new",
    "mail.move_back": "back",
    "mail.move_same": "unchanged",
    "mail.web": "Read on the web",
    "mail.archive": "All editions",
    "mail.home": "The whole site",
    "mail.why": "You get this message because you subscribed to it.",
    "mail.unsubscribe": "Unsubscribe",
    "mail.retracted": "Retracted",
    "mail.anonymous": "Authors not listed",
}
