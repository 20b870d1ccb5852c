"""Importers: input formats to records, one file a format, one row a format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from ..storage.plugins import load_plugins
from .files.detection import describe, read_start
from .importer import Importer, ImportOption

_JSON = (".json", ".jsonl", ".ndjson")
_MARKDOWN = (".md", ".markdown")
# Of formats that share a suffix the first that matches reads a file; the site's own formats come last.
ROWS: tuple[Importer, ...] = (
    Importer("yaml", (".yaml", ".yml"), "yaml_records", native=True),
    Importer("markdown", (".md", ".markdown"), "markdown_records", native=True),
    Importer("arxiv", (".atom", ".rss", ".xml"), "arxiv.atom"),
    Importer("acl-xml", (".xml",), "services.acl_xml"),
    Importer("dblp", (".xml",), "services.dblp"),
    Importer("endnote-xml", (".xml",), "references.endnote_xml"),
    Importer("page-tags", (".html", ".htm"), "references.page_tags"),
    Importer("dblp-json", _JSON, "services.dblp_json"),
    Importer("openalex", _JSON, "services.openalex"),
    Importer("crossref", _JSON, "services.crossref"),
    Importer("semantic-scholar", _JSON, "services.semantic_scholar"),
    Importer("openreview", _JSON, "services.openreview"),
    Importer("daily-papers", _JSON, "services.daily_papers"),
    Importer("inspire", _JSON, "repositories.inspire"),
    Importer("ads", _JSON, "repositories.ads"),
    Importer("hal", _JSON, "repositories.hal"),
    Importer("europe-pmc", _JSON, "repositories.europe_pmc"),
    Importer("orcid", _JSON, "repositories.orcid"),
    Importer("zenodo", _JSON, "repositories.zenodo"),
    Importer("arxiv-daily", (".json",), "arxiv.daily_json"),
    Importer("lab-citations", (".yaml", ".yml"), "pages.lab_citations"),
    Importer("csl-yaml", (".yaml", ".yml"), "references.csl_yaml"),
    Importer("hugo-blox", _MARKDOWN, "pages.hugo_blox"),
    Importer("pmlr", _MARKDOWN, "pages.pmlr"),
    Importer("academicpages", _MARKDOWN, "pages.academicpages"),
    Importer("links", _MARKDOWN, "pages.link_list"),
    Importer("bibtex", (".bib", ".bibtex", ".biblatex"), "bibtex.reader", by_suffix=True),
    Importer("ris", (".ris", ".txt"), "references.ris"),
    Importer("nbib", (".nbib", ".txt"), "references.pubmed"),
    Importer("wos", (".txt", ".ciw"), "references.wos"),
    Importer("endnote", (".enw", ".txt"), "references.endnote"),
    Importer("refworks", (".txt", ".refworks"), "references.refworks"),
    Importer("cff", (".cff",), "references.cff"),
    Importer("datacite", (".json",), "references.datacite"),
    Importer("conference", (".json",), "pages.conference_list"),
    Importer("zotero", (".json",), "zotero.items"),
    Importer("zotero-rdf", (".rdf",), "zotero.library_rdf"),
    Importer("zotero-csv", (".csv",), "zotero.table"),
    Importer("csv", (".csv", ".tsv", ".tab", ".txt"), "pages.table"),
    Importer("csl", (".json",), "references.csl"),
    Importer(
        "listing",
        (".txt",),
        "pages.trending_listing",
        (ImportOption("skip", "lines before the first title (default: up to the line that begins with Subscribe)"),),
        ordered=True,
    ),
    # Last, because every JSON file may be rows of ours.
    Importer("jsonl", (".jsonl", ".ndjson", ".json"), "json_lines", by_suffix=True),
)
PLUGINS = load_plugins(
    "paperbound.importers", Importer, [one.name for one in ROWS], lambda row, plugin: replace(row, plugin=plugin)
)
IMPORTERS: tuple[Importer, ...] = (*(one.value for one in PLUGINS if one.value), *ROWS)


def find_importer(file: str, data: bytes, name: str = "") -> Importer | None:
    """Returns the importer of a name, or of a file's first bytes and suffix.

    Returns None for an unknown format. First come formats with the suffix whose test knows the bytes; then the site's
    own, by their suffixes; then all whose test knows the bytes; then suffixes alone.
    """
    if name:
        return next((one for one in IMPORTERS if one.name == name), None)
    start, suffix = read_start(data), PurePosixPath(file).suffix.lower()
    own = [one for one in IMPORTERS if suffix in one.suffixes]
    known = next((one for one in own if one.knows(start)), None) or next((one for one in own if one.native), None)
    if known or (data.strip() and describe(data)):
        return known
    known = next((one for one in IMPORTERS if not one.native and one.knows(start)), None)
    return known or next((one for one in own if one.by_suffix or not one.reader.matches), None)
