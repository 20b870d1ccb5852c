"""What indexers and tools read in a built site: `citation_*` tags, JSON-LD, sitemaps, OpenSearch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pyld import jsonld

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import build_site
from paperbound.model.build import Options
from paperbound.model.errors import InputError
from surroundings import Build

BASE = "https://example.org/site/"
SITE = {
    "site.yaml": f"title: Salt & Flats\ntagline: Rows\nbase_url: {BASE}\npage_size: 2\n",
    "static/files/a.pdf": "%PDF-1.4",
    "papers/a.yaml": """title: On <i>Salt</i> & $H_2O$
authors: [{name: Ada King, orcid: 0000-0002-1825-0097, affiliation: Salt Lab, url: "https://example.org/~ada"}, Bo Li]
date: 2024-03-02
venue: Rows
venue_year: 2024
kind: article
volume: 7
issue: 2
pages: 10-19
publisher: Press
doi: 10.5555/salt.<1>
arxiv: "2401.00001"
tags: [salt]
abstract: "Salt </script><script>alert(1)</script> and flats."
links: {pdf: files/a.pdf, code: "https://example.org/code"}
""",
    "papers/b.yaml": "title: Flats\nauthors: [Bo Li]\ndate: 2023-04\nkind: thesis\npublisher: Salt School\ntags: [salt]\n",
    "papers/c.yaml": "title: Rows\nauthors: [Ada King, A. King]\ndate: '2022'\nkind: chapter\nbooktitle: Book of Rows\n",
    "tags.yaml": "- {slug: salt, name: Salt, description: Of salt.}\n",
}
# The terms of schema.org that stand in our pages (https://schema.org/docs/full.html).
TERMS = """Action BreadcrumbList CollectionPage EntryPoint ItemList ListItem MediaObject Organization Person PublicationVolume
ScholarlyArticle SearchAction WebSite affiliation alternateName author contentUrl datePublished description encoding
encodingFormat headline image inLanguage isPartOf item itemListElement keywords mainEntity mainEntityOfPage name
numberOfItems pageEnd pageStart position potentialAction publisher query-input sameAs target url urlTemplate
volumeNumber""".split()
LINKS = "contentUrl image isPartOf item mainEntityOfPage sameAs url".split()


class Head(HTMLParser):
    """The meta tags of a page by name or property, and its JSON-LD."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.data: list[Any] = []
        self.reads = False
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("content") is not None:
            self.tags.append((found.get("name") or found.get("property") or "", found["content"] or ""))
        self.reads = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self.reads:
            self.data.append(json.loads(data))
        self.reads = False


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("metadata")
    build_site(Options(write(folder / "content", SITE), folder / "site"), InlineExecutor())
    return folder / "site"


def load_context(url: str, _options: object) -> dict[str, Any]:
    """Schema.org's context as far as we use it: any other term has no address, and is dropped by the expansion."""
    assert url == "https://schema.org"
    terms = {term: f"http://schema.org/{term}" for term in TERMS}
    links = {term: {"@id": f"http://schema.org/{term}", "@type": "@id"} for term in LINKS}
    return {
        "contextUrl": None,
        "contentType": "application/ld+json",
        "documentUrl": url,
        "document": {"@context": {**terms, **links}},
    }


def count_values(value: Any) -> int:
    """The number of texts and numbers in JSON, without contexts."""
    if isinstance(value, dict):
        return sum(count_values(inner) for key, inner in value.items() if key != "@context")
    return sum(map(count_values, value)) if isinstance(value, list) else 1


def expand(value: Any) -> Any:
    expanded = jsonld.expand(value, {"documentLoader": load_context})
    # Nothing was lost: each term has an address, and no value is null.
    assert count_values(expanded) == count_values(value), value
    return expanded[0]


def find_types(site: Path, page: str) -> dict[str, Any]:
    found = [expand(one) for one in Head(site / page).data]
    return {one["@type"][0].removeprefix("http://schema.org/"): one for one in found}


def read(node: Any, *terms: str) -> Any:
    for term in terms:
        node = node[f"http://schema.org/{term}"][0]
    return node.get("@value", node.get("@id"))


