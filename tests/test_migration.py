"""The recipes of docs/migration.md: each runs on a small old site, and its papers, values and addresses are there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from surroundings import ROOT, blocks
from test_docs import run_script

TEXT = (ROOT / "docs" / "migration.md").read_text("utf-8")
PDF, GIF = "%PDF-1.4\n", "GIF89a\x01\x00\x01\x00\x00\x00\x00;"
BIBTEX = """@string{jsf = {Journal of Salt Flats}}
@article{kern:2020, title={Salt \\& Brine}, author={Kern, Ada and van der Meer, Anna}, journal=jsf, year={2020},
  month={nov}, doi={10.5555/jsf.1}, pdf={PDF}, slides={https://salt.example.org/s.pdf}, poster={gone.pdf}, keywords={salt}}
@inproceedings{lund2021, title={On Flats}, author={Lund, Bo}, booktitle={Second Salt Symposium}, year={2021}}
"""
AL_FOLIO = """---
---
@article{kern2020, abbr={JSF}, bibtex_show={true}, selected={true}, title={Salt and Brine}, author={Kern*, Ada and Lund, Bo},
  journal={Journal of Salt Flats}, year={2020}, pdf={kern2020.pdf}, html={https://salt.example.org/kern},
  preview={kern.gif}, code={https://code.example.org/kern}, website={https://kern.example.org/}, slides={talks/kern.pdf}, award={Best Paper}}
@misc{lund2021, title={On Flats}, author={Lund, Bo}, year={2021}, arxiv={2101.00001}, video={https://salt.example.org/v}}
"""
HUGO = """---
title: 'Salt: a study'
authors: [Ada Kern, Bo Lund]
date: "2020-03-01T00:00:00Z"
publication_types: ["2"]
publication: "*Journal of Salt Flats*"
featured: true
url_pdf: files/salt.pdf
url_code: https://code.example.org/salt
tags: [Salt]
aliases: [/old/salt/]
---
Notes of the page.
"""
TOML = '+++\ntitle = "On Flats"\nauthors = ["Bo Lund"]\ndate = 2021-01-01\npublication_types = ["1"]\nslug = "flats"\n+++\n'
ACADEMIC = """---
title: "Salt Walks"
collection: publications
category: conferences
permalink: /publication/2020-salt-walks
redirect_from: /walks.html
excerpt: 'One sentence.'
date: 2020-05-01
venue: 'Salt Symposium'
authors: Ada Kern and Bo Lund
paperurl: /files/walks.pdf
---
A text.
"""
ZOTERO = """[{"key": "A", "data": {"key": "A", "itemType": "journalArticle", "title": "Salt and Brine", "date": "2020-11",
"creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Kern"}], "publicationTitle": "Journal of Salt",
"DOI": "10.5555/js.1", "tags": [{"tag": "salt"}, {"tag": "_todo"}]}},
{"key": "B", "data": {"key": "B", "itemType": "note", "note": "private"}}]"""
SHEET = "id;Titel;Autoren;Jahr;Zeitschrift;DOI;Raum\nS1;Salz;Ada Kern, Bo Lund;2020;Salzblatt;10.5555/s.1;7\n"
AWESOME = """# Awesome salt
## Brine
- [Salt and Brine](https://arxiv.org/abs/2001.00001) - Ada Kern. [[code]](https://code.example.org/brine)
- A talk without an address
"""
MINICONF = """UID,title,authors,abstract,keywords,session
B1xSperKvH,Salt and Brine,Ada Kern|Bo Lund,An abstract.,salt|brine,1
BJe-2,On Flats,Bo Lund,Another.,,2
"""


class OldSite(NamedTuple):
    """An old site: its files, and the new one.

    `records` are values by id, `redirects` are targets by old paths, `output` are files of the new site.
    """

    files: Mapping[str, str]
    records: Mapping[str, Mapping[str, object]]
    redirects: Mapping[str, str]
    output: Sequence[str] = ()


OLD = {
    "al-folio": OldSite(
        {
            "old/_bibliography/papers.bib": AL_FOLIO,
            "old/assets/pdf/kern2020.pdf": PDF,
            "old/assets/pdf/talks/kern.pdf": PDF,
            "old/assets/img/publication_preview/kern.gif": GIF,
        },
        {
            "kern2020": {
                "links": {
                    "url": "https://salt.example.org/kern",
                    "pdf": "assets/pdf/kern2020.pdf",
                    "code": "https://code.example.org/kern",
                    "project": "https://kern.example.org/",
                    "slides": "assets/pdf/talks/kern.pdf",
                },
                "awards": ["Best Paper"],
                "picture": "assets/img/publication_preview/kern.gif",
                "venue": "Journal of Salt Flats",
            },
            "lund2021": {"arxiv": "2101.00001", "links": {"video": "https://salt.example.org/v"}},
        },
        {"publications/index.html": "/papers/"},
        ("assets/pdf/kern2020.pdf", "collections/selected-papers/index.html"),
    ),
    "jekyll-scholar": OldSite(
        {"old/_bibliography/references.bib": BIBTEX.replace("PDF", "https://salt.example.org/k.pdf")},
        {
            "kern:2020": {"title": "Salt & Brine", "aliases": ["/bibliography/kern_2020.html"], "date": "2020-11"},
            "lund2021": {"booktitle": "Second Salt Symposium", "aliases": ["/bibliography/lund2021.html"]},
        },
        {"bibliography/kern_2020.html": "/papers/salt-brine/", "bibliography/lund2021.html": "/papers/on-flats/"},
    ),
    "hugo-blox-and-academic": OldSite(
        {
            "old/content/publication/Salt 2020/index.md": HUGO,
            "old/content/publication/Salt 2020/cite.bib": "@article{a, title={Salt: a study}, author={Kern, Ada}, volume={7}}",
            "old/content/publication/flats-2021/index.md": TOML,
            "old/content/publication/_index.md": "---\ntitle: Publications\n---\n",
            "old/static/files/salt.pdf": PDF,
            "old/content/publication/Salt 2020/featured.gif": GIF,
            "old/content/publication/flats-2021/flats-2021.pdf": PDF,
        },
        {
            "Salt-2020": {
                "kind": "article",
                "venue": "Journal of Salt Flats",
                "links": {"pdf": "files/salt.pdf", "code": "https://code.example.org/salt"},
                "notes": "Notes of the page.",
                "volume": "7",
                "picture": "salt-2020/featured.gif",
            },
            "flats-2021": {"links": {"pdf": "flats-2021/flats-2021.pdf"}, "aliases": ["/publication/flats/"]},
        },
        {
            "publication/salt-2020/index.html": "/papers/salt-a-study/",
            "old/salt/index.html": "/papers/salt-a-study/",
            "publication/flats/index.html": "/papers/on-flats/",
            "publication/index.html": "/papers/",
        },
        (
            "files/salt.pdf",
            "collections/selected-papers/index.html",
            "papers/salt-a-study/salt-2020/featured.gif",
            "papers/on-flats/flats-2021/flats-2021.pdf",
        ),
    ),
    "academicpages": OldSite(
        {"old/_publications/2020-salt-walks.md": ACADEMIC, "old/files/walks.pdf": PDF},
        {
            "2020-salt-walks": {
                "takeaway": "One sentence.",
                "summary": "A text.",
                "authors": ["Ada Kern", "Bo Lund"],
                "links": {"pdf": "files/walks.pdf"},
            }
        },
        {
            "publication/2020-salt-walks/index.html": "/papers/salt-walks/",
            "walks.html": "/papers/salt-walks/",
            "publications/index.html": "/papers/",
        },
        ("files/walks.pdf",),
    ),
    "zotero": OldSite(
        {"library.json": ZOTERO},
        {"10.5555/js.1": {"title": "Salt and Brine", "authors": ["Ada Kern"], "tags": ["salt"], "date": "2020-11"}},
        {},
    ),
    "a-spreadsheet": OldSite(
        {"papers.csv": SHEET},
        {"S1": {"title": "Salz", "authors": ["Ada Kern", "Bo Lund"], "venue": "Salzblatt", "extra": {"Raum": "7"}}},
        {"show/S1.html": "/papers/salz/"},
    ),
    "pelican-bibtex": OldSite(
        {"old/content/pubs.bib": BIBTEX.replace("PDF", "/pdfs/kern.pdf"), "old/content/pdfs/kern.pdf": PDF},
        {
            "kern:2020": {
                "links": {"pdf": "pdfs/kern.pdf", "slides": "https://salt.example.org/s.pdf"},
                "venue": "Journal of Salt Flats",
            },
            "lund2021": {"title": "On Flats"},
        },
        {"publications.html": "/papers/"},
        ("pdfs/kern.pdf",),
    ),
    "an-awesome-list": OldSite(
        {"old/README.md": AWESOME},
        {
            "2001.00001": {
                "title": "Salt and Brine",
                "tags": ["brine"],
                "links": {"code": "https://code.example.org/brine"},
            }
        },
        {},
    ),
    "miniconf": OldSite(
        {"old/sitedata/papers.csv": MINICONF},
        {
            "B1xSperKvH": {"authors": ["Ada Kern", "Bo Lund"], "tags": ["salt", "brine"], "abstract": "An abstract."},
            "BJe-2": {"aliases": ["/poster_BJe-2.html"], "extra": {"session": "2"}},
        },
        {
            "poster_B1xSperKvH.html": "/papers/salt-and-brine/",
            "poster_BJe-2.html": "/papers/on-flats/",
            "papers.html": "/papers/",
        },
    ),
}


def test_there_is_a_recipe_for_each_old_site() -> None:
    headings = [re.sub(r"\W+", "-", name.lower()) for name in re.findall(r"^## (.+)$", TEXT, re.MULTILINE)]
    assert headings == list(OLD)
    assert len(blocks(TEXT, "sh recipe")) == len(OLD)


@pytest.mark.parametrize("name", OLD)
def test_a_recipe_brings_papers_and_old_addresses(name: str, tmp_path: Path) -> None:
    old = OLD[name]
    for path, text in old.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    script = dict(zip(OLD, blocks(TEXT, "sh recipe"), strict=True))[name]
    base = " --base-url https://new.example.org/lab/"
    # The check follows every link of the site, those of redirect pages too.
    run_script(f"{script}cd mine\npaperbound build --quiet{base}\npaperbound check{base}\n", tmp_path)
    records = {}
    for file in (tmp_path / "mine/content/papers").glob("*.yaml"):
        values = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        records[values.get("id", file.stem)] = values
    assert records.keys() == old.records.keys()
    for ident, expected in old.records.items():
        assert {key: records[ident].get(key) for key in expected} == expected, ident
    site = tmp_path / "mine" / "site"
    for path, target in old.redirects.items():
        href = re.search(r'http-equiv="refresh" content="0; url=/lab(/[^"]*)"', (site / path).read_text("utf-8"))
        assert href, path
        assert href[1] == target
        assert (site / href[1].lstrip("/") / "index.html").is_file()
    assert all((site / path).is_file() for path in old.output)


def test_an_import_again_changes_nothing_and_adds_addresses(tmp_path: Path) -> None:
    (tmp_path / "papers.csv").write_text(MINICONF, "utf-8")
    run_script("paperbound init mine --from papers.csv", tmp_path)
    file = tmp_path / "mine" / "content" / "papers" / "BJe-2.yaml"
    assert "aliases" not in file.read_text("utf-8")
    for form in ("/poster_{id}.html", "/paper_{id}.html", "/poster_{id}.html"):
        run_script(f"paperbound import papers.csv --content mine/content --alias '{form}'", tmp_path)
    aliases = yaml.safe_load(file.read_text("utf-8"))["aliases"]
    assert aliases == ["/poster_BJe-2.html", "/paper_BJe-2.html"]
