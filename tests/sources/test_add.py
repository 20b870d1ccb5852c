"""`paperbound add`: identifiers of all kinds, wrong ones among them, against services of the tests."""

from __future__ import annotations

import datetime
import email.message
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from lookup_services import Services
from web_server import WebServer, serve

from paperbound.cli import main
from paperbound.commands.papers import add
from paperbound.commands.papers.add import add_and_show
from paperbound.model.date import PartialDate
from paperbound.sources.client import Client, Clock
from paperbound.sources.lookup.addition import AddOptions
from paperbound.sources.lookup.identifiers import find_identifiers, read_identifier
from surroundings import ROOT

GOOD = """\
2401.00001
arXiv:2401.00002v3
https://arxiv.org/abs/2401.00003
http://arxiv.org/pdf/2401.00004v1.pdf
hep-th/9901001
https://arxiv.org/abs/math.GT/0309136
https://huggingface.co/papers/2401.00005
10.48550/arXiv.2401.00006
10.5555/copper.1
doi:10.5555/Copper.2
https://doi.org/10.5281/zenodo.77
https://dx.doi.org/10.5555/S0140-6736(20)30183-5
2020.acl-main.5
https://aclanthology.org/P19-1001/
https://aclanthology.org/2021.emnlp-main.3.pdf
W2741809807
https://openalex.org/W2741809808
https://api.openalex.org/works/w2741809809
31452104
PMID: 31452105
https://pubmed.ncbi.nlm.nih.gov/31452106/
""".splitlines()
WRONG = {
    "2401.99999": "arXiv has no such paper",
    "10.5555/unknown": "the DOI resolver: status 404: nothing is there",
    "2020.acl-main.999": "the ACL Anthology: status 404: nothing is there",
    "W9999999": "OpenAlex: status 404: nothing is there",
    "PMID:99999999": "PubMed has no such paper",
    "hello": "no identifier of a paper that a service knows",
    "https://openreview.net/forum?id=abc": "no identifier of a paper that a service knows",
}


@pytest.fixture
def services() -> Iterator[Services]:
    known = Services()
    with serve(known.answer) as server:
        known.url, known.server = server.url, server  # type: ignore[attr-defined]
        yield known


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "site.yaml").write_text("title: Papers\nbase_url: https://papers.example.org/\n", "utf-8")
    return folder


