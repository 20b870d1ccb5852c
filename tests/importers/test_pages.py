"""Pages and lists of other sites: the values of the cases, and pages in the shape of each theme's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_services import CASES, change_each, links, names, read, read_case, reported

from paperbound.importers import IMPORTERS, find_importer
from paperbound.importers.importer import ReadContext
from paperbound.importers.paper_addresses import find_identifier
from paperbound.model.build import Source
from paperbound.model.errors import Fault

ROOT = Path(__file__).parents[2]
FOREIGN = ("lab-citations", "hugo-blox", "pmlr", "academicpages", "links")


def test_hugo_blox_case() -> None:
    (record,), faults = read_case("hugo-blox/salt-2023/index.md", "hugo-blox")
    assert (record.id, record.title, record.kind) == ("salt-2023", 'Kern\'s "Salt": a study', "inproceedings")
    assert names(record) == ["admin", "Anna van der Meer"]
    assert record.date
    assert (record.date.iso, record.venue) == ("2023-02-01", "Second Salt Symposium")
    assert record.tags == ("salt", "c-plus-plus")
    assert (record.abstract, record.summary, record.notes) == (
        "We *study* salt.",
        "Short. **Bold**.",
        "Notes of the page.",
    )
    assert links(record) == {
        "pdf": "files/salt.pdf",
        "code": "https://code.example.org/salt",
        "custom-link": "https://salt.example.org/custom",
    }
    assert record.extra == {"venue_short": "SSS", "selected": "true"}
    assert reported(faults, "authors: 'admin' stands for") == [3]
    assert reported(faults, "the shortcode '{{% callout note %}} Click.")
    assert len(faults) == 2


def test_hugo_academic_in_toml() -> None:
    text = """+++
title = "Salt"
date = 2021-06-09
authors = ["Ada Kern", "Bo Lund"]
publication_types = ["2"]
publication = "*Journal of Salt Flats (**JSF**), 7*(1)"
url_pdf = "https://salt.example.org/7.pdf"
math = true
+++
{{< math >}}$x$ stays{{< /math >}} {{< figure src="a.png" >}}
"""
    (record,), faults = read("content/publication/salt/index.md", text, "hugo-blox")
    assert record.date
    assert (record.id, record.date.iso, record.kind) == ("salt", "2021-06-09", "article")
    assert record.venue == "Journal of Salt Flats (JSF), 7(1)"
    assert record.notes == "$x$ stays"
    assert len(reported(faults, "shortcode")) == len(faults) == 1


def test_shortcodes_without_an_end_leave_the_text() -> None:
    body = (
        "{{< figure a >}}One {{< callout >}}gone {{< x >}}{{< /callout >}} two {{< /math >}}{{< y >}}three {{% not one"
    )
    (record,), faults = read("p.md", f"---\ntitle: A\npublication_types: [2]\n---\n{body}", "hugo-blox")
    assert record.notes == "One  two three {{% not one".replace("  ", " ")
    assert [len(reported(faults, code)) for code in ("figure a", "callout >}}gone", "< y >", "math")] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("form", "front", "draft"),
    [
        ("hugo-blox", "publication_types: [2]\ndraft: true", True),
        ("hugo-blox", "publication_types: [2]\ndraft: false", False),
        ("academicpages", "collection: publications\npaperurl: ''\npublished: false", True),
        ("academicpages", "collection: publications\npaperurl: ''\npublished: true", False),
    ],
)
def test_what_an_old_site_did_not_publish_is_a_draft(form: str, front: str, draft: bool) -> None:
    (record,), faults = read("p.md", f"---\ntitle: Salt\nauthors: [Ada Kern]\n{front}\n---\n", form)
    assert bool(record.draft) == draft
    assert not reported(faults, "published")


def test_hugo_blox_of_today() -> None:
    text = """---
title: Salt
authors: [me, Ada Kern]
date: "2024-05-10"
publication_types: ["article-journal"]
publication: {name: Journal of Salt, short_name: JS}
hugoblox: {ids: {doi: 10.5555/JS.1, arxiv: 2405.00001}}
links:
  - {type: pdf, url: "https://salt.example.org/a.pdf"}
  - {type: code, url: "https://code.example.org/a"}
