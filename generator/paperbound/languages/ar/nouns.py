"""Arabic nouns with a number, by plural category."""

from __future__ import annotations

# Nouns with a number: none, one, two, a few (3 to 10), many (11 to 99), others (100).
PAPERS = ("لا أوراق", "ورقة واحدة", "ورقتان", "{count} أوراق", "{count} ورقة", "{count} ورقة")
TAGS = ("لا مواضيع", "موضوع واحد", "موضوعان", "{count} مواضيع", "{count} موضوعًا", "{count} موضوع")
AUTHORS = ("لا مؤلفين", "مؤلف واحد", "مؤلفان", "{count} مؤلفين", "{count} مؤلفًا", "{count} مؤلف")
YEARS = ("لا سنوات", "سنة واحدة", "سنتان", "{count} سنوات", "{count} سنة", "{count} سنة")
COLLECTIONS = ("لا مجموعات", "مجموعة واحدة", "مجموعتان", "{count} مجموعات", "{count} مجموعة", "{count} مجموعة")
EDITIONS = ("لا أعداد", "عدد واحد", "عددان", "{count} أعداد", "{count} عددًا", "{count} عدد")
LISTS = ("لا قوائم قراءة", "قائمة قراءة واحدة", "قائمتا قراءة", "{count} قوائم قراءة", *["{count} قائمة قراءة"] * 2)
PLACES = ("لا مواضع", "موضع واحد", "موضعان", "{count} مواضع", "{count} موضعًا", "{count} موضع")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def count_forms(forms: tuple[str, ...], text: str = "*") -> dict[str, str]:
    """Returns a text with a counted noun in place of `*`, by plural category."""
    return {category: text.replace("*", form) for category, form in zip(_CATEGORIES, forms, strict=True)}


def same_forms(text: str) -> dict[str, str]:
    """Returns a text whose number stands apart, by plural category."""
    return dict.fromkeys(_CATEGORIES, text)