@pytest.fixture(autouse=True)
def time_without_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses pass at once; returns them."""
    pauses: list[float] = []
    passed = [0.0]

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        passed[0] += seconds

    make = lambda _seconds, time, _sleep, chance: Clock(lambda: passed[0], time, sleep, chance)  # noqa: E731
    monkeypatch.setattr(add, "Clock", make)
    return pauses


def run(content: Path, services: Services, *arguments: str) -> int:
    urls = [f"--url={name}={url}" for name, url in services.list_urls().items()]
    return main(["add", *arguments, "--content", str(content), *urls])


def report(capsys: pytest.CaptureFixture[str], *arguments: Any) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(*arguments, "--json")
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, value


def load(content: Path, name: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((content / "papers" / f"{name}.yaml").read_text("utf-8"))
    return values


def list_asked(services: Services, name: str) -> list[Any]:
    server: WebServer = services.server  # type: ignore[attr-defined]
    return [one for one in server.asked if one.path.startswith(f"/{name}/")]


def test_thirty_identifiers_of_all_kinds_with_wrong_ones(
    content: Path, services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [f"{services.url}/files/lab.bib", f"{services.url}/files/page.html"]
    given = [*GOOD, *WRONG, *files]
    assert len(given) == 30
    random.Random(1).shuffle(given)
    code, value = report(capsys, content, services, *given)
    assert code == 3
    assert not value["ok"]
    failed = {one["written"]: one["message"] for one in value["failed"]}
    assert failed.keys() == {*WRONG, files[1]}
    for written, message in WRONG.items():
        assert message in failed[written], written
    assert "no format reads it" in failed[files[1]] or "HTML" in failed[files[1]]
    assert all("\n" not in message for message in failed.values())
    assert {one["written"] for one in value["papers"]} == {*GOOD, files[0]}
    assert [one["state"] for one in value["papers"]] == ["added"] * 23
    # Each value has the service that it came from.
    by_written = {one["written"]: one for one in value["papers"]}
    assert by_written["10.5555/copper.1"]["sources"] == dict.fromkeys(
        ("title", "authors", "date", "venue", "volume", "pages", "publisher", "kind", "doi"), "the DOI resolver"
    )
    assert by_written["2401.00001"]["sources"]["abstract"] == "arXiv"
    assert by_written["2401.00001"]["address"].startswith(f"{services.url}/arxiv/api/query?id_list=")
    ids = {one["written"]: one["id"] for one in value["papers"]}
    assert ids["arXiv:2401.00002v3"] == "2401.00002"
    assert ids["2020.acl-main.5"] == "2020.acl-main.5"
    assert ids["https://aclanthology.org/P19-1001/"] == "P19-1001"
    assert ids["W2741809807"] == "W2741809807"
    paper = load(content, "2401.00001")
    assert paper["title"] == "Moss of 2401.00001 & lantern"
    assert paper["added"] == datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    # The folder builds.
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1", "--quiet"]) == 0
    # Good manners: arXiv's and PubMed's papers are few requests, and each names the site.
    assert len(list_asked(services, "arxiv")) == 1
    assert len(list_asked(services, "pubmed")) == 1
    assert "papers.example.org" in list_asked(services, "doi")[0].headers["user-agent"]


def test_the_same_again_changes_nothing(content: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(content, services, *GOOD) == 0
    files = {file: file.read_bytes() for file in content.rglob("*") if file.is_file()}
    code, value = report(capsys, content, services, *GOOD)
    assert code == 0
    assert {one["state"] for one in value["papers"]} == {"left as it was"}
    assert {file: file.read_bytes() for file in content.rglob("*") if file.is_file()} == files


def test_what_was_found_is_shown_with_its_service(
    content: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(content, services, "10.5555/copper.1", "--dry-run") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "10.5555/copper.1: would be added: papers/10-5555-copper-1.yaml"
    assert lines[1] == "  Copper of 10.5555/copper.1. Bo Moss. Journal of Copper. 2022-05"
    assert lines[2].startswith(
        "  title, authors, date, venue, volume, pages, publisher, kind, doi from the DOI resolver ("
    )
    assert lines[3] == "1 identifier: 1 would be added, 0 would be filled in, 0 left as they were, 0 failed"
    assert not (content / "papers").exists()


def test_a_record_that_is_there_is_filled_in_and_edits_stay(
    content: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(content, services, "10.5555/copper.1") == 0
    file = content / "papers" / "10-5555-copper-1.yaml"
    text = (
        file.read_text("utf-8")
        .replace("venue: Journal of Copper", "# mine\nvenue: My Journal")
        .replace("volume: '7'\n", "")
    )
    file.write_text(f"{text}summary: My words.\n", "utf-8")
    code, value = report(capsys, content, services, "https://doi.org/10.5555/COPPER.1")
    (paper,) = value["papers"]
    assert (code, paper["state"], paper["sources"]) == (0, "filled in", {"volume": "the DOI resolver"})
    assert "venue" in paper["staying"]
    text = file.read_text("utf-8")
    assert "# mine\nvenue: My Journal\n" in text
    assert "summary: My words.\n" in text
    assert "volume: '7'\n" in text


def test_topics_and_a_collection_are_given(
    content: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "tags.yaml").write_text("- {slug: moss, name: Moss}\n- {slug: light, name: Light}\n", "utf-8")
    (content / "papers").mkdir()
    old = "title: Moss of 2401.00001 & lantern\narxiv: 2401.00001\ntags: [light]  # mine\n"
    (content / "papers" / "old.yaml").write_text(old, "utf-8")
    (content / "collections").mkdir()
    reading = content / "collections" / "reading.yaml"
    reading.write_text("title: Reading  # ours\nrank_by: upvotes\npapers:\n- old\n# the end\n", "utf-8")
    assert run(content, services, "2401.00001", "2401.00002", "--tag", "moss", "--collection", "reading") == 0
    assert load(content, "old")["tags"] == ["light", "moss"]
    assert load(content, "2401.00002")["tags"] == ["moss"]
    assert (
        reading.read_text("utf-8")
        == "title: Reading  # ours\nrank_by: upvotes\npapers:\n- old\n- '2401.00002'\n# the end\n"
    )
    assert run(content, services, "2401.00003", "2401.00002", "--collection", "new-list") == 0
    new = yaml.safe_load((content / "collections" / "new-list.yaml").read_text("utf-8"))
    assert new == {"title": "New list", "papers": ["2401.00003", "2401.00002"]}
    line = content / "collections" / "line.yaml"
    line.write_text('{title: "A: line", date: 2024-01-02, papers: [old]}\n', "utf-8")
    assert run(content, services, "2401.00003", "--collection", "line") == 0
    written = yaml.load(line.read_text("utf-8"), yaml.BaseLoader)
    assert written == {"title": "A: line", "date": "2024-01-02", "papers": ["old", "2401.00003"]}
    line.write_text("- title: A list of one\n", "utf-8")
    capsys.readouterr()
    assert run(content, services, "2401.00004", "--collection", "line") == 1
    assert "collections/line.yaml:1: a mapping of fields is expected here" in capsys.readouterr().err
    assert not (content / "papers" / "2401.00004.yaml").exists()
    assert run(content, services, "2401.00009", "--tag", "mos") == 1
    assert "tags.yaml has no tag 'mos'" in capsys.readouterr().err
    assert not (content / "papers" / "2401.00009.yaml").exists()


README = """\
# Awesome moss

