"""Random changes to a site of several parts: after each, a rebuild equals a clean build, byte by byte."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from paperbound.pages.papers import PAPERS
from surroundings import WHOLE, Build, read_tree

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
    # The title, the description and the papers of each edition and list.
    editions: dict[str, tuple[str, str, list[str]]] = field(default_factory=dict)
    added: int = 0

    def text(self, words: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=words))

    def add(self) -> None:
        self.added += 1
        ident = f"paper-{self.added:03d}"
        self.rows[ident] = {
            "id": ident,
            "title": f"{self.text(4)} {self.added}".capitalize(),
            "authors": self.chance.sample(NAMES, self.chance.randint(0, 3)),
            "date": f"{self.chance.randint(2018, 2024)}",
            "venue": self.chance.choice(VENUES),
            "tags": self.chance.sample(sorted(self.tags), self.chance.randint(0, 2)),
            "abstract": self.text(self.chance.choice([0, 30])),
        }

    def pick(self) -> dict[str, Any]:
        return self.rows[self.chance.choice(sorted(self.rows))]

    def pick_again(self, name: str) -> dict[str, Any]:
        """A row that has had this field already, or any row."""
        rows = [row for row in self.rows.values() if name in row]
        return self.chance.choice(rows) if rows and self.chance.random() < 0.6 else self.pick()

    def remove(self) -> None:
        row = self.pick()
        if not any(row["id"] in papers for _, _, papers in self.editions.values()):
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
        row = self.pick_again("links")
        row["links"] = {self.chance.choice(["pdf", "code"]): "https://example.org/x"} if "links" not in row else {}

    def relate(self) -> None:
        row = self.pick_again("related")
        row["related"] = self.chance.choice([[], [self.pick()["id"]]]) if "related" in row else [self.pick()["id"]]

    def redirect(self) -> None:
        alias = f"old-{self.chance.randint(0, 10**9)}"
        row = self.pick_again("aliases")
        row["aliases"] = self.chance.choice([[], [alias]]) if "aliases" in row else [alias]

    def collect(self) -> None:
        # Of two series, and one without a date; a day's edition may come between others, change or go.
        name = self.chance.choice(
            ["edition-2024-05-01", "edition-2024-05-02", "edition-2024-06-01", "other-2024-05-01", "list"]
        )
        if self.editions and self.chance.random() < 0.7:
            name = self.chance.choice(sorted(self.editions))
        title, description, papers = self.editions.get(name, ("Edition", "Papers.", []))
        change = self.chance.choice(["go", "order", "title", "description", "papers"]) if papers else "papers"
        if change == "go":
            del self.editions[name]
        elif change == "order":
            self.editions[name] = title, description, papers[::-1]
        elif change == "title":
            self.editions[name] = self.text(2), description, papers
        elif change == "description":
            self.editions[name] = title, f"{self.text(4)}.", papers
        else:
            self.editions[name] = title, description, self.chance.sample(sorted(self.rows), 5)

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
        self.write_or_remove(self.folder / "templates" / name, text)

    def restyle(self) -> None:
        (self.folder / "assets").mkdir(exist_ok=True)
        self.write_or_remove(self.folder / "assets" / "site.css", f"body{{margin:{self.chance.randint(1, 9)}px}}")

    def write_page(self) -> None:
        (self.folder / "pages").mkdir(exist_ok=True)
        # Most often the body alone changes.
        title = self.chance.choice(["About"] * 4 + [self.text(2)])
        self.write_or_remove(self.folder / "pages" / "about.md", f"# {title}\n\n{self.text(9)}\n")

    def write_or_remove(self, file: Path, text: str) -> None:
        """Writes a file; of one that is there, sometimes removes it."""
        if file.exists() and self.chance.random() < 0.3:
            file.unlink()
        else:
            file.write_text(text, "utf-8")

    def write(self) -> None:
        """Writes everything that is not written yet."""
        (self.folder / "papers").mkdir(parents=True, exist_ok=True)
        (self.folder / "collections").mkdir(exist_ok=True)
        lines = [json.dumps({key: value for key, value in row.items() if value}) for row in self.rows.values()]
        (self.folder / "papers" / "papers.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        (self.folder / "site.yaml").write_text(
            "".join(f"{key}: {value}\n" for key, value in self.config.items()), "utf-8"
        )
        tags = "".join(f"- slug: {slug}\n  name: {name}\n" for slug, name in self.tags.items())
        (self.folder / "tags.yaml").write_text(tags, "utf-8")
        for old in (self.folder / "collections").iterdir():
            old.unlink()
        for name, (title, description, papers) in self.editions.items():
            kept = [ident for ident in papers if ident in self.rows]
            date = f"date: {name[-10:]}\n" if name[-1].isdigit() else ""
            (self.folder / "collections" / f"{name}.yaml").write_text(
                f"title: {title}\ndescription: {description}\n{date}papers: {json.dumps(kept)}\n", "utf-8"
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


# Edits whose results change or go when they are repeated.
REPEATED = (Content.collect, Content.write_page, Content.redirect, Content.relate, Content.link, Content.respell)


@pytest.mark.parametrize(
    ("seed", "repetitions"),
    [(0, 4), *(pytest.param(seed, 24, marks=pytest.mark.slow) for seed in range(1, 13 if WHOLE else 2))],
)
def test_a_rebuilt_site_equals_a_clean_build(tmp_path: Path, build: Build, seed: int, repetitions: int) -> None:
    content = Content(tmp_path / "content", random.Random(seed))
    for _ in range(PAPERS.size + 20):  # more than one part of papers
        content.add()
    content.write()
    build(content.folder, tmp_path / "site")
    before = read_tree(tmp_path / "site")
    # Each once, some at a time, and then one by one those that change or remove earlier results.
    edits = content.chance.sample(EDITS, len(EDITS))
    steps = [edits[at : at + 4] for at in range(0, len(edits), 4)]
    steps += [[edit] for edit in content.chance.choices(REPEATED, k=repetitions)]
    for step, edits in enumerate(steps):
        names = [edit.__name__ for edit in edits]
        for edit in edits:
            edit(content)
        content.write()
        result = build(content.folder, tmp_path / "site")
        build(content.folder, tmp_path / f"clean-{step}")
        after = read_tree(tmp_path / "site")
        clean = read_tree(tmp_path / f"clean-{step}")
        assert after == clean, names
        # The result names exactly the files that changed.
        assert set(result.written) == {path for path in after if before.get(path) != after[path]}, names
        before = after
