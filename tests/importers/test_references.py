"""Files of reference managers and libraries: the cases with their right values, and shapes of real producers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperbound.importers import find_importer
from paperbound.model.errors import Fault
from paperbound.model.record import Author, Record
from surroundings import read_records

CASES = Path(__file__).parent / "cases"


def read_case(path: str) -> tuple[list[Record], list[Fault]]:
    """The records and faults of a case, by the importer that its content finds."""
    data = (CASES / path).read_bytes()
    importer = find_importer(path, data)
    assert importer
    return read_records(importer.name, data, path)


def read_expected(folder: str) -> Any:
    return json.loads((CASES / folder / "expected.json").read_text("utf-8"))


def names(record: Record) -> list[str]:
    return [author.name for author in record.authors]


def show(record: Record, field: str) -> Any:
    """A field in the form of the expected values."""
    if field == "authors":
        return names(record)
    if field in ("date", "added"):
        value = getattr(record, field)
        return value.iso if value else ""
    return getattr(record, field)


def check(record: Record, expected: dict[str, Any], *fields: str) -> None:
    for field in fields:
        assert show(record, field) == expected[field], field


def test_ris_of_a_publisher() -> None:
    records, faults = read_case("ris/publisher.ris")
    first, second, third = read_expected("ris")["records"]
    assert len(records) == 3
    check(records[0], first, "title", "authors", "date", "volume", "issue", "pages", "doi", "abstract")
    assert [editor.name for editor in records[0].editors] == first["editors_or_series_editors"]
    assert list(records[0].tags) == first["keywords"]
    check(records[1], second, "title", "kind", "booktitle", "date")
    check(records[2], third, "title", "kind")
    assert [(fault.line, fault.field) for fault in faults] == [(27, "date"), (29, "ER")]


def test_pubmed() -> None:
    (record,), faults = read_case("nbib/pubmed.nbib")
    (expected,) = read_expected("nbib")["pubmed.nbib"]
    assert not faults
    check(record, expected, "pmid", "title", "authors", "date", "venue", "pages", "doi", "language")
    assert record.authors[0].orcid == expected["orcid_of_first"]


def test_csl_of_zotero() -> None:
    records, faults = read_case("csl/library.json")
    expected = read_expected("csl")["records"]
    assert [record.id for record in records] == list(expected)
    first = expected["meerSaltStory2021"]
    assert records[0].title in first["title"]
    fields = ("authors", "date", "kind", "booktitle", "pages", "doi", "arxiv", "language", "bibkey")
    check(records[0], first, *fields)
    check(records[1], expected["2"], "date", "kind", "volume")
    assert (records[2].kind, records[2].date and records[2].date.iso, records[2].authors) == ("thesis", "1990", ())
    assert any("'circa 1990'" in fault.message for fault in faults)
    assert any("season 2" in fault.message for fault in faults)


def test_zotero_as_items() -> None:
    records, faults = read_case("zotero/items.json")
    expected = read_expected("zotero")["items.json"]
    assert len(records) == 2
    check(records[0], expected[0], "bibkey", "title", "authors", "date", "arxiv", "pmid", "pages")
    check(records[1], expected[1], "title", "authors", "kind", "arxiv", "date")
    assert [fault.line for fault in faults if fault.field == "itemType"] == [5, 75]
    assert "private" not in repr(records)


def test_zotero_as_a_table() -> None:
    records, faults = read_case("zotero/My-Library.csv")
    first, second = read_expected("zotero")["My-Library.csv"]
    assert len(records) == 2
    check(records[0], first, "title", "authors", "date", "kind", "booktitle", "pages", "abstract")
    assert records[0].bibkey == first["id_or_bibkey"]
    assert records[0].tags == ("salt", "brine")
    check(records[1], second, "title", "authors", "date", "doi", "venue", "volume", "issue")
    assert [editor.name for editor in records[1].editors] == second["editors"]
    assert not records[1].pages
    assert [(fault.line, fault.field) for fault in faults] == [(4, "pages"), (5, "itemType")]
    assert not any(text in repr(records) for text in ("Users", "unread"))


ZOTERO_RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:vcard="http://nwalsh.com/rdf/vCard#" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
  <bib:Article rdf:about="https://salt.example.org/20/1">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>Kern</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>Salt Flat Working Group</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <link:link rdf:resource="#item_3"/>
    <dc:subject>Salt</dc:subject><dc:subject>/unread</dc:subject>
    <dc:subject><z:AutomaticTag><rdf:value>brine</rdf:value></z:AutomaticTag></dc:subject>
    <dc:title>Sharing &lt;i&gt;salt&lt;/i&gt;</dc:title>
    <dc:date>2020-08</dc:date>
    <dc:identifier><dcterms:URI><rdf:value>https://salt.example.org/20/1</rdf:value></dcterms:URI></dc:identifier>
    <bib:pages>1-20</bib:pages>
    <dc:description>PMID: 30000003</dc:description>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1234-5678">
    <dc:title>Journal of Salt Flats</dc:title><prism:volume>20</prism:volume><prism:number>2</prism:number>
    <dc:identifier>DOI 10.5555/jsf.20.1</dc:identifier><dc:identifier>ISSN 1234-5678</dc:identifier>
  </bib:Journal>
  <z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType><dc:title>private.pdf</dc:title></z:Attachment>
  <bib:Memo rdf:about="#item_4"><rdf:value>private</rdf:value></bib:Memo>
  <rdf:Description rdf:about="#item_9">
    <z:itemType>conferencePaper</z:itemType>
    <dcterms:isPartOf><bib:Journal><dc:title>Salt Proceedings</dc:title></bib:Journal></dcterms:isPartOf>
    <dc:publisher><foaf:Organization><foaf:name>Flat Press</foaf:name></foaf:Organization></dc:publisher>
    <dc:title>Walking</dc:title>
    <bib:presentedAt><bib:Conference><dc:title>SSS 2021</dc:title></bib:Conference></bib:presentedAt>
    <dc:identifier>DOI 10.5555/sss.9</dc:identifier>
  </rdf:Description>
</rdf:RDF>
"""


