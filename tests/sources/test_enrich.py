"""Enrichers fill empty fields of new records, say so, and leave alone what people wrote."""

from __future__ import annotations

import datetime
import json
import os
import re
import select
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from collecting import Site

from paperbound.formats.yamlrecord import write_record
from paperbound.model.catalogue import Tag
from paperbound.model.errors import Fault, FieldError, InputError
from paperbound.model.record import Origin, Record
from paperbound.sources.enrich import ENRICHERS
from paperbound.sources.enrich.central_sentence import find_central
from paperbound.sources.enrich.fill import enrich, read_enrich
from paperbound.sources.enrich.filling import EnrichContext
from paperbound.sources.programs import ProgramError, run_program
from surroundings import ROOT, blocks

SALT = (
    "Salt flats are large. We measure how salt crusts on salt flats grow after rain, e.g. In winter. "
    "Crusts grow by $3.5$ mm. The data are free."
)
FLATS = "Salt crusts of salt flats and their crystals grow, and dry flats keep the crusts."
WAVES = "Waves of the sea break on beaches, and the surf of the sea is loud."


def paper(ident: str, abstract: str = "", **values: Any) -> Record:
    return Record(id=ident, title=f"Paper {ident}", abstract=abstract, origin=Origin("content/papers/a.yaml"), **values)


KNOWN = [
    *(paper(f"s{number}", f"{FLATS} Number {number}.", tags=("geology",)) for number in range(3)),
    *(paper(f"w{number}", f"{WAVES} Number {number}.", tags=("ocean",)) for number in range(3)),
]
TAGS = (Tag("geology", "Geology"), Tag("ocean", "The ocean"), Tag("empty", "Empty"))


def run(
    records: list[Record], setting: Any, folder: Path = Path(), tags: tuple[Tag, ...] | None = TAGS
) -> tuple[list[Record], list[Fault]]:
    faults: list[Fault] = []
    context = EnrichContext.of(KNOWN, tags, faults.append, "content/sources.yaml: day", folder, dict(os.environ))
    return enrich(records, read_enrich(setting), context), faults


def write_program(folder: Path, body: str) -> list[str]:
    """Writes a program that has the record as `record`; returns its command."""
    (folder / "fill.py").write_text(f"import json, sys, time\nrecord = json.load(sys.stdin)\n{body}\n", "utf-8")
    return [sys.executable, "fill.py"]


def test_the_central_sentence_is_the_one_that_the_abstracts_words_weigh_most() -> None:
    assert find_central(SALT) == "We measure how salt crusts on salt flats grow after rain, e.g. In winter."
    # Weights by the formula: n(salt) is 3, n(flats) 2, n(crusts) 2, n(grow) 2, all others are 1.
    assert find_central("One two three four. Five six seven nine.") == "One two three four."
    assert find_central("Salt! Salt crusts of salt flats grow. Salt.") == "Salt crusts of salt flats grow."
    # A sentence does not win by its length alone.
    long = "Wind, rain, moss, fern, rock, dust, lake, mist, snow, hail, clay and loam are near salt."
    short = "Salt crusts are salt on salt crusts."
    assert find_central(f"{long} {short} Salt crusts.") == short
    assert find_central("Salt.") == "Salt."
    assert find_central("") == ""
    assert find_central("我们提出一种盐的方法。 盐滩很大。 盐滩的盐和盐滩的方法很好。") == "盐滩的盐和盐滩的方法很好。"
    # A sentence as long as a text is no takeaway.
    assert find_central(f"{'salt flats ' * 60}.") == ""


def test_sentences_of_the_abstract_are_quoted_as_its_own() -> None:
    setting = {"takeaway": "central-sentence", "summary": "first-sentences"}
    (record,), faults = run([paper("a", SALT)], setting)
    assert not faults
    assert record.takeaway == "“We measure how salt crusts on salt flats grow after rain, e.g. In winter.”"
    assert record.summary == (
        "“Salt flats are large. We measure how salt crusts on salt flats grow after rain, e.g. In winter. "
        "Crusts grow by $3.5$ mm.”"
    )
    assert record.made_by == {"takeaway": "central-sentence", "summary": "first-sentences"}
    (record,), _ = run([paper("a", SALT)], {"takeaway": {"use": "first-sentences", "sentences": "2"}})
    assert record.takeaway.startswith("“Salt flats are large. We measure")
    # A summary that is the whole abstract says nothing, and without an abstract there is nothing to say.
    for abstract in ("One. Two. Three.", ""):
        (record,), _ = run([paper("a", abstract)], {"summary": "first-sentences"})
        assert (record.summary, record.made_by) == ("", {})


