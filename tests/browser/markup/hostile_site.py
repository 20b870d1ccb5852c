"""A site whose every field holds payloads: each record, topic, author, collection and free page has one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from field_texts import write_table
from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

# Fields of a record that take a payload as it is; the rest have a form, and lose it with a warning.
TEXTS = (
    *"title takeaway summary abstract notes note venue booktitle series publisher address volume issue pages license kind language".split(),
    *"category bibkey picture_alt picture doi arxiv pmid isbn retracted date added slug".split(),
)
LISTS = ("other_titles", "awards", "aliases", "related")
NATIVE = "takeaway summary notes note venue booktitle series publisher address volume issue license picture_alt".split()
PAGE = 20
# One payload of four is in a record that is imported, too, in all its fields.
IMPORTED = 4


def make_row(number: int, payload: str) -> dict[str, object]:
    """A record as a stranger's JSON has it: the payload in each field, behind words that a search finds."""
    row: dict[str, object] = dict.fromkeys(TEXTS, payload)
    row |= {name: [payload, f"{payload} {name}"] for name in LISTS}
    row |= {
        "id": f"p{number}",
        "title": f"word{number} batch{number // PAGE} {payload}",
        "date": f"20{number % 20 + 5:02}-01-02",
    }
    row |= {"abstract": f"marker near{number // PAGE}\n\n{payload}\n\nword{number} {payload}"}
    person = {"name": f"Ada{number} {payload}", "affiliation": payload, "url": payload, "orcid": payload, "id": payload}
    row |= {"authors": [person, {"name": f"Bo{number} {payload}"}, f"Cy{number}"], "editors": [person]}
    row |= {
        "tags": [f"topic{number}", payload],
        "links": {"pdf": payload, "code": payload, payload or "x": "https://a.test/"},
    }
    row |= {
        "made_by": {"takeaway": payload},
        "signals": {"upvotes": {"value": 1, "date": "2026-01-01", "source": f"Src{number} {payload}"}},
    }
    return row | {"extra": {"x": payload, payload or "y": payload}}


def make_native(number: int, payload: str) -> dict[str, object]:
    """A record of the site's own, whose texts are Markdown and stay as they are; imported ones lose tags of HTML."""
    row: dict[str, object] = dict.fromkeys(NATIVE, payload)
    if number % 2:
        # A search result shows the abstract where there is nothing shorter.
        row |= {"takeaway": "", "summary": ""}
    row |= {
        "id": f"n{number}",
        "title": f"word{number} batch{number // PAGE} {payload}",
        "awards": [payload],
        "date": "2024-01-02",
    }
    row |= {
        "other_titles": [payload],
        "abstract": f"marker near{number // PAGE}\n\n{payload}\n\nword{number} {payload}",
        "slug": f"n{number}",
    }
    person = {"name": f"Ada{number} {' '.join(payload.split())[:150]}", "affiliation": payload}
    return row | {
        "authors": [person, f"Cy{number}"],
        "editors": [person],
        "tags": [f"topic{number}"],
        "retracted": payload,
        "extra": {"x": payload},
    }


