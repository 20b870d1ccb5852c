"""Phrases: the words around the papers of a message, in the languages that readers may choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.date import PartialDate
from ..text.dates import MONTHS


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language. `day` and `month` are forms of dates; `{…}` stands where a value goes."""

    language: str
    months: tuple[str, ...]
    day: str
    month: str
    paper: str
    papers: str
    more_one: str
    more: str
    others: str
    since: str
    personal: str
    up: str
    down: str
    words: Mapping[str, str]

    def show_date(self, date: PartialDate) -> str:
        """The date at its precision, as this language writes it."""
        if not date.month:
            return str(date.year)
        form = self.day if date.day else self.month
        return form.format(day=date.day, month=self.months[date.month - 1], year=date.year)

    def count_papers(self, count: int) -> str:
        """A number of papers."""
        return (self.paper if count == 1 else self.papers).format(count=f"{count:,}")

    def count_more(self, count: int) -> str:
        """That so many more papers are on the site."""
        return (self.more_one if count == 1 else self.more).format(count=f"{count:,}")

    def show_move(self, kind: str, places: int) -> str:
        """How a rank moved, by the kind of a `Move`; empty for none."""
        if kind in ("up", "down"):
            return (self.up if kind == "up" else self.down).format(places=places)
        return self.words.get(f"move_{kind}", "")


_ENGLISH = Phrases(
    language="en",
    months=MONTHS,
    day="{day} {month} {year}",
    month="{month} {year}",
    paper="{count} paper",
    papers="{count} papers",
    more_one="And one more paper on the site",
    more="And {count} more papers on the site",
    others="and {count} more",
    since="New papers since {date}",
    personal="New papers for you",
    up="up {places}",
    down="down {places}",
    words={
        "move_new": "new",
        "move_back": "back",
        "move_same": "unchanged",
        "web": "Read on the web",
        "archive": "All editions",
        "home": "The whole site",
        "why": "You get this message because you subscribed to it.",
        "unsubscribe": "Unsubscribe",
        "retracted": "Retracted",
        "anonymous": "Authors not listed",
    },
)
_GERMAN = Phrases(
    language="de",
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    day="{day}. {month} {year}",
    month="{month} {year}",
    paper="{count} Arbeit",
    papers="{count} Arbeiten",
    more_one="Und eine weitere Arbeit auf der Website",
    more="Und {count} weitere Arbeiten auf der Website",
    others="und {count} weitere",
    since="Neue Arbeiten seit {date}",
    personal="Neue Arbeiten für Sie",
    up="{places} höher",
    down="{places} tiefer",
    words={
        "move_new": "neu",
        "move_back": "wieder da",
        "move_same": "unverändert",
        "web": "Im Browser lesen",
        "archive": "Alle Ausgaben",
        "home": "Die ganze Website",
        "why": "Sie erhalten diese Nachricht, weil Sie sie abonniert haben.",
        "unsubscribe": "Abbestellen",
        "retracted": "Zurückgezogen",
        "anonymous": "Ohne Angabe von Autoren",
    },
)
_FRENCH = Phrases(
    language="fr",
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    day="{day} {month} {year}",
    month="{month} {year}",
    paper="{count} article",
    papers="{count} articles",
    more_one="Et un autre article sur le site",
    more="Et {count} autres articles sur le site",
    others="et {count} autres",
    since="Nouveaux articles depuis le {date}",
    personal="Nouveaux articles pour vous",
    up="{places} de mieux",
    down="{places} de moins",
    words={
        "move_new": "nouveau",
        "move_back": "de retour",
        "move_same": "inchangé",
        "web": "Lire sur le site",
        "archive": "Toutes les éditions",
        "home": "Le site entier",
        "why": "Vous recevez ce message parce que vous y êtes abonné.",
        "unsubscribe": "Se désabonner",
        "retracted": "Rétracté",
        "anonymous": "Auteurs non indiqués",
    },
)
_SPANISH = Phrases(
    language="es",
    months=tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
    day="{day} de {month} de {year}",
    month="{month} de {year}",
    paper="{count} artículo",
    papers="{count} artículos",
    more_one="Y un artículo más en el sitio",
    more="Y {count} artículos más en el sitio",
    others="y {count} más",
    since="Artículos nuevos desde el {date}",
    personal="Artículos nuevos para usted",
    up="sube {places}",
    down="baja {places}",
    words={
        "move_new": "nuevo",
        "move_back": "de vuelta",
        "move_same": "sin cambio",
        "web": "Leer en la web",
        "archive": "Todas las ediciones",
        "home": "El sitio entero",
        "why": "Recibe este mensaje porque se suscribió a él.",
        "unsubscribe": "Darse de baja",
        "retracted": "Retractado",
        "anonymous": "Autores no indicados",
    },
)
_CHINESE = Phrases(
    language="zh",
    months=tuple(str(number) for number in range(1, 13)),
    day="{year}年{month}月{day}日",
    month="{year}年{month}月",
    paper="{count} 篇论文",
    papers="{count} 篇论文",
    more_one="网站上还有 1 篇论文",
    more="网站上还有 {count} 篇论文",
    others="等另外 {count} 人",
    since="{date}以来的新论文",
    personal="为您挑选的新论文",
    up="上升 {places} 位",
    down="下降 {places} 位",
    words={
        "move_new": "新上榜",
        "move_back": "重新上榜",
        "move_same": "不变",
        "web": "在网页上阅读",
        "archive": "所有期次",
        "home": "整个网站",
        "why": "您收到此邮件，是因为您订阅了它。",
        "unsubscribe": "退订",
        "retracted": "已撤稿",
        "anonymous": "未列出作者",
    },
)
_ALL: Mapping[str, Phrases] = {one.language: one for one in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _CHINESE)}
LANGUAGES = tuple(_ALL)


def find_phrases(language: str) -> Phrases:
    """The phrases of a language (`de`, `pt-BR`), English where there are none."""
    return _ALL.get(language.partition("-")[0].lower(), _ENGLISH)
