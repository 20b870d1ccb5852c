"""`paperbound serve` as its own process, without a browser: ports, saves, several pages, Ctrl+C."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

import paperbound
from surroundings import INTERRUPTIBLE, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
HELLO = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})


class Serving:
    """A running preview, and the lines that it said."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "-m", "paperbound", "serve", *arguments]
        self.process = subprocess.Popen(
            command, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}, **INTERRUPTIBLE
        )
        self.lines: list[str] = []

    def wait(self, form: str) -> re.Match[str]:
        """Reads lines until one has the form."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line)
            if found := re.search(form, line):
                return found
        raise AssertionError(f"{form!r} is not in {self.lines}")

    def stop(self, number: int = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(number)
        code = self.process.wait(60)
        assert self.process.stderr
        rest = self.process.stderr.read()
        self.process.stderr.close()
        return code, rest


@pytest.fixture
def serve() -> Iterator[Callable[..., Serving]]:
    running: list[Serving] = []

    def start(*arguments: object, **environment: str) -> Serving:
        running.append(Serving(*arguments, **environment))  # type: ignore[arg-type]
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait(60)
        if one.process.stderr:
            one.process.stderr.close()


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def find_version(page: str) -> str:
    """What the preview's script of a page sends of its address."""
    return re.findall(r'reload\.js(\?\d+)"', page)[0]


async def connect(url: str, page: str = "") -> WebSocketClientConnection:
    """A page that listens, as the preview's script does: the page of this text, or the present one."""
    address = f"{url.replace('http:', 'ws:')}__paperbound__/livereload{find_version(page or get(url)[1])}"
    opened = await websocket_connect(HTTPRequest(address, headers={"Origin": url.rstrip("/")}))
    await opened.write_message(HELLO)
    assert json.loads(str(await opened.read_message()))["command"] == "hello"
    await opened.write_message(json.dumps({"command": "info", "url": url}))
    return opened


async def wait_for(pages: list[WebSocketClientConnection], command: str) -> list[str]:
    found = []
    for page in pages:
        while True:
            message = json.loads(str(await asyncio.wait_for(page.read_message(), 60)))
            if message["command"] == command:
                found.append(message.get("message", ""))
                break
    return found


async def close(pages: list[WebSocketClientConnection]) -> None:
    for page in pages:
        page.close()
        while await asyncio.wait_for(page.read_message(), 60) is not None:
            pass


def test_a_page_that_was_loaded_before_the_last_build_is_reloaded(
    make_content: Make, serve: Callable[..., Serving]
) -> None:
    content = make_content({"papers/a.yaml": "title: A first title\n"})
    running = serve(content.parent, "--port", "0")
    url = running.wait(r"serving (http://\S+)")[1]
    _, before = get(url)
    (content / "papers" / "a.yaml").write_text("title: A second title\n", "utf-8")
    for _ in range(6_000):
        _, after = get(url)
        if find_version(after) != find_version(before):
            break
        time.sleep(0.01)
    assert "A first title" in before
    assert "A second title" in after

    async def listen() -> None:
        old, new = await connect(url, before), await connect(url, after)
        assert await wait_for([old], "reload")
        # The next message of the present page is an answer, and no order to reload.
        await new.write_message(HELLO)
        assert json.loads(str(await new.read_message()))["command"] == "hello"
        await close([old, new])

    asyncio.run(listen())


def test_every_kind_of_save_reloads_every_page(make_content: Make, serve: Callable[..., Serving]) -> None:
    content = make_content({"site.yaml": "title: Shelf\ntheme: mine\n", "papers/a.yaml": "title: A first title\n"})
    theme = content.parent / "themes" / "mine"
    (theme / "templates").mkdir(parents=True)
    (theme / "assets").mkdir()
    (theme / "theme.yaml").write_text("name: Mine\nstyles: [site.css, mine.css]\n", "utf-8")
    running = serve(content.parent, "--port", "0")
    url = running.wait(r"serving (http://\S+)")[1]
    saves = (
        (content / "papers" / "a.yaml", "title: Another title\n", "papers/another-title/", "Another title"),
        (content / "papers" / "b.yaml", "title: Mine\ndraft: yes\n", "papers/mine/", "Not published yet"),
        (theme / "assets" / "mine.css", "h1 { color: red }\n", "", "Shelf"),
        (
            theme / "templates" / "404.html",
            '{% extends "parent:404.html" %}{% block main %}{{ super() }}<p>Ours.</p>{% endblock %}\n',
            "nowhere/",
            "Ours.",
        ),
        (content / "site.yaml", "title: Bench\ntheme: mine\n", "", "Bench"),
        (content / "collections" / "c.yaml", "title: Some\npapers: [a]\n", "collections/c/", "Some"),
    )

    async def check() -> None:
        pages = [await connect(url) for _ in range(3)]
        await close([pages.pop()])  # a closed page holds up no other
        for file, text, path, shown in saves:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            await wait_for(pages, "reload")
            assert shown in (await asyncio.to_thread(get, url + path))[1], file
        (content / "papers" / "a.yaml").write_text("titel: A\n", "utf-8")
        assert all("Did you mean 'title'?" in message for message in await wait_for(pages, "alert"))
        late = await connect(url)
        assert "Did you mean 'title'?" in (await wait_for([late], "alert"))[0]
        (content / "papers" / "a.yaml").write_text("title: A\n", "utf-8")
        await wait_for([*pages, late], "reload")
        await close([*pages, late])

    asyncio.run(check())
    status, page = get(f"{url}no/such/page/")
    assert (status, "There is no page" in page, "reload.js" in page) == (404, True, True)
    assert (content.parent / "site" / "papers" / "mine" / "index.html").is_file()
    code, said = running.stop()
    assert (code, said.splitlines()[-1], "Traceback" in said) == (0, "stopped", False)


