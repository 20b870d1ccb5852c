"""sources.yaml: every fault with its line and a remedy, all together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from collecting import Site
from services import MONDAY, World, number_papers
from test_collect import ARXIV, DAILY
from web_server import Reply, serve

from paperbound.cli import main
from paperbound.model.errors import Fault, InputError
from paperbound.sources.kinds import KINDS
from paperbound.sources.settings import read_sources


def read(tmp_path: Path, text: str) -> tuple[list[str], list[Fault]]:
    content = tmp_path / "content"
    content.mkdir(exist_ok=True)
    (content / "sources.yaml").write_text(text, "utf-8")
    faults: list[Fault] = []
    sources = read_sources(content, faults.append)
    return [source.id for source in sources], faults


@pytest.mark.parametrize(
    ("text", "line", "field", "message", "remedy"),
    [
        ("- {kind: arxiv, query: moss}", 1, "id", "the source has no id", "id: topic-daily"),
        ("- {id: A b, kind: arxiv, query: moss}", 1, "id", "'A b' is no id", "id: topic-daily"),
        ("- {id: a, query: moss}", 1, "kind", "the source has no kind", "arxiv, huggingface-daily, feed"),
        ("- {id: a, kind: arxif, query: moss}", 1, "kind", "'arxif' is no kind", "'arxiv'"),
        ("- id: a\n  kind: arxiv", 2, "kind", "needs `query` or `categories`", "query: all:diffusion"),
        ("- id: a\n  kind: feed", 2, "kind", "needs `url`", "url: https://"),
        ("- id: a\n  kind: file", 2, "kind", "needs `path` or `url`", "path: "),
        ("- id: a\n  kind: command", 2, "kind", "needs `command`", "command: [python3"),
        ("- id: a\n  kind: arxiv\n  querry: moss\n  categories: [cs.LG]", 3, "querry", "no setting of the kind 'arxiv'", "'query'"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  orcid: 1", 4, "orcid", "no setting of the kind 'arxiv'", "settings are"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  by: week", 4, "by", "neither announcement nor submission", "by: announcement"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  limit: many", 4, "limit", "'many' is not a whole number", "limit: 50"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  limit: 0", 4, "limit", "'0' is not a whole number", "limit: 50"),
        ("- id: a\n  kind: arxiv\n  query: [moss]", 3, "query", "text is expected", "query: all:diffusion"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  match: {a: b}", 4, "match", "text is expected", "match: title:"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  boost: moss", 4, "boost", "makes none", "edition: "),
        ("- id: a\n  kind: arxiv\n  query: moss\n  update: maybe", 4, "update", "neither yes nor no", "update: yes"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  edition: My list", 4, "edition", "'My list' is no id", "edition: topic"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  tags: [Moss]", 4, "tags", "'Moss' is not a slug, as 'moss' is", "tags: ["),
        ("- id: a\n  kind: arxiv\n  query: moss\n  pace: 0", 4, "pace", "fixed", "a server of your own"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  url: u\n  pace: -1", 5, "pace", "not a number of seconds", "pace: 3"),
        ("- id: a\n  kind: arxiv\n  query: moss\n  url: ftp://x.org/", 4, "url", "'ftp://x.org/' is no web address", "https://"),
        ("- id: a\n  kind: openalex\n  orcid: 12", 3, "orcid", "an ORCID is written", "orcid: ["),
        ("- id: a\n  kind: crossref\n  issn: 12", 3, "issn", "an ISSN is written", "issn: ["),
        ("- id: a\n  kind: openalex\n  query: moss\n  since: 2026", 4, "since", "'2026' is not a day", "2026-01-01"),
        ("- id: a\n  kind: file\n  path: a.bib\n  format: bibtext", 4, "format", "no format; the formats are arxiv", "format: bibtex"),
        ("- id: a\n  kind: command\n  command: []", 3, "command", "a list is expected", "command: [python3"),
        ("- id: a\n  kind: arxiv\n  query: moss\n- id: a\n  kind: arxiv\n  query: moss", 4, "id", "stands twice", "of its own"),
        ("id: a\nkind: arxiv\nid: b", 3, "id", "stands twice", "Keep one"),
        ("- id: [", 2, "", "the YAML cannot be read", ""),
        ("", 1, "", "no source is switched on", "- id: "),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_and_a_remedy(
    tmp_path: Path, text: str, line: int, field: str, message: str, remedy: str
) -> None:
    _, faults = read(tmp_path, text)
    assert any(
        (fault.line, fault.field) == (line, field) and message in fault.message and remedy in fault.remedy
        for fault in faults
    ), faults
    assert all(fault.file == "content/sources.yaml" for fault in faults)


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    sources, faults = read(
        tmp_path, "- {id: a, kind: arxiv, limit: x, by: y}\n- {id: b, kind: nothing}\n- {id: c, kind: feed, url: u}\n"
    )
    assert sources == []
    assert len(faults) == 5


def test_every_setting_has_an_example(tmp_path: Path) -> None:
    from paperbound.sources import settings

    for kind in KINDS:
        assert set(kind.settings) <= settings._EXAMPLES.keys(), kind.name
        assert set(kind.needs) <= settings._EXAMPLES.keys() | {"url"}, kind.name


def run(*words: str) -> int:
    return main(["collect", *words])


def test_exit_codes_and_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World(arxiv=list(number_papers(1, [2])), daily=list(number_papers(11, [2])))
    refuses = False

    def answer(asked):
        return Reply(status=403) if refuses and asked.path == "/daily" else world.answer(asked)

    with serve(answer) as server:
        site = Site.make(tmp_path, (ARXIV + DAILY).replace("{url}", server.url))
        monkeypatch.chdir(tmp_path)
        assert run("--date", "2026-03-02", "--source", "topic") == 0
        out, err = capsys.readouterr()
        assert out.splitlines() == [
            "topic: 2 papers read, 2 new, 0 changed",
            "topic: edition topic-2026-03-02, 2 new papers",
            "1 source: 2 new papers, 5 files written",
        ]
        assert err == ""
        refuses = True
        assert run("--date", "2026-03-02") == 3
        out, err = capsys.readouterr()
        assert err == (
            f"failed: trending: {server.url}/daily?date=2026-03-02&limit=100: status 403: the service refuses us; "
            "the next run asks again\n"
        )
        assert "topic: no edition of 2026-03-02: all 2 papers that it lists are known, or do not match" in out
        assert run("--date", "2026-03-02", "--json") == 3
        value = json.loads(capsys.readouterr().out)
        assert value["ok"] is False
        assert [one["id"] for one in value["sources"]] == ["topic", "trending"]
        assert value["sources"][1]["faults"][0]["status"] == 403
        refuses = False
        assert run("--date", "2026-03-02", "--dry-run") == 0
        assert "would be written" in capsys.readouterr().out
        assert not site.editions("trending")
        assert run("--date", "2026-03-02", "--json") == 0
        value = json.loads(capsys.readouterr().out)
        assert value["sources"][1]["editions"][0]["id"] == "trending-2026-03-02"
        (site.content / "sources.yaml").write_text("- {id: a, kind: arxif}", "utf-8")
        assert run() == 1
        assert "content/sources.yaml:1 [kind]: 'arxif' is no kind of source" in capsys.readouterr().err
        (site.content / "sources.yaml").unlink()
        assert run("--json") == 1
        assert "there is no file of sources" in capsys.readouterr().out


def test_an_unknown_source_and_an_unknown_topic_are_faults(tmp_path: Path) -> None:
    site = Site.make(
        tmp_path, "- {id: topic, kind: arxiv, query: moss, tags: [mos]}\n", tags="- {slug: moss, name: Moss}\n"
    )
    with pytest.raises(InputError) as caught:
        site.run(MONDAY, "topik")
    first, second = caught.value.faults
    assert (first.file, first.message, first.remedy) == (
        "--source",
        "there is no source 'topik'",
        "Did you mean 'topic'?",
    )
    assert (second.field, second.message, second.remedy) == (
        "tags",
        "tags.yaml has no tag 'mos'",
        "Did you mean 'moss'?",
    )
