"""`paperbound check`: each rule finds its fault and no other, comments and settings, fixes, reports for hosts of code."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from checks_reference import describe_checks
from paperbound.checks import ROWS, RULES
from paperbound.checks.ignoring import IgnoredRules
from paperbound.checks.pages import BuiltPage, read_page
from paperbound.checks.reports import list_annotations, write_sarif
from paperbound.checks.rule import BuiltSite, Finding
from paperbound.cli import main
from paperbound.model.errors import Fault
from surroundings import ROOT

Make = Callable[[dict[str, str | bytes]], Path]
SITE = "title: T\nbase_url: https://example.org/\n"
GOOD = "title: A title\nauthors: [Ada Lovelace]\ndate: 2026\n"


@pytest.fixture
def check(
    make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[tuple[str, str, int]]]:
    """Writes a content folder, checks it, and returns rule, severity and line of each fault."""

    def run(files: dict[str, str | bytes], *arguments: str, build: bool = False) -> list[tuple[str, str, int]]:
        content = make_content({"site.yaml": SITE, **files})
        monkeypatch.chdir(content.parent)
        if build:
            assert main(["build", "--quiet"]) == 0
        capsys.readouterr()
        code = main(["check", "--json", *arguments])
        report = json.loads(capsys.readouterr().out)
        assert report["ok"] == (code == 0)
        return [
            (one["rule"], kind, one["line"]) for kind in ("errors", "warnings", "notes") for one in report.get(kind, ())
        ]

    return run


def namesakes() -> str:
    """Eight papers of one name in two groups that share no co-author and no venue."""
    rows = [
        f"- {{id: p{number}, title: Title {number}, date: 2026, venue: V{number // 4}, authors: [Wei Wang, Co {'AB'[number // 4]} Author]}}\n"
        for number in range(8)
    ]
    return "".join(rows)


CASES: dict[str, dict[str, str | bytes]] = {
    "content": {"papers/a.yaml": GOOD, "papers/notes.docx": b""},
    "duplicate": {"papers/a.yaml": GOOD, "papers/b.yaml": GOOD},
    "dead-alias": {"papers/a.yaml": GOOD, "papers/b.jsonl": '{"title": "B", "authors": ["C D"], "date": "2026", "aliases": ["a-title"]}\n'},
    "unknown-tag": {"papers/b.jsonl": '{"title": "B", "authors": ["C D"], "date": "2026", "tags": ["x"]}\n', "tags.yaml": "- {slug: y, name: Y}\n"},
    "namesakes": {"papers/a.yaml": namesakes()},
    "spellings": {"papers/a.yaml": GOOD, "papers/b.yaml": "title: B\nauthors: [Áda Lovelace]\ndate: 2026\n"},
    "missing-date": {"papers/a.yaml": "title: A\nauthors: [B C]\n"},
    "latex": {"papers/a.yaml": GOOD + "abstract: We \\emph{do} things.\n"},
    "entity": {"papers/a.yaml": GOOD + "venue: Caf&eacute;\n"},
    "mojibake": {"papers/a.yaml": GOOD + "venue: CafÃ©\n"},
    "address": {"papers/a.yaml": GOOD, "site.yaml": "title: T\n"},
    "link": {"papers/a.yaml": GOOD, "pages/about.md": "# About\n\n[x](nowhere.md)\n"},
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_of_the_content_finds_its_fault_and_no_other(
    rule: str, check: Callable[..., list[tuple[str, str, int]]]
) -> None:
    found = check(CASES[rule])
    assert {name for name, _, _ in found} == {rule}
    severity = "warning" if rule == "link" else RULES[rule].severity
    assert {kind for _, kind, _ in found} == {f"{severity}s"}


def page(*, repeated: str = "", metas: Sequence[tuple[str, str]] = ()) -> BuiltPage:
    return BuiltPage((), frozenset(), ((repeated, 3),) if repeated else (), tuple(metas))


def links(*targets: str) -> BuiltPage:
    return BuiltPage(tuple((target, 7) for target in targets), frozenset({"there"}), (), ())


FULL = [("citation_title", "T"), ("citation_author", "A"), ("citation_publication_date", "2026/01/31")]
SITE_CASES: dict[str, tuple[dict[str, int], dict[str, BuiltPage]]] = {
    "link": ({"index.html": 1}, {"index.html": links("/b/away/", "/b/#there", "https://example.org/", "mailto:a@b.c")}),
    "fragment": ({"index.html": 1}, {"index.html": links("/b/#nowhere", "#there")}),
    "base-path": ({"index.html": 1}, {"index.html": links("/other/")}),
    "repeated-id": ({"index.html": 1}, {"index.html": page(repeated="x")}),
    "scholar": (
        {"papers/a/index.html": 1, "papers/b/index.html": 1, "papers/b/b.pdf": 6 * 2**20},
        {
            "papers/a/index.html": page(metas=[*FULL[:2], ("citation_publication_date", "May 2026")]),
            "papers/b/index.html": page(metas=[*FULL, ("citation_pdf_url", "https://example.org/b/papers/b/b.pdf")]),
            "papers/page/2/index.html": page(metas=[("description", "no paper")]),
        },
    ),
    "size": ({"a": 900_000_000}, {}),
    "host-limits": ({"a": 26 * 2**20}, {}),
}


@pytest.mark.parametrize("rule", SITE_CASES)
def test_each_rule_of_the_site_finds_its_fault(rule: str, tmp_path: Path) -> None:
    files, pages = SITE_CASES[rule]
    site = BuiltSite(tmp_path, files, pages, "/b/")
    row = RULES[rule if RULES[rule].find_in_site else "link"]
    assert row.find_in_site
    found = [*row.find_in_site(site)]
    assert found
    assert {fault.rule or rule for fault in found} == {rule}
    good = BuiltSite(tmp_path, {"index.html": 5}, {"index.html": links("/b/", "#there")}, "/b/")
    assert [*row.find_in_site(good)] == []
    if rule == "scholar":
        assert len(found) == 2


BAD_FEEDS = {
    "feed.xml": ["<rss><channel><title>T</title>", "<rss></rss>", "<rss><channel><link>x</link><description>d</description></channel></rss>",
                 "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><title>&a;</title><link>x</link><description>d</description></channel></rss>"],
    "atom.xml": ["<feed/>", '<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><title>t</title><updated>u</updated><entry><id>e</id></entry></feed>'],
    "feed.json": ["{", "[]", '{"items": []}', '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "content_text": ""}, {"id": "1", "content_text": ""}]}'],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD_FEEDS.items() for text in texts])
def test_feeds_are_held_to_their_specifications(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    find = RULES["feed-format"].find_in_site
    assert find
    assert [*find(BuiltSite(tmp_path, {name: 1}, {}, "/"))]


def test_feeds_of_other_names_and_what_is_no_feed(tmp_path: Path) -> None:
    find = RULES["feed-format"].find_in_site
    assert find
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><title>t</title><updated>2026-01-01T00:00:00Z</updated></feed>'
    (tmp_path / "feed.xml").write_text(feed, "utf-8")
    os.mkfifo(tmp_path / "atom.xml")
    assert [*find(BuiltSite(tmp_path, {"feed.xml": 1, "atom.xml": 0}, {}, "/"))] == []
    for name, text in (("feed.json", "[" * 100_000), ("feed.xml", '<?xml version="1.0" encoding="none-such"?><rss/>')):
        (tmp_path / name).write_text(text, "utf-8")
        assert len([*find(BuiltSite(tmp_path, {name: 1}, {}, "/"))]) == 1


LINKED = """<a name=old href="other.html#x"></a><a href="./other.html"></a><a href=../index.html></a><a href="#top"></a>
<a href="#old"></a><a href="?q=1"></a><a href=sub></a><a href=" /b/demo/sub/ "></a><a href="/b"></a>
<a href="other.html#:~:text=x"></a><img src=a.png srcset="a.png 1x, a.png 2x">"""
BROKEN = (
    ("http://[x", "link"), ("../../other/", "base-path"), ("none.html", "link"), ("other.html#y", "fragment"),
    ("%E0%A4%A", "link"), ("/other/", "base-path"), ("#:x", "fragment"),
)  # fmt: skip


def test_links_of_pages_that_others_wrote_are_followed_as_browsers_do(tmp_path: Path) -> None:
    links = "".join(f'<a href="{link}"></a>\n' for link, _ in BROKEN)
    texts = {
        "index.html": LINKED + links + '<img src=a.png srcset="a.png, b.png 2x">',
        "other.html": "<p id=x>",
        "sub/index.html": "",
    }
    (tmp_path / "demo" / "sub").mkdir(parents=True)
    pages = {}
    for name, text in texts.items():
        (tmp_path / "demo" / name).write_text(text, "utf-8")
        pages[f"demo/{name}"] = read_page(tmp_path / "demo" / name)
    files = dict.fromkeys((*pages, "demo/a.png", "index.html"), 1)
    find = RULES["link"].find_in_site
    assert find
    found = [(fault.message.split("'")[1], fault.rule) for fault in find(BuiltSite(tmp_path, files, pages, "/b/"))]
    assert found == [*BROKEN, ("b.png", "link")]


def test_pipes_in_a_built_site_keep_nobody_waiting(
    check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path
) -> None:
    assert check({"papers/a.yaml": GOOD}, build=True) == []
    os.mkfifo(tmp_path / "site" / "pipe.html")
    assert check({}) == [("leftover", "warnings", 0)]


def test_leftovers_and_symbolic_links_of_a_built_site(
    check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path
) -> None:
    assert check({"papers/a.yaml": GOOD}, build=True) == []
    site = tmp_path / "site"
    (site / "left.txt").write_text("x", "utf-8")
    assert check({}) == [("leftover", "warnings", 0)]
    (site / "left.txt").unlink()
    (site / "left.txt").symlink_to("index.html")
    assert {name for name, _, _ in check({})} == {"leftover", "symlink"}
    (site / "left.txt").unlink()
    shutil.rmtree(tmp_path / ".paperbound")
    (site / "left.txt").write_text("unknown", "utf-8")
    assert check({}) == []


def test_each_rule_has_a_case_here_and_a_page() -> None:
    assert {rule.name for rule in ROWS} == {*CASES, *SITE_CASES, "feed-format", "leftover", "symlink"}
    folder = ROOT / "docs" / "checks"
    pages = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert pages == describe_checks(), "make reference writes them"


def test_settings_change_severities_but_no_error_of_the_content(
    check: Callable[..., list[tuple[str, str, int]]],
) -> None:
    files = {"papers/a.yaml": "title: A\nvenue: CafÃ©\n"}
    assert {name for name, _, _ in check(files)} == {"missing-date", "mojibake"}
    files["site.yaml"] = SITE + "checks: {missing-date: off, mojibake: error}\n"
    assert check(files) == [("mojibake", "errors", 2)]
    files["site.yaml"] = SITE + "checks: {content: off, mojibak: note}\n"
    assert ("content", "errors", 0) in check(files)
    assert check({**files, "papers/a.yaml": "titel: A\n"})[0][:2] == ("content", "errors")
    assert check({**files, "site.yaml": SITE + "checks: {mojibake: loud}\n"})[0] == ("content", "errors", 3)


def test_strict_takes_warnings_for_errors_and_leaves_notes(check: Callable[..., list[tuple[str, str, int]]]) -> None:
    files = {"papers/a.yaml": "title: A\nvenue: CafÃ©\n"}
    assert check(files, "--strict") == [("mojibake", "errors", 2), ("missing-date", "notes", 1)]


def test_an_alias_in_the_way_is_named_by_its_file_and_rule(
    check: Callable[..., list[tuple[str, str, int]]], capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"papers/a.yaml": GOOD + "aliases: [/about/]\n", "pages/about.md": "# About\n"}
    assert check(files) == [("dead-alias", "errors", 0)]
    assert main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=content/papers/a.yaml,title=dead-alias::")


def test_comments_switch_rules_off(check: Callable[..., list[tuple[str, str, int]]]) -> None:
    bad = "title: A\ndate: 2026\nvenue: CafÃ©{}\npublisher: CafÃ©\n"
    assert [line for _, _, line in check({"papers/a.yaml": bad.format("")})] == [3, 4]
    assert [line for _, _, line in check({"papers/a.yaml": bad.format(" # paperbound: ignore mojibake")})] == [4]
    above = bad.replace("publisher", "# paperbound: ignore latex, mojibake\n# why\npublisher").format("")
    assert [line for _, _, line in check({"papers/a.yaml": above})] == [3]
    assert check({"papers/a.yaml": "# paperbound: ignore mojibake\n" + bad.format("")}) == []
    assert len(check({"papers/a.yaml": "# paperbound: ignore latex\n" + bad.format("")})) == 2
    rows = '{"title": "X"}\n{"title": "Y", "paperbound": "ignore missing-date"}\n'
    assert [line for _, _, line in check({"papers/a.yaml": GOOD, "papers/b.jsonl": rows})] == [1]


def test_comments_of_each_format_are_read_and_texts_are_none() -> None:
    for line in (
        "% paperbound: ignore a",
        "@comment{paperbound: ignore a}",
        "<!-- paperbound: ignore a -->",
        "// paperbound: ignore a",
    ):
        assert IgnoredRules(f"x\n{line}\ny\n").has("a", 3), line
        assert not IgnoredRules(f"x\n{line}\ny\n").has("a", 1), line
        assert not IgnoredRules(f"x\n{line}\ny\n").has("b", 3), line
    assert IgnoredRules("---\n# paperbound: ignore a\ntitle: A\n---\n").has("a", 3)
    assert not IgnoredRules("x\nWe say paperbound: ignore a\ny\n").has("a", 2)


def test_fixes_keep_all_else_of_a_file(check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path) -> None:
    text = "# mine\ntitle:   'A'   # why\nvenue: CafÃ© &eacute;\nauthors:\n  - {name: JosÃ©, id: jose}\ndate: 2026\nabstract: |\n  A first â€œline,\n  and JosÃ©.\n"
    assert check({"papers/a.yaml": text}, "--fix") == []
    file = tmp_path / "content" / "papers" / "a.yaml"
    assert file.read_text("utf-8") == text.replace("CafÃ© &eacute;", "Café é").replace("JosÃ©", "José").replace(
        "â€œ", "“"
    )
    assert not [*file.parent.glob("*.new")]


LETTERS = """\
# Erd\\H{o}s: Erd\\H{o}s, as he wrote it
title:  'On \\"o'   # P\\'oczos
venue: Universit\\"at Z\\"urich # sic: Universit\\"at
authors:
  - Paul Erd\\H{o}s # Erd\\H{o}s
  # Barnab\\'as
  - name: Barnab\\'as P\\'{o}czos
    affiliation: Stra{\\ss}e {\\'\\i}
publisher: "\\\\'o is left"
date: 2026
note: \\emph{only}
"""


def test_letters_of_latex_are_written_and_comments_stay(
    check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path
) -> None:
    left = check({"papers/a.yaml": LETTERS}, "--fix")
    mended = LETTERS.replace('venue: Universit\\"at Z\\"urich', "venue: Universität Zürich")
    mended = mended.replace("- Paul Erd\\H{o}s", "- Paul Erdős").replace(
        "name: Barnab\\'as P\\'{o}czos", "name: Barnabás Póczos"
    )
    mended = mended.replace("Stra{\\ss}e {\\'\\i}", "Straße í")
    assert (tmp_path / "content" / "papers" / "a.yaml").read_text("utf-8") == mended
    assert {(rule, line) for rule, _, line in left} == {("latex", 9), ("latex", 11)}


def test_two_fields_of_a_line_are_fixed_one_by_one(
    check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path
) -> None:
    text = "{title: JosÃ©, venue: CafÃ©, date: 2026} # JosÃ©, CafÃ©\n"
    assert check({"papers/a.yaml": text}, "--fix") == []
    assert (tmp_path / "content" / "papers" / "a.yaml").read_text("utf-8") == (
        "{title: José, venue: Café, date: 2026} # JosÃ©, CafÃ©\n"
    )


def test_signs_that_are_escaped_in_plain_fields_are_written(
    check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path
) -> None:
    text = "title: A \\& B\ndate: 2026\nvenue: Science \\& Art 50\\%\npublisher: 'R&amp;amp;D'\n"
    assert check({"papers/a.yaml": text}) == [("latex", "warnings", 3), ("entity", "warnings", 4)]
    assert check({"papers/a.yaml": text}, "--fix") == []
    mended = text.replace("Science \\& Art 50\\%", "Science & Art 50%").replace("R&amp;amp;D", "R&D")
    assert (tmp_path / "content" / "papers" / "a.yaml").read_text("utf-8") == mended


def test_a_fault_shows_the_text_as_it_stands(
    check: Callable[..., list[tuple[str, str, int]]], capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"papers/a.yaml": "title: A \\emph{b} Jos\ufffd\ndate: 2026\nvenue: a&nbsp;b\n"}
    assert {rule for rule, _, _ in check(files)} == {"latex", "entity", "mojibake"}
    main(["check"])
    printed = capsys.readouterr().err
    assert "'A \\emph{b} Jos\ufffd'" in printed
    assert "Write U+00A0 itself." in printed


def test_what_is_not_certain_is_left(check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path) -> None:
    # An escape of JSON, which stands nowhere as text; an entity and a command of a text that may be meant.
    for text in (
        'title: "Jos\\u00c3\\u00a9"\ndate: 2026\n',
        "title: On &amp;eacute;\ndate: 2026\n",
        "title: A\nvenue: \\alpha \\v{ab}\ndate: 2026\n",
    ):
        assert check({"papers/a.yaml": text}, "--fix")
        assert (tmp_path / "content" / "papers" / "a.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # As people write: Portuguese in capitals with marks, quotation marks, code, sets, formulas, names of commands.
        *((text, []) for text in ("SÃO PAULO EM ÉPOCA", "Ã la carte", "“IRMÃ” – IRMÃ… IRMÃ’S", "Â «x» Â»", "brâ† note", "ÑANDÚ", "Å ±")),
        *((text, []) for text in ("`\\alpha` in code", "``a`` and `{\\'e}`", "{a} and {'x', 'y'}", "Costs \\$5", "100\\% sure", "$\\alpha$", "a~b")),
        *((text, []) for text in ("AT&T and R&D", "Q&A; or not", "a < b > c", "&c.", "Tom &amp; Jerry")),
        *((text, ["mojibake"]) for text in ("Ãœber", "Ã„rger", "x â†’ y", "a â‰¤ b", "x âˆˆ y", "Ã‰cole", "Åsa JosÃ©")),
        *((text, ["latex"]) for text in ("{\\'e}cole", 'Schr{\\"o}dinger', "The \\emph{best}", "`a` \\textit b")),
        *((text, ["latex"]) for text in ("Erd\\H{o}s", "Bj\\o rn", "x \\ourmethod y", "{\\bf b}")),
        *((text, []) for text in ("C:\\temp\\new", "In D:\\data and (C:\\Users\\me)", "App\\Http\\Kernel", "..\\up\\there", "HKEY_USERS\\Software\\x")),
        *((text, ["latex"]) for text in ("C:\\temp \\emph{x}", "a\\emph{b}\\emph{c}\\emph{d}")),
        ("On &amp;eacute;", ["entity"]), ("&foo; &amp;eacute;", ["entity"]), ("`&nbsp;` in code", []),
        *((word.encode().decode(name), ["mojibake"]) for name in ("mac_roman", "cp437", "cp850", "cp1250", "cp1251") for word in ("José", "Müller", "it’s", "Kováč", "São")),
        *((word.encode().decode("cp1252"), ["mojibake"]) for word in ("Dvořák", "Мыш", "José".encode().decode("cp1252"))),
        *((text, []) for text in ("√2 and 2√π", "x√±1", "¬p", "├── a", "x≈π", "‚Äpfel‘", "În Ăştia", "Рост Гл.", "№ 5 «Ру»", "“Å” ‘Å’s")),
    ],
)  # fmt: skip
def test_rules_find_what_is_left_and_nothing_that_people_write(
    text: str, rules: list[str], check: Callable[..., list[tuple[str, str, int]]], tmp_path: Path
) -> None:
    files = {"papers/a.yaml": f"title: '{text.replace(chr(39), chr(39) * 2)}'\ndate: 2026\n"}
    assert [rule for rule, _, _ in check(files)] == rules
    left = check(files, "--fix")
    fixed = (tmp_path / "content" / "papers" / "a.yaml").read_bytes()
    assert [rule for rule, _, _ in left] == [rule for rule in rules if rule != "mojibake"]
    # A second time there is nothing to write.
    check({"papers/a.yaml": fixed.decode()}, "--fix")
    assert (tmp_path / "content" / "papers" / "a.yaml").read_bytes() == fixed


def test_rules_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "mojibake"]) == 0
    assert RULES["mojibake"].text in capsys.readouterr().out


ODD = Finding(
    Fault("content/papers/100% a:b,c.yaml", 3, "title", "50%\r\nof: it, ::error::x", "Mend\nit."), "latex", "note"
)


def test_annotations_are_escaped_as_github_reads_them() -> None:
    (line,) = list_annotations([ODD])
    assert "\n" not in line
    match = re.fullmatch(r"::(\w+) ((?:\w+=[^,:]*,?)*)::(.*)", line)
    assert match
    properties = dict(one.split("=", 1) for one in match[2].split(","))
    unescape = unquote  # GitHub decodes %25, %0D, %0A, %3A, %2C, and nothing else is encoded
    assert match[1] == "notice"
    assert {name: unescape(value) for name, value in properties.items()} == {
        "file": ODD.fault.file, "line": "3", "title": "latex",
    }  # fmt: skip
    assert unescape(match[3]) == "[title] 50%\r\nof: it, ::error::x\nMend\nit."
    assert set(re.findall(r"%[0-9A-F]{2}", line)) <= {"%25", "%0D", "%0A", "%3A", "%2C"}


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
# The requirements of SARIF 2.1.0 and of GitHub's code scanning for all that is written here; the whole schema is not ours to copy.
SARIF = {
    "type": "object", "required": ["version", "runs"], "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["tool", "results"], "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "additionalProperties": False, "properties": {"driver": {
                    "type": "object", "required": ["name"], "additionalProperties": False,
                    "properties": {"name": {"type": "string"}, "version": {"type": "string"}, "rules": {
                        "type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id"], "additionalProperties": False, "properties": {
                                "id": {"type": "string"}, "shortDescription": TEXT,
                                "help": {**TEXT, "properties": {**TEXT["properties"], "markdown": {"type": "string"}}},  # type: ignore[dict-item]
                                "defaultConfiguration": {"type": "object", "properties": {"level": {"enum": ["none", "note", "warning", "error"]}}},
                            }}}}}}},
                "results": {"type": "array", "items": {
                    "type": "object", "required": ["message", "ruleId", "locations"], "additionalProperties": False,
                    "properties": {
                        "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0}, "message": TEXT,
                        "level": {"enum": ["none", "note", "warning", "error"]},
                        "locations": {"type": "array", "minItems": 1, "items": {
                            "type": "object", "required": ["physicalLocation"], "additionalProperties": False, "properties": {"physicalLocation": {
                                "type": "object", "required": ["artifactLocation"], "additionalProperties": False, "properties": {
                                    "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string", "pattern": r"^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}}},
                                    "region": {"type": "object", "required": ["startLine"], "properties": {"startLine": {"type": "integer", "minimum": 1}}},
                                }}}}},
                    }}},
            }}},
    },
}  # fmt: skip


def test_sarif_is_valid(
    make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(
        {"papers/a.yaml": "title: A\nvenue: CafÃ©\n", "papers/b é.yaml": "id: b\ntitle: A\ndate: 2026\n"}
    )
    monkeypatch.chdir(content.parent)
    assert main(["check", "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    for one in (log, json.loads(write_sarif([ODD], ROWS))):
        jsonschema.Draft202012Validator(SARIF).validate(one)
        (run,) = one["runs"]
        names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert run["results"]
        assert all(names[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in log["runs"][0]["results"]
    }
    assert {unquote(uri) for uri in uris} >= {"content/papers/a.yaml", "content/site.yaml"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SARIF).validate({**log, "version": "2.0"})


def test_errors_have_the_asked_format_too(
    make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": "titel: A\n"})
    monkeypatch.chdir(content.parent)
    assert main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=content/papers/a.yaml,line=1,title=content::[titel]")
