"""Describes the theme contract as docs/theme-contract.md."""

from __future__ import annotations

import dataclasses
import inspect

from paperbound.pages.kinds import KINDS

_INTRODUCTION = """\
# The theme contract

What each template may use. A template sees the fields of its context as variables, and `t`; a variable that is
not here is an error with file and line. `t("key", name=value)` is a phrase of the interface in the site's language
(in `mail.html` and `mail.txt` in the message's), with values in the places of its `{name}`: plain text, escaped as
other text is, save for values that are HTML already. [extending.md](extending.md#a-language) says where phrases
stand; a key that has none, and values that are not the phrase's, are errors with file and line. This page is made
from the code, and a test compares the two: `make reference` writes it anew.

Fields named `*_html`, and `html`, are safe HTML and are put into a page with `|safe`; every other text is
plain, and is escaped by the template engine. An `href` is a link within the site, a `url` an absolute
address. Markdown templates (`.md`) are not escaped; they have the filters `md` (plain text), `inline` (one
line of Markdown), `block` (Markdown that must not end its part of the page) and `yaml` (a value in front
matter). Neither is `mail.txt`, whose filter `wrap` makes lines of 76 columns.
"""


def describe_contract() -> str:
    """Returns the contract as Markdown.

    A table of templates comes first, then each context with its fields and their types.
    """
    templates = {name: value for kind in KINDS.values() for name, value in kind.templates.items()}
    lines = [_INTRODUCTION, "| template | its context |", "| --- | --- |"]
    lines += [f"| `{name}` | [{value.__name__}](#{value.__name__.lower()}) |" for name, value in templates.items()]
    for value in dict.fromkeys(templates.values()):
        lines += ["", f"## {value.__name__}", "", inspect.cleandoc(value.__doc__ or ""), ""]
        lines += ["| field | type |", "| --- | --- |"]
        lines += [f"| `{item.name}` | `{_show(item.type)}` |" for item in dataclasses.fields(value)]
    return "\n".join(lines) + "\n"


def _show(kind: object) -> str:
    return str(kind).replace("|", "or")
