"""Answers of services: the values of the cases, and files in the shape of each service's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperbound.importers import IMPORTERS
from paperbound.importers.fields import report_unknown
from paperbound.importers.files.opening import open_source
from paperbound.importers.importer import ReadContext
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from paperbound.model.record import Record, Signal
from surroundings import read_records

CASES = Path(__file__).parent / "cases"


def read(file: str, data: str | bytes, name: str = "") -> tuple[list[Record], list[Fault]]:
    """The records and faults of a file, whose format its bytes show, and must be of that name."""
    data = data.encode() if isinstance(data, str) else data
    faults: list[Fault] = []
    opened = open_source(Source(file, data), faults.append)
    assert opened
    importer, source = opened
    assert not name or importer.name == name
    context = ReadContext(faults.append)
    records = [one for part in importer.reader.split(source) for one in importer.reader.read(part, context)]
    report_unknown(file, context.unknown, faults.append)
    assert all(fault.warning for fault in faults), faults
    return records, faults


def read_case(path: str, name: str) -> tuple[list[Record], list[Fault]]:
    return read(path, (CASES / path).read_bytes(), name)


def reported(faults: list[Fault], words: str) -> list[int]:
    """The lines of the faults with these words."""
    return [fault.line for fault in faults if words in f"{fault.field}: {fault.message}"]


def names(record: Record) -> list[str]:
    return [author.name for author in record.authors]


def links(record: Record) -> dict[str, str]:
    return {link.kind: link.url for link in record.links}


def test_arxiv_case() -> None:
    (first, second), faults = read_case("arxiv/query.atom", "arxiv")
    expected = json.loads((CASES / "arxiv/expected.json").read_text("utf-8"))["query.atom"][0]
    assert first.title == expected["title"]
    assert (first.id, first.arxiv, first.doi, first.category) == (
        "2106.00001",
        "2106.00001v3",
        "10.5555/jsf.7.1",
        "stat.AP",
    )
    assert names(first) == expected["authors"]
    assert first.authors[0].affiliation == expected["affiliation_of_first"]
    assert first.date
    assert first.date.iso == expected["date"]
    assert links(first) == expected["links"]
    assert (first.venue, first.note.endswith("J. Salt Fl. 7 (2021) 1-20")) == ("", True)
    assert first.abstract == "We study salt. On two lines, at 5% level, with $p<0.05$."
    assert (second.arxiv, second.retracted) == ("hep-th/9901001v1", "This paper was withdrawn.")
    assert reported(faults, "incorrect id format for x") == [18]


@pytest.mark.parametrize(
    ("summary", "abstract"),
    [
        ("  We ask\nhow.\n  We answer\nso.\n\nThe end.\n", "We ask how.\n\nWe answer so.\n\nThe end."),
        ("\n      We ask\n      how.\n    ", "We ask how."),
        ("\n    We ask\n    how.\n      We answer\n    so.\n", "We ask how.\n\nWe answer so."),
        ("arXiv:2610.00001v1 Announce Type: new \nAbstract: We ask\nhow.\n  We answer.", "We ask how.\n\nWe answer."),
        ("We ask $a\n+ b$ so\n (as one space says)\n- and this.", "We ask $a + b$ so (as one space says) - and this."),
        ("  \n", ""),
    ],
)
def test_paragraphs_of_arxiv_stay(summary: str, abstract: str) -> None:
    entry = f"<entry><id>http://arxiv.org/abs/2610.00001v1</id><title>T</title><summary>{summary}</summary></entry>"
    (record,), faults = read("a.atom", f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>', "arxiv")
    assert record.abstract == abstract
    assert not faults


def test_arxiv_daily_feed_names_authors_in_one_element() -> None:
    text = """<?xml version='1.0'?><a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <a:entry><a:id>oai:arXiv.org:2610.00001v1</a:id><a:title>Flats</a:title>
    <a:summary>arXiv:2610.00001v1 Announce Type: new