def test_zotero_rdf() -> None:
    found = find_importer("library.rdf", ZOTERO_RDF.encode())
    assert found
    (article, paper), faults = read_records(found.name, ZOTERO_RDF, "library.rdf")
    assert (article.title, names(article)) == ("Sharing *salt*", ["Ada Kern", "Salt Flat Working Group"])
    assert (article.venue, article.volume, article.issue, article.pages) == ("Journal of Salt Flats", "20", "2", "1–20")
    assert (article.doi, article.pmid, article.tags) == ("10.5555/jsf.20.1", "30000003", ("salt", "brine"))
    assert (paper.booktitle, paper.venue, paper.publisher) == ("Salt Proceedings", "SSS 2021", "Flat Press")
    assert paper.doi == "10.5555/sss.9"
    assert [fault.line for fault in faults] == [26, 27]
    assert "private" not in repr((article, paper))


def test_entities_of_a_file_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    records, faults = read_records(
        "zotero-rdf", ZOTERO_RDF.replace("<rdf:RDF", f"{bomb}<rdf:RDF", 1).replace("Walk", "&b;")
    )
    assert not records
    assert any("entity 'a'" in fault.message for fault in faults)


def test_software_and_its_preferred_citation() -> None:
    records, faults = read_case("cff/CITATION.cff")
    paper, software = read_expected("cff")["CITATION.cff"]["records"]
    assert not faults
    check(records[0], paper, "title", "kind", "authors", "date", "doi")
    check(records[1], software, "title", "kind", "authors", "doi")
    assert records[1].authors[0].orcid == software["orcid_of_first"]
    assert records[1].find_link("code") == software["links"]["code"]
    assert records[0].origin.line == 12


def test_a_conference_lists_accepted_papers() -> None:
    records, faults = read_case("conference-list/sss2025.json")
    first, rejected, third = read_expected("conference-list")["sss2025.json"]
    check(records[0], first, "id", "title", "authors", "takeaway", "date")
    assert records[0].booktitle == first["booktitle_or_venue"]
    assert records[0].awards == (first["awards_or_note"],)
    assert {link.kind: link.url for link in records[0].links} == first["links"]
    assert records[0].authors[2].affiliation == "Salt Inc."
    check(records[1], third, "id", "title", "authors", "venue")
    assert records[1].find_link("pdf") == third["links"]["pdf"]
    assert rejected["id"] not in [record.id for record in records]
    assert [fault.line for fault in faults if "Reject" in fault.message] == [19]


def test_tables() -> None:
    records, faults = read_case("csv/excel.csv")
    first, second, third = read_expected("csv")["excel.csv"]
    check(records[0], first, "title", "authors", "date", "abstract", "extra")
    assert records[0].find_link("pdf") == first["link"]
    check(records[1], second, "title", "date")
    assert not records[1].authors
    check(records[2], third, "title", "authors")
    assert [fault.line for fault in faults] == [2, 4]
    assert "percent-encoded" in faults[0].message
    records, faults = read_case("csv/miniconf.csv")
    for record, expected in zip(records, read_expected("csv")["miniconf.csv"], strict=True):
        check(record, expected, "id", "authors")
    assert records[0].tags == ("salt", "brine")
    assert not faults
    records, faults = read_case("academicpages/publications.tsv")
    first, second = read_expected("academicpages")["publications.tsv"]
    check(records[0], first, "id", "title", "date", "venue")
    assert records[0].find_link("pdf") == first["links"]["pdf"]
    check(records[1], second, "id", "date")
    assert not faults


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # Scopus
        (
            "Authors,Author full names,Title,Year,Source title,Page start,Page end,DOI,Author Keywords,Document Type\n"
            'Kern A.; Lund B.,"Kern, Ada (57190000000); Lund, Bo (57190000001)",T,2021,J. Salt,12,19,10.5555/1,a b; c,Article\n',
            {
                "authors": ["Ada Kern", "Bo Lund"],
                "pages": "12–19",
                "kind": "article",
                "tags": ("a-b", "c"),
                "date": "2021",
            },
        ),
        # IEEE Xplore
        (
            "Document Title,Authors,Publication Title,Publication Year,Start Page,End Page,PDF Link,ISBNs\n"
            "T,A. Kern; B. Lund,Salt Conf,2020,1,6,https://salt.example.org/1.pdf,978-0-306-40615-7\n",
            {"authors": ["A. Kern", "B. Lund"], "venue": "Salt Conf", "pages": "1–6", "isbn": "978-0-306-40615-7"},
        ),
        # Excel's note, tabs, another language; a guard before a sign of a formula
        ("sep=\t\nTitel\tAutoren\tJahr\n'=T\tKern, Ada; Lund, Bo\t2020.0\n", {"title": "=T", "date": "2020"}),
        ("Titel\tAutoren\n'\uff1dT\tKern, Ada\n", {"title": "\uff1dT"}),
        ("Titel\tAutoren\nThe boys'-school\tKern, Ada\n", {"title": "The boys'-school"}),
        # Missing values of scripts, a month of its own, LaTeX
        (
            'title,year,month,abstract,venue,authors\n"{\\\'E}tude of \\emph{salt}",2020,June,nan,N/A,Ada Kern and Bo Lund\n',
            {
                "title": "Étude of *salt*",
                "date": "2020-06",
                "abstract": "",
                "venue": "",
                "authors": ["Ada Kern", "Bo Lund"],
            },
        ),
    ],
)
def test_shapes_of_tables(text: str, fields: dict[str, Any]) -> None:
    found = find_importer("x.csv", text.encode())
    assert found
    assert found.name == "csv"
    (record,), faults = read_records("csv", text)
    assert not faults
    for field, value in fields.items():
        assert show(record, field) == value, field