def test_what_is_there_is_never_touched() -> None:
    mine = paper("a", SALT, takeaway="Mine.", summary="My own.", tags=("ocean",))
    setting = {"takeaway": "central-sentence", "summary": "first-sentences", "tags": "suggest-tags"}
    (record,), _ = run([mine], setting)
    assert record is mine
    one, two = paper("b", SALT), paper("b", WAVES)
    first, second = run([one, two], setting)[0]
    assert first.takeaway
    # A second record of one id is left as it is.
    assert second is two


def test_topics_are_those_of_like_papers_with_the_words_they_share() -> None:
    records = [paper("a", FLATS), paper("b", WAVES), paper("c", "Nothing of that.")]
    (salt, sea, other), faults = run(records, {"tags": "suggest-tags"})
    assert not faults
    assert (salt.tags, sea.tags, other.tags) == (("geology",), ("ocean",), ())
    assert salt.made_by["tags"].startswith("suggest-tags: Geology (")
    assert {"crusts", "flats", "salt"} & set(salt.made_by["tags"].replace("(", " ").replace(",", " ").split())
    assert other.made_by == {}
    # Keywords that tags.yaml lacks are no topics; without a tags.yaml they are.
    keyword = paper("d", FLATS, tags=("keyword",))
    assert run([keyword], {"tags": "suggest-tags"})[0][0].tags == ("geology", "keyword")
    assert run([keyword], {"tags": "suggest-tags"}, tags=None)[0][0] is keyword


def test_a_program_gets_the_record_and_gives_fields(tmp_path: Path) -> None:
    body = (
        "print(json.dumps({'takeaway': record['title'] + ' says <b>x</b>.', 'tags': ['Ocean', 'geology'],"
        " 'summary': record['authors'][0]}))"
    )
    record = replace(paper("a", SALT), authors=())
    command = write_program(tmp_path, body.replace("record['authors'][0]", "str(sorted(record))"))
    setting = {name: {"command": command, "name": "A model"} for name in ("takeaway", "tags", "summary")}
    (filled,), faults = run([record], setting, tmp_path)
    assert not faults
    assert filled.takeaway == "Paper a says <b>x</b>."
    assert filled.tags == ("ocean", "geology")
    assert filled.summary == "['abstract', 'id', 'title']"
    assert filled.made_by == dict.fromkeys(("takeaway", "summary", "tags"), "A model")
    # Only fields of the setting, and only empty ones.
    (filled,), _ = run(
        [replace(record, takeaway="Mine.")], {"takeaway": setting["takeaway"], "summary": setting["summary"]}, tmp_path
    )
    assert (filled.takeaway, filled.tags, bool(filled.summary)) == ("Mine.", (), True)
    assert filled.made_by == {"summary": "A model"}


def test_a_program_runs_once_for_all_its_fields_and_by_its_own_name(tmp_path: Path) -> None:
    body = "open('runs', 'a').write(record['id'])\nprint(json.dumps({'takeaway': 'T.', 'summary': 'S.'}))"
    command = write_program(tmp_path, body)
    records, _ = run([paper("a"), paper("b")], {key: {"command": command} for key in ("takeaway", "summary")}, tmp_path)
    assert (tmp_path / "runs").read_text("utf-8") == "ab"
    assert [one.made_by for one in records] == [{"takeaway": "fill.py", "summary": "fill.py"}] * 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("print('no')", "fill.py printed no JSON (Expecting value"),
        ("print('[]')", "fill.py printed no JSON object, for 'a'"),
        ("print('[' * 99999)", "fill.py printed no JSON ("),
        ("print(json.dumps({'title': 'Mine'}))", "printed 'title', which is not one of takeaway, summary, tags"),
        ("print(json.dumps({'takeaway': 'T.'})); sys.exit('no key\\x1b[31m')", "ended with code 1: no key"),
        ("print('x' * 200000)", "printed more than 100,000 bytes"),
        ("while True:\n    print('x' * 1000)", "printed more than 100,000 bytes"),
        ("sys.stderr.write('x' * 10**6); sys.exit(3)", "ended with code 3: xxx"),
        ("time.sleep(60)", "did not end within 1 s"),
        ("import subprocess; subprocess.Popen(['sleep', '60'])", "did not end within 1 s"),
    ],
)
def test_a_failing_program_is_one_line_and_the_record_goes_on(tmp_path: Path, body: str, message: str) -> None:
    setting = {"takeaway": {"command": write_program(tmp_path, body), "seconds": "1"}}
    if "sleep" not in body:
        setting["takeaway"]["seconds"] = "30"
    record = paper("a", SALT)
    filled, faults = run([record], setting, tmp_path)
    assert filled == [record]
    (fault,) = faults
    assert fault.warning
    assert fault.file == "content/sources.yaml: day"
    assert message in fault.message
    assert fault.message.isprintable()
    assert len(fault.message) < 400


