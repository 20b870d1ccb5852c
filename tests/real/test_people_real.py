"""People of the ACL Anthology: spellings that share an address, and the variants that its editors know."""

from __future__ import annotations

import json
import lzma
import random
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

from paperbound.content.assemble import OtherContent, assemble
from paperbound.content.people.likeness import suggest_changes
from paperbound.model.catalogue import Profile
from paperbound.model.record import Author, Origin, Record
from paperbound.text.slugs import make_address
from surroundings import SHARED, WHOLE, Build, read_tree

pytestmark = pytest.mark.real


@cache
def shared_spellings() -> tuple[dict[str, list[str]], list[str]]:
    """The spellings of each slug that has several, and the rows with the first paper of each spelling."""
    first: dict[str, str] = {}
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt", encoding="utf-8") as source:
        for line in source:
            for name in json.loads(line)["authors"]:
                first.setdefault(" ".join(name.split()), line)
    slugs: dict[str, list[str]] = defaultdict(list)
    for name in first:
        slugs[make_address(name)].append(name)
    shared = {slug: sorted(names) for slug, names in slugs.items() if len(names) > 1}
    rows = dict.fromkeys(first[name] for slug in sorted(shared) for name in shared[slug])
    return shared, list(rows)


@pytest.mark.slow
def test_spellings_of_one_slug_are_on_one_page_in_any_order() -> None:
    shared, rows = shared_spellings()
    assert (len(shared), sum(map(len, shared.values()))) == (1_721, 3_610)
    records = [
        Record(id=row["id"], title=row["title"], authors=tuple(map(Author, row["authors"])), origin=Origin("a.jsonl"))
        for row in map(json.loads, rows)
    ]
    found = []
    for seed in range(3 if WHOLE else 2):
        random.Random(seed).shuffle(records)
        found.append(assemble(records, OtherContent(), lambda _fault: None))
    assert len({repr((one.people, one.people_of)) for one in found}) == 1
    people = found[0].people
    for slug, names in shared.items():
        assert set(names) <= set(people[slug].variants)
    # Each author of each paper is on one page.
    for record in found[0].records.values():
        for author, slug in zip(record.authors, found[0].people_of[record.id], strict=True):
            assert author.name in people[slug].variants
            assert record.id in people[slug].papers


@pytest.mark.slow
def test_shuffled_rows_give_the_same_bytes(tmp_path: Path, build: Build) -> None:
    rows = shared_spellings()[1][:150]
    trees = []
    for seed in range(2):
        random.Random(seed).shuffle(rows)
        content = tmp_path / f"content{seed}"
        (content / "papers").mkdir(parents=True)
        (content / "site.yaml").write_text("title: People\nsearch: no\n", "utf-8")
        (content / "papers" / "a.jsonl").write_text("".join(rows), "utf-8")
        build(content, tmp_path / f"site{seed}")
        trees.append(read_tree(tmp_path / f"site{seed}"))
    assert trees[0] == trees[1]


def test_variants_that_editors_know_are_suggested_or_joined() -> None:
    """Of the pairs of a name and its variant, those alike by spelling are found; the others need an editor."""
    known = yaml.safe_load((SHARED / "anthology-name-variants.yaml").read_text("utf-8"))
    pairs = []
    for number, person in enumerate(known):
        names = [
            f"{one.get('first', '')} {one['last']}".strip()
            for one in (person["canonical"], *person.get("variants", ()))
        ]
        pairs += [(number, names[0], name) for name in names[1:]]
    records = [
        Record(
            id=f"{number}-{place}", title="T", authors=(Author(name), Author(f"Colleague {number}")), origin=Origin("a")
        )
        for number, *names in pairs
        for place, name in enumerate(names)
    ]
    records = list({(record.id, record.authors): record for record in records}.values())
    unique = [
        Record(id=f"p{at}", title=f"T {at}", authors=one.authors, origin=one.origin) for at, one in enumerate(records)
    ]
    found = suggest_changes(assemble(unique, OtherContent(), lambda _fault: None), ())
    suggested = {frozenset((make_address(one.name), make_address(name))) for one in found for name in one.others}
    met = [pair for pair in pairs if frozenset(map(make_address, pair[1:])) in suggested]
    assert len(met) > 0.6 * len(pairs)


def test_profiles_join_the_variants_that_editors_know() -> None:
    known = yaml.safe_load((SHARED / "anthology-name-variants.yaml").read_text("utf-8"))
    profiles: dict[str, Profile] = {}
    for person in known:
        first, *names = (
            f"{one.get('first', '')} {one['last']}".strip()
            for one in (person["canonical"], *person.get("variants", ()))
        )
        ident = person.get("id") or make_address(first)
        profiles.setdefault(ident, Profile(ident, first, tuple(names)))
    owners: dict[str, set[str]] = defaultdict(set)
    for one in profiles.values():
        for name in (one.name, *one.variants):
            owners[make_address(name)].add(one.id)
    names = sorted({name for one in profiles.values() for name in (one.name, *one.variants)})
    records = [
        Record(id=f"p{at}", title=f"T {at}", authors=(Author(name),), origin=Origin("a"))
        for at, name in enumerate(names)
    ]
    catalogue = assemble(records, OtherContent(profiles=tuple(profiles.values())), lambda _fault: None)
    for record in records:
        (slug,) = catalogue.people_of[record.id]
        candidates = owners[make_address(record.authors[0].name)]
        # A name of several people is none of theirs.
        assert {slug} == candidates if len(candidates) == 1 else slug not in candidates