awards: [{name: Best Paper, level: winner}]
funding: [{funder: X}]
---
"""
    (record,), faults = read("salt/index.md", text, "hugo-blox")
    assert (record.venue, record.doi, record.arxiv, record.awards) == (
        "Journal of Salt",
        "10.5555/JS.1",
        "2405.00001",
        ("Best Paper",),
    )
    assert links(record) == {"pdf": "https://salt.example.org/a.pdf", "code": "https://code.example.org/a"}
    assert reported(faults, "'funding' is no field")
    assert len(faults) == 2


def test_values_that_are_yaml_only_in_quotes_are_quoted() -> None:
    text = "---\ntitle: Salt: a study\nauthors: [Ada Kern]\npublication_types: [2]\nabstract: @salt\n"
    text += 'summary: "It\'s \\"so\\" in $\\mathbb{R}$"\n---\n'
    (record,), faults = read("p.md", text, "hugo-blox")
    assert (record.title, record.abstract) == ("Salt: a study", "@salt")
    assert record.summary == 'It\'s "so" in $\\mathbb{R}$'
    assert reported(faults, "YAML only in other quotes") == [2, 5, 6]


@pytest.mark.parametrize("front", ["a: {b: [c,\n  d: e", "title: 'x", "title: a\ntitle: b\npublication: x"])
def test_front_matter_that_cannot_be_read_is_named(front: str) -> None:
    records, faults = read("p.md", f"---\npublication_types: [2]\n{front}\n---\n", "hugo-blox")
    assert not records
    assert [fault.line for fault in faults if fault.line > 1]


def test_academicpages_case() -> None:
    path = "academicpages/_publications/2023-05-01-salt-walks.md"
    (record,), faults = read_case(path, "academicpages")
    expected = json.loads((CASES / "academicpages/expected.json").read_text("utf-8"))[
        "_publications/2023-05-01-salt-walks.md"
    ]
    assert (record.id, record.title, record.venue) == ("2023-05-01-salt-walks", expected["title"], expected["venue"])
    assert record.date
    assert (record.date.iso, record.kind, record.authors) == (expected["date"], expected["kind"], ())
    assert (record.takeaway, record.summary) == (expected["takeaway_or_summary"], "We walk on **salt**.")
    assert links(record) == {**expected["links"], "slides": "files/salt-walks-slides.pdf"}
    assert list(record.aliases) == expected["aliases"]
    assert reported(
        faults, "citation: the authors stand in the citation only: Kern, A., van der Meer, A., & Lund, B."
    ) == [12]
    assert reported(faults, "bibtexurl: '/files/salt-walks.bib' is no address and no document") == [11]
    assert len(faults) == 2


@pytest.mark.parametrize(
    ("file", "front", "alias"),
    [
        ("site/content/publication/Salt Flats 2020/index.md", "", "/publication/salt-flats-2020/"),
        ("content/publications/2020/salt.md", "", "/publications/2020/salt/"),
        ("content/en/publication/salt/index.en.md", "slug: brine", "/publication/brine/"),
        ("content/publication/salt/index.md", "url: /papers-of-us/salt.html", "/papers-of-us/salt.html"),
        ("content/publication/_index.md", "", ""),
        ("index.md", "", ""),
    ],
)
def test_old_addresses_of_hugo(file: str, front: str, alias: str) -> None:
    text = f"---\ntitle: Salt\npublication_types: [2]\n{front}\naliases: [/old/salt]\n---\n"
    (record,), faults = read(file, text, "hugo-blox")
    assert not faults
    assert record.aliases == (*((alias,) if alias else ()), "/old/salt/")


@pytest.mark.parametrize(
    ("file", "front", "aliases"),
    [
        ("_publications/2020-salt.md", "", ("/publications/2020-salt/",)),
        ("_publications/a.md", "permalink: /publication/a.html\nredirect_from: [/a/b, /c/]",
         ("/publication/a.html", "/a/b/", "/c/")),
        ("p.md", "permalink: https://old.example.org/x#y", ("/x/",)),
        ("p.md", "permalink: /a/../b", ()),
    ],
)  # fmt: skip
def test_old_addresses_of_academicpages(file: str, front: str, aliases: tuple[str, ...]) -> None:
    text = f"---\ntitle: Salt\ncollection: publications\npaperurl: ''\n{front}\n---\n"
    (record,), faults = read(file, text, "academicpages")
    assert record.aliases == aliases
    assert len(faults) == (not aliases)


def test_academicpages_with_authors_and_addresses() -> None:
    text = """---
