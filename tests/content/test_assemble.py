from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from paperbound.content.assemble import OtherContent, assemble
from paperbound.model.catalogue import Collection, Tag
from paperbound.model.date import PartialDate
from paperbound.model.errors import Fault
from paperbound.model.record import Author, Link, Origin, Record


def paper(
    ident: str, title: str = "", *, date: str = "", native: bool = True, file: str = "", **fields: object
) -> Record:
    return Record(
        id=ident,
        title=title or f"Title {ident}",
        date=PartialDate.parse(date) if date else None,
        origin=Origin(file or f"{ident}.yaml", native=native, by_title=file.endswith(".txt")),
        **fields,  # type: ignore[arg-type]
    )


def run(*records: Record, **parts: object) -> tuple[object, list[Fault]]:
    faults: list[Fault] = []
    return assemble(records, OtherContent(**parts), faults.append), faults  # type: ignore[arg-type]


def test_order_is_newest_first_undated_last_then_by_id() -> None:
    records = [paper("b", date="2024"), paper("a", date="2024-01-01"), paper("c"), paper("d", date="2025-03")]
    for order in permutations(records):
        catalogue, _ = run(*order)
        assert list(catalogue.records) == ["d", "a", "b", "c"]  # type: ignore[attr-defined]


def test_native_duplicates_name_both() -> None:
    _, faults = run(
        paper("A"),
        paper("a"),
        paper("x", doi="10.1000/X"),
        paper("y", doi="10.1000/x"),
        paper("p", arxiv="2401.00001v1"),
        paper("q", arxiv="2401.00001v3"),
    )
    assert [(fault.field, fault.warning) for fault in faults] == [("id", False), ("doi", False), ("arxiv", False)]
    assert "A.yaml" in faults[0].message


def test_a_foreign_record_fills_gaps_and_changes_nothing() -> None:
    mine = paper("a", doi="10.1000/x", venue="ACL", links=(Link("code", "https://a.org"),))
    other = paper(
        "b",
        doi="10.1000/X",
        venue="EMNLP",
        abstract="Text.",
        native=False,
        file="b.jsonl",
        links=(Link("code", "https://b.org"), Link("pdf", "https://b.org/pdf")),
    )
    catalogue, faults = run(other, mine)
    record = catalogue.records["a"]  # type: ignore[attr-defined]
    assert (record.venue, record.abstract) == ("ACL", "Text.")
    assert [link.url for link in record.links] == ["https://a.org", "https://b.org/pdf"]
    assert len(catalogue.records) == 1  # type: ignore[attr-defined]
    assert [(fault.field, fault.warning) for fault in faults] == [("venue", True), ("links", True)]
    assert "'ACL'" in faults[0].message
    assert "'EMNLP'" in faults[0].message


def test_a_listing_meets_a_record_by_any_of_its_titles() -> None:
    mine = paper("2401.00001", "Scaling fLaws", other_titles=("Scaling scriptsizeFLaws",))
    listed = paper("scaling-scriptsizeflaws", "scaling  SCRIPTSIZEFLAWS", abstract="Text.", native=False, file="l.txt")
    catalogue, faults = run(mine, listed)
    assert list(catalogue.records) == ["2401.00001"]  # type: ignore[attr-defined]
    assert catalogue.records["2401.00001"].abstract == "Text."  # type: ignore[attr-defined]
    assert not faults


def test_two_rows_of_one_file_are_two_papers_whatever_they_share() -> None:
    catalogue, faults = run(
        paper("a", doi="10.1000/x", native=False, file="r.jsonl"),
        paper("b", doi="10.1000/x", native=False, file="r.jsonl"),
    )
    assert len(catalogue.records) == 2  # type: ignore[attr-defined]
    assert [fault.warning for fault in faults] == [True]


def test_equal_titles_are_a_warning_and_two_addresses() -> None:
    catalogue, faults = run(paper("new", "Same", date="2024"), paper("old", "Same", date="2020"))
    assert catalogue.slugs["old"] == "same"  # type: ignore[attr-defined]
    assert catalogue.slugs["new"].startswith("same-")  # type: ignore[attr-defined]
    assert [fault.warning for fault in faults] == [True]


def test_a_slug_requested_twice_is_a_fault_that_names_both() -> None:
    _, faults = run(paper("a", slug="mine"), paper("b", slug="mine"))
    assert [fault.field for fault in faults] == ["slug"]
    assert "'mine'" in faults[0].message
    assert "'a'" in faults[0].message


def test_a_chosen_slug_wins_over_a_derived_one() -> None:
    catalogue, _ = run(paper("a", "Mine", date="1999"), paper("b", "Other", slug="mine"))
    assert catalogue.slugs["b"] == "mine"  # type: ignore[attr-defined]
    assert catalogue.slugs["a"].startswith("mine-")  # type: ignore[attr-defined]


def test_an_unknown_tag_names_the_nearest() -> None:
    _, faults = run(paper("a", tags=("readng",)), tags=(Tag("reading", "Reading"),))
    assert faults[0].field == "tags"
    assert "'reading'" in faults[0].remedy


def test_without_tags_yaml_tags_name_themselves() -> None:
    catalogue, faults = run(paper("a", tags=("graph-theory",)))
    assert not faults
    assert catalogue.tags["graph-theory"].name == "Graph theory"  # type: ignore[attr-defined]


def test_spellings_of_one_slug_are_one_person_and_reported() -> None:
    catalogue, faults = run(
        paper("a", authors=(Author("José Póczos"),)),
        paper("b", authors=(Author("Jose Poczos"),)),
        paper("c", authors=(Author("José Póczos"), Author("Other", id="o-1"))),
    )
    person = catalogue.people["jose-poczos"]  # type: ignore[attr-defined]
    assert (person.name, person.variants, person.papers) == (
        "José Póczos",
        ("Jose Poczos", "José Póczos"),
        ("a", "b", "c"),
    )
    assert "o-1" in catalogue.people  # type: ignore[attr-defined]
    assert [fault.warning for fault in faults] == [True]


def test_collections_name_unknown_ids_and_repetitions() -> None:
    collection = Collection("c", "c", "C", ("a", "nope", "a"), file="content/collections/c.yaml")
    _, faults = run(paper("a"), collections=(collection,))
    assert ["nope" in faults[0].message, "twice" in faults[1].message] == [True, True]


@given(st.permutations([paper(f"p{number}", f"Title {number % 3}", date="2024") for number in range(7)]))
def test_addresses_do_not_depend_on_positions(records: list[Record]) -> None:
    catalogue, _ = run(*records)
    reference, _ = run(*sorted(records, key=lambda record: record.id))
    assert dict(catalogue.slugs) == dict(reference.slugs)  # type: ignore[attr-defined]