def test_a_quotation_mark_that_is_not_closed_spoils_no_other_row() -> None:
    records, faults = read_records("csv", 'title,year\nOne,2020\n"Two,2021\nThree,2022\n')
    assert [record.title for record in records] == ["One", "Two", "Three"]
    assert [(fault.line, "not closed" in fault.message) for fault in faults] == [(3, True)]
    records, faults = read_records("csv", 'title,year\n"One,2020\nTwo,2021\nThree,2022\n"Four",2023\n')
    assert [record.title for record in records] == ["One", "Two", "Three", "Four"]
    assert [fault.line for fault in faults] == [2]
    records, faults = read_records("csv", "title,year\n" + f'"{"x" * 140_000},2021\n' * 30)
    assert len(records) == 20
    assert "too many" in faults[-1].message


def test_a_row_with_too_few_values_is_named() -> None:
    (record,), faults = read_records("csv", "title,authors,year\nOnly\n")
    assert record.title == "Only"
    assert [fault.line for fault in faults] == [2]


DATACITE = {
    "data": {
        "id": "10.5555/zenodo.2",
        "type": "dois",
        "attributes": {
            "doi": "10.5555/zenodo.2",
            "creators": [
                {
                    "name": "Kern, Ada",
                    "nameType": "Personal",
                    "givenName": "Ada",
                    "familyName": "Kern",
                    "affiliation": ["Flat University"],
                    "nameIdentifiers": [
                        {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
                    ],
                },
                {"name": "Salt, Flat and Lake Group", "nameType": "Organizational"},
            ],
            "titles": [{"title": "Salt data"}, {"title": "Sels", "titleType": "TranslatedTitle"}],
            "publisher": {"name": "Flat Repository"},
            "publicationYear": 2024,
            "subjects": [{"subject": "salt"}],
            "dates": [{"date": "2024", "dateType": "Issued"}, {"date": "2024-03-15", "dateType": "Available"}],
            "language": "eng",
            "types": {"resourceTypeGeneral": "Dataset"},
            "rightsList": [{"rights": "Open", "rightsIdentifier": "cc-by-4.0"}],
            "descriptions": [{"description": "<p>One.</p>", "descriptionType": "Abstract"}],
            "url": "https://data.example.org/2",
            "citationCount": 3,
        },
    }
}


def test_datacite() -> None:
    text = json.dumps(DATACITE)
    found = find_importer("x.json", text.encode())
    assert found
    assert found.name == "datacite"
    (record,), faults = read_records("datacite", text)
    assert not faults
    assert names(record) == ["Ada Kern", "Salt, Flat and Lake Group"]
    assert (record.authors[0].orcid, record.authors[0].affiliation) == ("0000-0002-1825-0097", "Flat University")
    assert (record.title, record.other_titles, record.kind) == ("Salt data", ("Sels",), "dataset")
    assert (show(record, "date"), record.language, record.license) == ("2024-03-15", "en", "cc-by-4.0")
    assert (record.publisher, record.abstract, record.tags) == ("Flat Repository", "One.", ("salt",))
    preprint = json.dumps(DATACITE).replace("10.5555/zenodo.2", "10.48550/arxiv.2510.00128")
    (record,), _ = read_records("datacite", preprint)
    assert (record.arxiv, record.doi, record.kind) == ("2510.00128", "", "preprint")


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        # EndNote: keywords in lines, a name of a group with a comma at its end, a page range in SP.
        (
            "ris",
            "TY  - JOUR\nAU  - Salt Flat Working Group,\nTI  - T\nKW  - salt\nsea salt\nSP  - 1-2\nID  - 12\nER  - \n",
            {"authors": ["Salt Flat Working Group"], "tags": ("salt", "sea-salt"), "pages": "1–2", "bibkey": ""},
        ),
        # Scopus: one tag AB twice with the same text, authors with semicolons.
        (
            "ris",
            "TY  - CONF\nTI  - T\nAU  - Kern, A.; Lund, B.\nAB  - Text.\nAB  - Text.\nC3  - Proc. Salt\nER  -\n",
            {"authors": ["A. Kern", "B. Lund"], "abstract": "Text.", "booktitle": "Proc. Salt"},
        ),
        # Without spaces after names, a year with slashes, addresses in one value, an address of a DOI.
        (
            "ris",
            "TY  - JOUR\nAU  - Kern,Ada E.\nPY  - 1948/07//\nTI  - T\nUR  - https://a.example/x;y; https://b.example/p.pdf\n"
            "UR  - https://doi.org/10.5555/1\nER  - \n",
            {"authors": ["Ada E. Kern"], "date": "1948-07", "doi": "10.5555/1"},
        ),
        # A book, its series, and an ISBN among ISSNs; day and year in two tags.
        (
            "ris",
            "TY  - BOOK\nBT  - A Book\nT2  - Salt Series\nSN  - 1234-5678\n978-0-306-40615-7\nPY  - 2004\nDA  - JUN 8\n"
            "ER  - \n",
            {"title": "A Book", "series": "Salt Series", "isbn": "978-0-306-40615-7", "date": "2004-06-08"},
        ),
        (
            "ris",
            "TY  - JOUR\nTI  - RETRACTED: Salt <i>in</i> H<sub>2</sub>O &amp; x <y> z\nPY  - 2021\nDA  - 2020/12/15\nER  - \n",
            {"title": "Salt *in* H₂O & x \\<y> z", "retracted": "This paper was retracted.", "venue_year": "2021"},
        ),
        # IEEE Xplore: days of the meeting beside the year, empty tags, one name thrice.
        (
            "ris",
            "TY  - CONF\nTI  - T\nT2  - 2020 IEEE Salt Conf\nJO  - 2020 IEEE Salt Conf\nJA  - 2020 IEEE Salt Conf\nIS  - \n"
            "PY  - 2020\nY1  - 24-29 May 2020\nSP  - 1\nEP  - 6\nDO  - 10.5555/ieee\nER  - \n",
            {"booktitle": "2020 IEEE Salt Conf", "date": "2020-05", "pages": "1–6", "issue": "", "extra": {}},
        ),
        # EndNote's books: an edited one, a series editor beside the editor, a number of pages.
        (
            "ris",
            "TY  - EDBOOK\nTI  - T\nAU  - Kern, Ada\nA2  - Series, Sue\nSP  - 320\nKW  - a, b, c\nd; e\nER  - \n",
            {"authors": [], "editors": (Author("Ada Kern"),), "pages": "", "tags": ("a", "b", "c", "d", "e")},
        ),
        (
            "ris",
            "TY  - BOOK\nTI  - T\nAU  - Kern, Ada\nA2  - Series, Sue\nA3  - Lund, Bo\nER  - \n",
            {"authors": ["Ada Kern"], "editors": (Author("Bo Lund"),), "extra": {"A2": "Series, Sue"}},
        ),
        # Medline: an article's number, a day, names without full forms.
        (
            "nbib",
            "PMID- 1\nTI  - On fleas.\nPG  - e22178\nDP  - 2023 Apr 25\nAU  - van der Meer AM\nAU  - King RB Jr\nOT  - Amber\n"
            "PT  - Retracted Publication\nLID - 10.5555/x [doi]\n\nPMID- 2\nTI  - Second.\n",
            {
                "title": "On fleas",
                "pages": "e22178",
                "date": "2023-04-25",
                "authors": ["A. M. van der Meer", "R. B. King, Jr."],
                "tags": ("amber",),
                "retracted": "This paper was retracted.",
            },
        ),
        (
            "wos",
            "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Kern, A\n   Lund, B\nAF Kern, Ada\n   Lund, Bo\nCA Salt Group\n"
            "TI Salt and\n   brine\nSO JOURNAL OF SALT\nLA English\nDT Article\nDE salt; sea\n   salt\nOI Kern, Ada/0000-0002-1825-0097\n"
            "PD JUN 8\nPY 2004\nVL 43\nBP 7\nEP 16\nDI 10.5555/w\nCR OLD P, 1986, V1\nER\n\nEF\n",
            {
                "title": "Salt and brine",
                "authors": ["Ada Kern", "Bo Lund", "Salt Group"],
                "tags": ("salt", "sea-salt"),
                "date": "2004-06-08",
                "pages": "7–16",
                "language": "en",
            },
        ),
        (
            "wos",
            "PT\tAU\tAF\tTI\tSO\tID\tPY\tBP\tEP\tCR\tUT\n"
            'J\tKern, A; Lund, B\tKern, Ada; Lund, Bo\t"Salt" and brine\tJOURNAL\tDERIVED\t2004\t7\t16\tOLD P\tWOS:1\n',
            {"title": "Salt and brine", "authors": ["Ada Kern", "Bo Lund"], "pages": "7–16", "extra": {"UT": "WOS:1"}},
        ),
        (
            "endnote",
            "%0 Conference Proceedings\n%T Salt\n%A Kern, Ada\n%A Lund, Bo\n%B Salt Symposium\n%P 12-9\n%D 2019\n%K salt\nbrine\n"
            "%@ 123456789X\n%F kern2019salt\n",
            {
                "kind": "inproceedings",
                "authors": ["Ada Kern", "Bo Lund"],
                "booktitle": "Salt Symposium",
                "tags": ("salt", "brine"),
                "bibkey": "kern2019salt",
            },
        ),
        # Crossref's and Mendeley's CSL: lists of titles, an affiliation, a range of days, a name in one piece.
        (
            "csl",
            '[{"type": "journal-article", "title": ["<jats:p>T</jats:p>"], "container-title": ["J"], "author": [{"family": '
            '"Kern", "given": "Ada", "ORCID": "http://orcid.org/0000-0002-1825-0097"}, {"name": "Salt Group"}],'
            '"issued": {"date-parts": [[2020, 1, 5], [2020, 1, 9]]}, "keyword": "a, b"}]',
            {"kind": "article", "title": "T", "venue": "J", "authors": ["Ada Kern", "Salt Group"], "date": "2020-01"},
        ),
    ],
)
def test_shapes_of_producers(name: str, text: str, fields: dict[str, Any]) -> None:
    found = find_importer("x.txt" if name != "csl" else "x.json", text.encode())
    assert found
    assert found.name == name
    records, _ = read_records(name, text)
    for field, value in fields.items():
        assert show(records[0], field) == value, field


