"""Importers: input formats to records, one file a format, one row a format."""

from __future__ import annotations

from pathlib import PurePosixPath

from .importer import Importer, ImportOption

IMPORTERS: tuple[Importer, ...] = (
    Importer("yaml", (".yaml", ".yml"), "yaml_records"),
    Importer("markdown", (".md", ".markdown"), "markdown_records"),
    Importer("jsonl", (".jsonl", ".ndjson"), "json_lines"),
    Importer("ris", (".ris", ".txt"), "references.ris"),
    Importer("nbib", (".nbib", ".txt"), "references.pubmed"),
    Importer("wos", (".txt", ".ciw"), "references.wos"),
    Importer("endnote", (".enw", ".txt"), "references.endnote"),
    Importer("csl", (".json",), "references.csl"),
    Importer(
        "listing",
        (".txt",),
        "pages.trending_listing",
        (ImportOption("skip", "lines before the first title (default: up to the line that begins with Subscribe)"),),
        ordered=True,
    ),
)


def find_importer(file: str, data: bytes, name: str = "") -> Importer | None:
    """Returns the importer of a name, or of a file's suffix and first bytes.

    Returns None for an unknown format.
    """
    if name:
        return next((importer for importer in IMPORTERS if importer.name == name), None)
    suffix = PurePosixPath(file).suffix.lower()
    return next((one for one in IMPORTERS if suffix in one.suffixes and one.reader.matches(data)), None)