def test_the_next_free_port_is_used_and_said(make_content: Make, serve: Callable[..., Serving]) -> None:
    types = {
        "a.webp": "image/webp",
        "a.mp4": "video/mp4",
        "a.woff2": "font/woff2",
        "a.tar.gz": "application/octet-stream",
    }
    content = make_content({"papers/a.yaml": "title: A\n", **{f"static/{name}": b"x" for name in types}})
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        running = serve(content.parent, "--port", str(port))
        found = int(running.wait(r"port \d+ is in use; (\d+) is taken instead")[1])
        assert port < found < port + 20
        assert running.wait(r"serving http://127.0.0.1:(\d+)/")[1] == str(found)
    for name, kind in types.items():
        with urllib.request.urlopen(f"http://127.0.0.1:{found}/{name}", timeout=60) as answer:
            assert answer.headers["Content-Type"] == kind
    # A page that is not there is the browser's to say.
    assert get(f"http://127.0.0.1:{found}/gone/")[0] == 404
    assert running.stop() == (0, "stopped\n")


def test_open_shows_the_site_in_the_browser(make_content: Make, serve: Callable[..., Serving], tmp_path: Path) -> None:
    content = make_content({"papers/a.yaml": "title: A\n", "site.yaml": "title: X\nbase_url: https://x.org/a/b/\n"})
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/asked.new\nmv {tmp_path}/asked.new {tmp_path}/asked\n', "utf-8"
    )
    browser.chmod(0o755)
    running = serve(content.parent, "--port", "0", "--open", BROWSER=f"{browser} %s")
    url = running.wait(r"serving (http://\S+)")[1]
    for _ in range(6_000):
        if (tmp_path / "asked").is_file():
            break
        time.sleep(0.01)
    assert (tmp_path / "asked").read_text("utf-8") == url
    assert url.endswith("/a/b/")


MANY = "\n".join(
    f'{{"title": "Paper {number}", "authors": ["Ada Kern {number}"], "date": "2024"}}' for number in range(900)
)


def test_ctrl_c_while_the_first_build_runs(make_content: Make, serve: Callable[..., Serving]) -> None:
    content = make_content({"papers/many.jsonl": MANY})
    running = serve(content.parent, "--port", "0")
    staging = content.parent / ".paperbound" / "site" / "staging"
    for _ in range(6_000):
        if staging.is_dir() and any(staging.iterdir()):
            break
        time.sleep(0.01)
    code, said = running.stop()
    assert (code, said.splitlines()[-1]) == (0, "stopped")
    assert "Traceback" not in "".join(running.lines) + said
    assert not (content.parent / "site").exists()


@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.slow), "2"])
def test_ctrl_c_in_a_build_leaves_the_site_as_it_was(make_content: Make, jobs: str) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    command = [sys.executable, "-m", "paperbound", "build", "--jobs", jobs]
    subprocess.run(command, cwd=content.parent, check=True, capture_output=True)
    before = read_tree(content.parent / "site")
    (content / "papers" / "many.jsonl").write_text(MANY, "utf-8")
    # A group of its own gets the signal as one of a terminal does: workers, too.
    running = subprocess.Popen(
        command,
        cwd=content.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **INTERRUPTIBLE,
    )
    staging = content.parent / ".paperbound" / "site" / "staging"
    for _ in range(6_000):
        if staging.is_dir() and (staging / "papers").is_dir():
            break
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    out, said = running.communicate(timeout=60)
    assert (running.returncode, out, said) == (130, "", "stopped\n")
    assert read_tree(content.parent / "site") == before
    done = subprocess.run(command, cwd=content.parent, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("901 papers")


def test_a_changed_translation_starts_the_preview_anew(
    make_content: Make, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    package = Path(paperbound.__file__).parent
    copy = tmp_path / "code" / "generator" / "paperbound"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent.parent / "themes", tmp_path / "code" / "themes")
    content = make_content({"papers/a.yaml": "title: A\n", "site.yaml": "title: X\n"})
    running = serve(content.parent, "--port", "0", PYTHONPATH=str(copy.parent))
    url = running.wait(r"serving (http://\S+)")[1]
    phrases = copy / "languages" / "en" / "search.py"
    text = phrases.read_text("utf-8")
    phrase = re.search(r'"search.title": "([^"]+)"', text)
    assert phrase
    assert phrase[1] in get(url)[1]
    phrases.write_text(text.replace(phrase[0], '"search.title": "Look it up"'), "utf-8")
    running.wait("a translation changed")
    assert running.wait(r"serving (http://\S+)")[1] == url
    assert "Look it up" in get(url)[1]
