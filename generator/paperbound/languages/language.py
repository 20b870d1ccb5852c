"""A language of the interface: its phrases, numbers, dates and joined names.

A phrase is plain text with `{placeholders}`, or a mapping of CLDR's plural categories (`one`, `few`, `other`, …) to
such texts; the value `count` chooses the form. Babel has the rules, and is imported with the first plural.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from markupsafe import Markup, escape

from ..model.date import PartialDate
from ..model.digests import digest_texts
from ..model.errors import name_nearest
from ..model.phrases import Phrases


def find_direction(code: str) -> str:
    """Returns the direction of a language by CLDR, `rtl` or `ltr`.

    It is `ltr` for an unknown one.
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code.partition("-")[0]).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def name_language(code: str) -> str:
    """Returns the name of a language in itself: `Deutsch`.

    An unknown one has its code.
    """
    from babel import Locale, UnknownLocaleError

    try:
        name = str(Locale.parse(code, sep="-").display_name)
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


class PhraseError(LookupError):
    """A key without a phrase, or a phrase without the values of its placeholders."""


class _Categories(dict[int, str]):
    """The plural category of each count in one language, computed once a count."""

    def __init__(self, code: str) -> None:
        from babel import Locale

        self._rule = Locale.parse(code, sep="-").plural_form

    def __missing__(self, count: int) -> str:
        self[count] = category = self._rule(count)
        return category


class _Numbers(dict[int, str]):
    """The whole numbers as one language writes them, computed once a number."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __missing__(self, number: int) -> str:
        from babel.numbers import format_decimal

        self[number] = text = format_decimal(number, locale=self._code.replace("-", "_"))
        return text


@dataclass(frozen=True)
class Language:
    """A language: its code (`en`), and its phrases by key, with English as fallback."""

    code: str
    phrases: Phrases

    def mark(self, code: str) -> tuple[str, str]:
        """Returns language and direction of a text in a language.

        Each is empty where it is that of the page.
        """
        if not code or code.partition("-")[0] == self.code.partition("-")[0]:
            return "", ""
        direction = find_direction(code)
        return code, direction if direction != find_direction(self.code) else ""

    @cached_property
    def digest(self) -> str:
        """The digest of all phrases."""
        return digest_texts((self.code, repr(sorted(self.phrases.items()))))

    @cached_property
    def _categories(self) -> _Categories:
        return _Categories(self.code)

    @cached_property
    def _numbers(self) -> _Numbers:
        return _Numbers(self.code)

    def group(self, number: int) -> str:
        """Returns a whole number with its digits grouped: `1,234` in English."""
        return self._numbers[number]

    def t(self, key: str, /, **values: object) -> str:
        """Returns the phrase with its values in place, whole numbers grouped (1,234).

        Where a value is Markup the result is Markup too, with the phrase and all other values escaped. PhraseError for
        an unknown key, and for a value that is missing.
        """
        phrase = self.phrases.get(key)
        if not values and type(phrase) is str and "{" not in phrase:
            return phrase
        if phrase is None:
            raise PhraseError(f"there is no phrase {key!r}. {name_nearest(key, self.phrases, 'phrases')}")
        try:
            if not isinstance(phrase, str):
                phrase = phrase.get(self._categories[values["count"]]) or phrase["other"]  # type: ignore[index]
            shown = {name: self._numbers[value] if type(value) is int else value for name, value in values.items()}
            if any(isinstance(value, Markup) for value in values.values()):
                return escape(phrase).format(**shown)
            return phrase.format(**shown)
        except KeyError as error:
            raise PhraseError(f"the phrase {key!r} needs the value {error}") from error

    def check(self, key: str, names: frozenset[str]) -> str:
        """Returns the phrase without placeholders as text, any other as the empty text.

        PhraseError for an unknown key, and for names other than those of the phrase's placeholders.
        """
        if key not in self.phrases:
            self.t(key)
        placeholders = list_placeholders(self.phrases[key])
        if names != placeholders:
            raise PhraseError(f"the phrase {key!r} has the values {_show(placeholders)}, not {_show(names)}")
        return "" if placeholders else self.t(key)

    def show_date(self, date: PartialDate, form: str = "date", months: str = "months") -> str:
        """Returns the date at its precision, by the phrases `form.day`, `form.month` and `form.months`."""
        if not date.month:
            return str(date.year)
        month = self._name_month(date, f"{form}.{months}")
        if not date.day:
            return self.t(f"{form}.month", month=month, year=str(date.year))
        return self.t(f"{form}.day", day=str(date.day), month=month, year=str(date.year))

    def show_short(self, date: PartialDate) -> tuple[str, str]:
        """Returns the date with a short month, and the same without the year."""
        month = self._name_month(date, "date.short_months")
        day = self.t("date.day_of_month", day=str(date.day), month=month) if date.day else month
        return self.show_date(date, months="short_months"), day

    def _name_month(self, date: PartialDate, key: str) -> str:
        return self.t(key).split()[date.month - 1] if date.month else ""

    def join_names(self, names: Sequence[str], limit: int, others: str = "entry.others") -> str:
        """Joins at most `limit` names; of more, one less and the phrase `others`.

        The phrase counts the names that are left out.
        """
        comma = self.t("layout.comma")
        if len(names) <= limit:
            return comma.join(names)
        return f"{comma.join(names[: limit - 1])} {self.t(others, count=len(names) - limit + 1)}"

    def join_all(self, names: Sequence[str]) -> str:
        """Joins names by commas, the last one by the phrase `layout.and`."""
        *first, last = names
        return self.t("layout.and").join([self.t("layout.comma").join(first), last] if first else [last])


def list_placeholders(phrase: str | Mapping[str, str]) -> frozenset[str]:
    """Returns the names of a phrase's placeholders, and `count` for one with plural forms."""
    forms = (phrase,) if isinstance(phrase, str) else phrase.values()
    names = {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}
    return frozenset(names if isinstance(phrase, str) else names | {"count"})


def _show(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"