Abstract: We say $x &lt; y$.</a:summary><dc:creator>Ada Kern, Bo Lund</dc:creator></a:entry></a:feed>"""
    (record,), faults = read("daily.xml", text, "arxiv")
    assert not faults
    assert (names(record), record.abstract) == (["Ada Kern", "Bo Lund"], "We say $x < y$.")


DAILY = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link><language>en-us</language>
<pubDate>Mon, 14 Sep 2026 00:00:00 -0400</pubDate><skipDays><day>Sunday</day></skipDays>
<item><title>Salt &amp;amp; flats: $O(n^2)$ for Erd\\H{o}s graphs</title><link>https://arxiv.org/abs/2609.10001</link>
<description>arXiv:2609.10001v1 Announce Type: new \nAbstract: Salt at $p &lt; 0.05$ of \\emph{flats}.
  A second paragraph.</description><guid isPermaLink="false">oai:arXiv.org:2609.10001v1</guid>
<category>cs.CL</category><category>cs.AI</category><pubDate>Mon, 14 Sep 2026 00:00:00 -0400</pubDate>
<arxiv:announce_type>new</arxiv:announce_type><arxiv:DOI>10.5555/37958.1</arxiv:DOI>
<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
<dc:creator>Ada Kern (1), Bo Lund (Reef, Inc.), Jos\\'e P\\'oczos ((1) House of Salt, (2) Reef)</dc:creator></item>
<item><title>Old marsh</title><link>https://arxiv.org/abs/hep-th/9901001</link>
<description>arXiv:hep-th/9901001v3 Announce Type: replace-cross \nAbstract: Marshes.</description>
<guid isPermaLink="false">oai:arXiv.org:hep-th/9901001v3</guid><category>hep-th</category>
<pubDate>Mon, 14 Sep 2026 00:00:00 -0400</pubDate><arxiv:announce_type>replace-cross</arxiv:announce_type>
<arxiv:journal_reference>Marsh Lett. 3 (1999) 12</arxiv:journal_reference><dc:creator>Cy Marsh</dc:creator></item>
<item><title>Of another house</title><link>https://example.org/a</link><description>Text.</description></item>
</channel></rss>
"""


def test_arxiv_daily_feed_of_rss() -> None:
    (new, old), faults = read("download", DAILY, "arxiv")
    assert reported(faults, "'https://example.org/a' is no entry of arXiv") == [19]
    assert len(faults) == 1
    assert (new.id, new.arxiv, new.doi, new.category) == ("2609.10001", "2609.10001v1", "10.5555/37958.1", "cs.CL")
    assert new.title == "Salt & flats: $O(n^2)$ for Erdős graphs"
    assert new.abstract == "Salt at $p < 0.05$ of *flats*.\n\nA second paragraph."
    assert [(one.name, one.affiliation) for one in new.authors] == [
        ("Ada Kern", ""),
        ("Bo Lund", "Reef, Inc."),
        ("José Póczos", ""),
    ]
    assert new.date
    assert (new.date.iso, new.license) == ("2026-09-14", "http://creativecommons.org/licenses/by/4.0/")
    # The feed's day is that of the new version; the number has the month of the first.
    assert old.date
    assert (old.date.iso, old.arxiv, old.note) == ("1999-01", "hep-th/9901001v3", "Marsh Lett. 3 (1999) 12")
    atom = DAILY.replace("rss xmlns", 'feed xmlns="http://www.w3.org/2005/Atom" xmlns').replace("/rss>", "/feed>")
    for names_of in (
        ("channel", "x"),
        ("item", "entry"),
        ("guid", "id"),
        ("description", "summary"),
        ("pubDate", "published"),
    ):
        atom = atom.replace(f"<{names_of[0]}>", f"<{names_of[1]}>").replace(f"</{names_of[0]}>", f"</{names_of[1]}>")
    atom = atom.replace('<guid isPermaLink="false">', "<id>").replace(
        "Mon, 14 Sep 2026 00:00:00 -0400", "2026-09-14T00:00"
    )
    (first, second), _ = read("daily.atom", atom, "arxiv")
    assert (first.abstract, first.authors, first.date) == (new.abstract, new.authors, new.date)
    assert second.date == old.date


def test_arxiv_feed_of_former_years() -> None:
    names_of = ", ".join(f'&lt;a href="http://arxiv.org/a/{name}"&gt;{name} Kern&lt;/a&gt;' for name in ("Ada", "Bo"))
    text = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>cs.CL updates on arXiv.org</title></channel>
