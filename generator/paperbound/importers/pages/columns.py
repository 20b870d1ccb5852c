"""Names of columns in tables of papers: the spellings of people, databases and spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_SPELLINGS: Mapping[str, str] = {
    "id": "id uid paperid urlslug identifier",
    "bibkey": "bibkey bibtexkey citationkey citekey key",
    "title": "title papertitle articletitle documenttitle titel titre título titulo titolo",
    "authors": "authors author authornames authorlist creators autoren autor auteurs auteur autores autori",
    "full_names": "authorfullnames",
    "editors": "editors editor",
    "date": "date pubdate publicationdate publisheddate published dateofpublication datepublished issuedate datum",
    "year": "year publicationyear pubyear publishedyear py yr jahr année annee año anno ano",
    "month": "month monat mois mes",
    "day": "day",
    "venue": "venue journal conference conferencename publicationtitle sourcetitle journalbook journaltitle "
    "publication source container containertitle"
    " conf conferencejournal journalconference venuejournal zeitschrift konferenz revue revista rivista",
    "venue_year": "venueyear",
    "booktitle": "booktitle proceedings",
    "series": "series",
    "volume": "volume vol band jahrgang tome volumen",
    "issue": "issue issuenumber number heft numéro número numero",
    "pages": "pages page pagerange pagination seiten páginas paginas pagine",
    "first_page": "firstpage startpage pagestart",
    "last_page": "lastpage endpage pageend",
    "article": "artno articlenumber",
    "publisher": "publisher verlag éditeur editorial editora editore",
    "address": "place address location",
    "kind": "kind type documenttype itemtype publicationtype entrytype documentidentifier",
    "tags": "tags tag keywords keyword authorkeywords topics topic subjects subject manualtags schlagworte "
    "schlagwörter stichwörter motsclés palabrasclave parolechiave palavraschave",
    "abstract": "abstract abstractnote zusammenfassung kurzfassung résumé resumen resumo riassunto",
    "takeaway": "takeaway tldr",
    "summary": "summary excerpt",
    "doi": "doi doilink",
    "arxiv": "arxiv arxivid eprint arxivnumber arxivlink arxivurl",
    "pmid": "pmid pubmedid",
    "isbn": "isbn isbns",
    "issn": "issn issns",
    "language": "language lang languageoforiginaldocument sprache langue idioma lingua",
    "license": "license licence",
    "awards": "awards award",
    "retracted": "retracted",
    "page_url": "pageurl",
    "url": "url urls link href paperurl paperlink website webpage openreview forum",
    "pdf": "pdf pdfurl pdflink paperpdf",
    "code": "code codeurl codelink github githuburl repository repo",
    "project": "project projectpage projecturl",
    "data": "data dataset dataurl",
    "slides": "slides slidesurl slideslink",
    "video": "video videourl videolink youtube",
    "poster": "poster posterurl",
    "demo": "demo demourl",
    "picture": "picture",
}
LINKS = frozenset("url pdf code project data slides video poster demo".split())
# Columns of titles where no other has them: lists of Notion, of reading groups.
_TITLES = ("paper", "name", "papername", "nameofpaper", "titleofpaper", "publicationtitle", "work")
_REMARK = re.compile(r"\([^()]*\)")
_FIELDS = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings.split()}


def find_field(name: str) -> str:
    """Returns the field of a column by its name; an empty text without one."""
    return _FIELDS.get(_squeeze(name)) or _FIELDS.get(_squeeze(_REMARK.sub("", name)), "")


def _squeeze(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def find_fields(names: Iterable[str]) -> dict[str, str]:
    """Returns the fields of columns by their names, empty texts for others."""
    fields = {name: find_field(name) for name in names}
    if "title" not in fields.values():
        squeezed = {_squeeze(name): name for name in fields}
        title = next((squeezed[one] for one in _TITLES if one in squeezed), None)
        if title is not None:
            fields[title] = "title"
    return fields


def count_known(names: Sequence[str]) -> int:
    """Returns the number of columns that have a field; 0 without titles."""
    fields = set(find_fields(names).values()) - {""}
    return len(fields) if "title" in fields else 0