title: "Salt"
authors: 'Ada Kern, Bo Lund and Cy Dorn'
collection: publications
permalink: /publication/salt
paperurl: 'https://arxiv.org/abs/1709.00265'
codeurl: https://code.example.org/salt
---
Abstract
-------
We <b>find</b> salt.
"""
    (record,), faults = read("p.md", text, "academicpages")
    assert not faults
    assert names(record) == ["Ada Kern", "Bo Lund", "Cy Dorn"]
    assert (record.arxiv, record.abstract, record.summary) == ("1709.00265", "We **find** salt.", "")
    assert links(record) == {"code": "https://code.example.org/salt"}


def test_academicpages_with_bibtex_in_a_field() -> None:
    text = """---
title: "Salt"
collection: publications
permalink: /publications/salt
bibtex: |
  @article{kern2026salt,
    title   = {Salt},
    author  = {Kern, Ada and van der Meer, Anna and {Salt Flats Group}},
  }
---
"""
    (record,), faults = read("p.md", text, "academicpages")
    assert not faults
    assert (names(record), record.bibkey) == (["Ada Kern", "Anna van der Meer", "Salt Flats Group"], "kern2026salt")


PMLR = r"""---
title: " Salt of $\\mathcal{O}(n)$ Flats "
abstract: "We \\\\emph{find} H\\\\\"older salt for 5\\% of $\\mathbb{R}$."
layout: inproceedings
series: Proceedings of Machine Learning Research
publisher: PMLR
issn: 2640-3498
id: kern23a
month: 0
tex_title: " Salt "
firstpage: 1
lastpage: 20
page: 1-20
order: 1
cycles: false
bibtex_author: Kern, Ada and van der Meer, Anna
author:
- given: Ada
  family: Kern
- given: Anna
  family: Meer
  prefix: van der
date: 2023-07-03
address:
container-title: Proceedings of the First Salt Conference
volume: '202'
genre: inproceedings
issued:
  date-parts:
  - 2023
  - 7
  - 3
pdf: https://proceedings.example.org/v202/kern23a/kern23a.pdf
software: https://code.example.org/kern
openreview: OjHWbOsrBk
extras:
- label: Supplementary PDF
  link: https://proceedings.example.org/v202/kern23a/kern23a-supp.pdf