def test_json_ld_of_each_kind_of_page_expands_without_loss(site: Path) -> None:
    (folder,) = (site / "papers").glob("on-*")
    paper = find_types(site, f"papers/{folder.name}/index.html")
    article = paper["ScholarlyArticle"]
    assert set(paper) == {"ScholarlyArticle", "BreadcrumbList"}
    assert read(article, "author", "affiliation", "name") == "Salt Lab"
    assert article["http://schema.org/author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert read(article, "encoding", "contentUrl") == f"{BASE}files/a.pdf"
    assert (read(article, "pageStart"), read(article, "pageEnd")) == ("10", "19")
    chapter = find_types(site, "papers/rows/index.html")["ScholarlyArticle"]
    assert read(chapter, "isPartOf", "name") == "Book of Rows"
    home = find_types(site, "index.html")["WebSite"]
    template = read(home, "potentialAction", "target", "urlTemplate")
    assert template == f"{BASE}search/?q={{search_term_string}}"
    person = find_types(site, "authors/ada-king/index.html")
    assert set(person) == {"Person", "CollectionPage", "BreadcrumbList"}
    assert person["Person"]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert read(person["Person"], "sameAs") == "https://orcid.org/0000-0002-1825-0097"
    topic = find_types(site, "tags/salt/index.html")
    assert read(topic["CollectionPage"], "mainEntity", "numberOfItems") == 2
    assert read(topic["CollectionPage"], "isPartOf") == BASE
    assert len(topic["BreadcrumbList"]["http://schema.org/itemListElement"]) == 3
    # Only the first page of a list is the list.
    assert Head(site / "papers/page/2/index.html").data == []


def find_tags(site: Path, start: str) -> dict[str, list[str]]:
    (folder,) = (site / "papers").glob(f"{start}*/")
    tags: dict[str, list[str]] = {}
    for name, content in Head(folder / "index.html").tags:
        tags.setdefault(name, []).append(content)
    return tags


def test_citation_tags_are_those_that_scholar_and_zotero_read(site: Path) -> None:
    tags = find_tags(site, "on-")
    assert tags["citation_author"] == ["Ada King", "Bo Li"]
    assert tags["citation_publication_date"] == ["2024/03/02"]
    assert tags["citation_journal_title"] == ["Rows"]
    assert tags["citation_pdf_url"] == [f"{BASE}files/a.pdf"]
    assert tags["citation_abstract_html_url"] == tags["og:url"]
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == (["10"], ["19"])
    assert tags["citation_author_orcid"] == ["https://orcid.org/0000-0002-1825-0097"]
    # Zotero's connector knows the kind of an item by the tag of its container.
    assert find_tags(site, "flats")["citation_dissertation_institution"] == ["Salt School"]
    assert find_tags(site, "rows")["citation_inbook_title"] == ["Book of Rows"]
    assert find_tags(site, "flats")["citation_publication_date"] == ["2023"]
    assert not [name for name in find_tags(site, "flats") if "pdf" in name or "conference" in name]


def test_a_file_of_the_site_is_linked_wherever_the_paper_is(site: Path) -> None:
    (folder,) = (site / "papers").glob("on-*/")
    page = (folder / "index.html").read_text("utf-8")
    # Readers follow the link of the site that they are on; indexers need the whole address.
    assert 'href="/site/files/a.pdf"' in page
    assert f'<meta name="citation_pdf_url" content="{BASE}files/a.pdf">' in page
    assert (site / "files" / "a.pdf").read_bytes() == b"%PDF-1.4"


def test_a_file_that_is_missing_is_a_fault(tmp_path: Path, build: Build) -> None:
    content = write(tmp_path / "content", SITE)
    build(content, tmp_path / "site")
    (content / "static/files/a.pdf").rename(content / "static/files/b.pdf")
    with pytest.raises(InputError) as error:
        build(content, tmp_path / "site")
    (fault,) = error.value.faults
    assert (fault.field, fault.message) == ("links", "there is no file 'files/a.pdf' beside the record, or in static/")
    assert fault.remedy == "Did you mean 'files/b.pdf'? Links to other sites begin with https://."


NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def list_addresses(file: Path) -> Iterator[tuple[str, str]]:
    """Address and day of each page of a sitemap that follows https://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd."""
    root = ElementTree.parse(file).getroot()
    assert root.tag == f"{NAMESPACE}urlset"
    assert 1 <= len(root) <= 50_000
    for url in root:
        assert url.tag == f"{NAMESPACE}url"
        names = [child.tag.removeprefix(NAMESPACE) for child in url]
        assert names in (["loc"], ["loc", "lastmod"])
        loc, lastmod = url[0].text or "", url[1].text or "" if len(url) > 1 else ""
        assert re.fullmatch(r"https?://[\x21-\x7e]{1,2040}", loc)
        assert not lastmod or re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", lastmod)
        yield loc, lastmod


def test_the_sitemap_follows_its_schema_and_dates_papers_and_lists(site: Path) -> None:
    found = dict(list_addresses(site / "sitemap.xml"))
    assert found[f"{BASE}papers/flats/"] == "2023-04-01"
    assert found[f"{BASE}tags/salt/"] == "2024-03-02"
    assert found[f"{BASE}papers/page/2/"] == "2022-01-01"
    assert found[f"{BASE}authors/bo-li/"] == "2024-03-02"
    assert f"{BASE}id/" not in found


def test_the_description_of_the_search_follows_opensearch(site: Path) -> None:
    root = ElementTree.parse(site / "opensearch.xml").getroot()
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{name}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{name}ShortName") or "") <= 16
    assert 0 < len(root.findtext(f"{name}Description") or "") <= 1024
    urls = {url.get("type"): url for url in root.iter(f"{name}Url")}
    assert urls["text/html"].get("template") == f"{BASE}search/?q={{searchTerms}}"
    assert urls["application/opensearchdescription+xml"].get("rel") == "self"