<item rdf:about="http://arxiv.org/abs/2305.14912"><title>On marshes. (arXiv:2305.14912v2 [cs.CL] UPDATED)</title>
<link>http://arxiv.org/abs/2305.14912</link><description>&lt;p&gt;Of marshes. &lt;/p&gt;</description>
<dc:creator>{names_of}</dc:creator></item></rdf:RDF>"""
    (record,), faults = read("cs.CL.rdf", text, "arxiv")
    assert not faults
    assert record.date
    assert (record.title, record.arxiv, record.category, record.date.iso) == (
        "On marshes", "2305.14912v2", "cs.CL", "2023-05",
    )  # fmt: skip
    assert (names(record), record.abstract) == (["Ada Kern", "Bo Kern"], "Of marshes.")


def test_daily_papers_case() -> None:
    (first, second), faults = read_case("huggingface/daily_papers.json", "daily-papers")
    expected = json.loads((CASES / "huggingface/expected.json").read_text("utf-8"))["daily_papers.json"][0]
    assert (first.arxiv, first.title) == (expected["arxiv"], expected["title"])
    assert names(first) == expected["authors"]
    assert first.date
    assert first.added
    assert (first.date.iso, first.added.iso) == (expected["date"], expected["featured"])
    assert links(first) == expected["links"]
    assert {one.name: one.value for one in first.signals} == expected["signals"]
    assert first.takeaway == expected["machine_written"]["takeaway_or_summary"]
    assert list(first.tags) == expected["machine_written"]["keywords"]
    assert first.list_programs() == {"takeaway": "Hugging Face", "tags": "Hugging Face"}
    assert (second.arxiv, second.authors, dict(second.extra)) == ("2610.00002", (), {})
    assert reported(faults, "'1.2k'") == [2]
    assert reported(faults, "'not an object'") == [3]


def test_single_paper_of_the_daily_papers() -> None:
    text = '{"id": "2610.00001", "title": "Salt", "authors": [], "upvotes": 3, "ai_keywords": null, "githubRepo": 7}'
    (record,), faults = read("paper.json", text, "daily-papers")
    assert record.signals == (Signal("upvotes", 3, None, "Hugging Face"),)
    assert reported(faults, "'7' is no web address") == [1]


def test_crossref_case() -> None:
    (record,), faults = read_case("crossref/works.json", "crossref")
    expected = json.loads((CASES / "crossref/expected.json").read_text("utf-8"))["works.json"]["records"][0]
    for field in ("doi", "title", "pages", "abstract", "venue"):
        assert getattr(record, field) == expected[field]
    assert names(record) == expected["authors"]
    assert record.authors[0].orcid == expected["orcid_of_first"]
    assert record.date
    assert record.date.iso == expected["date"]
    assert record.extra["retracts"] == ("10.5555/jsf.6.9",)
    assert reported(faults, "'10.5555/x'") == [3]


def test_crossref_single_work_with_retraction() -> None:
    work = {
        "DOI": "10.5555/One", "title": ["RETRACTED: One"], "type": "book-chapter", "editor": [{"family": "Lund"}],
        "author": [{"given": "Jan", "family": "Berg", "suffix": "Jr."}], "container-title": ["A Book", "A Series"],
        "updated-by": [{"type": "retraction", "DOI": "10.5555/two"}], "clinical-trial-number": [{"x": 1}],
    }  # fmt: skip
    (record,), faults = read("one.json", json.dumps({"status": "ok", "message": work}), "crossref")
    assert record.retracted == "This paper was retracted: https://doi.org/10.5555/two."
    assert (record.kind, record.venue, record.series, record.id) == ("chapter", "A Book", "A Series", "10.5555/one")
    assert names(record) == ["Jan Berg, Jr."]
    assert reported(faults, "'clinical-trial-number' is no field") == [1]


def test_crossref_dates_and_types_that_are_none() -> None:
    work = {
        "DOI": "10.5555/a",
        "title": ["A"],
        "issued": {"date-parts": [[None]]},
        "published-online": {"date-parts": [[2020, 5]]},
    }
    (record,), faults = read("a.json", json.dumps({**work, "publisher": {"name": "x"}, "volume": [True]}), "crossref")
    assert record.date
    assert (record.date.iso, record.publisher, record.volume) == ("2020-05", "", "")
    assert reported(faults, "publisher: \"{'name': 'x'}\" is a mapping, where text is expected") == [1]
    assert reported(faults, "volume: 'True' is yes or no") == [1]


def test_openalex_case() -> None:
    (record,), faults = read_case("openalex/works.json", "openalex")
    expected = json.loads((CASES / "openalex/expected.json").read_text("utf-8"))["works.json"][0]
    for field in ("doi", "title", "abstract", "pages", "pmid"):
        assert getattr(record, field) == expected[field]
    assert record.date
    assert record.date.iso == expected["date"]
    assert record.retracted
    assert links(record) == expected["links"]
    assert (names(record), record.authors[0].orcid) == (["Anna van der Meer"], "0000-0002-1825-0097")
    assert not faults


def test_openalex_nulls_and_wrong_types() -> None:
    work = {
        "id": "https://openalex.org/W5", "doi": None, "display_name": "Nulls", "publication_year": 2020, "biblio": None,
        "authorships": [None, 3, {"author": None, "raw_author_name": "Bo Lund"}], "primary_location": {"source": None},
        "abstract_inverted_index": {"A": "0", "B": [1, None, "x"], "C": [0]}, "is_retracted": False, "keywords": "salt",
    }  # fmt: skip
    (record,), faults = read("works.jsonl", json.dumps(work), "openalex")
    assert (record.id, record.abstract, record.retracted, record.tags) == ("W5", "C B", "", ())
    assert names(record) == ["Bo Lund"]
    assert reported(faults, "authorships: '3'")
    assert reported(faults, "keywords: 'salt'")


SCHOLAR: dict[str, Any] = {
    "paperId": "649def34f8be52c8b66281af98ae884c09aef38b",
    "externalIds": {"ArXiv": "2106.00001", "DOI": "10.5555/JSF.7", "CorpusId": 5, "PubMed": "30000001"},
    "title": "A Salt Story", "abstract": "We *find* salt.", "year": 2021, "publicationDate": "2021-06-09",
    "venue": "J. Salt Fl.", "publicationVenue": {"name": "Journal of Salt Flats"}, "journal": {"volume": "7", "pages": "1 - 20"},
    "publicationTypes": ["JournalArticle"], "fieldsOfStudy": None, "s2FieldsOfStudy": [{"category": "Geology"}],
    "authors": [{"authorId": "1", "name": "Anna van der Meer"}, {"authorId": None, "name": "Bo Lund"}],
    "openAccessPdf": {"url": "https://salt.example.org/7.pdf", "status": "GREEN"}, "citationCount": 3,
    "tldr": {"model": "tldr@v2", "text": "Salt was found."},
}  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        SCHOLAR,
        [SCHOLAR, None],
        {"total": 1, "offset": 0, "data": [SCHOLAR]},
        {"recommendedPapers": [SCHOLAR]},
        {"data": [{"intents": [], "citedPaper": SCHOLAR}]},
    ],
)
def test_semantic_scholar(answer: Any) -> None:
    (record,), faults = read("papers.json", json.dumps(answer), "semantic-scholar")
    assert not faults
    assert (record.id, record.arxiv, record.doi, record.pmid) == (
        "2106.00001",
        "2106.00001",
        "10.5555/JSF.7",
        "30000001",
    )
    assert (record.venue, record.volume, record.pages, record.kind) == ("Journal of Salt Flats", "7", "1–20", "article")
    assert record.abstract == r"We \*find\* salt."
    assert (record.takeaway, record.made_by) == ("Salt was found.", {"takeaway": "Semantic Scholar"})
    assert (names(record), record.tags) == (["Anna van der Meer", "Bo Lund"], ("geology",))
    assert links(record) == {"pdf": "https://salt.example.org/7.pdf"}


CONTENT: dict[str, Any] = {
    "title": "Salt Splatting: $O(1)$ Flats", "authors": ["Ada Kern", "Bo Lund"], "authorids": ["~Ada_Kern1", "bo@example.org"],
    "abstract": "We\nsplat.", "keywords": ["salt", "brine"], "TLDR": "Flats in constant time.", "pdf": "/pdf/0a1b.pdf",
    "venue": "SSS 2025 Poster", "venueid": "SSS.org/2025/Conference", "_bibtex": "@inproceedings{\nkern2025salt,\ntitle={S}}",
}  # fmt: skip


@pytest.mark.parametrize("version", [1, 2])
def test_openreview(version: int) -> None:
    content = CONTENT if version == 1 else {name: {"value": value} for name, value in CONTENT.items()}
    note = {
        "id": "AbC",
        "forum": "AbC",
        "invitation": "SSS.org/-/Submission",
        "cdate": 1735689600000,
        "content": content,
    }
    review = {"id": "Rev", "forum": "AbC", "invitation": "x", "content": {"title": "Review", "abstract": "Good."}}
    (record,), faults = read("notes.json", json.dumps({"notes": [note, review], "count": 2}), "openreview")
    assert (record.id, record.title, record.bibkey) == ("AbC", "Salt Splatting: $O(1)$ Flats", "kern2025salt")
    assert [(one.name, one.url) for one in record.authors] == [
        ("Ada Kern", "https://openreview.net/profile?id=~Ada_Kern1"),
        ("Bo Lund", ""),
    ]
    assert (record.venue, record.venue_year, record.tags) == ("SSS 2025 Poster", "2025", ("salt", "brine"))
    assert record.date
    assert record.date.iso == "2025-01-01"
    assert links(record) == {"pdf": "https://openreview.net/pdf/0a1b.pdf", "url": "https://openreview.net/forum?id=AbC"}
    assert reported(faults, "'Rev' is no paper")
    assert len(faults) == 1


def test_openreview_authors_as_profiles() -> None:
    authors = [
        {"fullname": "Ada Kern", "username": "~Ada_Kern1", "institutions": []},
        {"fullname": "Bo Lund", "username": "bo@example.org"},
    ]
    content = {"title": {"value": "Salt"}, "authors": {"value": authors}}
    (record,), _ = read(
        "notes.json", json.dumps({"notes": [{"id": "A", "forum": "A", "content": content}]}), "openreview"
    )
    assert [one.name for one in record.authors] == ["Ada Kern", "Bo Lund"]
    assert [one.url for one in record.authors] == ["https://openreview.net/profile?id=~Ada_Kern1", ""]


def test_openreview_submission_that_was_rejected_has_no_venue() -> None:
    content = {**CONTENT, "venue": "Submitted to SSS 2025", "venueid": "SSS.org/2025/Conference/Rejected_Submission"}
    (record,), _ = read("notes.json", json.dumps([{"id": "R", "forum": "R", "content": content}]), "openreview")
    assert (record.venue, record.venue_year, record.kind) == ("", "", "preprint")
    assert record.note == "Submitted to SSS 2025"


DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article key="journals/jsf/KernW21" mdate="2021-07-01" publtype="x">
<author orcid="0000-0002-1825-0097">Ada J&ouml;rg Kern</author><author>Wei Wang 0001</author>
<title>Salt &amp; <i>Artemia</i>: H<sub>2</sub>O.</title><pages>1-20</pages><year>2021</year><volume>7</volume>
<number>1</number><journal>J. Salt Fl.</journal><ee type="oa">https://doi.org/10.5555/jsf.7.1</ee>
<ee>https://www.wikidata.org/entity/Q1</ee><url>db/journals/jsf/jsf7.html#KernW21</url></article>
<article key="journals/corr/abs-2106-00001" publtype="informal"><author>M\xfcller Bo</author><title>A preprint.</title>
<journal>CoRR</journal><volume>abs/2106.00001</volume><year>2021</year><odd>x</odd></article>
<www key="homepages/1/1"><author>Wei Wang 0001</author><title>Home Page</title></www>
</dblp>"""


