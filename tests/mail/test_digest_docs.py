"""docs/digest.md and the workflow: their commands run, their settings are read, their words are those of the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from mail_server import PASSWORD, USER, MailServer
from mail_site import Serve

from paperbound.cli import find_command
from paperbound.config import Config, Mailing, read_config
from paperbound.mail.campaign import DONE, SOME_LEFT, SOME_REFUSED
from paperbound.mail.recipients import read_recipients
from paperbound.model.build import Source
from paperbound.model.errors import Fault
from surroundings import ROOT, blocks, check_workflow

TEXT = (ROOT / "docs" / "digest.md").read_text("utf-8")
WORKFLOW = ROOT / ".github" / "workflows" / "digest.yml"


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env={**os.environ, **environment, "PATH": path},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def use(server: MailServer, site: Path) -> None:
    """Lets the small site send through a server of the tests."""
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  smtp: 127.0.0.1:{server.port}\n")


def test_settings_and_lists_are_read() -> None:
    faults: list[Fault] = []
    configs = [read_config(Source("site.yaml", one.encode()), faults.append) for one in blocks(TEXT, "yaml site")]
    assert faults == []
    first, second = configs
    assert isinstance(first, Config)
    assert isinstance(second, Config)
    assert first.digest.smtp == "smtp.example.org:587"
    assert second.subscribe
    assert second.subscribe.privacy
    (text,), (people,) = blocks(TEXT, "text list"), blocks(TEXT, "yaml subscribers")
    found = read_recipients(Source("subscribers.txt", text.encode()), faults.append)
    assert [one.address for one in found] == ["ada@example.org", "grace@example.org", "lovelace@example.org"]
    ada, grace = read_recipients(Source("subscribers.yaml", people.encode()), faults.append)
    assert (ada.tags, grace.frequency, grace.language) == ((), "weekly", "de")
    assert faults == []


def test_the_commands_run(site: Path, serve_mail: Serve, environment: dict[str, str]) -> None:
    server = serve_mail()
    use(server, site)
    (site.parent / "subscribers.txt").write_text(blocks(TEXT, "text list")[0], "utf-8")
    (site.parent / "listing.txt").write_text("Header\nSubscribeA new paper\nIts abstract.\n", "utf-8")
    commands = "".join(blocks(TEXT, "sh digest") + blocks(TEXT, "sh import"))
    done = run(commands, site.parent, **environment)
    assert done.returncode == 0, done.stderr
    assert (site.parent / "edition.eml").is_file()
    assert len(server.mails) == 3
    assert (site / "collections" / "trending-2026-11-24.yaml").is_file()


def test_options_codes_and_keys_are_those_of_the_code() -> None:
    actions = find_command("digest").make_parser()._actions
    known = {option for action in actions for option in action.option_strings}
    assert set(re.findall(r"`(--[a-z-]+)", TEXT)) <= known | {"--date"}
    assert {"--collection", "--since", "--tag", "--author", "--limit", "--pause", "--tries", "--resend"} <= set(
        re.findall(r"`(--[a-z-]+)", TEXT)
    )
    rows = re.findall(r"^\| (\d) \|", TEXT, re.MULTILINE)
    assert rows == ["0", "1", "2", "3", "4"]
    assert (DONE, SOME_REFUSED, SOME_LEFT) == (0, 3, 4)
    keys = re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)
    assert sorted(keys) == sorted(field.replace("sender", "from") for field in Mailing.__dataclass_fields__)
    languages = re.search(r"language: de +# ([a-z, ]+):", TEXT)
    assert languages
    from paperbound.languages import LANGUAGES

    assert languages[1].split(", ") == list(LANGUAGES)


def test_the_workflow_passes_its_schema_and_needs_few_permissions() -> None:
    text, value = check_workflow(WORKFLOW)
    (job,) = value["jobs"].values()
    assert job["permissions"] == {"contents": "read", "pages": "read"}
    assert job["if"] == "vars.PAPERBOUND_DIGEST == 'yes'"
    # Nothing of an expression is put into a script, where it would be run.
    assert not [step for step in job["steps"] if "${{" in step.get("run", "")]
    named = set(re.findall(r"(?:secrets|vars)\.([A-Z_]+)", text))
    assert all(f"`{name}`" in TEXT for name in named), named


@pytest.mark.parametrize("fails", [pytest.param(False, marks=pytest.mark.slow), True])
def test_the_steps_of_the_workflow_send_and_keep_the_delivery_log(
    site: Path, serve_mail: Serve, authority: tuple[object, Path], fails: bool
) -> None:
    """The scripts of the workflow as they stand, with a private repository that is a real one."""
    server = serve_mail()
    use(server, site)
    work, remote = site.parent / "work", site.parent / "list.git"
    work.mkdir()
    shutil.copytree(site, work / "content")
    (work / ".venv" / "bin").mkdir(parents=True)
    (work / ".venv" / "bin" / "paperbound").symlink_to(Path(sys.executable).parent / "paperbound")
    git = "git -c user.name=x -c user.email=x@example.org"
    done = run(
        f"git init -q --bare -b main {remote} && git clone -q {remote} {work}/private && cd {work}/private && git checkout -q -b main && "
        f"printf -- '- address: ada@example.org\\n- address: grace@example.org\\n' > subscribers.yaml && "
        f"git add . && {git} commit -q -m list && git push -q origin main", work,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    if fails:
        server.behaviour.refuse["ada@example.org"] = "550 gone"
    steps = {step.get("name"): step for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["send"]["steps"]}
    environment = {
        "BASE_URL": "https://papers.example.org/", "LIST": "subscribers.yaml", "DRY_RUN": "",
        "PAPERBOUND_SMTP_USER": USER, "PAPERBOUND_SMTP_PASSWORD": PASSWORD, "SSL_CERT_FILE": str(authority[1]),
    }  # fmt: skip
    sent = run(steps["Send"]["run"], work, **environment)
    assert sent.returncode == (3 if fails else 0), sent.stdout + (work / "private" / "last-run.log").read_text("utf-8")
    assert "@example.org" not in sent.stdout + sent.stderr
    # Somebody edits the list meanwhile.
    edited = run(
        f"git clone -q {remote} other && cd other && echo '- address: new@example.org' >> subscribers.yaml && "
        f"{git} commit -q -a -m more && git push -q", site.parent,
    )  # fmt: skip
    assert edited.returncode == 0, edited.stderr
    kept = run(steps["Keep the delivery log"]["run"], work, **steps["Keep the delivery log"]["env"])
    assert kept.returncode == 0, kept.stderr
    shown = run(f"git --git-dir {remote} show main:subscribers.yaml.journal main:subscribers.yaml", work).stdout
    assert "grace@example.org" in shown
    assert "new@example.org" in shown
    assert len(server.mails) == (1 if fails else 2)
    again = run(steps["Send"]["run"], work, **environment)
    assert again.returncode == 0
    assert len(server.mails) == (2 if fails else 3)