# Format of the site
---
"""


def test_pmlr() -> None:
    (record,), faults = read("_posts/2023-07-03-kern23a.md", PMLR, "pmlr")
    assert not faults
    assert (record.id, record.bibkey, record.title) == ("v202-kern23a", "kern23a", r"Salt of $\mathcal{O}(n)$ Flats")
    assert record.abstract == r"We *find* Hölder salt for 5% of $\mathbb{R}$."
    assert names(record) == ["Ada Kern", "Anna van der Meer"]
    assert record.date
    assert (record.date.iso, record.pages, record.volume) == ("2023-07-03", "1–20", "202")
    assert record.venue == "Proceedings of the First Salt Conference"
    assert links(record) == {
        "supplementary-pdf": "https://proceedings.example.org/v202/kern23a/kern23a-supp.pdf",
        "pdf": "https://proceedings.example.org/v202/kern23a/kern23a.pdf",
        "code": "https://code.example.org/kern",
        "openreview": "https://openreview.net/forum?id=OjHWbOsrBk",
    }


def test_lab_citations_case() -> None:
    records, faults = read_case("lab-citations/citations.yaml", "lab-citations")
    expected = json.loads((CASES / "lab-citations/expected.json").read_text("utf-8"))
    first, second, third, fourth = records
    survey, shrimp, _, none = expected["records"].values()
    assert (first.title, first.venue, first.doi) == (survey["title"], survey["venue"], survey["doi"])
    assert names(first) == survey["authors"]
    assert first.date
    assert (first.date.iso, links(first)) == (survey["date"], {"url": survey["link"]})
    assert (second.pmid, second.title, second.kind, second.venue) == tuple(
        shrimp[key] for key in ("pmid", "title", "kind", "venue")
    )
    assert second.date
    assert second.date.iso == shrimp["date"]
    assert links(second).items() >= shrimp["links"].items()
    assert second.tags == ("machine-learning",)
    assert (third.date, links(third)) == (None, {"url": "https://salt.example.org/talk"})
    assert reported(faults, "date: '0000-00-00'") == [33]
    assert fourth.date
    assert (fourth.arxiv, fourth.date.iso, fourth.authors) == (none["arxiv"], none["date"], ())
    left = [fault.field for fault in faults if "is no field of a paper" in fault.message]
    assert left == [key.partition(" ")[0] for key in expected["left_behind_with_one_warning_a_key"]]


def test_links_case() -> None:
    records, faults = read_case("awesome/README.md", "links")
    survey, review, agents, acl = records
    assert (survey.arxiv, survey.title, survey.tags) == ("2302.00001", "A Survey of Salt", ("surveys", "methods"))
    assert links(survey) == {"code": "https://code.example.org/survey"}
    assert (review.doi, review.title, review.tags) == ("10.5555/jsf.7.1", "Flats: A Review", ("surveys",))
    assert agents.date
    assert (agents.arxiv, agents.title, agents.venue, agents.date.iso) == (
        "2610.00001",
        "Salt Agents",
        "SSS",
        "2026-10",
    )
    assert links(agents) == {"code": "https://code.example.org/salt-agents"}
    assert (acl.id, acl.title) == ("2020.salt-1.3", "An ACL paper")
    assert links(acl)["openreview"] == "https://openreview.net/forum?id=AbC123"
    assert reported(faults, "'A talk without a paper:' has no identifier") == [13]
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("item", "title", "more"),
    [
        ("- [A Study of Salt](https://arxiv.org/abs/2302.00001)", "A Study of Salt", {}),
        ("- **A Study of Salt** [[pdf]](https://arxiv.org/pdf/2302.00001v2.pdf)", "A Study of Salt", {}),
        ("- **A Study of Salt** [[pdf](https://arxiv.org/pdf/2302.00001)]", "A Study of Salt", {}),
        ("- A Study of Salt. Ada Kern, Bo Lund. SSS 2023. [Paper](https://arxiv.org/abs/2302.00001)", "A Study of Salt", {}),
        ("1. A Study of Salt <https://arxiv.org/abs/2302.00001>", "A Study of Salt", {}),
        ("- A Study of Salt https://arxiv.org/abs/2302.00001.", "A Study of Salt", {}),
        ("- [A Study of Salt][1]\n\n[1]: https://arxiv.org/abs/2302.00001", "A Study of Salt", {}),
        ('- <a href="https://arxiv.org/abs/2302.00001">A Study of Salt</a>', "A Study of Salt", {}),
        ("- [2023/05] **[A Study of Salt](https://arxiv.org/abs/2302.00001)**", "A Study of Salt", {"date": "2023-05"}),
        ("- [[SSS'23](https://arxiv.org/abs/2302.00001)] [A Study of Salt](https://salt.example.org)", "A Study of Salt", {}),
        ("- [arXiv:2302.00001](https://arxiv.org/abs/2302.00001) \"A Study of Salt, in Parts\"", "A Study of Salt, in Parts", {}),
        ("- A Study of Salt\n  - [paper](https://arxiv.org/abs/2302.00001)\n  - [code](https://code.example.org/a)", "A Study of Salt", {}),
        ("- **A Study of *Artemia* salt**, [paper](https://huggingface.co/papers/2302.00001)", "A Study of Artemia salt", {}),
        ("| Date | Paper | Authors | PDF |\n|-|-|-|-|\n|**2023-02-01**|**A Study of Salt**|Ada Kern et.al.|[2302.00001](http://arxiv.org/abs/2302.00001)|", "A Study of Salt", {"date": "2023-02-01"}),
        ("<table><tr><td>1</td><td><a href='https://arxiv.org/abs/2302.00001'>A Study of Salt</a></td></tr></table>\n\n- x", "A Study of Salt", {}),
        ("### A Study of Salt [paper](https://arxiv.org/abs/2302.00001)", "A Study of Salt", {}),
        ("**A Study of Salt**  \nAda Kern  \n[[paper](https://arxiv.org/abs/2302.00001)]", "A Study of Salt", {}),
        ("- [A Study of Salt & $x^2$](https://arxiv.org/abs/2302.00001)", "A Study of Salt & $x^2$", {}),
        ("- [[2302.00001] A Study of Salt](https://arxiv.org/abs/2302.00001)", "A Study of Salt", {}),
        ('| No | Title | Link |\n|-|-|-|\n| 1 | "A Study of Salt" | https://arxiv.org/abs/2302.00001 |', "A Study of Salt", {}),
        ("> (2020-12) **A Study of Salt** [paper](https://arxiv.org/pdf/2302.00001.pdf) <br>", "A Study of Salt", {"date": "2020-12"}),
        ("- Kern, A. et al. *A long study of salt*. JSF. [doi:10.5555/x](https://arxiv.org/abs/2302.00001)", "A long study of salt", {}),
        ("- [A *Study* of Salt](https://arxiv.org/abs/2302.00001)", "A Study of Salt", {}),
    ],
)  # fmt: skip
def test_links_of_many_forms(item: str, title: str, more: dict[str, Any]) -> None:
    records, faults = read("README.md", f"# Salt\n\n## Methods\n\n{item}\n", "links")
    assert [(record.arxiv, record.title) for record in records] == [("2302.00001", title)], faults
    if "date" in more:
        assert records[0].date
        assert records[0].date.iso == more["date"]
    assert not [fault for fault in faults if "date" not in fault.field]


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://www.arxiv.org/pdf/2106.00001v3.pdf", ("arxiv", "2106.00001v3")),
        ("http://arxiv.org/abs/hep-th/9901001", ("arxiv", "hep-th/9901001")),
        ("https://ar5iv.labs.arxiv.org/html/2106.00001", ("arxiv", "2106.00001")),
        ("https://doi.org/10.48550/arXiv.2106.00001", ("arxiv", "2106.00001")),
        ("http://dx.doi.org/10.5555/a(b)%3C1", ("doi", "10.5555/a(b)<1")),
        ("https://dl.acm.org/doi/abs/10.1145/3702241", ("doi", "10.1145/3702241")),
        ("https://link.springer.com/article/10.1007/s00221-020-1", ("doi", "10.1007/s00221-020-1")),
        ("https://www.nature.com/articles/s41586-021-03819-2", ("doi", "10.1038/s41586-021-03819-2")),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full", ("doi", "10.1101/2020.01.01.123456")),
        ("https://aclanthology.org/P19-1001.pdf", ("acl", "P19-1001")),
        ("https://www.aclweb.org/anthology/2020.acl-main.5/", ("acl", "2020.acl-main.5")),
        ("https://openreview.net/pdf?id=AbC_1-x", ("openreview", "AbC_1-x")),
        ("https://pubmed.ncbi.nlm.nih.gov/30000001/", ("pmid", "30000001")),
        ("https://proceedings.mlr.press/v202/kern23a.html", ("proceedings", "v202/kern23a.html")),
        ("https://github.com/arxiv.org/abs/2106.00001", None),
        ("https://example.org/?u=https://arxiv.org/abs/2106.00001", None),
        ("ftp://arxiv.org/abs/2106.00001", None),
        ("#arxiv", None),
    ],
)
def test_identifiers_of_addresses(url: str, identifier: tuple[str, str] | None) -> None:
    assert find_identifier(url) == identifier


@pytest.mark.parametrize("name", ["hugo-blox", "academicpages", "pmlr", "lab-citations"])
def test_wrong_types_anywhere_on_a_page_are_left_out(name: str) -> None:
    page = {
        "hugo-blox": (CASES / "hugo-blox/salt-2023/index.md").read_text("utf-8"),
        "academicpages": (CASES / "academicpages/_publications/2023-05-01-salt-walks.md").read_text("utf-8"),
        "pmlr": PMLR,
    }
    whole = name == "lab-citations"
    text = (CASES / "lab-citations/citations.yaml").read_text("utf-8") if whole else page[name].split("---\n")[1]
    reader = next(one for one in IMPORTERS if one.name == name).reader
    for changed in change_each(yaml.load(text, yaml.BaseLoader)):
        data = yaml.safe_dump(changed, sort_keys=False)
        faults: list[Fault] = []
        source = Source("a.md", (data if whole else f"---\n{data}---\nBody.\n").encode())
        for record in reader.read(source, ReadContext(faults.append)):
            assert record.title
        assert all(fault.warning and fault.message for fault in faults), changed


def test_native_files_are_never_foreign() -> None:
    folders = (ROOT / "content", ROOT / "tests" / "sites", ROOT / "tests" / "sites_invalid", CASES / "bundles")
    files = [
        file for folder in folders for file in folder.rglob("papers/**/*") if file.suffix in (".md", ".yaml", ".yml")
    ]
    files += (CASES / "bundles").rglob("*.md")
    assert len(files) > 120
    for file in files:
        importer = find_importer(file.name, file.read_bytes())
        assert importer
        assert importer.name in ("yaml", "markdown"), file


@pytest.mark.parametrize("form", ["list", "file", "front"])
def test_native_fields_of_all_names_are_never_foreign(form: str) -> None:
    """All fields of ours, with values that look like other formats', and all of them at once."""
    from paperbound.model.record import FIELDS

    addresses = {"url": "https://arxiv.org/abs/2106.00001", "pdf": "https://doi.org/10.5555/a", "link": "https://x.org"}
    values: dict[str, Any] = dict.fromkeys(FIELDS, "x") | {
        "id": "doi:10.5555/jsf.7.1",
        "links": addresses,
        "extra": {"publication_types": ["2"], "paperurl": "x", "bibtex_author": "x", "link": "x", "plugin": "x.py"},
        "summary": "- [A](https://arxiv.org/abs/2106.00001)\n\npublication_types: [2]\npaperurl: x\n",
        "date": 2020,
    }
    for name in (*FIELDS, ""):
        some = values if not name else {"title": "x", "id": "doi:10.5/x", name: values[name]}
        text = yaml.safe_dump([some] if form == "list" else some, sort_keys=False)
        file, text = ("a.md", f"---\n{text}---\n{values['summary']}") if form == "front" else ("a.yaml", text)
        importer = find_importer(file, text.encode())
        assert importer
        assert importer.name not in FOREIGN, (name, importer.name)