def test_dblp() -> None:
    (first, second), faults = read("dblp.xml", DBLP.encode("latin-1"), "dblp")
    assert first.title == "Salt & *Artemia*: H₂O"
    assert [(one.name, one.id) for one in first.authors] == [("Ada Jörg Kern", ""), ("Wei Wang", "wei-wang-0001")]
    assert (first.doi, first.pages, first.issue, first.kind) == ("10.5555/jsf.7.1", "1–20", "1", "article")
    assert links(first) == {}
    assert (second.arxiv, second.kind, second.venue, second.volume) == ("2106.00001", "preprint", "", "")
    assert names(second) == ["Müller Bo"]
    assert reported(faults, "'odd' is no field") == [9]


DBLP_VOLUMES = """<dblp><inproceedings key="conf/sss/Kern20"><author>Ada Kern</author><title>Salt.</title>
<pages>1-12</pages><crossref>conf/sss/2020</crossref></inproceedings>
<inproceedings key="conf/sss/Lund20"><author>Bo Lund</author><title>Brine.</title><booktitle>SSS Workshops</booktitle>
<year>2019</year><crossref>conf/sss/2020</crossref></inproceedings>
<proceedings key="conf/sss/2020"><editor>Cy Moor</editor><title>22nd Symposium on Salt, 2020.</title>
<booktitle>SSS</booktitle><publisher>Salt Press</publisher><year>2020</year><series>Lecture Notes in Salt</series>
<volume>12514</volume><isbn>978-3-030-64347-8</isbn></proceedings>
<book key="books/salt/2022"><author>Cy Moor</author><title>A book of its own.</title><year>2022</year></book></dblp>"""


