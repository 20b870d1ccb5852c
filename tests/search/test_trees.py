"""Files of sorted lines: each key is found, whatever their number, and a change moves few borders."""

from __future__ import annotations

import random

import pytest

from paperbound.search.blocks import utf16_key
from paperbound.search.document import FIELDS, Document
from paperbound.search.query.index_reader import DamagedIndexError, Index, is_near
from paperbound.search.query.parser import parse_query
from paperbound.search.query.results import search
from paperbound.search.trees import grow_tree, make_leaf, part_keys
from search_index import write_index


def make_keys(count: int) -> list[str]:
    chance = random.Random(5)
    signs = "abcdefghij0189éß李\uffee\U0001d49c"
    return sorted({"".join(chance.choices(signs, k=chance.randrange(1, 9))) for _ in range(count)}, key=utf16_key)


@pytest.mark.parametrize("nodes", [False, True])
def test_every_key_is_found(nodes: bool) -> None:
    keys = make_keys(4000)
    lines = [f"{key}\tline of {key}\n".encode() for key in keys]
    tree = grow_tree("terms", keys, b"".join(lines), 900, nodes=nodes)
    files = {f"{leaf.kind}.{leaf.name}.txt": leaf.data for leaf in tree.files}
    manifest = {"documents": 0, "fields": [], "nodes": nodes, "trees": {"terms": tree.entries}}
    import json

    index = Index(lambda path: json.dumps(manifest).encode() if path == "manifest.json" else files[path])
    for key in keys:
        assert index.find("terms", key) == f"{key}\tline of {key}"
        assert index.find("terms", f"{key}zz") is None
    for prefix in ("a", "ab", "é", "李", "\U0001d49c", "zz"):
        expected = [f"{key}\tline of {key}" for key in keys if key.startswith(prefix)]
        assert index.range("terms", prefix) == expected


def test_a_changed_line_moves_few_borders() -> None:
    keys = make_keys(6000)
    lines = [f"{key}\t{'x' * 40}\n".encode() for key in keys]
    before = {leaf.name for leaf in grow_tree("terms", keys, b"".join(lines), 4000, nodes=False).files}
    assert len(before) > 40
    lines[1000] = lines[1000].replace(b"x", b"xy")
    after = {leaf.name for leaf in grow_tree("terms", keys, b"".join(lines), 4000, nodes=False).files}
    assert len(after - before) <= 4
    more = sorted([*keys, "abbazzz"], key=utf16_key)
    lines = [f"{key}\t{'x' * 40}\n".encode() for key in more]
    assert len({leaf.name for leaf in grow_tree("terms", more, b"".join(lines), 4000, nodes=False).files} - before) <= 4


def test_keys_are_parted_by_the_shortest_beginning() -> None:
    assert part_keys("abc", "abd") == "abd"
    assert part_keys("abc", "b") == "b"
    assert part_keys("abc", "bcd") == "b"
    assert part_keys("", "xyz") == "x"


def test_a_damaged_file_is_noticed() -> None:
    leaf = make_leaf("terms", b"a\t1\n")
    manifest = b'{"documents": 0, "fields": [], "nodes": false, "trees": {}}'
    for data in (leaf.data[:-1], leaf.data.replace(b"1", b"2", 1), b"", b"<!DOCTYPE html>\n"):
        index = Index(lambda path, data=data: manifest if path == "manifest.json" else data)
        with pytest.raises(DamagedIndexError):
            index.load("terms", leaf.name)


@pytest.mark.parametrize(
    ("word", "other", "edits", "near"),
    [
        ("satelite", "satellite", 1, True),
        ("satelite", "satelites", 1, True),
        ("recieve", "receive", 1, True),
        ("ab", "bxa", 2, True),
        ("abc", "abc", 0, True),
        ("abc", "abd", 0, False),
        ("kitten", "sitting", 2, False),
    ],
)
def test_edits_are_counted_as_lunr_counts_them(word: str, other: str, edits: int, near: bool) -> None:
    assert is_near(word, other, edits) is near


def test_an_index_of_many_files_finds_what_one_file_finds(tmp_path: object) -> None:
    from pathlib import Path

    chance = random.Random(8)
    words = [f"{a}{b}{c}{d}" for a in "bdfg" for b in "aeiou" for c in "lmnrst" for d in ("oid", "ing", "ary")]
    empty = ((),) * (len(FIELDS) - 2)
    documents = [
        Document(
            ((" ".join(chance.choices(words, k=6)),), (chance.choice(words).title(),), *empty), f"p{at}", f"T {at}", ""
        )
        for at in range(1300)
    ]
    folder = write_index(documents, Path(str(tmp_path)) / "index")
    assert len(list(folder.iterdir())) > 60
    index = Index(lambda path: (folder / path).read_bytes())
    for at in (0, 5, 700, 1299):
        title = documents[at].texts[0][0]
        found = search(index, f'"{title}"')
        assert [paper.title for paper, _ in found.papers] == [f"T {at}"]
        first, *rest = title.split()
        wrong = first[:2] + "q" + first[2:]
        assert f"T {at}" in [paper.title for paper, _ in search(index, " ".join([wrong, *rest])).papers]


def test_queries_are_never_an_error() -> None:
    words, sort = parse_query('author:"Ada Lovelace" year:2023..2020 -x* title:ab~2 sort:date foo:bar "open')
    assert sort == "date"
    assert words[0].phrase
    assert words[0].fields == ("authors",)
    assert words[1].years == ("2020", "2021", "2022", "2023")
    assert (words[2].sign, words[2].prefix) == ("-", True)
    assert words[3].edits == 2
    assert [word.parts for word in words[4:]] == [("foo",), ("bar",), ("open",)]
