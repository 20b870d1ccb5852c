"""Search engines as sites of their own, to be searched in a browser: ours, Pagefind, lunr, MiniSearch.

`make_sites(rows, index, folder, engines)` writes them below `folder`. A peer's page has a function `ask(query)`
that gives the numbers of ten records, best first; ours is the search page of the default theme.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS = HERE / "peers" / "node_modules"
JUDGES = ROOT / "tests" / "judges" / "node_modules"
PAGEFIND = PEERS / "@pagefind" / "linux-x64" / "bin" / "pagefind_extended"
Row = dict[str, Any]


def make_ours(index: Path, folder: Path) -> None:
    """A site of one paper whose search data is the index's, and the client as modules beside it."""
    content = folder.with_name("ours-content")
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: Bench\n", "utf-8")
    (content / "papers" / "one.yaml").write_text("title: One\ndate: 2001\n", "utf-8")
    command = [sys.executable, "-m", "paperbound", "build", "--content", str(content), "--output", str(folder)]
    subprocess.run([*command, "--base-url", "http://localhost/ours/"], check=True, capture_output=True)
    shutil.rmtree(folder / "search-data")
    (folder / "search-data").symlink_to(index / "search-data")
    (folder / "modules").symlink_to(ROOT / "themes" / "default" / "assets")
    (folder / "ask.html").write_text(_page("ours.mjs"), "utf-8")
    shutil.copy(HERE / "pages" / "ours.mjs", folder)


def make_pagefind(rows: list[Row], folder: Path) -> float:
    """A page a record and Pagefind's index of them; the seconds that Pagefind took."""
    for number, row in enumerate(rows):
        where = (", ".join(row["authors"] or ()), " ".join(row["venue"]), str(row["year"]), row["id"])
        body = "".join(f"<p>{html.escape(text)}</p>" for text in (*where, row["abstract"] or "") if text)
        head = f"<!DOCTYPE html><html lang=en><title>{number}</title><body data-pagefind-body>"
        page = f"{head}<h1>{html.escape(row['title'])}</h1>{body}"
        (folder / f"{number}").mkdir(parents=True)
        (folder / f"{number}" / "index.html").write_text(page, "utf-8")
    start = time.perf_counter()
    subprocess.run([PAGEFIND, "--site", folder], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    (folder / "ask.html").write_text(_page("pagefind.mjs"), "utf-8")
    shutil.copy(HERE / "pages" / "pagefind.mjs", folder)
    return seconds


def make_whole(engine: str, rows: Path, folder: Path) -> float:
    """An engine (`lunr`, `minisearch`) with its index as one file; the seconds that building and writing it took."""
    folder.mkdir(parents=True)
    (folder / "ask.html").write_text(_page(f"{engine}.mjs"), "utf-8")
    shutil.copy(HERE / "pages" / f"{engine}.mjs", folder)
    scripts = {"lunr": "lunr/lunr.js", "minisearch": "minisearch/dist/es/index.js"}
    shutil.copy(JUDGES / scripts[engine], folder / "engine.js")
    command = ["node", "--max-old-space-size=16000", str(HERE / "whole_index.mjs"), engine, str(JUDGES), str(rows)]
    done = subprocess.run([*command, str(folder / "index.json")], check=True, capture_output=True)
    return float(done.stdout)


def time_lunr_python(rows: list[Row]) -> float:
    """Seconds that lunr for Python takes to build its index of the rows and to write it as JSON."""
    from lunr import lunr

    documents = [
        {
            "ref": number,
            "title": row["title"],
            "authors": ", ".join(row["authors"] or ()),
            "venue": " ".join(row["venue"]),
            "year": str(row["year"]),
            "abstract": row["abstract"] or "",
            "id": row["id"],
        }
        for number, row in enumerate(rows)
    ]
    start = time.perf_counter()
    json.dumps(lunr("ref", ("title", "authors", "venue", "year", "abstract", "id"), documents).serialize())
    return time.perf_counter() - start


def _page(module: str) -> str:
    return f'<!DOCTYPE html><html lang=en><title>Ask</title><script type=module src="{module}"></script>'
