"""Describes the settings as docs/settings.md."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from field_texts import read_field_texts, write_table
from paperbound.config import Config, Mailing, Subscription
from paperbound.shape import Home

_INTRODUCTION = """\
# Settings

What `site.yaml` of the content folder may say. Only a title is required. A setting that is not here is an error, with the
nearest known one. This page is made from the code, and a test compares the two: `make reference` writes it anew.
"""
GROUPS = {
    "The site": ("title", "tagline", "description", "base_url", "language", "languages", "repository"),
    "Menus and pages": ("nav", "footer", "logo", "home", "pages", "redirects"),
    "Look": ("theme", "theme_options"),
    "Lists and pages of papers": (
        *("page_size", "citation_styles", "related_papers", "map", "exports", "markdown_pages"),
        *("metadata", "cards", "thumbnails", "api", "offline", "future_papers"),
    ),
    "Pages of people": ("author_pages", "team_size", "author_feeds"),
    "Search and feeds": ("search", "feeds", "feed_size", "feed_texts"),
    "Checks": ("checks",),
}
# Settings that are mappings, with the class of their keys.
MAPPINGS: Mapping[str, type] = {"subscribe": Subscription, "digest": Mailing}
_NAMES = {"sender": "from"}


def describe_settings() -> str:
    """The reference as Markdown; every setting with its default and its text."""
    texts, defaults = read_field_texts(Config), Config()
    lines = [_INTRODUCTION.rstrip()]
    for title, names in GROUPS.items():
        # A title has a default for faulty sites alone.
        shown = {name: "" if name == "title" else _show(getattr(defaults, name)) for name in names}
        rows = ((f"`{name}`", _add_default(texts[name], shown[name])) for name in names)
        lines += ["", f"## {title}", "", *write_table(("setting", "value"), rows)]
    lines += ["", "## Mail"]
    for name, kind in MAPPINGS.items():
        below = read_field_texts(kind)
        rows = (
            (f"`{_NAMES.get(item.name, item.name)}`", _add_default(below[item.name], _show(item.default)))
            for item in dataclasses.fields(kind)
        )
        lines += ["", f"### `{name}`", "", texts[name], "", *write_table(("key", "value"), rows)]
    return "\n".join(lines) + "\n"


def _add_default(text: str, default: str) -> str:
    return f"{text} Default: {default}." if default else text


def _show(value: object) -> str:
    if isinstance(value, Home):
        return f"`{{list: {value.lead}}}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`" if value else ""
    return f"`{value}`" if value and value is not dataclasses.MISSING else ""
