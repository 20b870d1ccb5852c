"""A state machine of edits: each kind of edit many times in one sequence, and a rebuild equals a clean build.

`make fuzz` runs 10,000 steps (`python tests/fuzz/fuzz.py`), the tests some 60.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.model.errors import InputError
from surroundings import read_tree

WORDS = st.lists(
    st.sampled_from("moss lantern graph *ember* $x^2$ shelves index C++ 李明 Ärger <b>".split()), min_size=1, max_size=5
).map(" ".join)
NAMES = st.lists(
    st.sampled_from(["Ada Lovelace", "Grace Hopper", "José Póczos", "Jose Poczos", "Li Ming", "Only Once"]),
    max_size=3,
    unique=True,
)
TAGS = ("graphs", "sound", "shelves")
FIELDS = {
    "title": WORDS,
    "abstract": WORDS,
    "summary": WORDS,
    "takeaway": WORDS,
    "venue": st.sampled_from(["ACL", "Rows", "Rows!"]),
    "authors": NAMES,
    "tags": st.lists(st.sampled_from(TAGS), max_size=2, unique=True),
    "date": st.sampled_from(["2023", "2024-05", "2024-05-01", "2025-01-01"]),
    "added": st.sampled_from(["2024-01-01", "2025-01-01"]),
    "draft": st.sampled_from(["yes", "no"]),
    "retracted": st.sampled_from(["yes", "For a reason."]),
    "aliases": st.sampled_from([["old-one"], ["old-two", "old-three"]]),
    "slug": st.sampled_from(["chosen", "chosen-too"]),
    "links": st.sampled_from([{"pdf": "https://example.org/x.pdf"}, {"code": "https://example.org/c"}]),
    "doi": st.sampled_from(["10.5555/a", "10.5555/b"]),
    "kind": st.sampled_from(["article", "thesis"]),
}
SETTINGS = {
    "title": ["Papers", "Other papers"],
    "tagline": ["Read", "Write"],
    "page_size": [4, 20],
    "author_pages": [1, 2],
    "feeds": ["all", "site"],
    "markdown_pages": ["yes", "no"],
    "metadata": ["lean", "full"],
    "related_papers": ["yes", "no"],
    "search": ["yes", "no"],
    "api": ["yes", "no"],
    "base_url": ["https://example.org/", "https://example.org/base/"],
    "language": ["en", "de", "ar"],
    "theme": ["default", "lab", "proceedings"],
    "theme_options": [{}, {"density": "dense"}, {"typeface": "system", "accent": "#0a6b4f"}],
}


class Edits(RuleBasedStateMachine):
    """A content folder, a site that is rebuilt after each edit, and clean builds beside it."""

    papers: Bundle[str] = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.root = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))
        self.content = self.root / "content"
        self.rows: dict[str, dict[str, object]] = {}
        self.settings: dict[str, object] = {"title": "Papers", "base_url": "https://example.org/"}
        self.places: dict[str, str] = {}
        self.number = 0

    def put(self, name: str, text: str) -> None:
        file = self.content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def toggle(self, name: str, text: str, there: bool) -> None:
        """Writes a file, or deletes it."""
        self.put(name, text)
        if not there:
            (self.content / name).unlink()

    def write_paper(self, ident: str) -> None:
        self.put(self.places[ident], json.dumps({"id": ident, **self.rows[ident]}, ensure_ascii=False))

    @initialize()
    def begin(self) -> None:
        self.put("site.yaml", json.dumps(self.settings))

    @rule(target=papers, titles=st.lists(WORDS, min_size=1, max_size=3), names=NAMES)
    def add(self, titles: list[str], names: list[str]) -> object:
        idents = []
        for title in titles:
            self.number += 1
            idents.append(f"p{self.number}")
            self.rows[idents[-1]] = {"title": f"{title} {self.number}", "authors": names}
            self.places[idents[-1]] = f"papers/p{self.number}.yaml"
            self.write_paper(idents[-1])
        return multiple(*idents)

    @rule(ident=consumes(papers))
    def remove(self, ident: str) -> None:
        (self.content / self.places[ident]).unlink()
        del self.rows[ident]

    @rule(ident=papers, data=st.data(), name=st.sampled_from(sorted(FIELDS)))
    def change(self, ident: str, data: st.DataObject, name: str) -> None:
        self.rows[ident][name] = data.draw(FIELDS[name])
        self.write_paper(ident)

    @rule(ident=papers, name=st.sampled_from([one for one in FIELDS if one != "title"]))
    def empty(self, ident: str, name: str) -> None:
        self.rows[ident].pop(name, None)
        self.write_paper(ident)

    @rule(ident=papers, folder=st.sampled_from(["", "a/", "a/b/"]), stem=st.sampled_from(["one", "two", ""]))
    def move(self, ident: str, folder: str, stem: str) -> None:
        old, new = self.places[ident], f"papers/{folder}{stem or 'file'}-{ident}.yaml"
        if old != new:
            (self.content / new).parent.mkdir(parents=True, exist_ok=True)
            (self.content / old).rename(self.content / new)
            self.places[ident] = new

    @rule(names=st.dictionaries(st.sampled_from(TAGS), WORDS, max_size=3), there=st.booleans())
    def name_topics(self, names: dict[str, str], there: bool) -> None:
        rows = [{"slug": slug, "name": f"{names.get(slug, slug)} {slug}"} for slug in TAGS]
        self.toggle("tags.yaml", json.dumps(rows), there)

    @rule(
        name=st.sampled_from(["edition-2024-05-01", "edition-2024-05-02", "list"]), some=st.lists(papers, max_size=4, unique=True),
        title=WORDS, there=st.booleans(),
    )  # fmt: skip
    def collect(self, name: str, some: list[str], title: str, there: bool) -> None:
        date = {"date": name[-10:]} if name[-1].isdigit() else {}
        row = {"title": title, **date, "papers": [one for one in some if one in self.rows]}
        self.toggle(f"collections/{name}.yaml", json.dumps(row), there and bool(row["papers"]))

    @rule(role=st.sampled_from(["Head", "Guest"]), names=NAMES)
    def name_people(self, role: str, names: list[str]) -> None:
        rows = [{"name": one, "role": role} for one in names if "Poczos" not in one and "Póczos" not in one]
        self.toggle("authors.yaml", json.dumps(rows), bool(rows))

    @rule(texts=st.lists(WORDS, max_size=3))
    def write_news(self, texts: list[str]) -> None:
        rows = [{"date": f"2024-05-0{at + 1}", "text": text} for at, text in enumerate(texts)]
        self.toggle("news.yaml", json.dumps(rows), bool(rows))

    @rule(name=st.sampled_from(["about", "a/b"]), title=WORDS, text=WORDS, there=st.booleans())
    def write_page(self, name: str, title: str, text: str, there: bool) -> None:
        self.toggle(f"pages/{name}.md", f"# {title}\n\n{text}\n", there)

    @rule(
        name=st.sampled_from(["paper.html", "list.html", "home.html"]), word=st.sampled_from("abc"), there=st.booleans()
    )
    def write_template(self, name: str, word: str, there: bool) -> None:
        text = f'{{% extends "parent:{name}" %}}{{% block head %}}<meta name="x" content="{word}">{{% endblock %}}'
        self.toggle(f"templates/{name}", text, there)

    @rule(size=st.integers(1, 4), there=st.booleans())
    def write_style(self, size: int, there: bool) -> None:
        self.toggle("assets/site.css", f"body{{margin:{size}px}}", there)

    @rule(name=st.sampled_from(["CNAME", "a/file.txt", ".hidden"]), text=WORDS, there=st.booleans())
    def write_file(self, name: str, text: str, there: bool) -> None:
        self.toggle(f"static/{name}", text, there)

    @rule(name=st.sampled_from(sorted(SETTINGS)), data=st.data())
    def configure(self, name: str, data: st.DataObject) -> None:
        self.settings[name] = data.draw(st.sampled_from(SETTINGS[name]))
        self.put("site.yaml", json.dumps(self.settings))

    @rule(number=st.integers(0, 10**6), what=st.sampled_from(["page", "store", "foreign"]))
    def meddle(self, number: int, what: str) -> None:
        """Changes a file of the site or of the stores by hand."""
        folder = self.root / (".paperbound" if what == "store" else "site")
        files = sorted(
            one for one in folder.rglob("*") if one.is_file() and one.name not in ("lock", ".paperbound-site")
        )
        if what == "foreign":
            (folder / "foreign.html").write_text("x", "utf-8")
        elif files:
            files[number % len(files)].write_bytes(b"x")

    @invariant()
    def is_that_of_a_clean_build(self) -> None:
        if not (self.content / "site.yaml").is_file():
            return
        faults = [self.build("site"), self.build("clean", clean=True)]
        assert faults[0] == faults[1]
        if not faults[0]:
            assert read_tree(self.root / "site") == read_tree(self.root / "clean")

    def build(self, name: str, *, clean: bool = False) -> str:
        """Builds; returns the faults of the input."""
        try:
            build_site(Options(self.content, self.root / name, clean=clean), InlineExecutor())
        except InputError as error:
            return str(sorted(map(str, error.faults)))
        return ""

    def teardown(self) -> None:
        shutil.rmtree(self.root)
