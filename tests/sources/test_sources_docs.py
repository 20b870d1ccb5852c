"""docs/sources.md and the workflow: the recipes run, the tables are those of the code, the steps run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from services import World, number_papers
from web_server import Asked, Reply, serve

from paperbound.cli import find_command, main
from paperbound.sources.kinds import KINDS
from paperbound.sources.settings import _COMMON
from surroundings import ROOT, check_workflow

TEXT = (ROOT / "docs" / "sources.md").read_text("utf-8")
WORKFLOW = ROOT / ".github" / "workflows" / "collect.yml"
RECIPES = dict(re.findall(r"^### (.+?)\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL))
PATHS = {"arxiv": "/arxiv", "huggingface-daily": "/daily", "openalex": "/openalex"}


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_makes_a_site_with_two_editions_and_a_digest(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World()
    world.arxiv = [replace(one, words="Lantern" if one.number == 2 else "") for one in number_papers(1, [3, 2])]
    world.daily, world.works = (list(number_papers(start, [3, 2])) for start in (11, 21))
    for path, text in re.findall(r"^```\w+ file (\S+)\n(.*?)^```", RECIPES[name], re.MULTILINE | re.DOTALL):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (commands,) = re.findall(r"^```sh recipe\n(.*?)^```", RECIPES[name], re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    with serve(world.answer) as server:
        sources = tmp_path / "content" / "sources.yaml"
        text = sources.read_text("utf-8")
        kind = re.search(r"kind: (\S+)", text)
        assert kind
        sources.write_text(text.replace(kind[0], f"{kind[0]}\n  url: {server.url}{PATHS[kind[1]]}\n  pace: 0"), "utf-8")
        for line in commands.splitlines():
            if date := re.search(r"--date (\S+)", line):
                world.today = world.today.fromisoformat(date[1])
            assert main(shlex.split(line)[1:]) == 0, (line, capsys.readouterr().err)
    editions = sorted((tmp_path / "content" / "collections").iterdir())
    assert [len(yaml.safe_load(file.read_text("utf-8"))["papers"]) for file in editions] == [3, 2]
    assert [file.stem[-10:] for file in editions] == ["2026-03-02", "2026-03-03"]
    for file in editions:
        assert (tmp_path / "site" / "collections" / file.stem / "index.html").is_file()
    if "boost" in text:
        assert "found by title:lantern" in (tmp_path / "site/collections/diffusion-2026-03-02/index.html").read_text(
            "utf-8"
        )
    assert len(list((tmp_path / "site" / "papers").glob("*-study-number-*/index.html"))) == 5
    message = (tmp_path / "edition.eml").read_text("utf-8")
    assert "study number" in message
    assert main(["check"]) == 0


def test_the_tables_are_those_of_the_code() -> None:
    head, kinds = TEXT.split("| kind | its own settings | days |")
    settings = re.findall(r"^\| `([a-z_]+)` \|", head.split("| setting | |")[1], re.MULTILINE)
    assert sorted(settings) == sorted(_COMMON)
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| ", kinds.partition("\n\n")[0], re.MULTILINE)
    assert [name for name, _ in rows] == [kind.name for kind in KINDS]
    for (_, text), kind in zip(rows, KINDS, strict=True):
        named = set(re.findall(r"`(\w+)[`:]", text))
        assert set(kind.settings) <= named, kind.name
    command = find_command("collect").make_parser()
    options = {option for action in command._actions for option in action.option_strings if option.startswith("--")}
    table = TEXT.partition("\n## ")[0]
    assert options - {"--help", "--content"} == set(re.findall(r"^\| `(--[a-z-]+)", table, re.MULTILINE))


def test_neither_help_nor_build_imports_the_sources(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: Papers\n", "utf-8")
    (tmp_path / "content" / "sources.yaml").write_text("- {id: a, kind: arxiv, query: moss}\n", "utf-8")
    for words in (["--help"], ["build", "--quiet"]):
        program = (
            "import sys\nfrom paperbound.cli import main\n"
            f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
            "found = [name for name in sys.modules if name.startswith(('paperbound.sources', 'feedparser', 'tornado'))]\n"
            "sys.exit(f'imported: {found}' if found else 0)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_the_workflow_passes_its_schema_and_needs_few_permissions() -> None:
    text, value = check_workflow(WORKFLOW)
    jobs = value["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "collect": {"contents": "write"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "digest": {"actions": "write"},
        "report": {},
    }
    assert jobs["collect"]["if"] == "vars.PAPERBOUND_COLLECT == 'yes'"
    assert jobs["build"]["if"] == "needs.collect.outputs.news == 'yes'"
    assert value["concurrency"] == {"group": "collect", "cancel-in-progress": False}
    # Nothing of an expression is put into a script, where it would be run.
    assert not [step for job in jobs.values() for step in job["steps"] if "${{" in step.get("run", "")]
    named = set(re.findall(r"(?:secrets|vars)\.([A-Z_]+)", text))
    assert all(f"`{name}`" in TEXT for name in named), named


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env={**os.environ, **environment},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@pytest.mark.slow
def test_the_steps_of_the_workflow(tmp_path: Path) -> None:
    """The scripts as they stand, with a repository that is a real one, on three days: news, none, a source that fails."""
    world = World(arxiv=list(number_papers(1, [2])), daily=list(number_papers(11, [2, 2])))
    refuses = False

    def answer(asked: Asked) -> Reply:
        return Reply(status=403) if refuses and asked.path == "/arxiv" else world.answer(asked)

    steps = {step.get("name"): step for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["collect"]["steps"]}
    work, remote, output = tmp_path / "work", tmp_path / "site.git", tmp_path / "output"
    git = "git -c user.name=x -c user.email=x@example.org"

    def take_steps(date: str) -> dict[str, str]:
        output.write_text("", "utf-8")
        for name in ("Collect", "Check", "Commit"):
            more = steps[name].get("env", {}) if name == "Commit" else {"DATE": date}
            paths = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
            done = run(steps[name]["run"], work, **more, **paths)
            assert done.returncode == 0, (name, done.stdout, done.stderr)
        return dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())

    with serve(answer) as server:
        done = run(
            f"git init -q --bare -b main {remote} && git clone -q {remote} work && cd work && git checkout -q -b main && "
            "mkdir -p content .venv/bin && printf 'title: Papers\\n' > content/site.yaml && "
            f"printf -- '- {{id: a, kind: arxiv, query: moss, url: {server.url}/arxiv, pace: 0, edition: topic}}\\n"
            f"- {{id: b, kind: huggingface-daily, url: {server.url}/daily, pace: 0, edition: trending}}\\n' > content/sources.yaml && "
            f"printf '.venv\\n.paperbound/\\n' > .gitignore && git add . && {git} commit -q -m first && git push -q origin main && "
            "git branch -q -u origin/main",
            tmp_path,
        )
        assert done.returncode == 0, done.stderr
        (work / ".venv" / "bin" / "paperbound").symlink_to(Path(sys.executable).parent / "paperbound")
        found = take_steps("2026-03-02")
        assert (found["code"], found["news"]) == ("0", "yes")
        assert found["commit"] == run("git rev-parse HEAD", work).stdout.strip()
        assert run(f"git --git-dir {remote} rev-parse main", work).stdout.strip() == found["commit"]
        assert take_steps("2026-03-02") == {"code": "0", "news": "no"}
        assert "Nothing is new: no commit, no build" in (tmp_path / "summary").read_text("utf-8")
        # Somebody edits the content meanwhile, and arXiv refuses.
        edited = run(
            f"git clone -q {remote} other && cd other && echo 'tagline: Mine' >> content/site.yaml && {git} commit -qam more && git push -q",
            tmp_path,
        )
        assert edited.returncode == 0, edited.stderr
        refuses, world.today = True, world.today.replace(day=3)
        found = take_steps("2026-03-03")
        assert (found["code"], found["news"]) == ("3", "yes")
        listed = run(f"git --git-dir {remote} ls-tree -r --name-only main content/collections", work).stdout
        assert "content/collections/trending-2026-03-03.yaml" in listed
        assert "topic-2026-03-03" not in listed
        assert "tagline: Mine" in run(f"git --git-dir {remote} show main:content/site.yaml", work).stdout
        (work / "content" / "sources.yaml").write_text("- {id: a}\n", "utf-8")
        done = run(steps["Collect"]["run"], work, DATE="", GITHUB_OUTPUT=str(output))
        assert done.returncode == 1
