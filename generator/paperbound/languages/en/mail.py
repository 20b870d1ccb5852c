"""Phrases in English: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "subscribe.address": "Your address",
    "subscribe.all": "all of them",
    "subscribe.all_feeds": "Feeds for every list of this site.",
    "subscribe.all_hint": "The newest papers of the whole site.",
    "subscribe.editions_hint": (
        "An entry an edition, with all its papers in their order: one a day, or however often one appears."
    ),
    "subscribe.by_feed": "By feed",
    "subscribe.by_mail": "By mail",
    "subscribe.deck": (
        "Follow this site, or any part of it, in a feed reader. No account, no address, nothing to unsubscribe from."
    ),
    "subscribe.deck_mail": "By mail, or in a feed reader: the whole site, or any part of it.",
    "subscribe.example": "you@example.org",
    "subscribe.feeds": (
        "A feed is a list of the newest papers that a program can read. Copy one of the addresses below into a "
        "feed reader, such as NetNewsWire, Feedly, Thunderbird or the reader in your browser; it will show new "
        "papers as they appear. Most readers find the feed by themselves when you give them the address of a "
        "page."
    ),
    "subscribe.exports": (
        "All papers, for reference managers and spreadsheets. Pages of lists have their own papers as such files."
    ),
    "subscribe.formats": "Formats",
    "subscribe.formats_hint": (
        "These addresses are RSS. Each page that has a feed has it as Atom and as JSON Feed too: its own address "
        "with {atom} or {json} behind it."
    ),
    "subscribe.more": {
        "one": "{names} more has one too, linked from its page: {link}.",
        "other": "{names} more have one too, linked from their pages: {link}.",
    },
    "subscribe.title": "Subscribe",
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
