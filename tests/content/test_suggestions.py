"""`paperbound people`: likely variants and namesakes with reasons and scores; accepted ones are written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.content.assemble import OtherContent, assemble
from paperbound.content.people.likeness import Suggestion, suggest_changes
from paperbound.content.people.profile_edits import add_profiles
from paperbound.model.catalogue import Profile
from paperbound.model.errors import InputError
from paperbound.model.record import Author, Origin, Record
from paperbound.text.yamltext import load_entries

Make = Callable[[dict[str, str | bytes]], Path]
A, B = "0000-0000-0000-0001", "0000-0002-1825-0097"


def suggest(*papers: list[str] | tuple[list[str], str], profiles: tuple[Profile, ...] = ()) -> list[Suggestion]:
    """Suggestions for papers of these authors (`Name`, or `Name #orcid`), some with a venue."""
    records = []
    for number, paper in enumerate(papers):
        names, venue = paper if isinstance(paper, tuple) else (paper, "")
        authors = [name.partition(" #") for name in names]
        records.append(
            Record(
                id=f"p{number}",
                title=f"Title {number}",
                authors=tuple(Author(name, orcid=orcid) for name, _, orcid in authors),
                venue=venue,
                origin=Origin("a.yaml"),
            )
        )
    return suggest_changes(assemble(records, OtherContent(profiles=profiles), lambda _fault: None), profiles)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Ada De la Cruz-Kern", "Ada de la Cruz-Kern", "case"),
        ("José Póczos", "Jose Poczos", "accents"),
        ("Kari Ødegård", "Kari Odegard", "accents"),
        ("Jürgen Müller", "Juergen Mueller", "accents"),
        ("Иван Иванов", "Ivan Ivanov", "script"),
        ("Xiao-Ming Wang", "Xiaoming Wang", "hyphens"),
        ("Ada Cruz-Kern", "Ada Cruz Kern", "hyphens"),
        ("Wang Xiaoming", "Xiaoming Wang", "order"),
        ("Ada M. Kern", "Ada Kern", "middle name"),
        ("Ada Maria Kern", "Ada M. Kern", "initials"),
        ("A. Kern", "Ada Kern", "initials"),
        ("A. M. Kern", "Ada Maria Kern", "initials"),
        ("Пётр Жуков", "П. Жуков", "initials"),
    ],
)
def test_likely_variants_have_a_reason(one: str, other: str, reason: str) -> None:
    (found,) = suggest([one], [other])
    assert (found.kind, found.reason.split(";")[0]) == ("variant", reason)
    assert {found.name, *found.others} == {one, other}
    # Where co-authors and venue are the same, it is likelier.
    (more,) = suggest(([one, "Bea Ott"], "Rows"), ([other, "Bea Ott"], "Rows"))
    assert more.score >= found.score


def test_of_equal_spellings_that_with_accents_stands_for_all() -> None:
    (found,) = suggest(["ADA PÓCZOS"], ["Ada Póczos"], ["Ada Poczos"])
    assert (found.name, found.others) == ("Ada Póczos", ("ADA PÓCZOS", "Ada Poczos"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Kern", "Bea Kern"),
        ("Ada Kern", "Ada Kerner"),
        ("A. Kern", "B. Kern"),
        ("Ada M. Kern", "Ada N. Kern"),
        ("Plato", "Platon"),
        (f"A. Kern #{A}", f"Ada Kern #{B}"),
    ],
)
def test_other_people_are_not_suggested(one: str, other: str) -> None:
    assert not suggest([one], [other])


def test_two_authors_of_one_paper_are_two() -> None:
    assert not suggest(["A. Kern", "Ada Kern"], ["Ada Kern"])


def test_an_orcid_joins_any_names_and_similar_people_stay_apart() -> None:
    (found,) = suggest([f"Ada Kern #{A}"], [f"Adelheid Ott #{A}"])
    assert (found.score, found.reason) == (1.0, "ORCID")
    assert not suggest(["A. Kern"], ["Ada Kern"], profiles=(Profile("a-kern", "A. Kern", similar=("ada-kern",)),))


def test_initials_that_fit_two_people_score_less() -> None:
    alone = suggest(["J. Kern"], ["Jan Kern"])[0].score
    assert {one.score for one in suggest(["J. Kern"], ["Jan Kern"], ["Jil Kern"])} == {round(alone - 0.2, 2)}


def test_of_several_people_who_fit_none_is_certain() -> None:
    two = (
        Profile("wang-salt", "Wei Wang", orcid=A, affiliation="House of Salt"),
        Profile("wang-reef", "Wei Wang", orcid=B),
    )
    team = "Bea Ott"
    salt, reef = ([f"Wei Wang #{A}", team], "Salt"), ([f"Wei Wang #{B}", team], "Reef")
    # Both share the co-author, which says nothing.
    found = suggest(salt, reef, ["Wei Wang", team], profiles=two)
    assert [(one.id, one.score, one.profiles) for one in found] == [("wang-reef", 0.5, ()), ("wang-salt", 0.5, ())]
    assert {one.reason for one in found} == {"one name, 2 people fit, nothing says which"}
    assert found[1].people == (
        "wei-wang: 1 paper (p2); with Bea Ott",
        f"wang-salt: 1 paper (p0); Salt; with Bea Ott; House of Salt; ORCID {A}",
        f"wang-reef: 1 paper (p1); Reef; with Bea Ott; ORCID {B}",
    )
    # The venue is that of one of them.
    best, other = suggest(salt, reef, (["Wei Wang", team], "Salt"), profiles=two)
    assert (best.id, best.score, best.reason) == ("wang-salt", 0.6, "one name, 2 people fit, alone shares 1 venue")
    assert (other.id, other.score) == ("wang-reef", 0.5)
    # So it is with middle names: three people of whom two are not one.
    found = suggest(["Ada Kern", team], ["Ada M. Kern", team], ["Ada N. Kern", team])
    assert {one.score for one in found} == {0.4}
    assert all("2 people fit" in one.reason for one in found)
    # Three spellings of one person are no rivals.
    found = suggest(["Xiao-Ming Wang", team], ["Xiaoming Wang", team], ["XiaoMing Wang", team])
    assert found
    assert all("fit" not in one.reason for one in found)


def test_namesakes_by_orcid_and_by_company() -> None:
    (found,) = suggest([f"Wei Wang #{A}"], [f"Wei Wang #{B}"])
    assert (found.kind, found.score, found.reason) == ("namesake", 1.0, "two ORCIDs")
    assert {one.orcid for one in found.profiles} == {A, B}
    # The examples are papers that give the ORCIDs, not those that went to the first of the two.
    (found,) = suggest(["Wei Wang", "Ada Kern"], ([f"Wei Wang #{A}"], "Rows"), [f"Wei Wang #{B}"])
    assert set(found.others) == {"p1", "p2"}
    assert f"1 paper (p1); Rows; ORCID {A}" in [one.partition(": ")[2] for one in found.people]
    group, other = (["Wei Wang", "Ada Kern"], "Rows"), (["Wei Wang", "Bea Ott"], "Shelves")
    (found,) = suggest(group, group, group, other, other)
    assert (found.kind, found.others, found.profiles) == ("namesake", ("p0", "p3"), ())
    assert found.people == (
        "wei-wang: 3 papers (p0, p1, p2); Rows; with Ada Kern",
        "wei-wang: 2 papers (p3, p4); Shelves; with Bea Ott",
    )
    assert "3 and 2 papers" in found.reason
    # One venue in common, and they may be one person.
    assert not suggest(group, group, group, other, (["Wei Wang", "Bea Ott"], "Rows"), other)


FLOW = "# People.\n- {id: ada-kern, name: Ada Kern}  # first\n\n- {name: Bea, variants: [B.]} # second\n"
BLOCK = "- name: Ada Kern # her name\n  variants:\n  - Ada K.   # short\n  # end\n  orcid: 0000-0000-0000-0001\n"


@pytest.mark.parametrize(
    ("text", "profile", "line"),
    [
        (FLOW, Profile("ada-kern", "Ada Kern", ("A. Kern",)), "- {id: ada-kern, name: Ada Kern, variants: [A. Kern]}  # first"),
        (FLOW, Profile("bea", "Bea", ("B, x", "B.")), "- {name: Bea, variants: [B., 'B, x']} # second"),
        (FLOW, Profile("cy", "Cy: Ott", ("C.",), orcid=A), "  name: 'Cy: Ott'"),
        (BLOCK, Profile("ada-kern", "Ada Kern", ("A. Kern", "- x")), "  - '- x'"),
        (BLOCK.replace("variants:\n  - Ada K.   # short\n  ", ""), Profile("ada-kern", "Ada Kern", ("A. Kern",)),
         "  variants: [A. Kern]"),
        ("", Profile("cy", "李明", ("Li Ming",)), "  name: 李明"),
        ("  - name: Ada # no end", Profile("cy", "Cy"), "  - id: cy"),
        ("- {name: Ada Kern, variants: []}", Profile("ada-kern", "Ada Kern", ("A.",)), "- {name: Ada Kern, variants: [A.]}"),
    ],
)  # fmt: skip
def test_what_is_accepted_is_added_and_all_else_stays(text: str, profile: Profile, line: str) -> None:
    edited = add_profiles(text, [profile], "authors.yaml")
    assert line in edited.split("\n")
    for comment in ("# People.", "# first", "# second", "# her name", "# short", "# end", "# no end"):
        assert (comment in edited) == (comment in text)
    values = [entry.values for entry in load_entries(edited)[1]]
    assert any(set(profile.variants) <= set(one.get("variants") or []) for one in values)  # type: ignore[arg-type]
    assert add_profiles(edited, [profile], "authors.yaml") == edited


@pytest.mark.parametrize(
    "text",
    [
        *("name: Ada Kern\n", "[{name: Ada Kern}]", "- {name: Ada Kern, variants: &x [A], former: *x}"),
        *("null\n", "42\n", "Ada Kern\n", "- Ada Kern\n", "- id: ada-kern\n", "- {name: [Ada Kern]}\n"),
        *("- {name: Ada Kern, variants: Ada}\n", "- {name: Ada Kern, variants: [{a: b}]}\n", "- {name: &x [*x]}\n"),
        *("- {id: {a: b}, name: Ada Kern}\n", "- name: Ada Kern\n- {", "- ? [a]\n  : b\n"),
    ],
)
def test_a_file_that_cannot_be_edited_without_loss_is_left(text: str) -> None:
    with pytest.raises(InputError, match="by hand"):
        add_profiles(text, [Profile("ada-kern", "Ada Kern", ("A. Kern",))], "authors.yaml")


def test_the_command_lists_and_writes(make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = make_content({
        "authors.yaml": "# Who is who.\n- {name: Bea Ott}\n",
        "papers/a.yaml": "title: A\nauthors: [Ada De la Cruz-Kern, Bea Ott]\n",
        "papers/b.yaml": "title: B\nauthors: [Ada de la Cruz-Kern, Bea Ott]\n",
        "papers/c.yaml": "title: C\nauthors: [A. de la Cruz-Kern, Bea Ott]\n",
    })  # fmt: skip
    arguments = ["people", "--content", str(content), "--output", str(tmp_path / "site")]
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "0.95  Ada De la Cruz-Kern = Ada de la Cruz-Kern  (case; one page already)  [ada-de-la-cruz-kern]",
        "0.70  Ada De la Cruz-Kern = A. de la Cruz-Kern  (initials, 1 shared co-author)  [ada-de-la-cruz-kern]",
    ]
    assert main([*arguments, "--least", "0.9", "--json"]) == 0
    (value,) = json.loads(capsys.readouterr().out)["suggestions"]
    assert (value["id"], value["others"], value["score"]) == ("ada-de-la-cruz-kern", ["Ada de la Cruz-Kern"], 0.95)
    assert main([*arguments, "--accept", "ada-de-la-cruz-kerm"]) == 1
    assert "Did you mean 'ada-de-la-cruz-kern'?" in capsys.readouterr().err
    assert main([*arguments, "--accept", "ada-de-la-cruz-kern"]) == 0
    assert (content / "authors.yaml").read_text("utf-8") == (
        "# Who is who.\n- {name: Bea Ott}\n- id: ada-de-la-cruz-kern\n  name: Ada De la Cruz-Kern\n"
        "  variants:\n  - Ada de la Cruz-Kern\n  - A. de la Cruz-Kern\n"
    )
    # Nothing is left to suggest, the build has no warning, and all papers are on one page.
    assert main(arguments) == 0
    assert capsys.readouterr().out == "1 profile written into authors.yaml\n"
    assert main(["build", "--strict", "--content", str(content), "--output", str(tmp_path / "site")]) == 0
    assert [one.name for one in (tmp_path / "site" / "authors").iterdir() if one.name.startswith("a")] == [
        "ada-de-la-cruz-kern"
    ]


def test_a_chain_of_names_is_one_profile(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["Ada Maria Kern", "Ada M. Kern", "Kern Ada M."]
    papers: dict[str, str | bytes] = {
        f"papers/{number}.yaml": f"title: T{number}\nauthors: [{name}, Bea Ott]\n" for number, name in enumerate(names)
    }
    content = make_content(papers)
    arguments = ["people", "--content", str(content), "--output", str(tmp_path / "site")]
    assert main([*arguments, "--accept", "all"]) == 0
    (entry,) = load_entries((content / "authors.yaml").read_text("utf-8"))[1]
    assert {entry.values["name"], *entry.values["variants"]} == set(names)  # type: ignore[misc]
    assert main(["build", "--strict", "--content", str(content), "--output", str(tmp_path / "site")]) == 0
    capsys.readouterr()
