"""`paperbound serve`, as its own process, with a browser and with strangers."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from surroundings import ROOT, Listen

pytestmark = pytest.mark.browser
FEATURES = ROOT / "tests" / "sites" / "features"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FEATURES, tmp_path / "content"))


def test_a_saved_record_shows_and_a_fault_is_reported(
    content: Path, tmp_path: Path, preview: Callable[..., object], tab: Page, listen: Listen
) -> None:
    served, page = preview(content, tmp_path / "site"), tab
    loaded: list[str] = []

    def note(sent: str) -> None:
        if '"info"' in sent:
            loaded.append(sent)

    def wait_for_load(number: int) -> None:
        """Waits until the page listens to the preview after its `number`th load."""
        for _ in range(3000):
            if len(loaded) >= number:
                return
            page.wait_for_timeout(20)
        raise AssertionError(f"{len(loaded)} loads, not {number}")

    listen(page, "websocket", lambda socket: socket.on("framesent", note))
    page.goto(f"{served.url}papers/an-o-n-2-bound-for-sorted-shelves-em-stacks-em/")  # type: ignore[attr-defined]
    expect(page.locator("article")).to_contain_text("A first paragraph")
    wait_for_load(1)
    record = content / "papers" / "math.yaml"
    good = record.read_text("utf-8")
    record.write_text(good.replace("A first paragraph", "Words that were just saved"), "utf-8")
    expect(page.locator("article")).to_contain_text("Words that were just saved")
    wait_for_load(2)
    # A second save, at once after the first.
    record.write_text(good.replace("A first paragraph", "Saved again"), "utf-8")
    expect(page.locator("article")).to_contain_text("Saved again")
    wait_for_load(3)
    record.write_text(good.replace("title:", "titel:"), "utf-8")
    fault = page.locator("#paperbound-fault")
    expect(fault).to_contain_text("Did you mean 'title'?")
    expect(page.locator("article")).to_contain_text("Saved again")
    assert any("titel" in line for line in served.lines)  # type: ignore[attr-defined]
    page.reload()
    expect(fault).to_contain_text("Did you mean 'title'?")
    record.write_text(good, "utf-8")
    expect(fault).to_have_count(0)
    expect(page.locator("article")).to_contain_text("A first paragraph")


def test_a_site_that_never_built_says_so(tmp_path: Path, preview: Callable[..., object], tab: Page) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: X\n", "utf-8")
    (content / "papers" / "a.yaml").write_text("titel: A\n", "utf-8")
    served = preview(content, tmp_path / "site")
    tab.goto(served.url)  # type: ignore[attr-defined]
    expect(tab.locator("#paperbound-fault")).to_contain_text("titel")
    (content / "papers" / "a.yaml").write_text("title: A\n", "utf-8")
    expect(tab.locator("h1")).to_have_text("X")


def ask(url: str, path: str, **headers: str) -> tuple[int, bytes]:
    place = urlsplit(url)
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)) as connection:
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_strangers_are_refused_and_nothing_outside_is_served(
    content: Path, tmp_path: Path, preview: Callable[..., object]
) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    served = preview(content, tmp_path / "site")
    url: str = served.url  # type: ignore[attr-defined]
    host = urlsplit(url).netloc
    base = "/some/base/"
    assert url.endswith(base)
    assert ask(url, base)[0] == 200
    assert ask(url, base, Host=f"localhost:{urlsplit(url).port}")[0] == 200
    assert ask(url, base, Host="evil.example")[0] == 403
    assert ask(url, base, Origin="https://evil.example")[0] == 403
    assert ask(url, base, Origin=f"http://{host}")[0] == 200
    socket_headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec_WebSocket_Version": "13",
    }
    place = f"{base}__paperbound__/livereload"
    assert ask(url, place, **socket_headers, Origin="https://evil.example")[0] == 403
    assert ask(url, place, **socket_headers)[0] == 403
    assert ask(url, place, **socket_headers, Host="evil.example", Origin="http://evil.example")[0] == 403
    for path in (
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "..%5csecret.txt",
        "%2e%2e%2f.paperbound/site/lock",
        "//etc/passwd",
        "%2fetc%2fpasswd",
        "a/../../secret.txt",
        "x%00.html",
    ):
        status, body = ask(url, base + path)
        assert status in (400, 404), path
        assert b"secret" not in body
        assert b"root:" not in body
    for name, value, expected in (
        ("Host", "[::1", 403),
        ("Host", "127.0.0.1.evil.example", 403),
        ("Host", f"{host}.", 403),
        ("Host", "2130706433", 403),
        ("Host", f"evil@{host}", 400),
        ("Origin", "http://[", 403),
        ("Origin", "null", 403),
        ("Origin", f"http://{host}.evil.example", 403),
        ("Origin", f"http://{host}@evil.example", 403),
        ("Transfer_Encoding", "xchunked", 400),
        ("Content_Length", "-1", 400),
    ):
        assert ask(url, base, **{name: value})[0] == expected, (name, value)
    for path in ("a" * 300, f"{'a' * 300}/", "a/" * 5000, "%252e%252e/secret.txt", "/evil.example/", "%ff"):
        assert ask(url, base + path)[0] in (400, 404), path
    assert not [line for line in served.lines if "Traceback" in line or "Error:" in line]
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert ask(url, f"{base}link.txt")[0] == 404
    status, body = ask(url, f"{base}no/such/page/")
    assert status == 404
    assert b"There is no page" in body
    assert ask(url, "/elsewhere")[0] == 404
    assert ask(url, base.rstrip("/"))[0] == 302
    assert ask(url, f"{base}papers")[0] == 302


def test_it_listens_on_this_machine_alone(content: Path, tmp_path: Path, preview: Callable[..., object]) -> None:
    port = urlsplit(preview(content, tmp_path / "site").url).port  # type: ignore[attr-defined]
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in others:
        with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
            socket.create_connection((address, port), timeout=2)