def test_papers_of_dblp_inherit_from_their_volume() -> None:
    (kern, lund, book), faults = read_records("dblp", DBLP_VOLUMES, "volumes.xml")
    assert not faults
    for one in (kern, lund):
        assert (one.booktitle, one.publisher, one.series) == (
            "22nd Symposium on Salt, 2020",
            "Salt Press",
            "Lecture Notes in Salt",
        )
        assert (one.volume, one.isbn, [editor.name for editor in one.editors]) == (
            "12514",
            "978-3-030-64347-8",
            ["Cy Moor"],
        )
    assert kern.date
    assert lund.date
    assert (kern.venue, kern.date.iso, kern.pages) == ("SSS", "2020", "1–12")
    assert (lund.venue, lund.date.iso) == ("SSS Workshops", "2019")
    assert (book.title, book.kind) == ("A book of its own", "book")


def test_dblp_answers_of_search_and_pages_of_persons() -> None:
    search = """<?xml version="1.0"?><result><query>x</query><hits total="1"><hit score="1" id="1"><info><authors>
    <author pid="1/1-1">Ada Kern 0002</author></authors><title>Salt.</title><venue>SSS</venue><year>2021</year>
    <type>Conference and Workshop Papers</type><key>conf/sss/Kern21</key><doi>10.5555/SSS.1</doi>
    <ee>https://doi.org/10.5555/SSS.1</ee><url>https://dblp.org/rec/conf/sss/Kern21</url></info></hit></hits></result>"""
    (record,), faults = read("hits.xml", search, "dblp")
    assert not faults
    assert (names(record), record.venue, record.kind) == (["Ada Kern"], "SSS", "inproceedings")
    person = """<dblpperson name="Ada Kern" pid="1/1"><r><inproceedings key="conf/sss/Kern21"><author>Ada Kern</author>
    <title>Salt.</title><year>2021</year><booktitle>SSS</booktitle></inproceedings></r></dblpperson>"""
    (record,), _ = read("person.xml", person, "dblp")
    assert (record.id, record.title, record.venue) == ("conf-sss-Kern21", "Salt", "SSS")