def test_losses_are_reported() -> None:
    text = "TY  - JOUR\nTI  - T\nN1  - a private note\nXX  - ?\nL1  - file:///C:/paper.pdf\nER  - \n"
    (record,), faults = read_records("ris", text)
    assert record.extra == {"XX": "?"}
    assert {fault.field for fault in faults} == {"N1", "links"}
    assert not record.links


def test_large_files_are_split_at_entries() -> None:
    text = "".join(f"TY  - JOUR\r\nTI  - Title {number}\r\nER  - \r\n\r\n" for number in range(200))
    importer = find_importer("x.ris", text.encode())
    assert importer
    records, faults = read_records("ris", text)
    assert [record.title for record in records] == [f"Title {number}" for number in range(200)]
    assert [record.origin.line for record in records] == list(range(1, 800, 4))
    assert not faults


TAGGED = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "TY  - JOUR",
                "ER  - ",
                "TI  - T",
                "AU  - ,",
                "DA  - ///",
                "PMID- 1",
                "PT J",
                "ER",
                "%0 Book",
                "%T T",
                "",
                "  x",
            ]
        ),
        st.tuples(
            st.sampled_from(
                "TI AU A2 PY DA KW SP EP UR DO SN N1 ID AF OI BP PG DP LA FAU AUID LID %A %D %K %@".split()
            ),
            st.sampled_from(["  - ", "- ", " "]),
            st.text(max_size=40),
        ).map("".join),
        st.text(max_size=40),
    ),
    max_size=30,
).map("\n".join)