def test_bundles_are_named_by_their_folders() -> None:
    expected = next(iter(json.loads((CASES / "bundles/expected.json").read_text("utf-8")).values()))
    records = [read_case(f"bundles/{name}/index.md", "markdown")[0][0] for name in ("pepper-2022", "salt-2021")]
    assert [record.id for record in records] == expected["ids"]
    assert [record.title for record in records] == expected["titles"]


@pytest.mark.parametrize(
    "text",
    [
        "**Salt One** [paper](https://arxiv.org/abs/2010.00001)\nAda Kern\n**Salt Two** [paper](https://arxiv.org/abs/2010.00002)\nBo Lund",
        "**Salt One**\nAda Kern\n[paper](https://arxiv.org/abs/2010.00001) [code](https://c.org)\n**Salt Two**\n[paper](https://arxiv.org/abs/2010.00002)",
        "[Salt One](https://arxiv.org/abs/2010.00001)\n[Salt Two](https://arxiv.org/abs/2010.00002)\n"
        + "[x](https://x.org)\n" * 600,
        "Salt One: https://arxiv.org/abs/2010.00001 \\\nSalt Two: <https://arxiv.org/abs/2010.00002>",
    ],
)
def test_links_of_several_papers_in_one_paragraph(text: str) -> None:
    records, _ = read("README.md", f"# Salt\n\n- A list\n\n{text}\n", "links")
    assert [(record.arxiv, record.title) for record in records] == [
        ("2010.00001", "Salt One"),
        ("2010.00002", "Salt Two"),
    ]
    assert records[0].origin.line == 5


