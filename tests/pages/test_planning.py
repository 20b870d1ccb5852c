from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from paperbound.config import Config
from paperbound.languages import find_language
from paperbound.library.make_site import make_site
from paperbound.library.page_kind import BytesWork
from paperbound.library.plots import plot_years
from paperbound.model.build import Receipt
from paperbound.model.catalogue import Catalogue
from paperbound.pages.search_index import plan_manifest
from paperbound.pages.static_files import plan_sitemaps
from paperbound.themes.scripts import name_assets
from paperbound.urls import Addresses

SITE = Addresses("https://example.org/")
SEARCH = {
    key: [Receipt(f".work/{key}", "", 1, json.dumps(facts))]
    for key, facts in {
        "search block 0": {"documents": 2, "totals": [4, 1, 0, 0, 0, 0, 0, 0, 0]},
        "search results 0": {"records": ["aa"]},
        "search terms -1": {"trees": {"terms": [["", "bb"]], "positions": [["", "cc"]]}},
        "search words": {"trees": {"words": [["", "dd"]], "endings": [["", "ee"]]}},
        "search names": {"trees": {"names": []}},
        "search facets": {"facets": "ff", "titles": "gg"},
    }.items()
}


def test_a_sitemap_of_more_than_fifty_thousand_pages_is_split() -> None:
    pages = [(f"papers/{number}/index.html", "") for number in range(50_001)]
    jobs = {job.key: job for job in plan_sitemaps(pages, [("en", SITE)])}
    assert set(jobs) == {"sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"}
    assert len(jobs["sitemap-1.xml"].payload.pages) == 50_000  # type: ignore[attr-defined]
    assert len(jobs["sitemap-2.xml"].payload.pages) == 1  # type: ignore[attr-defined]
    assert jobs["sitemap.xml"].payload.sitemaps[1] == "https://example.org/sitemap-2.xml"  # type: ignore[attr-defined]


def test_the_manifest_names_files_by_their_digests() -> None:
    manifest = plan_manifest(SEARCH, SITE.href("papers/"), find_language("en"), ("", "/id/", 1))
    assert isinstance(manifest.payload, BytesWork)
    value = json.loads(manifest.payload.data)
    assert value["trees"]["terms"] == [["", "bb"]]
    assert (value["records"], value["facets"], value["titles"]) == (["aa"], "ff", "gg")
    assert [average for _, _, average in value["fields"][:3]] == [2.0, 0.5, 0.0]


def test_scripts_import_each_other_by_their_named_paths() -> None:
    assets = {
        "a.js": b'import "./b.js"; import { x } from "./c.js";',
        "b.js": b"1",
        "c.js": b'from "./b.js"',
        "d.txt": b"./b.js",
    }
    named = name_assets(assets)
    text = named["a.js"][1].decode()
    assert named["b.js"][0].rpartition("/")[2] in text
    assert named["c.js"][0].rpartition("/")[2] in text
    assert named["d.txt"][1] == b"./b.js"
    changed = name_assets(assets | {"b.js": b"2"})
    # Who imports a changed script changes too, so no page mixes two generations.
    assert {name for name in assets if changed[name][0] != named[name][0]} == {"a.js", "b.js", "c.js"}


def test_scripts_are_joined_and_keep_what_they_do(tmp_path: Path) -> None:
    scripts = {
        "page.js": 'import { add } from "./sum.js";\nimport { twice } from "./twice.js";\nconst one = 1;\n'
        "console.log(twice(add(one, 2)));\n",
        "sum.js": "const one = 40;\n/** Adds. */\nexport const add = (first, second) => first + second + one;\n",
        "twice.js": 'import { add } from "./sum.js";\nexport function twice(value) {\n  return add(value, value);\n}\n',
        "alone.js": "console.log(`  two\n  lines // kept`);\n",
    }
    named = name_assets({name: text.encode() for name, text in scripts.items()})
    # No page loads imported scripts.
    assert set(named) == {"page.js", "alone.js"}
    outputs = {}
    for name, (_, data) in named.items():
        path = tmp_path / name.replace(".js", ".mjs")
        path.write_bytes(data)
        outputs[name] = subprocess.run(["node", path], capture_output=True, text=True, check=True).stdout
    assert outputs == {"page.js": "126\n", "alone.js": "  two\n  lines // kept\n"}
    assert b"Adds" not in named["page.js"][1]


@pytest.mark.parametrize(
    "odd",
    [
        'import * as all from "./b.js";\n',
        'import { x as y } from "./b.js";\n',
        'export { x } from "./b.js";\n',
        "export default 1;\n",
        'const late = () => import("./b.js");\n',
        "await 1;\n",
        "const x = await 1;\n",
        'import { gone } from "./gone.js";\n',
        'import { a } from "./a.js";\n',
    ],
)
def test_scripts_of_other_forms_are_left_apart(odd: str) -> None:
    assets = {"a.js": b'import { x } from "./b.js";\n' + odd.encode(), "b.js": b"export const x = 1;\n"}
    named = name_assets(assets)
    assert set(named) == {"a.js", "b.js"}
    assert named["b.js"][1] == assets["b.js"]
    assert named["b.js"][0].rpartition("/")[2] in named["a.js"][1].decode()


def test_a_script_that_the_minifier_does_not_know_is_left_as_it_is() -> None:
    assert name_assets({"a.js": b"let x; let x; ("})["a.js"][1] == b"let x; let x; ("


@pytest.mark.parametrize(
    ("counts", "labels", "numbers"),
    [
        ({}, [], []),
        ({2024: 3}, [], []),
        (
            {2013: 1, 2024: 3, 2025: 2},
            ["≤’16", "’17", "’18", "’19", "’20", "’21", "’22", "’23", "’24", "’25"],
            [1, 0, 0, 0, 0, 0, 0, 0, 3, 2],
        ),
        ({1952: 4, 1969: 1, 2001: 2}, ["’50s", "’60s", "’70s", "’80s", "’90s", "’00s"], [4, 1, 0, 0, 0, 2]),
        (
            {1700: 5, 2001: 2},
            ["≤’19", "’20s", "’30s", "’40s", "’50s", "’60s", "’70s", "’80s", "’90s", "’00s"],
            [5, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        ),
    ],
)
def test_years_are_plotted_on_a_continuous_axis(counts: dict[int, int], labels: list[str], numbers: list[int]) -> None:
    site = make_site(Catalogue({}, {}, {}, {}, {}, {}, {}, {}, {}, {}), Config(), {}, ())
    bars = plot_years(site, counts)
    assert [bar.label for bar in bars] == labels
    assert [bar.count for bar in bars] == numbers
    assert all(bool(bar.href) == bool(bar.count) for bar in bars)