def test_dblp_json() -> None:
    info = {
        "authors": {"author": [{"@pid": "1/1-1", "text": "Ada Kern 0002"}, {"@pid": "2", "text": "Bo Lund"}]},
        "title": "Salt &amp; Brine.", "venue": ["SSS", "Second"], "year": "2021", "type": "Conference and Workshop Papers",
        "key": "conf/sss/Kern21", "doi": "10.5555/SSS.1", "ee": "https://doi.org/10.5555/SSS.1", "pages": "1-9",
        "url": "https://dblp.org/rec/conf/sss/Kern21",
    }  # fmt: skip
    hits = [{"@id": "1", "info": info}, {"@id": "2", "info": {**info, "authors": {"author": {"text": "Plato"}}}}]
    answer = {
        "result": {"query": "x", "status": {"@code": "200"}, "hits": {"@total": "2", "hit": [*hits, {"info": {}}]}}
    }
    (first, second), faults = read("hits.json", json.dumps(answer), "dblp-json")
    assert reported(faults, "the hit is no paper") == [1]
    assert [(one.name, one.id) for one in first.authors] == [("Ada Kern", "ada-kern-0002"), ("Bo Lund", "")]
    assert (first.title, first.venue, first.kind, first.pages) == ("Salt & Brine", "SSS", "inproceedings", "1–9")
    assert (first.doi, first.extra["dblp"], names(second)) == ("10.5555/SSS.1", "conf/sss/Kern21", ["Plato"])


def test_arxiv_daily_case() -> None:
    records, faults = read_case("arxiv-daily/daily.json", "arxiv-daily")
    expected = json.loads((CASES / "arxiv-daily/expected.json").read_text("utf-8"))["daily.json"]["records"]
    assert len(records) == 2
    for record, values in zip(records, expected, strict=True):
        assert (record.arxiv, record.title) == (values["arxiv"], values["title"])
        assert names(record) == values["authors"]
        assert record.date
        assert record.date.iso == values["date"]
        assert links(record) == values["links"]
    assert records[0].tags == ("salt-agents", "brine")
    assert records[0].extra["et_al"] is True
    assert reported(faults, "'broken' under 'Brine' is no row")


def test_arxiv_daily_rows_of_web_pages() -> None:
    row = "- 2026-10-05, **Salt, Brine**, Ada Kern et.al., Paper: [http://arxiv.org/abs/2610.00011](http://arxiv.org/abs/2610.00011), Code: **[https://code.example.org/a](https://code.example.org/a)**"
    (record,), _ = read("web.json", json.dumps({"None": {}, "Salt": {"2610.00011": row}}), "arxiv-daily")
    assert (record.title, record.arxiv) == ("Salt, Brine", "2610.00011")
    assert links(record) == {"code": "https://code.example.org/a"}


VOLUME = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="W19">
  <volume id="1" ingest-date="2019-06-01">
    <meta><booktitle>Proceedings of the First Salt Symposium</booktitle><editor><first>Ed</first><last>Itor</last></editor>
      <publisher>ACL</publisher><month>June 9</month><year>2019</year><isbn>978-0-306-40615-7</isbn><venue>salt</venue></meta>
    <frontmatter><url>W19-0100</url></frontmatter>
    <paper id="7">
      <title><fixed-case>S</fixed-case>alt: <tex-math>O(1)</tex-math> &amp; 5 * <i>flats</i></title>
      <author id="ada-kern-x"><first>Ada</first><last>Kern</last><affiliation>Flat University</affiliation></author>
      <author><first/><last>Plato</last></author>
      <abstract>We <b>find</b> $5.</abstract><url>W19-0107</url><pages>1-20</pages><bibkey>kern-plato-2019-salt</bibkey>
      <award>Best Paper</award><attachment type="presentation">W19-0107.Slides.pdf</attachment>
      <retracted date="2020-01-01">The data were sugar.</retracted><video href="https://video.example.org/1"/>
      <revision id="1" href="W19-0107v1"/><revision id="2" href="W19-0107v2" date="2019-09-01">Typos.</revision><odd/>
    </paper>
  </volume>