@pytest.mark.parametrize("name", ["ris", "nbib", "wos", "endnote", "refworks"])
@given(text=TAGGED)
@example(text="TY  - JOUR\n" + "continued\n" * 50_000)
@example(text="TY  - JOUR\nTI  - T\nUR  - a" + " " * 100_000 + "b\nN1  - a" + " " * 100_000 + "b\n")
@example(text="PMID- 1\nTI  - T\nFAU - a," + " " * 100_000 + ",\n")
def test_any_tagged_text_ends_in_records_or_faults(name: str, text: str) -> None:
    records, faults = read_records(name, text.encode("utf-8", "replace"))
    assert all(fault.message and fault.line for fault in faults)
    assert all(record.title for record in records)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id type title author editor issued date-parts family given literal note keyword URL DOI page event data items "
                "itemType creators tags extra attributes titles types descriptions dates publisher container value authors".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("name", ["csl", "zotero", "datacite", "conference"])
@given(value=JSON, cut=st.integers(0, 40))
def test_any_json_ends_in_records_or_faults(name: str, value: Any, cut: int) -> None:
    text = json.dumps([value, {"title": "A title", "type": "article"}])
    records, faults = read_records(name, text[: len(text) - cut])
    assert records or faults
    assert all(fault.message for fault in faults)


NAMES = "ris nbib wos endnote csl zotero zotero-rdf zotero-csv cff datacite conference csv".split()


CELLS = st.text(st.sampled_from("ab ,;|\"'\n\r\t=é\x00"), max_size=60)


@pytest.mark.parametrize("name", ["csv", "zotero-csv"])
@given(head=st.sampled_from(["title,authors,year", "Key;Item Type;Title", "Title\tYear"]), text=CELLS)
def test_any_table_ends_in_records_or_faults(name: str, head: str, text: str) -> None:
    records, faults = read_records(name, f"{head}\n{text}")
    assert all(record.title for record in records)
    assert all(fault.message and fault.line for fault in faults)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=200))
@example(
    data=b'[{"itemType": "book", "type": "book", "title": "T", "titles": [], "note": "a' + b" " * 100_000 + b'b"}]'
)
@example(data=b"title,authors,url,pages,arxiv\nT," + b"," * 100_000 + b"\n")
@example(
    data=b"title,authors,url,pages,arxiv\nT,A,"
    + b'";;;' * 30_000
    + b'",'
    + b"1" * 50_000
    + b","
    + b"a" * 50_000
    + b"\n"
)
@example(data=b"title,authors,year\nT,a" + b" " * 100_000 + b"b,2020\n")
@example(data=b"[" * 100_000)
@example(data=b'[{"title": ' + b"9" * 5_000 + b"}]")
@example(data=b"<html><body>502 Bad Gateway</body></html>")
@example(data=b"\xff\xfeT\x00Y\x00")
def test_any_bytes_end_in_records_or_faults(name: str, data: bytes) -> None:
    _, faults = read_records(name, data)
    assert all(fault.message for fault in faults)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("crossref", '{"DOI": "10.5/x", "type": "book", "title": ["T"], "author": [{"given": "Li", "family": "Na"}, '
         '{"given": "Null", "family": "Kern"}]}'),
        ("csl", '[{"type": "book", "title": "T", "author": [{"given": "Li", "family": "Na"}, '
         '{"given": "Null", "family": "Kern"}]}]'),
        ("zotero", '[{"itemType": "book", "title": "T", "creators": [{"creatorType": "author", "firstName": "Li", '
         '"lastName": "Na"}, {"creatorType": "author", "firstName": "Null", "lastName": "Kern"}]}]'),
        ("datacite", '{"titles": [{"title": "T"}], "publicationYear": 2020, "creators": [{"givenName": "Li", '
         '"familyName": "Na", "name": "Na, Li"}, {"givenName": "Null", "familyName": "Kern", "name": "Kern, Null"}]}'),
        ("cff", "cff-version: 1.2.0\ntitle: T\nauthors:\n- {given-names: Li, family-names: Na}\n"
         "- {given-names: 'Null', family-names: Kern}\n"),
        ("jsonl", '{"title": "T", "authors": [{"given": "Li", "family": "Na"}, {"given": "Null", "family": "Kern"}]}'),
        ("jsonl", '{"title": "T", "authors": "Na, Li and Kern, Null"}'),
        ("csv", "title,authors,venue\nT,Li Na; Null Kern,N/A\n"),
        ("ris", "TY  - JOUR\nTI  - T\nAU  - Na, Li\nAU  - Kern, Null\nER  - \n"),
        ("bibtex", "@misc{a, title={T}, author={Na, Li and Kern, Null}}"),
    ],
)  # fmt: skip
def test_people_are_called_na_and_null(name: str, data: str) -> None:
    records, _ = read_records(name, data, "a")
    assert [(names(record), record.venue) for record in records] == [(["Li Na", "Null Kern"], "")]


def test_a_person_of_two_missing_parts_is_nobody() -> None:
    records, faults = read_records(
        "csl", '[{"type": "book", "title": "T", "author": [{"given": "nan", "family": "nan"}]}]', "a"
    )
    assert [names(record) for record in records] == [[]]
    assert "is no name; left out" in faults[0].message


def test_columns_of_german_and_spanish_tables_and_what_scopus_has_not() -> None:
    german = "Titel;Autoren;Jahr;Zeitschrift;Heft;Seiten;Schlagw\u00f6rter\nSalz;M\u00fcller, J\u00f6rg; Ka\u00df, Anna;2019;ZfS;2;1-5;Salz, Wasser\n"
    records, _ = read_records(
        "csv",
        german.replace("M\u00fcller, J\u00f6rg; Ka\u00df, Anna", '"M\u00fcller, J\u00f6rg; Ka\u00df, Anna"'),
        "a.csv",
    )
    assert (names(records[0]), records[0].tags, records[0].issue, records[0].pages) == (
        ["J\u00f6rg M\u00fcller", "Anna Ka\u00df"], ("salz", "wasser"), "2", "1\u20135",
    )  # fmt: skip
    scopus = "Authors,Title,Year,Abstract,Document Type\n[No author name available],Editorial,2020,[No abstract available],Editorial\n"
    records, _ = read_records("csv", scopus, "a.csv")
    assert (records[0].authors, records[0].abstract, records[0].kind, dict(records[0].extra)) == ((), "", "article", {})