Forty papers, 2401 of them good. Not [a paper](https://github.com/moss/awesome-10.5555).

"""


def write_readme() -> tuple[str, list[str]]:
    forms = (
        "- [Moss {0}](https://arxiv.org/abs/2401.1{0:04d}) (2024).",
        "| Moss {0} | https://arxiv.org/pdf/2402.1{0:04d}v1.pdf | yes |",
        "* Copper {0}, <https://doi.org/10.5555/copper.{0}>.",
        "1. Glacier {0} ([ACL](https://aclanthology.org/2020.acl-main.{0}/), [code](https://github.com/x/y))",
        '- <a href="https://openalex.org/W27418{0:05d}">Ember {0}</a>',
        "Willow {0}: [PubMed](https://pubmed.ncbi.nlm.nih.gov/314521{0:02d}).",
    )
    ids = (
        "2401.1{0:04d}",
        "2402.1{0:04d}",
        "10.5555/copper.{0}",
        "2020.acl-main.{0}",
        "W27418{0:05d}",
        "10.5555/willow.314521{0:02d}",
    )
    lines = [forms[number % 6].format(number) for number in range(10, 50)]
    return README + "\n".join(lines) + "\n\nMoss 10 again: arXiv:2401.10012v2.\n", [
        ids[number % 6].format(number) for number in range(10, 50)
    ]


def test_a_readme_with_forty_links_in_six_forms(
    content: Path, services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, ids = write_readme()
    (tmp_path / "README.md").write_text(text, "utf-8")
    code, value = report(capsys, content, services, "--from", str(tmp_path / "README.md"), "--collection", "moss")
    assert (code, value["failed"]) == (0, [])
    assert len(ids) == len(set(ids)) == 40
    assert sorted(one["id"] for one in value["papers"]) == sorted(ids)
    assert len(list(content.glob("papers/*.yaml"))) == 40
    papers = yaml.safe_load((content / "collections" / "moss.yaml").read_text("utf-8"))["papers"]
    assert sorted(papers) == sorted(ids)
    assert len(list_asked(services, "arxiv")) == 1


def test_identifiers_stand_in_a_mail_a_list_and_prose(tmp_path: Path) -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "Papers"
    message.set_content(
        f"See {'very ' * 20}https://arxiv.org/abs/2401.00001, and doi:10.5555/a(b)c.\nPMID: 31452104\n",
        cte="quoted-printable",
    )
    message.add_alternative(
        '<p><a href="https://doi.org/10.5555/x?a=1&amp;b=2">x</a></p>', subtype="html", cte="base64"
    )
    found = find_identifiers(bytes(message))
    assert [one.key for one in found.identifiers] == [
        ("arxiv", "2401.00001"), ("doi", "10.5555/a(b)c"), ("pubmed", "31452104"), ("doi", "10.5555/x"),
    ]  # fmt: skip
    # In a list each line counts; in prose a number alone is none.
    listed = find_identifiers(b"# mine\n- 2401.00001\n2. hep-th/9901001v2\n31452104\nnothing\n\n")
    assert [one.value for one in listed.identifiers] == ["2401.00001", "hep-th/9901001v2", "31452104"]
    assert listed.unknown == ("nothing",)
    prose = "In 2401.00001 cases of 31452104, W2741809807 and P19-1001 are none.\nSee https://openreview.net/forum?id=a.\n\n"
    assert find_identifiers(prose.encode()) == ((), ("https://openreview.net/forum?id=a",))
    brackets = (
        b"One (see https://doi.org/10.5555/a(b)c), two [y](https://doi.org/10.5555/d)[z] (10.5555/e).\nNo.\nNo.\n"
    )
    assert [one.value for one in find_identifiers(brackets).identifiers] == ["10.5555/a(b)c", "10.5555/d", "10.5555/e"]
    assert find_identifiers(b"") == find_identifiers(b"\xff\xfe\x00") == ((), ())


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("<https://arxiv.org/abs/2401.00001>", "arxiv", "2401.00001"),
        ("arxiv.org/abs/2401.00001v2", "arxiv", "2401.00001v2"),
        ("ARXIV: math.GT/0309136", "arxiv", "math.GT/0309136"),
        ("https://doi.org/10.48550/arXiv.2401.00001", "arxiv", "2401.00001"),
        ("doi.org/10.5555/a%3Cb%3E", "doi", "10.5555/a<b>"),
        ("https://publisher.example.org/doi/full/10.5555/x.y", "doi", "10.5555/x.y"),
        ("DOI: 10.5555/x.", "doi", "10.5555/x"),
        ("acl:2020.acl-main.5", "acl", "2020.acl-main.5"),
        ("https://www.aclweb.org/anthology/P19-1001.pdf", "acl", "P19-1001"),
        ("w2741809807", "openalex", "W2741809807"),
        ("pmid:7", "pubmed", "7"),
        ("https://example.org/lab.bib", "file", "https://example.org/lab.bib"),
    ],
)
def test_an_identifier_is_read_with_label_address_and_version(text: str, kind: str, value: str) -> None:
    found = read_identifier(text)
    assert found
    assert (found.kind, found.value, found.written) == (kind, value, text)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "2413.00001", "123", "2024", "10.5555", "W12", "ftp://example.org/a.bib", "../x", "arxiv:10.5555/x"],
)
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert read_identifier(text) is None


def test_each_form_of_the_documentation_is_read() -> None:
    text = (ROOT / "docs" / "sources.md").read_text("utf-8").partition("| written as |")[2].partition("\n\n")[0]
    rows = [re.findall(r"`([^`]+)`", row.split("|")[1]) for row in text.splitlines()[2:]]
    kinds = [{found.kind if (found := read_identifier(form)) else form for form in row} for row in rows]
    assert kinds == [{"arxiv"}, {"doi"}, {"acl"}, {"openalex"}, {"pubmed"}, {"file"}]


@given(
    st.sampled_from([b"", b"From: a\n\n", b"From: a\nContent-Type: text/plain; charset=x\n\n"]), st.binary(max_size=200)
)
@example(b"From: a\nContent-Type: text/plain; charset=nonsense\n\n", b"\xff arXiv:2401.00001\nx\ny\n")
@example(b"From: a\nContent-Type: multipart/mixed\n\n", b"arXiv:2401.00001\nx\ny\n")
@example(b"From: a\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n", b"!!!")
def test_any_bytes_are_read(head: bytes, data: bytes) -> None:
    for one in find_identifiers(head + data).identifiers:
        assert read_identifier(one.written)


def test_a_service_that_is_down_stops_no_other_and_is_sent_no_more(
    content: Path, services: Services, time_without_waiting: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    services.down = {"doi": 503}
    code, value = report(capsys, content, services, "10.5555/a", "10.5555/b", "2401.00001")
    assert code == 3
    assert [one["id"] for one in value["papers"]] == ["2401.00001"]
    messages = {one["written"]: one["message"] for one in value["failed"]}
    assert "the DOI resolver: status 503" in messages["10.5555/a"]
    assert messages["10.5555/b"] == "the DOI resolver gave no answer before"
    assert len(list_asked(services, "doi")) == 4
    assert sum(time_without_waiting) > 5


def test_one_wrong_id_spoils_no_answer_for_many(
    content: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    code, value = report(capsys, content, services, "2401.00001", "2401.66666", "2401.00002")
    assert code == 3
    assert sorted(one["id"] for one in value["papers"]) == ["2401.00001", "2401.00002"]
    assert [one["written"] for one in value["failed"]] == ["2401.66666"]


def test_what_strangers_wrote_is_data(content: Path, services: Services, tmp_path: Path) -> None:
    services.entries = {"2401.00001": "<script>alert(1)</script> ../../x: {y}\x1b[31m"[:-5]}
    assert run(content, services, "2401.00001") == 0
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1", "--quiet"]) == 0
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "site").rglob("*.html"))
    assert "<script>alert" not in pages
    assert sorted(path.name for path in tmp_path.iterdir()) == [".paperbound", "content", "site"]


def test_nothing_is_given_or_readable(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "--content", str(content)]) == 1
    assert "no identifier is given" in capsys.readouterr().err
    assert main(["add", "--from", str(tmp_path / "none.txt"), "--content", str(content)]) == 1
    assert "the file cannot be read" in capsys.readouterr().err
    (tmp_path / "empty.txt").write_text("Nothing here.\n", "utf-8")
    assert main(["add", "--from", str(tmp_path / "empty.txt"), "--content", str(content)]) == 1
    assert "no identifier stands in" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["add", "x", "--url", "doy=https://example.org"])
    assert "Did you mean 'doi'?" in capsys.readouterr().err


def test_help_and_build_import_nothing_of_it() -> None:
    program = (
        "import sys\nfrom paperbound.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "import paperbound.commands.build\n"
        "found = [name for name in sys.modules if name.startswith(('paperbound.sources', 'tornado', 'email'))]\n"
        "sys.exit(repr(found) if found else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_killed_run_leaves_whole_records(content: Path, services: Services) -> None:
    class Killed(BaseException):
        pass

    sleeps: list[float] = []

    def die(seconds: float) -> None:
        sleeps.append(seconds)
        if len(sleeps) > 1:  # the first one is before the redirect of the first DOI
            raise Killed

    clock = Clock(lambda: 0.0, lambda: datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC), die, lambda: 0.5)
    identifiers = [read_identifier(text) for text in ("10.5555/a", "10.5555/b")]
    options = AddOptions(
        content,
        tuple(one for one in identifiers if one),
        PartialDate(2026, 3, 2),
        collection="c",
        urls=services.list_urls(),
    )
    with pytest.raises(Killed):
        add_and_show(options, [], clock, make_client=Client)
    assert [file.name for file in content.glob("papers/*")] == ["10-5555-a.yaml"]
    assert yaml.safe_load((content / "collections" / "c.yaml").read_text("utf-8"))["papers"] == ["10.5555/a"]
