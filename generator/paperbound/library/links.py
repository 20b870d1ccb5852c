"""Links of papers, in the order in which pages show them."""

from __future__ import annotations

from ..languages import Language
from ..model.record import Record
from .pieces import PaperLink

# Kinds of links in their order; those of other kinds come last.
_PLACES = {kind: place for place, kind in enumerate("pdf code project data demo slides video poster url".split())}


def list_links(record: Record, language: Language) -> tuple[PaperLink, ...]:
    """Returns the links of a paper, PDF first. A paper on arXiv without another PDF has that of arXiv."""
    found = [(link.kind, link.url) for link in record.links]
    if record.arxiv and not record.find_link("pdf"):
        found.append(("pdf", f"https://arxiv.org/pdf/{record.arxiv}"))
    found.sort(key=lambda link: _PLACES.get(link[0], len(_PLACES)))
    return tuple(
        PaperLink(kind, language.t(f"link.{kind}") if kind in _PLACES else kind.capitalize(), url)
        for kind, url in found
    )