def test_major_headings_of_pubmed_whose_qualifier_has_the_star() -> None:
    text = "PMID- 1\nTI  - [On salt].\nTT  - Sobre la sal.\nMH  - Aged\nMH  - COVID-19/*drug therapy\nMH  - *Salt\n"
    records, _ = read_records("nbib", text, "a.nbib")
    assert (records[0].tags, records[0].other_titles) == (("covid-19", "salt"), ("Sobre la sal",))


def test_a_paper_of_a_conference_in_a_series_of_web_of_science() -> None:
    text = "FN Clarivate\nVR 1.0\nPT S\nAU Lee, K\nTI Deep\nSO ADVANCES\nCT 5th Conference\nPY 2019\nER\n\nEF\n"
    records, _ = read_records("wos", text, "a.txt")
    assert (records[0].kind, records[0].venue, records[0].booktitle) == ("inproceedings", "5th Conference", "ADVANCES")


def test_notes_in_a_table_of_zotero_are_left_out_with_a_warning() -> None:
    text = '"Key","Item Type","Title","Notes"\n"A","book","T","<p>mine</p>"\n"B","book","U",""\n'
    records, faults = read_records("zotero-csv", text, "a.csv")
    assert [record.title for record in records] == ["T", "U"]
    assert [(fault.line, fault.field) for fault in faults] == [(2, "Notes")]
    assert "mine" not in repr(records)


PANDOC = r"""---
references:
- id: kern2020salt
  type: article-journal
  author:
  - {family: Kern, given: Ada}
  - family: Berg
    given: [J., F.]
    non-dropping-particle: van der
  - literal: Salt Working Group
  issued:
  - year: 2020
    month: 5
    day: 3
  title: 'Growth of *Halobacterium* in H~2~O and 10^-3^ m: a
    [GPT]{.nocase} study of $x_1^2$ & \*stars\*'
  container-title: Journal of *Salt*
  volume: 12
  page: 101-10
  DOI: 10.5555/JS.2020.12
  keyword: [salt, halophiles]
  note: |
    arXiv: 2005.00001 [q-bio.PE]
    PMID: 30000003
    Of the second series.
  custom: kept
- id: ott
  type: paper-conference
  author: {family: Ott, given: Bo}
  issued: 2021-06/2021-07
  title: "<span class=\"nocase\">iPhone</span> & the <i>reef</i>"
  container-title: Proceedings of the Second Reef Symposium
  url: https://example.org/reef.pdf
- {id: old, type: thesis, author: "Marsh, Cy", issued: {date-parts: [[1999, 11]]}, title: On marshes}
- id: y
  type: book
  editor: Ada B. Kern
  issued: 2020
  title: 2020: a year
- {id: none, type: report, issued: {raw: '2018-02'}, title: }
...
"""


def test_references_of_pandoc_in_yaml() -> None:
    importer = find_importer("references.yaml", PANDOC.encode())
    assert importer
    records, faults = read_records(importer.name, PANDOC.encode(), "references.yaml")
    assert importer.name == "csl-yaml"
    salt, ott, old, year = records
    assert salt.title == r"Growth of *Halobacterium* in H₂O and 10⁻³ m: a GPT study of $x_1^2$ & \*stars\*"
    assert names(salt) == ["Ada Kern", "J. F. van der Berg", "Salt Working Group"]
    assert (show(salt, "date"), salt.venue, salt.pages, salt.kind) == (
        "2020-05-03",
        "Journal of Salt",
        "101–110",
        "article",
    )
    assert (salt.arxiv, salt.category, salt.pmid, salt.doi) == (
        "2005.00001",
        "q-bio.PE",
        "30000003",
        "10.5555/JS.2020.12",
    )
    assert (salt.tags, salt.extra) == (("salt", "halophiles"), {"custom": "kept", "note": "Of the second series."})
    assert (ott.title, names(ott), show(ott, "date")) == ("iPhone & the *reef*", ["Bo Ott"], "2021-06")
    assert (ott.booktitle, ott.find_link("pdf")) == (
        "Proceedings of the Second Reef Symposium", "https://example.org/reef.pdf",
    )  # fmt: skip
    assert (names(old), show(old, "date"), old.kind) == (["Cy Marsh"], "1999-11", "thesis")
    assert ([one.name for one in year.editors], show(year, "date"), year.title) == (
        ["Ada B. Kern"],
        "2020",
        "2020: a year",
    )
    # A colon that YAML wants in quotes, and the reference without a title, each with its line.
    assert [(fault.line, fault.warning) for fault in faults] == [(39, True), (40, True)]


def test_a_list_of_references_needs_no_key_and_records_of_ours_are_no_references() -> None:
    bare = "- id: a\n  type: webpage\n  issued: 2020~\n  title: A\n  author: [{literal: The Club}]\n"
    for text in (bare, f"---\n{bare}", "references:\n" + bare.replace("\n  ", "\n    ").replace("- id", "  - id")):
        importer = find_importer("a.yml", text.encode())
        assert importer
        assert importer.name == "csl-yaml"
        (record,), faults = read_records("csl-yaml", text.encode(), "a.yml")
        assert (names(record), show(record, "date"), faults) == (["The Club"], "2020", [])
    for text in ("title: A\nkind: article\n", "- {id: a, title: A, type: article}\n", "references: [a]\ntitle: A\n"):
        importer = find_importer("a.yml", text.encode())
        assert importer
        assert importer.name == "yaml"
    for text in ("references:\n- type: book\n  issued: [\n", "references: &a [*a]\n"):
        records, faults = read_records("csl-yaml", text.encode(), "a.yml")
        assert not records
        assert all(fault.warning for fault in faults)


