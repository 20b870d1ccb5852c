"""Services that know papers by identifiers, in the shapes of their documentations, with invented papers.

arXiv's API with `id_list`, the DOI resolver with its redirect to an agency that answers CSL-JSON, the ACL Anthology's
`.bib`, OpenAlex's works, PubMed's EFetch in the format MEDLINE, and files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.sax.saxutils import escape

from web_server import Asked, Reply

NAMES = ("arxiv", "doi", "acl", "openalex", "pubmed")
_FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'


@dataclass
class Services:
    """All services on one host, each below its name. `down` are those that answer a status instead."""

    url: str = ""
    down: dict[str, int] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    """Titles of arXiv's papers, by ids that are not the usual ones."""

    def list_urls(self) -> dict[str, str]:
        paths = {"arxiv": "arxiv/api/query", "openalex": "openalex/works", "pubmed": "pubmed/efetch.fcgi"}
        return {name: f"{self.url}/{paths.get(name, name)}" for name in NAMES}

    def answer(self, asked: Asked) -> Reply:
        _, name, rest = asked.path.split("/", 2)
        if name in self.down:
            return Reply(b"<html><body>Sorry.</body></html>", self.down[name])
        return {
            "arxiv": self._answer_arxiv,
            "doi": self._answer_doi,
            "agency": self._answer_agency,
            "acl": self._answer_acl,
            "openalex": self._answer_openalex,
            "pubmed": self._answer_pubmed,
            "files": self._answer_file,
        }[name](asked, unquote(rest))

    def _answer_arxiv(self, asked: Asked, _rest: str) -> Reply:
        ids = asked.query["id_list"].split(",")
        if any("." in one.partition("/")[0] and "/" in one for one in ids) or "2401.66666" in ids:
            error = f"incorrect id format for {ids[0]}"
            entry = (
                f"<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>{error}</summary></entry>"
            )
            return Reply(f"{_FEED}{entry}</feed>".encode(), 400)
        entries = "".join(self._write_entry(one) for one in ids if "9999" not in one)
        total = f"<totalResults>{entries.count('<entry>')}</totalResults>"
        return Reply(f"{_FEED}{total}{entries}</feed>".encode(), headers={"Content-Type": "application/atom+xml"})

    def _write_entry(self, ident: str) -> str:
        bare, _, version = ident.partition("v") if ident[-1].isdigit() and "v" in ident[-3:] else (ident, "", "")
        title = self.entries.get(bare, f"Moss of {bare} &\n  lantern")
        number = bare.replace("/", ".").rpartition(".")[2]
        return (
            f"<entry><id>http://arxiv.org/abs/{bare}v{version or 2}</id><title>{escape(title)}</title>"
            f"<updated>2024-02-01T00:00:00Z</updated><published>2024-01-18T18:00:00Z</published>"
            f"<summary>Of moss {number}. We light it.</summary><author><name>Ada Kern{number[-1]}</name></author>"
            '<arxiv:primary_category term="cs.DL"/></entry>'
        )

    def _answer_doi(self, asked: Asked, rest: str) -> Reply:
        if asked.headers["accept"].split(",")[0] != "application/vnd.citationstyles.csl+json":
            return Reply(b"<html>A page for people</html>")
        if "unknown" in rest:
            return Reply(b"<html><body><h1>DOI Not Found</h1></body></html>", 404)
        return Reply(b"", 302, {"Location": f"{self.url}/agency/{rest}"})

    def _answer_agency(self, asked: Asked, rest: str) -> Reply:
        assert asked.headers["accept"].startswith("application/vnd.citationstyles.csl+json")
        if rest.startswith("10.5281/"):
            value = {
                "type": "dataset",
                "id": f"https://doi.org/{rest}",
                "categories": ["moss"],
                "author": [{"family": "Kern", "given": "Ada"}],
                "issued": {"date-parts": [[2021, 3, 4]]},
                "DOI": rest,
                "publisher": "Zenodo",
                "title": f"Data of {rest}",
            }
        else:
            value = {
                "type": "journal-article",
                "DOI": rest,
                "title": f"Copper of {rest}",
                "container-title": "Journal of Copper",
                "author": [{"given": "Bo", "family": "Moss", "sequence": "first", "affiliation": []}],
                "issued": {"date-parts": [[2022, 5]]},
                "volume": "7",
                "page": "1-9",
                "publisher": "Copper Press",
                "URL": f"https://doi.org/{rest}",
            }
        return Reply(json.dumps(value).encode(), headers={"Content-Type": "application/vnd.citationstyles.csl+json"})

    def _answer_acl(self, _asked: Asked, rest: str) -> Reply:
        ident = rest.removesuffix(".bib")
        if "999" in ident or not rest.endswith(".bib"):
            return Reply(b"<html><body>Not found</body></html>", 404)
        key = ident.replace(".", "-").lower()
        return Reply(
            f'@inproceedings{{kern-{key},\n    title = "Glacier {{T}}alk of {ident}",\n'
            '    author = "Kern, Ada  and\n      Moss, Bo",\n    booktitle = "Proceedings of Glaciers",\n'
            '    month = jul,\n    year = "2020",\n    address = "Online",\n'
            f'    url = "https://aclanthology.org/{ident}/",\n    pages = "52--59"\n}}\n'.encode()
        )

    def _answer_openalex(self, _asked: Asked, rest: str) -> Reply:
        rest = rest.removeprefix("works/")
        if rest.startswith("W99"):
            return Reply(b'{"error": "Not Found", "message": "no such work"}', 404)
        value = {
            "id": f"https://openalex.org/{rest}",
            "doi": None,
            "title": f"Ember of {rest}",
            "display_name": f"Ember of {rest}",
            "publication_year": 2023,
            "publication_date": "2023-06-07",
            "type": "article",
            "ids": {"openalex": f"https://openalex.org/{rest}"},
            "authorships": [
                {"author": {"display_name": f"Cy {rest}"}, "institutions": [], "raw_affiliation_strings": []}
            ],
            "primary_location": {"source": {"display_name": "Ember Letters", "type": "journal"}},
            "abstract_inverted_index": {"Embers": [0], "glow.": [1]},
            "biblio": {"volume": "3", "issue": None, "first_page": "1", "last_page": "2"},
        }
        return Reply(json.dumps(value).encode(), headers={"Content-Type": "application/json"})

    def _answer_pubmed(self, asked: Asked, _rest: str) -> Reply:
        assert (asked.query["db"], asked.query["rettype"], asked.query["retmode"]) == ("pubmed", "medline", "text")
        ids = [one for one in asked.query["id"].split(",") if not one.startswith("99")]
        records = (
            f"\nPMID- {one}\nSTAT- MEDLINE\nTI  - Willow trial {one}.\nFAU - Reed, Dee\nAU  - Reed D\n"
            f"JT  - Willow medicine\nDP  - 2019 Jan\nLID - 10.5555/willow.{one} [doi]\nPT  - Journal Article\nLA  - eng\n"
            for one in ids
        )
        return Reply("".join(records).encode(), headers={"Content-Type": "text/plain"})

    def _answer_file(self, _asked: Asked, rest: str) -> Reply:
        files = {
            "lab.bib": b"@article{reed-1, title = {Quarry one}, author = {Reed, Dee}, year = 2018}\n"
            b"@article{reed-2, title = {Quarry two}, author = {Reed, Dee}, year = 2019}\n",
            "page.html": b"<!doctype html><html><body>A page of a publisher</body></html>",
        }
        return Reply(files[rest]) if rest in files else Reply(b"", 404)
