"""Builds one small site of each shape: with or without an edition, topics, venues, search, papers, a short title, in Arabic."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

LONG_TITLE = "Proceedings of Shelves, Rows and Stacks That Were Sold"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenknopf"
_CONTENT = Path(__file__).parent / "shape"


def _without_field(name: str) -> Callable[[Path], object]:
    def change(content: Path) -> None:
        file = content / "papers" / "papers.yaml"
        file.write_text(re.sub(rf"^  {name}: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")

    return change


def _without_folders(*names: str) -> Callable[[Path], object]:
    return lambda content: [shutil.rmtree(content / name) for name in names]


def _with_settings(text: str) -> Callable[[Path], object]:
    return lambda content: (content / "site.yaml").write_text(text, "utf-8")


# Each shape: the changes in a copy of the folder `shape`.
SHAPES: dict[str, Callable[[Path], object]] = {
    "no-edition": _without_folders("collections"),
    "no-topics": _without_field("tags"),
    "no-venues": _without_field("venue"),
    "no-search": _with_settings("title: Shelves\nsearch: no\nfeeds: site\n"),
    "no-papers": _without_folders("papers", "collections"),
    "long-title": _with_settings(f"title: {LONG_TITLE}\npage_size: 2\n"),
    "arabic": _with_settings("title: رفوف وكتب\npage_size: 2\nlanguage: ar\n"),
    "long-word": _with_settings(f"title: {LONG_WORD}\n"),
}


def build_shape(name: str, folder: Path) -> Path:
    """Returns the built site of a shape, below `folder`."""
    content, output = folder / name / "content", folder / name / "site"
    shutil.copytree(_CONTENT, content)
    SHAPES[name](content)
    build_site(Options(content, output), InlineExecutor())
    return output


THEMES = ("default", "proceedings", "lab")


def build_group(theme: str, language: str, folder: Path) -> Path:
    """Returns the built site of a group in a theme and a language, below `folder`."""
    content, output = folder / "content", folder / "site"
    shutil.copytree(_CONTENT.parent / "group", content)
    settings = (content / "site.yaml").read_text("utf-8").replace("theme: lab", f"theme: {theme}")
    (content / "site.yaml").write_text(f"{settings}language: {language}\n", "utf-8")
    build_site(Options(content, output), InlineExecutor())
    return output


def list_kinds(site: Path) -> list[str]:
    """Returns the address of the longest page of each kind: `papers/*/`, `tags/*/`, `tags/*/page/*/` and so on."""
    found: dict[str, tuple[int, str]] = {}
    for file in sorted(site.rglob("*.html")):
        path, text = file.relative_to(site).as_posix().removesuffix("index.html"), file.read_text("utf-8")
        kind = re.sub(r"page/\d+/$", "page/*/", re.sub(r"^(\w+/)(?!page/)[^/]+/", r"\1*/", path))
        # A page that leads elsewhere shows nothing.
        if 'http-equiv="refresh"' not in text and "data-random" not in text:
            found[kind] = max(found.get(kind, (0, "")), (len(text), path))
    return [path for _length, path in found.values()]