def style(text: str, form: str = "normal") -> str:
    return f'<style face="{form}" font="default" size="100%">{text}</style>'


ENDNOTE = f"""<?xml version="1.0" encoding="UTF-8" ?><xml><records>
<record><database name="My.enl">My.enl</database><rec-number>12</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{style("Kern, Ada")}</author><author>{style("van der Berg, Jan")}</author>
<author>{style("Salt Working Group,")}</author></authors></contributors><auth-address>{style("House of Salt")}</auth-address>
<titles><title>{style("Growth of ")}{style("Halobacterium", "italic")}{style(" in H")}{style("2", "subscript")}{style("O &amp; &lt;5 others")}</title>
<secondary-title>{style("Journal of Salt")}</secondary-title></titles><periodical><full-title>{style("Journal of Salt")}</full-title>
<abbr-1>J Salt</abbr-1></periodical><pages>{style("101-10")}</pages><volume>{style("12")}</volume><number>3</number>
<keywords><keyword>{style("halophiles")}</keyword><keyword>salt&#xD;brine</keyword></keywords>
<dates><year>2020</year><pub-dates><date>{style("May 3")}</date></pub-dates></dates><isbn>1234-5678</isbn>
<accession-num>32345678</accession-num><abstract>{style("First.&#xD;Second &lt;i&gt;one&lt;/i&gt;.")}</abstract>
<urls><related-urls><url>https://example.org/salt</url></related-urls><pdf-urls><url>internal-pdf://0/a.pdf</url></pdf-urls></urls>
<electronic-resource-num>10.5555/js.2020.12</electronic-resource-num><remote-database-provider>NLM</remote-database-provider>
<language>eng</language></record>
<record><rec-number>13</rec-number><ref-type name="Book Section">5</ref-type><contributors><authors><author>Lund, Bo</author></authors>
<secondary-authors><author>Ott, Cy</author></secondary-authors></contributors><titles><title>RETRACTED: On reefs</title>
<secondary-title>Handbook of Reefs</secondary-title><tertiary-title>Reef Series</tertiary-title></titles><pages>20-41</pages>
<dates><year>2015</year></dates><pub-location>London</pub-location><publisher>Reef House</publisher><isbn>978-0-306-40615-7</isbn></record>
<record><ref-type name="Thesis">32</ref-type><contributors><authors><author>Pim, Di</author></authors></contributors>
<titles><title>On sea</title><secondary-title>Department of Salt</secondary-title></titles><volume>PhD</volume>
<publisher>University of Oslo</publisher></record><record><titles><title></title></titles></record></records></xml>
"""


def test_the_library_of_endnote_in_xml() -> None:
    importer = find_importer("My.xml", ENDNOTE.encode())
    assert importer
    assert importer.name == "endnote-xml"
    (salt, reefs, sea), faults = read_records("endnote-xml", ENDNOTE.encode(), "My.xml")
    assert salt.title == "Growth of *Halobacterium* in H₂O & <5 others"
    assert names(salt) == ["Ada Kern", "Jan van der Berg", "Salt Working Group"]
    assert (show(salt, "date"), salt.venue, salt.volume, salt.issue, salt.pages) == (
        "2020-05-03", "Journal of Salt", "12", "3", "101–110",
    )  # fmt: skip
    assert (salt.doi, salt.pmid, salt.language, salt.tags) == (
        "10.5555/js.2020.12", "32345678", "en", ("halophiles", "salt", "brine"),
    )  # fmt: skip
    assert (salt.abstract, salt.extra) == ("First.\n\nSecond *one*.", {"issn": "1234-5678"})
    assert [(link.kind, link.url) for link in salt.links] == [("url", "https://example.org/salt")]
    assert (reefs.title, reefs.retracted, reefs.kind, reefs.booktitle) == (
        "On reefs", "This paper was retracted.", "chapter", "Handbook of Reefs",
    )  # fmt: skip
    assert (reefs.series, reefs.address, reefs.publisher, [one.name for one in reefs.editors]) == (
        "Reef Series", "London", "Reef House", ["Cy Ott"],
    )  # fmt: skip
    assert (sea.kind, sea.volume, sea.venue, sea.publisher) == ("thesis", "", "", "University of Oslo")
    assert sea.extra == {"degree": "PhD", "department": "Department of Salt"}
    # The record without a title, and a value that is lost.
    assert [(fault.line, fault.field) for fault in faults] == [(20, "title"), (2, "auth-address")]


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Salt | Journal of Salt</title>
<META NAME="citation_title" CONTENT="Salt &amp; crusts: a study of <i>Artemia</i>">
<meta name="citation_author" content="Ada Kern"><meta name="citation_author_institution" content="House of Salt, Oslo">
<meta name="citation_author_orcid" content="https://orcid.org/0000-0002-1825-0097">
<meta content="van der Berg, Jan" name="citation_author"><meta name="citation_author_email" content="jan@example.org">
<meta name="citation_journal_title" content="Journal of Salt"><meta name="citation_publication_date" content="2021/05/03">
<meta name="citation_volume" content="12"><meta name="citation_issue" content="3">
<meta name="citation_firstpage" content="101"><meta name="citation_lastpage" content="110">
<meta name="citation_doi" content="doi:10.5555/js.2021.12"><meta name="citation_issn" content="1234-5678">
<meta name="citation_pdf_url" content="https://example.org/js/12.pdf">
<meta name="citation_abstract_html_url" content="https://example.org/js/12">
<meta name="citation_keywords" content="salt, brine"><meta name="citation_reference" content="citation_title=Old;citation_author=X">
<meta name="description" content="Read it here!"><meta name="DC.Description" content="We study p &lt; 5.">
</head><body><h1>Salt</h1></body></html>
"""


def test_the_page_of_a_paper_that_was_saved() -> None:
    importer = find_importer("12.html", PAGE.encode())
    assert importer
    assert importer.name == "page-tags"
    (record,), faults = read_records("page-tags", PAGE.encode(), "12.html")
    assert not faults
    assert record.title == "Salt & crusts: a study of *Artemia*"
    assert record.authors == (
        Author("Ada Kern", orcid="0000-0002-1825-0097", affiliation="House of Salt, Oslo"), Author("Jan van der Berg"),
    )  # fmt: skip
    assert (show(record, "date"), record.kind, record.venue, record.volume, record.issue, record.pages) == (
        "2021-05-03", "article", "Journal of Salt", "12", "3", "101–110",
    )  # fmt: skip
    assert (record.doi, record.abstract, record.tags) == ("10.5555/js.2021.12", "We study p < 5.", ("salt", "brine"))
    assert [(link.kind, link.url) for link in record.links] == [
        ("pdf", "https://example.org/js/12.pdf"), ("url", "https://example.org/js/12"),
    ]  # fmt: skip
    # Several authors in one tag, a conference, a thesis.
    for tag, field, value in (
        ("conference_title", "booktitle", "Salt 2021"), ("dissertation_institution", "publisher", "Oslo University"),
    ):  # fmt: skip
        text = f'<meta name="citation_title" content="T"><meta name="citation_{tag}" content="{value}">'
        text += '<meta name="citation_authors" content="Kern, Ada; Ott, Cy">'
        (record,), _ = read_records("page-tags", text.encode(), "a.html")
        assert (getattr(record, field), names(record)) == (value, ["Ada Kern", "Cy Ott"])
    # Any other page is no paper, and the error says so.
    assert not find_importer("a.html", b"<!DOCTYPE html><html><title>Log in</title></html>")


REFWORKS = """RT Journal Article
SR Electronic(1)
ID 12
A1 Kern,Ada B.
A1 Lund,Bo,Jr.
A1 Salt Research Group,
T1 Salt and pepper: a study of <i>Artemia</i>
JF Journal of Salt Flats
JO J. Salt Fl.
YR 2020
FD March 5, 2020
VO 12
IS 3
SP 101
OP 10
K1 salt
K1 pepper; brine
AB The first line
IN capitals, and the second.
SN 1234-5679
DO 10.5555/jsf.12.3
UL https://example.org/salt
PP Berlin
LA English
RD Nov 26 2026
NO of the reader
U3 odd
ER

