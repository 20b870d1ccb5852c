"""Phrases in French: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "subscribe.address": "Votre adresse",
    "subscribe.all": "tous",
    "subscribe.all_feeds": "Des flux pour chaque liste de ce site.",
    "subscribe.all_hint": "Les nouveaux articles de tout le site.",
    "subscribe.editions_hint": (
        "Une entrée par édition, avec ses articles dans leur ordre : une par jour, ou au fil des parutions."
    ),
    "subscribe.by_feed": "Par flux",
    "subscribe.by_mail": "Par courriel",
    "subscribe.deck": (
        "Suivez ce site, ou une partie, dans un lecteur de flux. Pas de compte, pas d’adresse à donner, rien à "
        "résilier."
    ),
    "subscribe.deck_mail": "Par courriel ou dans un lecteur de flux : tout le site, ou une partie.",
    "subscribe.example": "vous@example.org",
    "subscribe.feeds": (
        "Un flux est une liste des nouveaux articles qu’un programme peut lire. Copiez l’une des adresses ci-dessous "
        "dans un lecteur de flux, comme NetNewsWire, Feedly, Thunderbird ou celui de votre navigateur ; il montrera "
        "les nouveaux articles à leur parution. La plupart trouvent le flux d’eux-mêmes quand on leur donne l’adresse "
        "d’une page."
    ),
    "subscribe.exports": (
        "Tous les articles, pour les gestionnaires de références et les tableurs. Les pages de listes ont leurs "
        "propres articles sous cette forme."
    ),
    "subscribe.formats": "Formats",
    "subscribe.formats_hint": (
        "Ces adresses sont en RSS. Chaque page qui a un flux l’a aussi en Atom et en JSON Feed : sa propre adresse "
        "suivie de {atom} ou de {json}."
    ),
    "subscribe.more": count_millions(
        "{names} : un autre en a un aussi, lié depuis sa page : {link}.",
        "{names} autres en ont un aussi, lié depuis leur page : {link}.",
    ),
    "subscribe.title": "S’abonner",
    "mail.months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "mail.day": "{day} {month} {year}",
    "mail.month": "{month} {year}",
    "mail.papers": count_millions("{count} article", "{count} articles", "d’"),
    "mail.more": count_millions("Et un autre article sur le site", "Et {count} autres articles sur le site", "d’"),
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