def write_yaml(file: Path, value: object) -> None:
    """Writes a value as YAML, as people write it: JSON in records would be a stranger's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(value, width=1_000_000), "utf-8")


def is_text(payload: str) -> bool:
    """Whether YAML can hold the payload: it has no control characters and no halves of characters."""
    return all(
        sign in "\n\t"
        or ((sign.isprintable() or ord(sign) > 160) and not "\ud800" <= sign <= "\udfff" and sign != "\x7f")
        for sign in payload
    )


def write_content(folder: Path, payloads: Sequence[str], settings: Iterable[str]) -> None:
    """Writes a content folder with payloads in all that it may hold; `settings` are in those of the site, together."""
    rows = [make_row(number, payload) for number, payload in enumerate(payloads)][::IMPORTED]
    papers = folder / "papers"
    papers.mkdir(parents=True)
    (papers / "rows.jsonl").write_text(
        "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode("utf-8", "replace").decode(), "utf-8"
    )
    fit = [(number, payload) for number, payload in enumerate(payloads) if is_text(payload)]
    write_yaml(papers / "native.yaml", [make_native(number, payload) for number, payload in fit])
    tags = [
        {"slug": f"topic{number}", "name": f"T{number} {payload}", "description": payload} for number, payload in fit
    ]
    write_yaml(folder / "tags.yaml", tags)
    people = [
        {
            "name": f"Ada{number} {' '.join(payload.split())[:150]}",
            "id": f"ada-{number}",
            "affiliation": payload,
            "role": payload,
            "variants": [f"Cy{number}", payload + f" {number}"],
        }
        for number, payload in fit
    ]
    write_yaml(folder / "authors.yaml", people)
    write_yaml(
        folder / "news.yaml",
        [{"date": "2026-01-02", "title": payload, "text": "x" if "![" in payload else payload} for _, payload in fit],
    )
    for first in range(0, len(fit), PAGE):
        number, payload = fit[first]
        ids = [f"n{one}" for one, _ in fit[first : first + PAGE]]
        value = {
            "title": f"C{number} {payload}",
            "description": payload,
            "date": f"2026-01-{first // PAGE % 28 + 1:02}",
            "papers": ids,
        }
        value |= {"source": f"Src{number} {payload}", "series": f"s{first // PAGE % 3}", "reasons": {ids[0]: [payload]}}
        write_yaml(folder / "collections" / f"c{number}.yaml", value)
        text = "\n\n".join(payload for _, payload in fit[first : first + PAGE])
        page = folder / "pages" / f"free{number}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(
            f"---\n{json.dumps({'title': f'F{number} {payload}', 'description': payload})}\n---\n\nguide\n\n{text}\n",
            "utf-8",
        )
    some = " ".join(payload for payload in settings if is_text(payload))
    config: dict[str, object] = {
        "title": f"S {some}",
        "tagline": some,
        "description": some,
        "base_url": "https://example.org/",
        "exports": "all",
        "api": "yes",
        "markdown_pages": "yes",
        "author_pages": "1",
        "page_size": "50",
        "offline": "yes",
        "cards": "yes",
        "map": "yes",
    }
    config |= {
        "nav": ["papers", "tags", "authors", {"title": some or "x", "url": "https://a.test/"}],
        "footer": [{"title": some or "x", "url": "/papers/"}],
    }
    config |= {
        "subscribe": {"action": "https://a.test/", "privacy": some, "field": "email"},
        "feed_texts": "full",
        "metadata": "full",
    }
    write_yaml(folder / "site.yaml", config)
    write_yaml(folder / "sources.yaml", [{"id": "s1", "kind": "file", "path": f"rows.jsonl{some[:50]}"}])


def write_documents(folder: Path, payloads: Sequence[str]) -> None:
    """Writes a site of free pages: chapters, tables of a reference from texts, headings and code with payloads."""
    pages = []
    for first in range(0, len(payloads), PAGE):
        some = [payload for payload in payloads[first : first + PAGE] if is_text(payload)]
        names = [f"`word{first + at} {payload}`" for at, payload in enumerate(some)]
        table = write_table(("setting", *some[:1]), zip(names, some, strict=True))
        parts = [f"## Part {at} {' '.join(payload.split())}\n\n{payload}\n" for at, payload in enumerate(some)]
        head = json.dumps({"title": f"Guide{first} {some[0]}", "description": some[0]})
        (folder / "content").mkdir(parents=True, exist_ok=True)
        text = "\n".join(["---", head, "---", "", *table, "", *parts, *(f"`--{payload}`\n" for payload in some)])
        (folder / "content" / f"guide{first}.md").write_text(text, "utf-8")
        pages.append({"page": f"guide{first}", "title": some[0]})
    some_title = next(filter(is_text, payloads))
    nav = [{"title": f"Chapter {some_title}", "reference": "yes", "pages": pages}]
    write_yaml(folder / "content" / "site.yaml", {"title": f"Docs {some_title}", "pages": ".", "nav": nav})


def build_documents(
    folder: Path, payloads: Sequence[str], themes: tuple[Path, ...] = (), theme: str = "default"
) -> Path:
    """Builds a site of documents; returns its folder."""
    write_documents(folder, payloads)
    return _build(folder, themes, theme)


def build_hostile(
    folder: Path,
    payloads: Sequence[str],
    settings: Iterable[str],
    themes: tuple[Path, ...] = (),
    theme: str = "default",
) -> Path:
    """Builds the site of payloads; returns its folder."""
    write_content(folder / "content", payloads, settings)
    return _build(folder, themes, theme)


def _build(folder: Path, themes: tuple[Path, ...], theme: str) -> Path:
    with (folder / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"theme: {theme}\n")
    build_site(Options(folder / "content", folder / "site", themes, today=0), InlineExecutor())
    return folder / "site"
