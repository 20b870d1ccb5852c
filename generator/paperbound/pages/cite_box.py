"""The citations on a paper's page, as texts and for reference managers."""

from __future__ import annotations

from ..formats.bibtex.entries import make_biblatex, make_bibtex
from ..formats.citations import CITATION_STYLES, cite
from ..formats.citations.csl_style import name_style, render_style
from ..formats.csl import make_csl
from ..formats.ris import make_ris
from ..library.pieces import CitationText
from ..library.site import Site
from ..model.record import Record
from ..urls import paper


def list_citations(site: Site, record: Record) -> tuple[CitationText, ...]:
    """Returns the citations of a record, the first style first.

    A large site has the first style alone, and of the formats BibTeX.
    """
    url, key = site.addresses.absolute(paper(site.catalogue.slugs[record.id])), site.catalogue.keys[record.id]
    cited, files = cite(record, url), dict(site.config.style_texts)
    names = site.config.citation_styles if site.has_metadata else site.config.citation_styles[:1]
    found = []
    for name in names:
        if style := CITATION_STYLES.get(name):
            found.append(CitationText(style[0], style[1](cited)))
        elif name in files:
            found.append(CitationText(name_style(files[name]), render_style(files[name], make_csl(record, url, key))))
    found.append(CitationText(site.t("format.bibtex"), make_bibtex(record, key), "bib"))
    if site.config.wants_formats(len(site.order)):
        found += [
            CitationText(site.t("format.biblatex"), make_biblatex(record, key), "bib"),
            CitationText(site.t("format.ris"), make_ris(record, url, key, abstract=False).replace("\r", ""), "ris"),
            CitationText(site.t("format.csl"), f"[{make_csl(record, url, key, abstract=False)}]", "json"),
        ]
    return tuple(found)