RT Book, Section
A1 Angrist, S. S.
T1 The class of 1968
A2 Hulbert,K. D.
T2 Women's lives
T3 Social series
YR 1993
SP 282
OP 300
SN 0-306-40615-2
RT Dissertation/Thesis
T1 On salt
YR 2019/06/
SP 200
"""


def test_refworks() -> None:
    (article, chapter, thesis), faults = read_records("", REFWORKS, "export.txt")
    assert article.title == "Salt and pepper: a study of *Artemia*"
    assert [one.name for one in article.authors] == ["Ada B. Kern", "Bo Lund, Jr.", "Salt Research Group"]
    assert article.date
    assert (article.venue, article.date.iso, article.volume, article.issue) == (
        "Journal of Salt Flats",
        "2020-03-05",
        "12",
        "3",
    )
    assert (article.pages, article.doi, article.language, article.address) == (
        "101–110",
        "10.5555/jsf.12.3",
        "en",
        "Berlin",
    )
    assert article.tags == ("salt", "pepper", "brine")
    assert article.abstract == "The first line IN capitals, and the second."
    assert article.extra == {"issn": "1234-5679", "U3": "odd"}
    assert [(one.kind, one.url) for one in article.links] == [("url", "https://example.org/salt")]
    assert (chapter.kind, chapter.booktitle, chapter.series) == ("chapter", "Women's lives", "Social series")
    assert ([one.name for one in chapter.editors], chapter.pages, chapter.isbn) == (
        ["K. D. Hulbert"],
        "282–300",
        "0-306-40615-2",
    )
    assert thesis.date
    assert (thesis.kind, thesis.date.iso, thesis.pages) == ("thesis", "2019-06", "")
    assert [fault.field for fault in faults] == ["NO"]


def test_ris_of_scopus_and_of_preprints() -> None:
    text = """TY  - JOUR
TI  - Salt
C2  - 31234567
DB  - Scopus
AD  - Salt Institute
ER  -
TY  - CONF
TI  - Nets
C3  - Proc. Salt Conf.
J2  - Proc. Salt Conf.
ER  -
TY  - PREPRINT
TI  - Early
T2  - bioRxiv
ER  -
"""
    (article, paper, preprint), (fault,) = read_records("ris", text, "scopus.ris")
    assert (article.pmid, article.extra) == ("31234567", {})
    assert (paper.booktitle, paper.venue) == ("Proc. Salt Conf.", "")
    assert (preprint.kind, preprint.venue) == ("preprint", "bioRxiv")
    assert (fault.field, fault.line) == ("AD", 1)
    assert fault.message.startswith("'AD (addresses of authors)' is no field")


def test_pages_of_web_of_science_that_go_on() -> None:
    (record,), _ = read_records("wos", "FN X\nVR 1.0\nPT J\nTI Salt\nBP 1\nEP +\nER\nEF\n", "a.txt")
    assert record.pages == "1"


def test_a_subtitle_of_datacite_is_part_of_the_title() -> None:
    titles = [
        {"title": "Salt"},
        {"title": "A tale", "titleType": "Subtitle"},
        {"title": "Sel", "titleType": "TranslatedTitle"},
    ]
    row = {"doi": "10.5555/salt", "titles": titles, "creators": [{"name": "Kern, Ada"}], "publicationYear": 2020}
    (record,), _ = read_records("datacite", json.dumps(row), "a.json")
    assert (record.title, record.other_titles) == ("Salt: A tale", ("Sel",))