def test_links_keep_authors_venues_years_and_the_rest() -> None:
    text = """## [Streams](#content)

1. **Flats: A Structure.** Proc. Salt Endow. 16(6): 1386-1398 (2023) [[paper]](https://salt.example.org/p1386.pdf) [[code]](https://code.example.org/x)

   *Ada Kern, Anna van der Meer.*

1. **A talk.** [[slides]](https://salt.example.org/slides.pdf)

   *Bo Lund.*

- (*SSS'20*) Deep Salt [[Paper](https://arxiv.org/abs/2010.00001)]
- [SSS2024] Chains of Salt (_Flat University_) [[paper]](https://arxiv.org/pdf/2310.20357);
"""
    (flats, deep, chains), faults = read("README.md", text, "links")
    assert (flats.title, names(flats)) == ("Flats: A Structure", ["Ada Kern", "Anna van der Meer"])
    assert links(flats) == {"pdf": "https://salt.example.org/p1386.pdf", "code": "https://code.example.org/x"}
    assert (flats.note, flats.tags) == ("Proc. Salt Endow. 16(6): 1386-1398 (2023)", ("streams",))
    assert [one.date.iso for one in (flats, deep, chains) if one.date] == ["2023", "2020", "2024"]
    assert [(one.title, one.venue) for one in (deep, chains)] == [("Deep Salt", "SSS"), ("Chains of Salt", "SSS")]
    assert reported(faults, "'A talk. [slides]' has no identifier") == [7]


