"""`paperbound init`: a whole site folder or none, that builds; and `paperbound new` in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from paperbound.cli import main
from paperbound.commands import init
from paperbound.model.errors import Fault
from paperbound.sources.settings import read_sources
from surroundings import check_workflow, read_tree

CASES = sorted((Path(__file__).parent / "importers" / "cases").glob("bib*/*.bib"))
PLACES = {".github", ".gitignore", ".gitlab-ci.yml", "README.md", "content", "requirements.txt"}


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def build(folder: Path) -> int:
    return run("build", "--content", folder / "content", "--output", folder / "site", "--strict", "--quiet")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "my-papers"
    assert run("init", folder) == 0
    return folder


def test_the_example_builds_strictly_and_says_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "deep/my papers") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{Path('deep/my papers')} holds a site with 3 example papers. Next:"
    assert [line.split()[0] for line in lines[1:]] == ["cd", "paperbound", "paperbound"]
    folder = Path("deep/my papers")
    assert {path.name for path in folder.iterdir()} == PLACES
    assert build(folder) == 0
    assert 'content="My papers">' in (folder / "site" / "index.html").read_text("utf-8")
    assert run("check", "--content", folder / "content", "--output", folder / "site", "--strict") == 0
    assert {path.name for path in tmp_path.iterdir()} == {"deep"}
    assert {path.name for path in Path("deep").iterdir()} == {"my papers"}


def test_a_title_may_hold_any_sign(tmp_path: Path) -> None:
    title = 'Salt: "quotes" & <b>signs</b> #1 *x* @NAME@'
    assert run("init", tmp_path / "a", "--title", title) == 0
    settings = yaml.safe_load((tmp_path / "a" / "content" / "site.yaml").read_text("utf-8"))
    assert settings["title"] == title
    assert build(tmp_path / "a") == 0
    about = (tmp_path / "a" / "site" / "about" / "index.html").read_text("utf-8")
    assert "&lt;b&gt;signs&lt;/b&gt; #1 *x* @NAME@" in about


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_papers_of_a_bibtex_file_make_a_site(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run("init", tmp_path / "a", "--from", case)
    printed = capsys.readouterr()
    if "strings" in case.name:  # a file of strings alone
        assert code == 1
        assert "nothing is imported: no paper is in " in printed.err
        assert not list(tmp_path.iterdir())
        return
    assert code == 0
    assert str(tmp_path / "a" / "content") not in printed.err + printed.out
    assert build(tmp_path / "a") == 0
    records = [yaml.safe_load(path.read_text("utf-8")) for path in (tmp_path / "a" / "content" / "papers").iterdir()]
    assert f"with {len(records)} paper" in printed.out
    topics = yaml.safe_load((tmp_path / "a" / "content" / "tags.yaml").read_text("utf-8")) or []
    assert {topic["slug"] for topic in topics} == {tag for record in records for tag in record.get("tags", ())}


def test_the_folder_that_holds_the_given_file_may_be_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.bib").write_text(
        "@misc{a, title={First}, keywords={salt, rare flats}}\n@misc{b, title={Second}, keywords={salt}}\n", "utf-8"
    )
    subprocess.run(["git", "init", "--quiet"], check=True)
    assert run("init", ".", "--from", "mine.bib", "--title", "X") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "This folder holds a site with 2 papers. Next:"
    assert [line.split()[0] for line in lines[1:]] == ["paperbound"] * 3
    assert {path.name for path in tmp_path.iterdir()} == PLACES | {".git", ".paperbound", "mine.bib"}
    topics = yaml.safe_load(Path("content/tags.yaml").read_text("utf-8"))
    assert [(topic["slug"], topic["name"]) for topic in topics] == [("salt", "Salt"), ("rare-flats", "Rare flats")]
    assert build(Path()) == 0


@pytest.mark.parametrize("file", ["notes.txt", "content/a.yaml", ".gitignore", ".github/x.yml", "README.md"])
def test_a_folder_with_other_files_is_refused(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a" / file).parent.mkdir(parents=True)
    (tmp_path / "a" / file).write_text("mine", "utf-8")
    assert run("init", tmp_path / "a") == 1
    assert f"the folder holds other files: {file.split('/')[0]}" in capsys.readouterr().err
    assert read_tree(tmp_path) == {f"a/{file}": b"mine"}


def test_a_site_is_never_overwritten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content" / "site.yaml").write_text("title: Mine\n", "utf-8")
    before = read_tree(site)
    assert run("init", site, "--title", "Other") == 1
    assert run("init", site / "content") == 1
    assert run("init", site / "README.md") == 1
    error = capsys.readouterr().err
    assert error.count("holds a site already") == 2
    assert "there is a file of this name already" in error
    assert read_tree(site) == before


@pytest.mark.parametrize("exists", [False, True])
def test_an_init_that_fails_leaves_nothing(exists: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if exists:
        (tmp_path / "a").mkdir()
    (tmp_path / "list.txt").write_text("Head\nSubscribeFirst\nAn abstract.\nOdd\n", "utf-8")
    for files in (["absent.bib"], [tmp_path / "list.txt"]):
        assert run("init", tmp_path / "a", "--from", *files) == 1
        assert (tmp_path / "a").is_dir() == exists
        assert set(read_tree(tmp_path)) == {"list.txt"}
    assert "Check its name" in capsys.readouterr().err


def test_a_move_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rename = Path.rename

    def break_off(path: Path, target: Path) -> Path:
        if target == tmp_path / "README.md":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", break_off)
    assert run("init", tmp_path) == 1
    assert "No space left" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_workflow_passes_its_schema_and_is_as_small_as_can_be(site: Path) -> None:
    text, value = check_workflow(site / ".github" / "workflows" / "pages.yml")
    assert value["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert value["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    upload = next(step for step in value["jobs"]["build"]["steps"] if "upload-pages" in step.get("uses", ""))
    assert upload["with"] == {"path": "site", "include-hidden-files": True}
    assert "pip install --requirement requirements.txt" in text
    # The same pinned actions as this repository's own workflow.
    ours, _ = check_workflow(Path(__file__).parent.parent / ".github" / "workflows" / "pages.yml")
    assert {line.strip() for line in text.splitlines() if "uses:" in line} == {
        line.strip() for line in ours.splitlines() if "uses:" in line
    }


def test_the_gitlab_pipeline_passes_its_schema(site: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    done = subprocess.run([*command, site / ".gitlab-ci.yml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "file", [".github/workflows/pages.yml", pytest.param(".gitlab-ci.yml", marks=pytest.mark.slow)]
)
def test_the_steps_of_the_workflows_publish_under_a_base_path(site: Path, file: str, tmp_path: Path) -> None:
    value = yaml.safe_load((site / file).read_text("utf-8"))
    steps = value["pages"]["script"] if "pages" in value else [
        line for step in value["jobs"]["build"]["steps"] for line in step.get("run", "").splitlines()
    ]  # fmt: skip
    commands = [step for step in steps if step.startswith("paperbound ")]
    assert len(commands) == 2
    scripts = f'PATH="{Path(sys.executable).parent}:$PATH"; '
    for command in commands:
        variables = {"BASE_URL": "https://name.example.org/papers/", "CI_PAGES_URL": "https://name.example.org/papers"}
        done = subprocess.run(
            ["sh", "-c", scripts + command], cwd=site, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        # A slow build says how far it is.
        assert not re.search(r"^(warning|error):", done.stderr, re.MULTILINE), done.stderr
    output = site / ("public" if "pages" in value else "site")
    assert '<a class="skip"' in (output / "404.html").read_text("utf-8")
    assert "https://name.example.org/papers/papers/" in (output / "sitemap.xml").read_text("utf-8")


def test_every_file_of_the_starter_says_which_paperbound(site: Path) -> None:
    from paperbound import __version__

    assert (site / "requirements.txt").read_text("utf-8") == f"paperbound=={__version__}\n"
    assert len([line for line in (site / "README.md").read_text("utf-8").splitlines() if line]) == 5
    assert not [path for path, data in read_tree(site).items() if b"@NAME@" in data or b"@TITLE@" in data]
    assert init.DESCRIPTION


def test_the_sources_are_off_and_each_is_right_when_it_is_switched_on(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, content = site / "content" / "sources.yaml", site / "content"
    assert run("collect", "--content", content) == 1
    assert "no source is switched on" in capsys.readouterr().err
    lines = file.read_text("utf-8").splitlines()
    examples = lines[lines.index("#") + 1 :]
    file.write_text("\n".join(line.removeprefix("#").removeprefix(" ") for line in examples), "utf-8")
    faults: list[Fault] = []
    assert [source.id for source in read_sources(content, faults.append)] == ["my-topic", "my-journal"]
    assert not faults


@pytest.mark.parametrize("off", ["base_url", "repository", "theme_options", "page_size"])
def test_each_setting_that_is_off_is_right_when_it_is_switched_on(site: Path, off: str) -> None:
    file = site / "content" / "site.yaml"
    text = file.read_text("utf-8")
    assert text.count(f"\n# {off}: ") == 1
    file.write_text(text.replace(f"\n# {off}: ", f"\n{off}: "), "utf-8")
    assert build(site) == 0


def test_a_record_is_written_with_given_values_and_edited(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = site / "editor.py"
    editor.write_text("import sys; open(sys.argv[2], 'a', encoding='utf-8').write(f'venue: {sys.argv[1]}\\n')", "utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}" "A venue"')
    values = ("--author", "Ada Lovelace", "--author", "Bo Kern: #1", "--date", "2024-12", "--arxiv", "2401.10020",
              "--doi", "10.1000/182", "--tag", "bayes", "--tag", "reading", "--edit")  # fmt: skip
    assert run("new", "A title", "--content", site / "content", *values) == 0
    record = yaml.safe_load((site / "content" / "papers" / "a-title.yaml").read_text("utf-8"))
    assert record == {
        "title": "A title", "authors": ["Ada Lovelace", "Bo Kern: #1"], "date": "2024-12", "arxiv": "2401.10020",
        "doi": "10.1000/182", "tags": ["bayes", "reading"], "venue": "A venue",
    }  # fmt: skip
    assert build(site) == 0
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert run("new", "B", "--content", site / "content", "--edit") == 1
    assert not (site / "content" / "papers" / "b.yaml").exists()
    monkeypatch.setenv("EDITOR", "")
    monkeypatch.setenv("PATH", str(site))
    assert run("new", "C", "--content", site / "content", "--edit") == 1
    error = capsys.readouterr().err
    assert "the editor 'no-such-editor' is not installed" in error
    assert "there is no editor" in error
    monkeypatch.setenv("EDITOR", "vi '")
    assert run("new", "C", "--content", site / "content", "--edit") == 1
    assert """the editor "vi '" is not installed""" in capsys.readouterr().err
    assert run("doctor", "--content", site / "content") == 0
    assert "vi ' is not installed, for new --edit" in capsys.readouterr().out
    assert not (site / "content" / "papers" / "c.yaml").exists()


def test_a_new_record_has_names_as_they_are_shown_and_no_identifier_of_another(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("--author", "Kern, Ada and van der Berg, Jan", "--author", "Sammy Davis, Jr.", "--author", "Salt and Co")
    numbers = ("--arxiv", "https://arxiv.org/abs/2401.10020v2", "--doi", "10.1000/ABC")
    content = site / "content"
    assert run("new", "First", "--content", content, *names, *numbers) == 0
    record = yaml.safe_load((content / "papers" / "first.yaml").read_text("utf-8"))
    assert record["authors"] == ["Ada Kern", "Jan van der Berg", "Sammy Davis, Jr.", "Salt and Co"]
    capsys.readouterr()
    assert run("new", "Second", "--content", content, "--arxiv", "2401.10020") == 1
    assert "--arxiv: 2401.10020 is that of 'first' already" in capsys.readouterr().err
    assert run("new", "Second", "--content", content, "--doi", "10.1000/abc") == 1
    assert "leave --doi out" in capsys.readouterr().err
    assert run("new", "Second", "--content", content, "--tag", "Bayes", "--tag", "Reading") == 1
    assert "Write --tag bayes --tag reading" in capsys.readouterr().err
    # An imported paper gives its values to the record, as in a build.
    (content / "papers" / "others.bib").write_text("@misc{x, title={Second}, doi={10.1000/xyz}}", "utf-8")
    assert run("new", "Second", "--content", content, "--doi", "10.1000/xyz") == 0
    assert build(site) == 0


def test_the_folder_behind_the_files_is_an_error_with_the_right_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        run("init", "--from", CASES[0], "mine")
    assert "say the folder first: paperbound init mine --from library.bib" in capsys.readouterr().err
    Path("file").write_text("x", "utf-8")
    assert run("init", "file/mine") == 1
    assert "error: file: there is a file of this name already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--date", "2024-13", "is not a date of the calendar"),
        ("--arxiv", "x", "'x' is not of its form"),
        ("--doi", "5", "'5' is not of its form"),
        ("--tag", "bayse", "Did you mean 'bayes'?"),
        ("--tag", "Of Reading", "Write --tag of-reading."),
    ],
)
def test_a_value_that_a_build_would_refuse_writes_no_record(
    site: Path, option: str, value: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_tree(site)
    assert run("new", "A", "--content", site / "content", option, value) == 1
    error = capsys.readouterr().err
    assert f"error: {option}: " in error
    assert message in error
    assert read_tree(site) == before


def test_reports_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init", tmp_path / "a", "--from", CASES[0].parents[1] / "bibtex" / "messy.bib", "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["command"], done["ok"], done["papers"], len(done["next"])) == ("init", True, 5, 3)
    assert any("never closed" in warning["message"] for warning in done["warnings"])
    assert run("init", tmp_path / "a", "--json") == 1
    assert json.loads(capsys.readouterr().out)["errors"][0]["message"] == "the folder holds a site already"
    assert run("new", "A", "--content", tmp_path / "a" / "content", "--json") == 0
    assert Path(json.loads(capsys.readouterr().out)["file"]).is_file()


def test_new_in_an_empty_folder_names_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "A title") == 1
    assert "paperbound init FOLDER" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_site_folder_in_place_of_its_content_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "mine"
    assert run("init", site) == 0
    assert run("check", "--content", site) == 1
    assert f"say --content {(site / 'content').as_posix()}" in capsys.readouterr().err