</collection>"""


def test_anthology_volume() -> None:
    (record,), faults = read("W19.xml", VOLUME, "acl-xml")
    assert (record.id, record.title) == ("W19-0107", r"Salt: $O(1)$ & 5 \* *flats*")
    assert [(one.name, one.id, one.affiliation) for one in record.authors] == [
        ("Ada Kern", "ada-kern-x", "Flat University"),
        ("Plato", "", ""),
    ]
    assert [editor.name for editor in record.editors] == ["Ed Itor"]
    assert record.date
    assert (record.date.iso, record.venue, record.isbn) == ("2019-06-09", "salt", "978-0-306-40615-7")
    assert (record.awards, record.retracted) == (("Best Paper",), "The data were sugar.")
    assert record.note == "Revision 2 (2019-09-01): Typos."
    assert links(record) == {
        "pdf": "https://aclanthology.org/W19-0107.pdf",
        "url": "https://aclanthology.org/W19-0107/",
        "video": "https://video.example.org/1",
        "slides": "https://aclanthology.org/attachments/W19-0107.Slides.pdf",
    }
    assert reported(faults, "'odd' is no field") == [7]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><collection><volume/>&c;</collection>', "'a' is declared"),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><collection><volume/>&a;</collection>',
            "'a' is declared",
        ),
        ("<collection><volume>" + "<b>" * 100, "nested over 60 deep"),
        ("<collection>\n<volume>\n</collection>", "no XML: mismatched tag"),
        (b"<collection><volume>\xff</volume></collection>", "is not UTF-8"),
    ],
)
def test_hostile_and_broken_xml_is_named(text: str | bytes, words: str) -> None:
    records, faults = read("x.xml", text, "acl-xml")
    assert not records
    assert reported(faults, words), faults


def test_papers_before_a_fault_of_xml_stay() -> None:
    records, faults = read("W19.xml", VOLUME.replace("</volume>", "</volum>"), "acl-xml")
    assert [record.id for record in records] == ["W19-0107"]
    assert reported(faults, "mismatched tag") == [16]


def test_broken_entry_of_json_is_named_and_the_others_are_read() -> None:
    rows = [json.dumps({**SCHOLAR, "title": title}) for title in ("One", "Two", "Three")]
    rows[1] = rows[1][:-30]
    for text in ("\n".join(rows), "[\n" + ",\n".join(rows) + "\n]", '{"data": [\n' + ",\n".join(rows) + "\n]}"):
        records, faults = read("papers.json", text, "semantic-scholar")
        assert [record.title for record in records] == ["One", "Three"]
        assert len(reported(faults, "no JSON")) == 1


def test_an_error_among_the_papers_is_named() -> None:
    text = json.dumps({"data": [SCHOLAR, {"error": "Paper not found"}]})
    records, faults = read("papers.json", text, "semantic-scholar")
    assert (len(records), len(faults)) == (1, 1)
    assert reported(faults, "no paper: 'Paper not found'") == [1]


def test_parts_of_a_broken_entry_are_no_papers() -> None:
    rows = [
        {**SCHOLAR, "title": title, "references": [{"paperId": "x", "title": "Cited"}]}
        for title in ("One", "Two", "Three")
    ]
    text = json.dumps(rows, indent=2).replace('"title": "Two"', '"title": Two')
    records, faults = read("papers.json", text, "semantic-scholar")
    assert [record.title for record in records] == ["One", "Three"]
    assert len(reported(faults, "no JSON")) == 1


def test_truncated_answer_keeps_what_is_whole() -> None:
    text = json.dumps({"data": [SCHOLAR, {**SCHOLAR, "title": "Two"}]})[:-50]
    records, faults = read("papers.json", text, "semantic-scholar")
    assert [record.title for record in records] == ["A Salt Story"]
    assert reported(faults, "no JSON") == [1]


ODD = (None, 0, -1, 1.5, 10**400, True, "", "x", "NaN", float("nan"), [], [None], ["x", 3], {}, {"a": []}, [[[]]], [{}])


def change_each(value: Any) -> Iterator[Any]:
    """Yields the value with each of its parts replaced by each odd value, one at a time."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            for odd in ODD:
                changed = value.copy()
                changed[key] = odd
                yield changed
            for inner in change_each(value[key]):
                changed = value.copy()
                changed[key] = inner
                yield changed


JSON_FORMATS = {importer.name: importer for importer in IMPORTERS if ".json" in importer.suffixes}
ANSWERS = {
    "openalex": "openalex/works.json",
    "crossref": "crossref/works.json",
    "daily-papers": "huggingface/daily_papers.json",
    "arxiv-daily": "arxiv-daily/daily.json",
}


@pytest.mark.parametrize("name", [*ANSWERS, "semantic-scholar", "openreview"])
def test_wrong_types_anywhere_are_left_out(name: str) -> None:
    if name in ANSWERS:
        answer = json.loads((CASES / ANSWERS[name]).read_text("utf-8"))
    else:
        note = {"id": "AbC", "forum": "AbC", "cdate": 1735689600000, "content": {"title": {"value": "S"}, **CONTENT}}
        answer = [note if name == "openreview" else SCHOLAR]
    reader = JSON_FORMATS[name].reader
    for changed in change_each(answer):
        faults: list[Fault] = []
        for record in reader.read(Source("a.json", json.dumps(changed).encode()), ReadContext(faults.append)):
            assert record.title
        assert all(fault.warning and fault.message and fault.line for fault in faults)