@pytest.mark.parametrize(
    ("text", "title", "fields"),
    [
        ("- **Salt Tools** (Feb 2023)  \n  *Ada Kern, Bo Lund*  [[pdf](https://arxiv.org/abs/2302.00001)]", "Salt Tools", {"names": ["Ada Kern", "Bo Lund"], "date": "2023-02", "venue": ""}),
        ("- [2023.03] **Deep Salt Hugging** by *Yong Sun et al.* [[paper]](https://arxiv.org/abs/2302.00001)", "Deep Salt Hugging", {"names": ["Yong Sun"], "date": "2023-03", "note": ""}),
        ("- `ICS 2022` **Deep Salt** *Ada Kern, Bo Lund et al.* [[arXiv]](https://arxiv.org/abs/2302.00001)", "Deep Salt", {"names": ["Ada Kern", "Bo Lund"], "venue": "ICS", "date": "2022"}),
        ("- **Deep Salt**, Ada Kern, Bo Lund, Cy Pim. ICS 2020. [[Paper](https://arxiv.org/abs/2302.00001)]", "Deep Salt", {"names": ["Ada Kern", "Bo Lund", "Cy Pim"], "venue": "ICS", "date": "2020"}),
        ("- Ada Kern, Bo Lund, [Deep Salt in Seas](https://arxiv.org/abs/2302.00001), ICS, 2020.", "Deep Salt in Seas", {"names": ["Ada Kern", "Bo Lund"], "date": "2020"}),
        ("1. Deep Salt in Seas  \nJiemin Fang*, Yuzhu Sun*\n[paper](https://arxiv.org/abs/2302.00001)", "Deep Salt in Seas", {"names": ["Jiemin Fang", "Yuzhu Sun"]}),
        ("- 2020-01-05, **Deep Salt**, Ada Kern et.al., Paper: [http://arxiv.org/abs/2302.00001](http://arxiv.org/abs/2302.00001)", "Deep Salt", {"names": ["Ada Kern"], "date": "2020-01-05"}),
        ("- Kern, A., & Lund, B. (2020). **Salt in all things**. In *Proc. ICS*. [link](https://arxiv.org/abs/2302.00001)", "Salt in all things", {"names": ["A. Kern", "B. Lund"], "date": "2020"}),
        ("1. **Kern A**, Lund B. (2022) Pepper in the sea. *PLoS ONE* 17(3): e02. https://arxiv.org/abs/2302.00001", "Pepper in the sea", {"names": ["A. Kern", "B. Lund"], "date": "2022"}),
        ("1. Kern, A., Lund, B. & Pim, C. Salt in the sea. *Nature* **577**, 89–94 (2020). https://arxiv.org/abs/2302.00001", "Salt in the sea", {"names": ["A. Kern", "B. Lund", "C. Pim"]}),
        ('2. A. Kern, B. Lund, "Sea of dry salt," *IEEE Trans. Salt*, 2021. https://arxiv.org/abs/2302.00001', "Sea of dry salt", {"names": ["A. Kern", "B. Lund"]}),
        ("> Flow of Salt for Seas (Lipman et al., 2023) </br>\n> https://arxiv.org/abs/2302.00001", "Flow of Salt for Seas", {"date": "2023"}),
        ("- **01.Noise of salt-A principle** : [**Paper**](https://arxiv.org/abs/2302.00001) || [**Code**](https://c.org/x)", "Noise of salt-A principle", {"summary": ""}),
        ("- **[SaltNet]** Salty Title Five [[pdf]](https://arxiv.org/pdf/2302.00001.pdf)", "Salty Title Five", {}),
        ("- arXiv:2302.00001 Title after the id", "Title after the id", {}),
        ("### A title of five words\n- **Links**: [arXiv](https://arxiv.org/abs/2302.00001)", "A title of five words", {}),
        ("### 2019\n- [Deep Salt in Seas](https://arxiv.org/abs/2302.00001)", "Deep Salt in Seas", {"date": "2019", "tags": ()}),
        ("## 2024-03-05\n- [Deep Salt in Seas](https://arxiv.org/abs/2302.00001)", "Deep Salt in Seas", {"tags": ()}),
    ],
)  # fmt: skip
def test_items_as_lists_write_them(text: str, title: str, fields: dict[str, Any]) -> None:
    (record,), _ = read("README.md", f"# Salt\n\n{text}\n", "links")
    assert (record.arxiv, record.title) == ("2302.00001", title)
    shown = {name: getattr(record, name, None) for name in fields}
    shown |= {"names": names(record)} if "names" in fields else {}
    shown |= {"date": record.date.iso if record.date else ""} if "date" in fields else {}
    assert shown == fields


