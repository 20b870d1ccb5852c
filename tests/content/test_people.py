"""People: authors.yaml, who wrote which paper, and who gets a page at which address."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.content.assemble import OtherContent, assemble
from paperbound.content.people.profiles import read_profiles
from paperbound.model.catalogue import Asset, Catalogue, Profile
from paperbound.model.date import PartialDate
from paperbound.model.errors import Fault
from paperbound.model.record import Author, Origin, Record
from paperbound.text.names import index_letter, sort_key
from surroundings import Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
A, B = "0000-0000-0000-0001", "0000-0002-1825-0097"
PROFILES = f"""\
# Who is who.
- {{id: ada-kern, name: Ada Kern, variants: [A. Kern], former: [Adam Kern], orcid: {A}, url: "https://example.org/ada"}}
- name: Wei Wang   # the one of shelves
  id: wei-wang-shelves
  orcid: {B}
  affiliation: House of Shelves
  picture: people/wei.png
  similar: [ada-kern]
"""


def paper(ident: str, *authors: Author, year: int = 2024) -> Record:
    origin = Origin(f"{ident}.yaml", lines={"authors": 3})
    return Record(id=ident, title=f"Title {ident}", authors=authors, date=PartialDate(year), origin=origin)


def run(*records: Record, team_size: int = 100, **parts: object) -> tuple[Catalogue, list[Fault]]:
    faults: list[Fault] = []
    return assemble(records, OtherContent(**parts), faults.append, team_size=team_size), faults  # type: ignore[arg-type]


def read(folder: Path, text: str) -> tuple[tuple[Profile, ...], list[Fault]]:
    faults: list[Fault] = []
    (folder / "authors.yaml").write_text(text, "utf-8")
    static = [Asset("people/wei.png", "/x", "d")]
    return read_profiles(folder, static, faults.append), faults


def test_profiles_are_read(tmp_path: Path) -> None:
    (ada, wei), faults = read(tmp_path, PROFILES)
    assert not faults
    assert ada == Profile("ada-kern", "Ada Kern", ("A. Kern",), ("Adam Kern",), (), A, "https://example.org/ada")
    assert (wei.name, wei.affiliation, wei.picture, wei.similar) == (
        "Wei Wang", "House of Shelves", "people/wei.png", ("ada-kern",),
    )  # fmt: skip
    assert (wei.file.endswith("/authors.yaml"), wei.line) == (True, 3)


@pytest.mark.parametrize(
    ("text", "line", "field", "message", "remedy"),
    [
        ("- {name: Ada, orcid: 0000-0000-0000-0002}", 1, "orcid", "check digit", "Compare it"),
        (f"- name: Ada\n  orcid: https://orcid.org/{A}", 2, "orcid", "is no ORCID", f"Write {A}."),
        ("- name: Ada\n  varients: [A.]", 2, "varients", "no key of a person", "'variants'"),
        ("- name: Ada\n  variants: A. Kern", 2, "variants", "a list is expected", "[A. Kern]"),
        ("- {id: ada}", 1, "name", "has no name", "name: Ada Lovelace"),
        ("- {name: Ada, id: Ada K}", 1, "id", "is not a slug", "'ada-k'"),
        ("- {name: …}", 1, "id", "is not a slug", "another word"),
        ("- {name: Ada}\n- {name: ADA}", 2, "id", "stands twice", "another id"),
        (f"- {{name: Ada, orcid: {A}}}\n- {{name: Bea, orcid: {A}}}", 2, "orcid", "'ada' has this ORCID", "one person"),
        ("- {name: Ada, url: 'javascript:x'}", 1, "url", "is not a web address", "https://"),
        ("- {name: Ada, picture: people/wie.png}", 1, "picture", "has no file", "'people/wei.png'"),
        ("- name: [Ada]", 1, "name", "text is expected", "name"),
        ("- name: Ada\n  - x", 2, "", "cannot be read", ""),
    ],
)
def test_faults_name_line_field_and_remedy(
    tmp_path: Path, text: str, line: int, field: str, message: str, remedy: str
) -> None:
    _, (fault,) = read(tmp_path, text)
    assert (fault.line, fault.field, fault.warning) == (line, field, False)
    assert message in fault.message
    assert remedy in fault.remedy


def test_names_variants_former_names_and_orcids_are_of_one_person() -> None:
    ada = Profile("ada-kern", "Ada Kern", ("A. Kern",), ("Adam Kern",), orcid=A, url="https://example.org/")
    catalogue, faults = run(
        paper("a", Author("Ada Kern")),
        paper("b", Author("A. Kern")),
        paper("c", Author("Adam Kern"), Author("Bea")),
        paper("d", Author("Somebody Else", orcid=A)),
        paper("e", Author("Ada Kern", id="another")),
        paper("f", Author("Ada Kern", orcid=B)),
        profiles=(ada,),
    )
    person = catalogue.people["ada-kern"]
    assert (person.papers, person.orcid) == (("a", "b", "c", "d"), A)
    assert person.variants == ("A. Kern", "Ada Kern", "Somebody Else")
    assert catalogue.records["c"].authors[0] == Author("Ada Kern", "ada-kern", A, "", "https://example.org/")
    assert "Adam" not in repr([catalogue.records, catalogue.people, catalogue.keys])
    assert catalogue.people["another"].papers == ("e",)
    (other,) = catalogue.people_of["f"]
    assert other.startswith("ada-kern-")
    assert set(person.similar) == {"another", other}
    assert not faults


def test_a_spelling_that_a_profile_lacks_is_reported() -> None:
    _, (fault,) = run(
        paper("a", Author("Ada Kern")), paper("b", Author("Ada Kérn")), profiles=(Profile("ada-kern", "Ada Kern"),)
    )
    assert (fault.file, fault.line, fault.field, fault.warning) == ("b.yaml", 3, "authors", True)
    assert "Ada Kern, Ada Kérn" in fault.message


def test_a_name_of_two_profiles_is_neither_and_reported() -> None:
    two = (Profile("wei-1", "Wei Wang", orcid=A), Profile("wei-2", "Wei Wang", similar=("wei-3",)))
    catalogue, (fault, similar) = run(
        paper("a", Author("Wei Wang")),
        paper("b", Author("Wei Wang", id="wei-1")),
        paper("c", Author("Wei Wang", orcid=B)),
        profiles=two,
    )
    assert {slug: one.papers for slug, one in catalogue.people.items()} == {
        "wei-1": ("b",), "wei-2": ("c",), "wei-wang": ("a",),
    }  # fmt: skip
    assert catalogue.people["wei-1"].similar == ("wei-2", "wei-wang")
    assert "wei-1, wei-2" in fault.message
    assert "id: wei-1" in fault.remedy
    assert (similar.field, similar.remedy) == ("similar", "Did you mean 'wei-2'?")


def test_two_orcids_are_two_people_and_the_older_paper_keeps_the_address() -> None:
    records = [
        paper("new", Author("Wei Wang", orcid=B), year=2025),
        paper("old", Author("Wei Wang", orcid=A), year=2020),
        paper("unsaid", Author("WEI WANG"), year=2026),
    ]
    addresses = set()
    for order in permutations(records):
        catalogue, faults = run(*order)
        (other,) = catalogue.people_of["new"]
        addresses.add(other)
        assert catalogue.people["wei-wang"].papers == ("unsaid", "old")
        assert catalogue.people[other].similar == ("wei-wang",)
        assert [fault.message for fault in faults if A in fault.message and B in fault.message]
    assert len(addresses) == 1


def test_a_paper_of_a_large_team_gives_no_page() -> None:
    team = [Author(f"Member Number{number}") for number in range(4)]
    records = (paper("big", *team, Author("Known One")), paper("small", team[0]))
    catalogue, _ = run(*records, team_size=4, profiles=(Profile("known-one", "Known One"),))
    assert sorted(catalogue.people) == ["known-one", "member-number0"]
    assert catalogue.people["member-number0"].papers == ("big", "small")
    assert len(catalogue.people_of["big"]) == 5
    assert len(run(*records, team_size=5)[0].people) == 5


def test_names_of_all_scripts_have_an_order_and_a_letter() -> None:
    names = ["Ødegård, Kari", "Łukasz Żak", "Ada Kern", "Kari Oz", "李明", "Пётр Жуков", "Пётр Ёлкин", "Пётр Елкин Б"]
    ordered = sorted(names, key=sort_key)
    assert ordered[:4] == ["Ada Kern", "Ødegård, Kari", "Kari Oz", "Łukasz Żak"]
    assert ordered.index("Пётр Ёлкин") < ordered.index("Пётр Жуков")
    assert [index_letter(name) for name in names] == ["O", "Z", "K", "O", "#", "Ж", "Е", "Б"]
    assert index_letter("Salt and Flats Working Group") == "S"
    people, _ = run(paper("a", *map(Author, ["李明", "Ada Kern", "42", "Plato", "Пётр Жуков"])))
    assert list(people.people) == ["ada-kern", "plato", "petr-zhukov", "42", "li-ming"]


SITE: dict[str, str | bytes] = {
    "authors.yaml": PROFILES,
    "static/people/wei.png": b"png",
    "papers/a.yaml": f"title: On Shelves\nauthors: [Adam Kern, {{name: Wei Wang, orcid: {B}}}]\nvenue: Rows\ndate: 2020\n",
    "papers/b.yaml": "title: On Rows\nauthors: [Ada Kern, {name: Ada Kern, id: ada-2}]\nvenue: Rows\n",
    "collections/all.yaml": "papers: [a, b]\n",
}


def test_the_page_of_a_person(make_content: Make, tmp_path: Path, build: Build) -> None:
    build(make_content(SITE), tmp_path / "site")
    pages = {path: (tmp_path / "site" / "authors" / path / "index.html").read_text("utf-8") for path in
             ("ada-kern", "wei-wang-shelves", "ada-2")}  # fmt: skip
    for text in (f"https://orcid.org/{A}", "https://example.org/ada", "Also written A. Kern", "/authors/ada-2/",
                 "Others of this name", "/venues/rows/", "On Shelves", "/authors/wei-wang-shelves/"):  # fmt: skip
        assert text in pages["ada-kern"], text
    assert 'src="/people/wei.png"' in pages["wei-wang-shelves"]
    assert "House of Shelves" in pages["wei-wang-shelves"]
    assert "orcid.org" not in pages["ada-2"]
    # The former name is nowhere: neither in pages, nor in exports, nor in the search index.
    assert not [path for path, data in read_tree(tmp_path / "site").items() if b"Adam" in data]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("former: [Adam Kern]", "former: [A]"),
        (A, "0000-0001-5109-3700"),
        ("House of", "Barn of"),
        ("similar: [ada-kern]", "similar: []"),
        ("variants: [A. Kern]", "variants: [Ada K.]"),
        ("https://example.org/ada", "https://example.org/kern"),
        ("# Who is who.\n", ""),
    ],
)
def test_a_changed_profile_changes_all_that_shows_it(
    make_content: Make, tmp_path: Path, build: Build, old: str, new: str
) -> None:
    content = make_content(SITE)
    build(content, tmp_path / "site")
    assert old in PROFILES
    (content / "authors.yaml").write_text(PROFILES.replace(old, new), "utf-8")
    incremental, clean = build(content, tmp_path / "site"), build(content, tmp_path / "clean")
    assert incremental.warnings == clean.warnings
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_a_fault_of_authors_yaml_stops_the_build(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"authors.yaml": "- name: Ada\n  orcid: 0000-0000-0000-0002\n"})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    assert "authors.yaml:2 [orcid]: '0000-0000-0000-0002' is no ORCID" in capsys.readouterr().err


def test_a_wrong_orcid_of_a_record_is_a_fault(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "title: A\nauthors: [{name: Ada, orcid: 0000-0000-0000-0002}]\n"})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    printed = capsys.readouterr().err
    assert "a.yaml:2 [authors]: the check digit of the ORCID '0000-0000-0000-0002' is wrong" in printed