def test_a_first_object_beyond_the_first_bytes_is_known() -> None:
    """Formats are known by the first 64 kB of a file, and a work of Crossref may have 3,000 cited works."""
    work = {
        "DOI": "10.5555/a",
        "title": ["Much cited"],
        "reference": [{"key": str(n), "DOI": f"10.5555/{n}"} for n in range(5_000)],
    }
    (record,), faults = read("work.json", json.dumps({"status": "ok", "message": work}), "crossref")
    assert (record.title, faults) == ("Much cited", [])


def test_arxiv_daily_rows_with_translations_teams_and_other_links() -> None:
    row = "|**2026-02-02**|**Salt at Work<br>盐的工作<br>[摘要](abstracts/2602.02459.html)**|Jia Ma Team|[2602.02459](http://arxiv.org/abs/2602.02459)|[HJFY](https://hjfy.example.org/2602.02459v1)|\n"
    (record,), faults = read("daily.json", json.dumps({"Salt": {"2602.02459": row}}), "arxiv-daily")
    assert (record.title, record.other_titles, names(record)) == ("Salt at Work", ("盐的工作",), ["Jia Ma"])
    assert (record.extra["et_al"], links(record)) == (True, {"hjfy": "https://hjfy.example.org/2602.02459v1"})
    assert not faults


def test_a_conference_paper_of_semantic_scholar_whose_journal_is_arxiv() -> None:
    paper = {
        "paperId": "x", "externalIds": {"ArXiv": "1810.04805"}, "title": "T", "venue": "NAACL", "year": 2019, "authors": [],
        "publicationTypes": ["JournalArticle", "Conference"], "journal": {"name": "ArXiv", "volume": "abs/1810.04805"},
    }  # fmt: skip
    (record,), _ = read("a.json", json.dumps({"data": [paper]}), "semantic-scholar")
    assert (record.venue, record.volume, record.kind) == ("NAACL", "", "inproceedings")
    (record,), _ = read("a.json", json.dumps(paper | {"venue": "", "publicationTypes": None}), "semantic-scholar")
    assert (record.venue, record.kind) == ("", "preprint")


def test_the_proceedings_of_an_openreview_note_are_those_of_its_bibtex() -> None:
    content = {"title": "T", "authors": ["Cy Nil"], "abstract": "A"}
    for bibtex, book in (
        ("@inproceedings{a,\ntitle={T},\nbooktitle={A Conference}\n}", "A Conference"),
        ("@misc{a,\n}", ""),
    ):
        note = {"id": "x", "forum": "x", "invitation": "i", "content": content | {"_bibtex": bibtex}}
        (record,), _ = read("a.json", json.dumps({"notes": [note]}), "openreview")
        assert (record.booktitle, record.kind) == (book, "inproceedings" if book else "preprint")


def test_the_list_of_a_virtual_conference() -> None:
    event = {
        "id": 71345, "uid": "abc", "name": "A paper", "authors": [{"id": 1, "fullname": "Ada Kern", "institution": "Univ A"}],
        "abstract": "We.", "topic": "Deep Learning->Algorithms", "keywords": [], "decision": "Accept (oral)",
        "eventtype": "Oral", "starttime": "2023-12-12T10:45:00-06:00", "paper_url": "https://openreview.net/forum?id=x",
    }  # fmt: skip
    (record,), _ = read("a.json", json.dumps({"count": 1, "results": [event]}), "conference")
    assert (record.id, record.title, names(record), record.authors[0].affiliation) == (
        "abc",
        "A paper",
        ["Ada Kern"],
        "Univ A",
    )
    assert (record.tags, record.awards, links(record)) == (
        ("deep-learning", "algorithms"), ("Accept (oral)",), {"url": "https://openreview.net/forum?id=x"},
    )  # fmt: skip


def test_pages_of_arxiv_in_one_file() -> None:
    pages = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><entry>\n'
        f"<id>http://arxiv.org/abs/2401.0000{number}v1</id>\n<title>T {number}</title></entry></feed>\n"
        for number in (1, 2, 3)
    ]
    records, faults = read("a.xml", "".join(pages), "arxiv")
    assert [(record.title, record.origin.line) for record in records] == [("T 1", 2), ("T 2", 6), ("T 3", 10)]
    assert not faults
    records, faults = read("a.xml", f"{pages[0]}<broken>\n{pages[1]}", "arxiv")
    assert [record.title for record in records] == ["T 1", "T 2"]
    assert [fault.line for fault in faults] == [5]