def test_a_label_takes_no_title_of_another_paper() -> None:
    table = "| Title |\n|-|\n| [Salt Net](https://arxiv.org/abs/2302.00001) |\n\n- [pdf](https://arxiv.org/abs/2302.00002)\n"
    (record,), faults = read("README.md", f"# Salt\n\n{table}", "links")
    assert record.title == "Salt Net"
    assert [fault.field for fault in faults] == ["title"]


def test_files_of_a_hugo_blox_page_are_named() -> None:
    text = (
        '---\ntitle: "Salt *again*"\npublication_types: ["1"]\nauthors: [Ada Kern]\nurl_pdf: uploads/paper.pdf\n'
        "url_dataset: '#'\nslides: example\nimage: {caption: C, filename: featured.jpg}\n---\n"
    )
    (record,), faults = read("a/index.md", text, "hugo-blox")
    assert record.title == "Salt *again*"
    assert links(record) == {"pdf": "uploads/paper.pdf"}
    found = {fault.field: f"{fault.message} {fault.remedy}" for fault in faults}
    assert found.keys() == {"slides"}
    assert record.picture == "featured.jpg"
    assert "'example' is of the old site" in found["slides"]


def test_a_reading_list_with_authors_before_the_title() -> None:
    text = (
        "Reading list\n============\n\n* Kern & Lund (2020). *Salt for all.* NeurIPS. https://arxiv.org/abs/2006.00001\n"
        "* [Paper](https://arxiv.org/abs/2006.00002) by Someone\n"
    )
    (record,), faults = read("a.md", text, "links")
    assert (record.title, record.note) == ("Salt for all", "Kern & Lund (2020). NeurIPS")
    assert [fault.line for fault in faults] == [5]  # it has no title
