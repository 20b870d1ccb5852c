"""Phrases in Spanish: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "subscribe.address": "Su dirección",
    "subscribe.all": "todos",
    "subscribe.all_feeds": "Canales para cada lista de este sitio.",
    "subscribe.all_hint": "Los artículos más recientes de todo el sitio.",
    "subscribe.editions_hint": (
        "Una entrada por edición, con todos sus artículos en su orden: una al día, o con la frecuencia con que "
        "aparezca."
    ),
    "subscribe.by_feed": "Por canal",
    "subscribe.by_mail": "Por correo",
    "subscribe.deck": (
        "Siga este sitio, o una parte de él, en un lector de canales. Sin cuenta, sin dar una dirección, sin nada que "
        "cancelar."
    ),
    "subscribe.deck_mail": "Por correo o en un lector de canales: todo el sitio, o una parte de él.",
    "subscribe.example": "usted@example.org",
    "subscribe.feeds": (
        "Un canal es una lista de los artículos más recientes que un programa puede leer. Copie una de las direcciones "
        "siguientes en un lector de canales, como NetNewsWire, Feedly, Thunderbird o el de su navegador; mostrará los "
        "artículos nuevos a medida que aparezcan. La mayoría encuentra el canal por sí sola si se le da la dirección "
        "de una página."
    ),
    "subscribe.exports": (
        "Todos los artículos, para gestores de referencias y hojas de cálculo. Las páginas de listas ofrecen sus "
        "propios artículos en estos formatos."
    ),
    "subscribe.formats": "Formatos",
    "subscribe.formats_hint": (
        "Estas direcciones son RSS. Cada página que tiene un canal lo ofrece también como Atom y como JSON Feed: su "
        "propia dirección seguida de {atom} o {json}."
    ),
    "subscribe.more": count_millions(
        "{names}: uno más también tiene su canal, enlazado desde su página: {link}.",
        "{names} más también tienen su canal, enlazado desde su página: {link}.",
    ),
    "subscribe.title": "Suscribirse",
    "mail.months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "mail.day": "{day} de {month} de {year}",
    "mail.month": "{month} de {year}",
    "mail.papers": count_millions("{count} artículo", "{count} artículos"),
    "mail.more": count_millions("Y un artículo más en el sitio", "Y {count} artículos más en el sitio"),
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