def test_values_of_a_program_are_held_to_the_rules_of_records(tmp_path: Path) -> None:
    command = write_program(
        tmp_path, "print(json.dumps({'takeaway': 'A\\x00 [x](javascript:y)', 'tags': ['', '??', 7]}))"
    )
    (filled,), faults = run([paper("a")], {key: {"command": command} for key in ("takeaway", "tags")}, tmp_path)
    assert filled.takeaway == "A [x](javascript:y)"
    assert filled.tags == ("7",)
    assert [fault.message for fault in faults] == ["fill.py, for 'a': '??' is no topic; left out"]


def test_a_program_that_fails_three_times_in_a_row_is_not_run_again(tmp_path: Path) -> None:
    command = write_program(
        tmp_path, "open('runs', 'a').write(record['id'])\nsys.exit(0 if record['id'] == 'b' else 1)"
    )
    records = [paper(ident) for ident in "abcdefg"]
    filled, faults = run(records, {"takeaway": {"command": command}}, tmp_path)
    assert filled == records
    assert (tmp_path / "runs").read_text("utf-8") == "abcde"
    assert faults[-1].message == "fill.py failed 3 times in a row; 2 records go on without it"


def test_a_program_that_is_not_there_or_reads_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="does not start: No such file"):
        run_program(["./no-such-program"], b"", tmp_path, 5, 10, {})
    assert run_program([sys.executable, "-c", "print('x')"], b"y" * 10**7, tmp_path, 30, 10, {}) == b"x\n"
    # No shell reads the words.
    argument = run_program(
        [sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME; ls"], b"", tmp_path, 30, 99, {}
    )
    assert argument == b"$HOME; ls\n"


def test_a_program_ends_with_all_that_it_started(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    command = ["sh", "-c", "(exec >/dev/null 2>&1; exec 3>pipe; echo x >&3; exec sleep 600) & sleep 0.5"]
    assert run_program(command, b"", tmp_path, 30, 99, dict(os.environ)) == b""
    assert os.read(reader, 2) == b"x\n"
    # The end of the pipe: no process can write to it any more.
    select.select([reader], [], [], 20)
    assert os.read(reader, 2) == b""
    os.close(reader)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("central-sentence", "a mapping is expected here"),
        ({"abstract": "central-sentence"}, "'abstract' is no field that is filled"),
        ({"takeaway": "central-sentense"}, "'central-sentense' fills nothing"),
        ({"takeaway": "suggest-tags"}, "suggest-tags does not fill 'takeaway'"),
        ({"takeaway": {"use": "first-sentences", "sentences": "0"}}, "sentences is '0'"),
        ({"takeaway": {"use": "central-sentence", "sentences": "2"}}, "'sentences' is no setting of central-sentence"),
        ({"takeaway": {"command": "python3 x.py"}}, "a command is a list of words, and no line of a shell"),
        ({"takeaway": {"command": []}}, "a command is a list of words"),
        ({"takeaway": {"command": ["x"], "seconds": "soon"}}, "seconds is 'soon'"),
        ({"takeaway": {"command": ["x"], "name": "x" * 101}}, "the name of a command is a text"),
        ({"takeaway": ["x"]}, "what fills 'takeaway' is a name or a mapping"),
    ],
)
def test_a_faulty_setting_is_named(setting: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        read_enrich(setting)
    assert caught.value.field == "enrich"
    assert message in caught.value.message
    assert caught.value.remedy


def test_each_enricher_is_a_row_and_a_module() -> None:
    assert len({one.name for one in ENRICHERS}) == len(ENRICHERS)
    for one in ENRICHERS:
        for field in one.fields:
            value = {"command": ["x"]} if one.name == "command" else {"use": one.name}
            assert read_enrich({field: value})[0].enricher == one.name


SOURCES = """\
- id: mine
  kind: file
  path: papers.jsonl
  edition: day
  limit: 2
  enrich:
    takeaway: central-sentence
    summary: {command: [PYTHON, fill.py], name: A model}
    tags: suggest-tags
"""


def test_collected_papers_are_enriched_once_and_edits_stay(tmp_path: Path) -> None:
    rows = [
        {"id": name, "title": f"On {name}", "abstract": text}
        for name, text in zip("abc", (FLATS, WAVES, SALT), strict=True)
    ]
    rows[1]["takeaway"] = "By its authors."
    (tmp_path / "papers.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    write_program(tmp_path, "open('runs', 'a').write(record['id'])\nprint(json.dumps({'summary': 'S.'}))")
    tags = "".join(f"- {{slug: {tag.slug}, name: {tag.name}}}\n" for tag in TAGS)
    site = Site.make(tmp_path, SOURCES.replace("PYTHON", sys.executable), tags=tags)
    (site.content / "papers").mkdir()
    for record in KNOWN:
        (site.content / "papers" / f"{record.id}.yaml").write_text(write_record(record, record.id), "utf-8")
    (outcome,) = site.run(datetime.date(2026, 11, 23), environment=dict(os.environ))
    assert (outcome.added, outcome.changed) == (2, 0)

    def load(name: str) -> dict[str, Any]:
        values: dict[str, Any] = yaml.safe_load((site.content / "papers" / f"{name}.yaml").read_text("utf-8"))
        return values

    first, second = load("a"), load("b")
    assert first["takeaway"] == f"“{FLATS}”"
    assert (first["summary"], first["tags"]) == ("S.", ["geology"])
    assert list(first["made_by"]) == ["takeaway", "summary", "tags"]
    assert first["made_by"]["summary"] == "A model"
    assert second["takeaway"] == "By its authors."
    assert list(second["made_by"]) == ["summary", "tags"]
    # No program ran for the paper beyond the limit, and none runs again; an edit stays.
    file = site.content / "papers" / "a.yaml"
    file.write_text(file.read_text("utf-8").replace("S.", "Mine."), "utf-8")
    site.run(datetime.date(2026, 11, 24), environment=dict(os.environ))
    assert (tmp_path / "runs").read_text("utf-8") == "ab"
    assert load("a")["summary"] == "Mine."
    assert not [fault for fault in site.warnings if fault.field == "enrich"]


def test_the_example_of_the_documentation_runs(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "sources.md").read_text("utf-8").partition("\n## enrich")[2]
    setting = yaml.load(blocks(text, "yaml")[0], yaml.BaseLoader)["enrich"]
    setting["summary"]["command"][0] = sys.executable
    (tmp_path / "summarize.py").write_text(blocks(text, "python file summarize.py")[0], "utf-8")
    (record,), faults = run([paper("a", FLATS)], setting, tmp_path)
    assert not faults
    assert record.summary == "Of Paper a, in few words."
    assert record.made_by.keys() == {"takeaway", "summary", "tags"}
    assert record.made_by["summary"] == "A language model"
    rows = re.findall(r"^\| `([a-z-]+)` \|", text.partition("\n## ")[0], re.MULTILINE)
    assert rows == [one.name for one in ENRICHERS]


def test_a_faulty_enricher_of_a_source_is_a_fault_with_its_line(tmp_path: Path) -> None:
    site = Site.make(tmp_path, "- id: a\n  kind: file\n  path: x\n  enrich: {takeaway: central}\n")
    with pytest.raises(InputError) as caught:
        site.run(datetime.date(2026, 11, 23))
    ((file, line, field),) = [(fault.file, fault.line, fault.field) for fault in caught.value.faults]
    assert (file, line, field) == ("content/sources.yaml", 4, "enrich")
