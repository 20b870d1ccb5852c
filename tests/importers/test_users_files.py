"""Files of people as programs and hands write them: forms of names, dates, texts, addresses and columns that were read wrongly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from paperbound.importers import find_importer
from paperbound.importers.dialects import from_html, from_latex, to_plain
from paperbound.importers.importer import ReadContext
from paperbound.importers.mends import mend_people
from paperbound.importers.paper_addresses import find_identifier
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from paperbound.model.record import Record
from paperbound.text.addresses import mend_address
from paperbound.text.written_dates import find_date
from surroundings import read_records


def show(record: Record, field: str) -> Any:
    """A field in the form of the expected values."""
    value = getattr(record, field)
    if field in ("authors", "editors"):
        return [person.name for person in value]
    if field == "links":
        return {link.kind: link.url for link in value}
    return (value.iso if value else "") if field == "date" else value


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Kern, A., Lund, B. C., & Pim, C.", ["A. Kern", "B. C. Lund", "C. Pim"]),
        ("Wang, X., Li, Y., and 3 others", ["X. Wang", "Y. Li"]),
        ("Kern A, Lund BC Jr, van der Berg J", ["A. Kern", "B. C. Lund, Jr", "J. van der Berg"]),
        ("Zhu N, van der Berg J; China Salt Team.", ["N. Zhu", "J. van der Berg", "China Salt Team"]),
        ("KERN A;LUND B C", ["A. KERN", "B. C. LUND"]),
        ("Wei WU, Bo LI", ["Wei WU", "Bo LI"]),
        ("Ada Kern1,2, Bo Lund2*, Cy Pim†", ["Ada Kern", "Bo Lund", "Cy Pim"]),
        ("Ada Kern^1, Bo Lund^{1,2}, Cy Pim¹,²", ["Ada Kern", "Bo Lund", "Cy Pim"]),
        ("Team17", ["Team17"]),
        ("Dr. Ada Kern, PhD; Prof. Bo Lund, M.D.; Kern, Cy, PhD", ["Ada Kern", "Bo Lund", "Cy Kern"]),
        ("Kern, MD", ["MD Kern"]),
        ("Ada Kern (Univ X, Paris), Bo Lund (MIT)", ["Ada Kern", "Bo Lund"]),
        ("李明，王小红", ["李明", "王小红"]),
        ("李明, 王小红", ["李明", "王小红"]),
        ("田中, 太郎", ["田中太郎"]),
        ("Gabriel García Márquez y Mario Vargas Llosa", ["Gabriel García Márquez", "Mario Vargas Llosa"]),
        ("De Berg, Jan and Lund, Bo", ["Jan De Berg", "Bo Lund"]),
        ("King, Martin Jr.; Gates, William H. III", ["Martin King, Jr.", "William H. Gates III"]),
        ("Kern, A., Lund, B., … & Pim, C.", ["A. Kern", "B. Lund", "C. Pim"]),
        ("Kern, A., Lund, B., . . . Pim, C.", ["A. Kern", "B. Lund", "C. Pim"]),
        ("['Ada Kern', \"Seán O'Neill\"]", ["Ada Kern", "Seán O'Neill"]),
        ('["Ada Kern", "Bo Lund, Jr."]', ["Ada Kern", "Bo Lund, Jr."]),
        ("[{'authorId': '1', 'name': 'Ada Kern'}, {'name': 'Bo Lund'}]", ["Ada Kern", "Bo Lund"]),
        ("[Kern, A., Lund, B.]", ["A. Kern", "B. Lund"]),
        ("A. Kern / B. Lund", ["A. Kern", "B. Lund"]),
        (
            "Salt, Brine and Flats Working Group; Team, Salt; Collaboration, SALT",
            ["Salt, Brine and Flats Working Group", "Salt Team", "SALT Collaboration"],
        ),
        ("محمد علی، علی رضا", ["محمد علی", "علی رضا"]),
    ],
)
def test_names_of_lists(text: str, people: list[str]) -> None:
    assert [person.name for person in mend_people(text).value] == people


def test_orcids_and_marks_in_brackets_and_mail_behind_affiliations() -> None:
    orcid = "0000-0002-1825-0097"
    people = [f"Kern, Ada [{orcid}]", f"Ada Kern (https://orcid.org/{orcid})", "Ada Kern (Univ A)*"]
    found = mend_people(people).value
    assert [(one.name, one.orcid, one.affiliation) for one in found] == [
        ("Ada Kern", orcid, ""), ("Ada Kern", orcid, ""), ("Ada Kern", "", "Univ A"),
    ]  # fmt: skip
    place = "Univ Berlin, Germany. Electronic address: ada@example.org."
    assert mend_people([{"name": "Ada Kern", "affiliation": place}]).value[0].affiliation == "Univ Berlin, Germany"
    deep = mend_people("['a', " + "[" * 50_000 + "]" * 50_001)
    assert deep.value or deep.messages


def test_affiliations_in_brackets_and_keys_of_other_programs() -> None:
    people = [
        "Ada Kern (MIT)", "WHO (World)", {"firstName": "Bo", "lastName": "Lund"}, {"given_name": "Cy", "family-name": "Pim"},
        {"fullName": "Di Orr", "institution": "Salt University"},
    ]  # fmt: skip
    found = mend_people(people).value
    assert [(one.name, one.affiliation) for one in found] == [
        ("Ada Kern", "MIT"), ("WHO (World)", ""), ("Bo Lund", ""), ("Cy Pim", ""), ("Di Orr", "Salt University"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "date", "exact"),
    [
        ("1er janvier 2020", "2020-01-01", True),
        ("5. März 2021", "2021-03-05", True),
        ("5 de marzo de 2020", "2020-03-05", True),
        ("5-Mar-21", "2021-03-05", True),
        ("2020/May/3", "2020-05-03", True),
        ("Mar-21", "2021-03", False),
        ("Jun-98", "1998-06", False),
    ],
)
def test_dates_of_other_languages_and_of_spreadsheets(text: str, date: str, exact: bool) -> None:
    found, whole = find_date(text)
    assert found
    assert (found.iso, whole) == (date, exact)


@pytest.mark.parametrize(
    ("text", "markdown", "plain"),
    [
        (r"Nguy\~{\^e}n, Nguy{\~\^e}n, Vi\d{\^e}t", "Nguyễn, Nguyễn, Việt", "Nguyễn, Nguyễn, Việt"),
        (r"Soft\-ware a\/b", "Software ab", "Software ab"),
        (r"\enquote{a \enquote*{b}} \mkbibemph{c}", "“a ‘b’” *c*", "“a ‘b’” c"),
        (r"5\textsuperscript{th}, $6^{\rm th}$", r"5$^{th}$, $6^{\rm th}$", "5th, 6th"),
        ("some ~20,000 km of Fig.~3", "some ~20,000 km of Fig. 3", "some ~20,000 km of Fig. 3"),
        (r"{\noopsort{1990}}2001", "2001", "2001"),
        (r"12\bibrangedash 15", "12–15", "12–15"),
    ],
)
def test_commands_of_latex(text: str, markdown: str, plain: str) -> None:
    assert from_latex(text) == markdown
    assert to_plain(text) == plain


def test_a_formula_of_a_publisher_in_two_forms_is_one() -> None:
    text = (
        "<jats:p>a <jats:inline-formula><jats:alternatives><jats:tex-math>$$\\alpha$$</jats:tex-math>"
        "<mml:math><mml:mi>α</mml:mi></mml:math></jats:alternatives></jats:inline-formula>.</jats:p>"
    )
    assert from_html(text) == "a $\\alpha$."


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://www.frontiersin.org/articles/10.3389/fnins.2020.1/full", ("doi", "10.3389/fnins.2020.1")),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1", ("doi", "10.1371/journal.pone.1")),
        ("https://link.springer.com/content/pdf/10.1007/s1-2.pdf", ("doi", "10.1007/s1-2")),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7092803/", ("proceedings", "PMC7092803")),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=123", ("proceedings", "123")),
        ("https://eprint.iacr.org/2020/123.pdf", ("proceedings", "2020/123")),
        ("https://zenodo.org/record/1", None),
    ],
)
def test_addresses_of_publishers(url: str, identifier: tuple[str, str] | None) -> None:
    assert find_identifier(url) == identifier


def test_labels_around_an_address() -> None:
    assert mend_address("[pdf](https://x.org/a)") == mend_address("URL: https://x.org/a") == "https://x.org/a"


FILES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "arXiv as a journal": (
        "a.bib",
        "@article{a, title={T}, journal={arXiv e-prints}, eprint={2401.00004}, archivePrefix={arXiv}}",
        {"venue": "", "kind": "preprint"},
    ),
    "arXiv as a venue": ("a.csv", "title,venue,arxiv\nT,CoRR,2401.00009\n", {"venue": "", "kind": "preprint"}),
    "a journal called arXiv": ("a.csv", "title,venue,arxiv\nT,arXiv Letters,2401.00009\n", {"venue": "arXiv Letters"}),
    "a DOI of arXiv": ("a.bib", "@misc{a, title={T}, doi={10.48550/arXiv.2401.00003}}", {"kind": "preprint", "arxiv": "2401.00003"}),
    "authors below the title in a table": (
        "a.md",
        "| Title | Venue |\n|--|--|\n| [**Tables of Salt**](https://arxiv.org/abs/2302.00002) <br> Ada Kern, Cy Pim | ICML |\n",
        {"title": "Tables of Salt", "authors": ["Ada Kern", "Cy Pim"], "venue": "ICML"},
    ),
    "Roman pages": ("a.ris", "TY  - CHAP\nTI  - T\nSP  - vii\nEP  - xii\nER  - \n", {"pages": "vii–xii"}),
    "a DOI in the address": (
        "a.bib", "@article{a, title={T}, url={https://doi.org/10.1007/978-3_5}, pages={101-10}}", {"doi": "10.1007/978-3_5", "pages": "101–110"}
    ),
    "an arXiv id in the address": ("a.bib", "@article{a, title={T}, url={https://arxiv.org/pdf/2001.00001v2.pdf}}", {"arxiv": "2001.00001v2"}),
    "arXiv's DOI": ("a.bib", "@misc{a, title={T}, doi={10.48550/arXiv.2001.00002}}", {"arxiv": "2001.00002"}),
    "a PubMed id of Zotero": ("a.bib", "@article{a, title={T}, eprint={32123456}, eprinttype={pmid}}", {"pmid": "32123456"}),
    "a comma in a string": ("a.bib", "@book{a, title={T}, publisher={Salt Society,}}", {"publisher": "Salt Society"}),
    "two addresses of al-folio": (
        "a.bib", "@article{a, title={T}, url={https://x.org/1}, html={https://x.org/2}}", {"links": {"url": "https://x.org/1", "html": "https://x.org/2"}}
    ),
    "footnotes of formulas": ("a.bib", "@article{a, title={T}, author={Kern$^\\dagger$, Ada and Bo Lund$^{1,*}$}}", {"authors": ["Ada Kern", "Bo Lund"]}),
    "a key to sort by": ("a.bib", "@book{a, title={T}, author={{\\noopsort{a}}Kern, Ada}, year={{\\noopsort{1990}}2001}}", {"authors": ["Ada Kern"], "date": "2001"}),
    "a German month": ("a.bib", "@article{a, title={T}, year=2020, month={März}}", {"date": "2020-03"}),
    "a string of the standard styles": ("a.bib", "@article{a, title={T}, journal=cacm}", {"venue": "Communications of the ACM"}),
    "the number of a paper of SPIE": ("a.bib", "@inproceedings{a, title={T}, series={\\procspie}, pages={0}, eid={77310X}}", {"pages": "77310X", "series": "Proceedings of the SPIE"}),
    "a formula with escaped signs": ("a.bib", "@misc{a, title={Role of \\${\\textbackslash}ell\\_2\\$ for {\\$}5}}", {"title": "Role of $\\ell_2$ for \\$5"}),
    "one page": ("a.bib", "@article{a, title={T}, pages={1--1}}", {"pages": "1"}),
    "pages of a volume's papers": ("a.bib", "@article{a, title={T}, pages={5:10--5:17}}", {"pages": "5:10–5:17"}),
    "RIS with the DOI among others": ("a.ris", "TY  - JOUR\nTI  - T\nM3  - doi: 10.1002/salt.123\nER  - \n", {"doi": "10.1002/salt.123"}),
    "RIS of Zotero": (
        "a.ris", "TY  - CONF\nTI  - T\nC1  - Paris\nKW  - /unread\nKW  - salt\nM1  - arXiv:2103.00020\nSN  - WHO/12\nER  - \n",
        {"address": "Paris", "tags": ("salt",), "arxiv": "2103.00020", "extra": {"SN": "WHO/12"}},
    ),
    "a thesis of EndNote": ("a.ris", "TY  - THES\nTI  - T\nEP  - 210\nER  - \n", {"pages": ""}),
    "a publisher of proceedings": ("a.txt", "FN X\nVR 1.0\nPT C\nAU Lund, B\nAF Lund, Bo\nGP IEEE\nTI T\nSO S\nER\n\nEF\n", {"authors": ["Bo Lund"]}),
    "Google Scholar's table": (
        "a.csv", "Authors,Title,Publication,Volume,Number,Year\n\"Kern, Ada; Lund, Bo; \",T,arXiv preprint arXiv:2001.00032,1,3,2020\n",
        {"arxiv": "2001.00032", "venue": "", "kind": "preprint", "issue": "3"},
    ),
    "a table of Notion": ("a.csv", "Name,Authors,Published,URL\nT,Ada Kern,\"March 5, 2023\",https://arxiv.org/abs/2301.00002\n", {"title": "T", "arxiv": "2301.00002"}),
    "a list of a reading group": ("a.csv", "Date,Presenter,Paper,Link\n2023-01-09,Ada,T,https://openreview.net/forum?id=x\n", {"title": "T"}),
    "columns with remarks": (
        "a.tsv", "Title\tAuthors (first last)\tYr\tConference/Journal\tPagination\nT\tAda Kern\t2020\tICS\t1-9\n",
        {"authors": ["Ada Kern"], "date": "2020", "venue": "ICS", "pages": "1–9"},
    ),
    "arXiv's data set": (
        "a.json", json.dumps({"id": "0704.0001", "authors": "C. Bal\\'azs", "title": "T\n  U", "categories": "hep-ph hep-ex", "abstract": " A\nb.", "versions": [{"created": "Mon, 2 Apr 2007 19:18:42 GMT"}], "authors_parsed": [["Balázs", "C. -P.", ""]]}),
        {"arxiv": "0704.0001", "category": "hep-ph", "authors": ["C.-P. Balázs"], "date": "2007-04-02", "abstract": "A b.", "title": "T U"},
    ),
    "a daily script with a summary by a machine": (
        "a.jsonl", json.dumps({"id": "2405.00013", "title": "T", "authors": ["Ada Kern"], "categories": ["cs.CL"], "summary": "S.", "AI": {"tldr": "Short."}}),
        {"abstract": "S.", "summary": "", "takeaway": "Short.", "made_by": {"takeaway": "daily-arXiv"}},
    ),
    "papers by year": ("a.json", json.dumps({"2017": [{"title": "T", "authors": "A B", "paper": "http://x.org/a.pdf"}]}), {"date": "2017", "links": {"pdf": "http://x.org/a.pdf"}}),
    "links as a list": (
        "a.json", json.dumps({"title": "T", "links": [{"type": "pdf", "url": "https://x.org/1.pdf"}, {"name": "Code", "url": "https://x.org/2"}]}),
        {"links": {"pdf": "https://x.org/1.pdf", "code": "https://x.org/2"}},
    ),
    "a submission that nobody has accepted yet": (
        "a.json", json.dumps({"notes": [{"id": "x", "forum": "x", "content": {"title": {"value": "T"}, "authors": {"value": ["A B"]}, "venue": {"value": "Submitted to ICLR 2025"}, "venueid": {"value": "ICLR.cc/2025/Conference/Submission"}}}]}),
        {"kind": "preprint", "venue": ""},
    ),
    "a preprint of OpenAlex": (
        "a.json", json.dumps({"id": "https://openalex.org/W3", "title": "T", "type": "preprint", "authorships": [], "primary_location": {"landing_page_url": "http://arxiv.org/abs/2101.00001", "source": {"display_name": "arXiv (Cornell University)", "type": "repository"}}}),
        {"arxiv": "2101.00001", "venue": ""},
    ),
    "the place of a conference in CSL": ("a.json", json.dumps([{"id": "x", "type": "paper-conference", "title": "T", "event-place": "Paris", "issued": {"date-parts": [[2010]]}}]), {"address": "Paris"}),
    "two licences": ("CITATION.cff", "cff-version: 1.2.0\ntitle: T\nlicense: [MIT, Apache-2.0]\nauthors: [{family-names: Kern}]\n", {"license": "MIT OR Apache-2.0"}),
    "a citation of Manubot": ("c.yaml", "- id: doi:10.1093/nar/gkad1082\n  title: T\n  publisher: Nucleic Acids Research\n  link: https://x.org\n", {"kind": "article"}),
    "a book of Manubot": ("c.yaml", "- id: isbn:9780394603988\n  title: T\n  publisher: Modern Library\n  link: https://x.org\n", {"kind": "book", "publisher": "Modern Library", "venue": ""}),
    "a link of academicpages": ("p.md", "---\ntitle: T\ncollection: publications\npermalink: /publication/a\nlink: https://doi.org/10.1234/ap.4\n---\n", {"doi": "10.1234/ap.4"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_of_users(name: str) -> None:
    file, text, fields = FILES[name]
    importer = find_importer(file, text.encode())
    assert importer
    (record, *others), _ = read_records(importer.name, text, file)
    assert not others
    assert {field: show(record, field) for field in fields} == fields


def test_publications_of_a_personal_site_are_imported_with_their_own_names() -> None:
    text = "- {title: T, authors: 'Ada Kern, Bo Lund', year: 2023, journal: J, pdf: https://x.org/a.pdf, talk: https://x.org/v}\n"
    faults: list[Fault] = []
    importer = find_importer("publications.yml", text.encode())
    assert importer
    source, context = Source("publications.yml", text.encode()), ReadContext(faults.append, lenient=True)
    (record,) = importer.reader.read(source, context)
    assert not faults
    assert {field: show(record, field) for field in ("authors", "date", "venue", "links")} == {
        "authors": ["Ada Kern", "Bo Lund"],
        "date": "2023",
        "venue": "J",
        "links": {"pdf": "https://x.org/a.pdf", "video": "https://x.org/v"},
    }


LIBRARIES: list[tuple[str, str, dict[str, Any]]] = [
    # Mendeley escapes the tags and entities that it has from publishers.
    (
        "library.bib",
        r"""@article{Kern2019,
abstract = {{\textless}p{\textgreater}Flats lose 30{\%} {\&}amp; more.{\textless}/p{\textgreater}},
author = {Kern, Ada}, journal = {Salt {\&}amp; Crust}, title = {{Of the {\&}lt;i{\&}gt;Salar{\&}lt;/i{\&}gt;}}}""",
        {"title": "Of the *Salar*", "abstract": "Flats lose 30% & more.", "venue": "Salt & Crust"},
    ),
    # What no program escaped stays a sign of less.
    ("a.bib", r"@misc{a, title={If a \textless{} b}, abstract={p {\textless} q {\&} r}}", {"title": r"If a \< b", "abstract": r"p \< q & r"}),
    # JabRef, biblatex: the place of a conference; elsewhere `venue` is the conference itself.
    (
        "jabref.bib",
        r"@InProceedings{a, title={A}, booktitle={Salt Vision}, eventtitle={CSV 2024}, venue={Reykjav{\'\i}k, Iceland}}",
        {"address": "Reykjavík, Iceland", "venue": "CSV 2024", "booktitle": "Salt Vision"},
    ),
    ("lab.bib", "@misc{a, title={A}, venue={ICS 2024}}", {"venue": "ICS 2024", "address": ""}),
    ("lab.bib", "@inproceedings{a, title={A}, booktitle={B}, venue={Oslo}}", {"venue": "", "booktitle": "B", "extra": {"venue": "Oslo"}}),
    # Scopus: the book of a conference, and the title in the paper's language.
    (
        "scopus.csv",
        "Authors,Title,Year,Source title,Document Type\n"
        "Ott C.; Pim D.,Salt in Norway; [Salt i Norge],2020,\"Proceedings - 2020 IEEE Reef Conference, RC 2020\",Conference paper\n",
        {"title": "Salt in Norway", "other_titles": ("Salt i Norge",), "venue": "",
         "booktitle": "Proceedings - 2020 IEEE Reef Conference, RC 2020", "authors": ["C. Ott", "D. Pim"]},
    ),
    # Web of Science: a meeting that was nowhere.
    (
        "savedrecs.txt",
        "PT\tAU\tTI\tSO\tDT\tCL\tPI\tPY\nC\tOtt, C\tNets\tReefs 2020\tProceedings Paper\tELECTR NETWORK\tNEW YORK\t2020\n",
        {"address": "NEW YORK", "extra": {}},
    ),
    # Semantic Scholar: the issue behind the volume.
    (
        "s2.json",
        json.dumps({"data": [{"paperId": "a", "externalIds": {}, "title": "A", "journal": {"name": "J", "volume": "9 2"}}]}),
        {"volume": "9", "issue": "2", "venue": "J"},
    ),
    (
        "s2.json",
        json.dumps({"data": [{"paperId": "a", "externalIds": {}, "title": "A", "journal": {"name": "J", "volume": "Vol 2"}}]}),
        {"volume": "Vol 2", "issue": ""},
    ),
    # OpenAlex: the address of the DOI says what the DOI says.
    (
        "works.json",
        json.dumps({"results": [{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/a", "title": "A",
         "authorships": [], "primary_location": {"landing_page_url": "https://doi.org/10.5555/a", "pdf_url": "https://example.org/a.pdf"}}]}),
        {"doi": "10.5555/a", "links": {"pdf": "https://example.org/a.pdf"}},
    ),
    # Crossref: a group for which people wrote.
    (
        "work.json",
        json.dumps({"message-type": "work", "message": {"DOI": "10.5555/a", "type": "journal-article", "title": ["A"],
         "author": [{"given": "Ada", "family": "Kern"}, {"name": "on behalf of the Salt Group"}]}}),
        {"authors": ["Ada Kern", "Salt Group"]},
    ),
    # A citation of a home page: journal, volume, issue and pages.
    (
        "home.md",
        "- Kern, A., & Lund, B. (2023). Of crusts and flats. Journal of Salt, 12(3), 101–110. https://doi.org/10.5555/js.2023.12\n",
        {"title": "Of crusts and flats", "venue": "Journal of Salt", "volume": "12", "issue": "3", "pages": "101–110", "note": ""},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "values"), LIBRARIES)
def test_values_of_libraries(name: str, text: str, values: dict[str, Any]) -> None:
    importer = find_importer(name, text.encode())
    assert importer
    (record,), _ = read_records(importer.name, text.encode(), name)
    assert {field: show(record, field) for field in values} == values


def test_a_name_on_behalf_of_a_group() -> None:
    names = [one.name for one in mend_people("Ada Kern; on behalf of the Salt Group; On Behalf Of Müller AG").value]
    assert names == ["Ada Kern", "Salt Group", "Müller AG"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.bib", "@article{a, title={T}, author={,,,,}}"),
        ("a.ris", "TY  - JOUR\nTI  - T\nAU  - ,,,,\nER  - \n"),
        ("a.csv", 'title,authors\nT,",,,,"\n'),
        ("a.json", '[{"title": "T", "authors": ",,,,"}]'),
    ],
)
def test_an_author_of_commas_is_a_warning(file: str, text: str) -> None:
    (record,), (fault,) = read_records("", text, file)
    assert (record.authors, fault.message) == ((), "',,,,' is no name; left out")
