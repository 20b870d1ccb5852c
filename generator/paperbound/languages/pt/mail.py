"""Phrases in Portuguese: subscriptions and mail."""

from __future__ import annotations

from .. import Phrases
from ..plural_forms import count_millions

PHRASES: Phrases = {
    "subscribe.address": "Seu endereço",
    "subscribe.all": "todos",
    "subscribe.all_feeds": "Feeds para cada lista deste site.",
    "subscribe.all_hint": "Os artigos mais recentes de todo o site.",
    "subscribe.editions_hint": (
        "Uma entrada por edição, com todos os seus artigos na ordem: uma por dia, ou sempre que uma aparecer."
    ),
    "subscribe.by_feed": "Por feed",
    "subscribe.by_mail": "Por e-mail",
    "subscribe.deck": (
        "Acompanhe este site, ou uma parte dele, em um leitor de feeds. Sem conta, sem dar endereço, sem nada para "
        "cancelar."
    ),
    "subscribe.deck_mail": "Por e-mail ou em um leitor de feeds: todo o site, ou uma parte dele.",
    "subscribe.example": "voce@example.org",
    "subscribe.feeds": (
        "Um feed é uma lista dos artigos mais recentes que um programa pode ler. Copie um dos endereços abaixo para um "
        "leitor de feeds, como NetNewsWire, Feedly, Thunderbird ou o do seu navegador; ele mostrará os artigos novos à "
        "medida que aparecerem. A maioria encontra o feed sozinha quando recebe o endereço de uma página."
    ),
    "subscribe.exports": (
        "Todos os artigos, para gerenciadores de referências e planilhas. As páginas de listas oferecem os seus "
        "próprios artigos nesses formatos."
    ),
    "subscribe.formats": "Formatos",
    "subscribe.formats_hint": (
        "Estes endereços são RSS. Cada página que tem um feed o oferece também como Atom e como JSON Feed: o seu "
        "próprio endereço seguido de {atom} ou {json}."
    ),
    "subscribe.more": count_millions(
        "{names}: mais um também tem o seu feed, com link na sua página: {link}.",
        "{names} mais também têm o seu feed, com link nas suas páginas: {link}.",
    ),
    "subscribe.title": "Assinar",
    "mail.months": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "mail.day": "{day} de {month} de {year}",
    "mail.month": "{month} de {year}",
    "mail.papers": count_millions("{count} artigo", "{count} artigos"),
    "mail.more": count_millions("E mais um artigo no site", "E mais {count} artigos no site"),
    "mail.others": "e mais {count}",
    "mail.since": "Artigos novos desde {date}",
    "mail.personal": "Artigos novos para você",
    "mail.move_up": "sobe {places}",
    "mail.move_down": "desce {places}",
    "mail.move_new": "novo",
    "mail.move_back": "de volta",
    "mail.move_same": "sem mudança",
    "mail.web": "Ler na web",
    "mail.archive": "Todas as edições",
    "mail.home": "O site inteiro",
    "mail.why": "Você recebe esta mensagem porque a assinou.",
    "mail.unsubscribe": "Cancelar a assinatura",
    "mail.retracted": "Retratado",
    "mail.anonymous": "Autores não indicados",
}
