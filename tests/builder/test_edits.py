"""Random changes to a site of several parts: after each, what was rebuilt is what a clean build makes, byte by byte."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from paperbound.pages.papers import PAPERS
from surroundings import Build, read_tree

WORDS = "reading lists shelves bound catalogue sorted search graph attention library index order paper page".split()
NAMES = ["Ada Lovelace", "Grace Hopper", "José Póczos", "Li Ming", "Only Once", "A. Turing", "Edsger Dijkstra"]
VENUES = ["ACL", "Journal of Shelves", "Rows", ""]
TAGS = ["reading", "shelves", "graphs"]


@dataclass
class Content:
    """A content folder that chance changes."""

    folder: Path
    chance: random.Random
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    config: dict[str, str] = field(default_factory=lambda: {"title": "Papers"})
    tags: dict[str, str] = field(default_factory=lambda: {tag: tag.title() for tag in TAGS})
    editions: dict[str, list[str]] = field(default_factory=dict)
    made: int = 0

    def text(self, words: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=words))

    def add(self) -> None:
        self.made += 1
        ident = f"paper-{self.made:03d}"
        self.rows[ident] = {
            "id": ident,
            "title": f"{self.text(4)} {self.made}".capitalize(),
            "authors": self.chance.sample(NAMES, self.chance.randint(0, 3)),
            "date": f"{self.chance.randint(2018, 2024)}",
            "venue": self.chance.choice(VENUES),
            "tags": self.chance.sample(sorted(self.tags), self.chance.randint(0, 2)),
            "abstract": self.text(self.chance.choice([0, 30])),
        }

    def pick(self) -> dict[str, Any]:
        return self.rows[self.chance.choice(sorted(self.rows))]

    def remove(self) -> None:
        row = self.pick()
        if not any(row["id"] in papers for papers in self.editions.values()):
            del self.rows[row["id"]]

    def rewrite(self) -> None:
        self.pick()["abstract"] = self.text(12)

    def retitle(self) -> None:
        self.pick()["title"] = f"{self.text(3)} {self.chance.randint(1000, 9999)}"

    def retag(self) -> None:
        self.pick()["tags"] = self.chance.sample(sorted(self.tags), 1)

    def rename_tag(self) -> None:
        self.tags[self.chance.choice(TAGS)] = self.text(2)

    def rename_author(self) -> None:
        old, new = self.chance.choice(NAMES), self.chance.choice([*NAMES, "Jose Poczos", "Li  Ming", "New Name"])
        for row in self.rows.values():
            row["authors"] = list(dict.fromkeys(new if name == old else name for name in row["authors"]))

    def respell(self) -> None:
        self.pick()["authors"] = ["Jose Poczos", "Ada Lovelace"]

    def redate(self) -> None:
        self.pick()["date"] = f"{self.chance.randint(2017, 2025)}-0{self.chance.randint(1, 9)}"

    def move(self) -> None:
        self.pick()["venue"] = self.chance.choice([*VENUES, "Rows!"])

    def link(self) -> None:
        self.pick()["links"] = {self.chance.choice(["pdf", "code"]): "https://example.org/x"}

    def relate(self) -> None:
        self.pick()["related"] = [self.pick()["id"]]

    def redirect(self) -> None:
        self.pick()["aliases"] = [f"old-{self.chance.randint(0, 10**9)}"]

    def collect(self) -> None:
        # Of two series, and one without a date; a day's edition may come between others, change or go.
        name = self.chance.choice(
            ["edition-2024-05-01", "edition-2024-05-02", "edition-2024-06-01", "other-2024-05-01", "list"]
        )
        if name in self.editions and self.chance.random() < 0.3:
            del self.editions[name]
        else:
            self.editions[name] = self.chance.sample(sorted(self.rows), 5)

    def retract(self) -> None:
        self.pick()["retracted"] = self.chance.choice(["yes", ""])

    def configure(self) -> None:
        key, values = self.chance.choice(
            [
                ("title", ["Papers", "Other papers"]),
                ("page_size", ["20", "50"]),
                ("author_pages", ["1", "3"]),
                ("feeds", ["all", "site"]),
                ("markdown_pages", ["yes", "no"]),
                ("metadata", ["lean", "full"]),
                ("related_papers", ["yes", "no"]),
                ("base_url", ["https://example.org/", "https://example.org/base/"]),
                ("repository", ["https://example.org/repo"]),
            ]
        )
        self.config[key] = self.chance.choice(values)

    def retheme(self) -> None:
        name = self.chance.choice(["paper.html", "author.html", "list.html", "home.html"])
        text = (
            f'{{% extends "parent:{name}" %}}{{% block head %}}<meta name="x" content="{self.text(1)}">{{% endblock %}}'
        )
        (self.folder / "templates").mkdir(exist_ok=True)
        (self.folder / "templates" / name).write_text(text)

    def restyle(self) -> None:
        (self.folder / "assets").mkdir(exist_ok=True)
        (self.folder / "assets" / "site.css").write_text(f"body{{margin:{self.chance.randint(1, 9)}px}}")

    def write_page(self) -> None:
        (self.folder / "pages").mkdir(exist_ok=True)
        (self.folder / "pages" / "about.md").write_text(f"# {self.text(2)}\n\n{self.text(9)}\n")

    def write(self) -> None:
        """Writes everything that is not written yet."""
        (self.folder / "papers").mkdir(parents=True, exist_ok=True)
        (self.folder / "collections").mkdir(exist_ok=True)
        lines = [json.dumps({key: value for key, value in row.items() if value}) for row in self.rows.values()]
        (self.folder / "papers" / "papers.jsonl").write_text("\n".join(lines) + "\n")
        (self.folder / "site.yaml").write_text("".join(f"{key}: {value}\n" for key, value in self.config.items()))
        tags = "".join(f"- slug: {slug}\n  name: {name}\n" for slug, name in self.tags.items())
        (self.folder / "tags.yaml").write_text(tags)
        for old in (self.folder / "collections").iterdir():
            old.unlink()
        for name, papers in self.editions.items():
            kept = [ident for ident in papers if ident in self.rows]
            date = f"date: {name[-10:]}\n" if name[-1].isdigit() else ""
            (self.folder / "collections" / f"{name}.yaml").write_text(
                f"title: Edition\n{date}papers: {json.dumps(kept)}\n"
            )


EDITS: tuple[Callable[[Content], None], ...] = (
    Content.add,
    Content.remove,
    Content.rewrite,
    Content.retitle,
    Content.retag,
    Content.rename_tag,
    Content.rename_author,
    Content.respell,
    Content.redate,
    Content.move,
    Content.link,
    Content.relate,
    Content.redirect,
    Content.collect,
    Content.retract,
    Content.configure,
    Content.retheme,
    Content.restyle,
    Content.write_page,
)


@pytest.mark.parametrize("seed", range(8))
def test_what_was_rebuilt_is_what_a_clean_build_makes(tmp_path: Path, build: Build, seed: int) -> None:
    content = Content(tmp_path / "content", random.Random(seed))
    for _ in range(PAPERS.size + 20):  # more than one part of papers
        content.add()
    content.write()
    build(content.folder, tmp_path / "site")
    before = read_tree(tmp_path / "site")
    edits = content.chance.sample(EDITS, len(EDITS))
    for step in range(0, len(edits), 3):
        names = [edit.__name__ for edit in edits[step : step + 3]]
        for edit in edits[step : step + 3]:
            edit(content)
        content.write()
        result = build(content.folder, tmp_path / "site")
        build(content.folder, tmp_path / f"clean-{step}")
        after = read_tree(tmp_path / "site")
        clean = read_tree(tmp_path / f"clean-{step}")
        assert after == clean, names
        # And it told the truth about what it wrote.
        assert set(result.written) == {path for path in after if before.get(path) != after[path]}, names
        before = after
