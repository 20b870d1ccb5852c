"""The phrases of the interface in Spanish: those of mail."""

from __future__ import annotations

from . import Phrases

PHRASES: Phrases = {
    "mail.months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "mail.day": "{day} de {month} de {year}",
    "mail.month": "{month} de {year}",
    "mail.papers": {"one": "{count} artículo", "other": "{count} artículos"},
    "mail.more": {"one": "Y un artículo más en el sitio", "other": "Y {count} artículos más en el sitio"},
    "mail.others": "y {count} más",
    "mail.since": "Artículos nuevos desde el {date}",
    "mail.personal": "Artículos nuevos para usted",
    "mail.move_up": "sube {places}",
    "mail.move_down": "baja {places}",
    "mail.move_new": "nuevo",
    "mail.move_back": "de vuelta",
    "mail.move_same": "sin cambio",
    "mail.web": "Leer en la web",
    "mail.archive": "Todas las ediciones",
    "mail.home": "El sitio entero",
    "mail.why": "Recibe este mensaje porque se suscribió a él.",
    "mail.unsubscribe": "Darse de baja",
    "mail.retracted": "Retractado",
    "mail.anonymous": "Autores no indicados",
}
