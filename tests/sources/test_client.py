"""The client: names itself, waits, tries again, stays within bounds, and says what went wrong."""

from __future__ import annotations

import datetime
import gzip
import json
import random
import socket
import ssl
import threading
from pathlib import Path

import pytest
import trustme
from web_server import Answering, Asked, Reply, serve

from paperbound.sources.answers import AnswerStore
from paperbound.sources.client import ATOM, Client, Clock, Limits
from paperbound.sources.faults import SourceError, hide_keys
from paperbound.sources.transport import Transport, is_link_local, is_public
from surroundings import find_port

NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.passed, self.sleeps = 0.0, []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 2))
        self.passed += seconds

    def clock(self, seed: int = 1) -> Clock:
        now = lambda: NOON + datetime.timedelta(seconds=self.passed)  # noqa: E731
        return Clock(lambda: self.passed, now, self.sleep, random.Random(seed).random)


def make_client(hours: Hours | None = None, store: Path | None = None, **more) -> Client:
    answers = AnswerStore(store) if store else None
    return Client("https://papers.example.org/", (hours or Hours()).clock(), answers, **more)


def in_turn(*replies: Reply) -> Answering:
    rest = iter(replies)
    return lambda _: next(rest)


def fail(client: Client, url: str, **more) -> SourceError:
    with pytest.raises(SourceError) as caught:
        client.get(url, source="mine", **more)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_request_names_us_and_the_site() -> None:
    with serve(Reply(b"{}")) as server:
        answer = make_client().get(f"{server.url}/works?q=1", pace=3)
    assert (answer.status, answer.body, answer.from_cache, answer.fault) == (200, b"{}", False, None)
    assert server.asked[0].headers["user-agent"].startswith("paperbound/")
    assert server.asked[0].headers["user-agent"].endswith("(+https://papers.example.org/)")
    # arXiv's edge answers 406 to a request without Accept, and to one that takes one form only.
    assert server.asked[0].headers["accept"] == "application/json, */*;q=0.1"


def test_the_time_of_a_source_ends(tmp_path: Path) -> None:
    hours = Hours()
    with serve(Reply(status=503)) as server:
        client = make_client(hours, limits=Limits(source=20))
        client.begin(None)
        for _ in range(9):
            fail(client, server.url)
        assert hours.passed < 20
        hours.passed = 20
        count = len(server.asked)
        assert "the time for it is over" in str(fail(client, server.url))
        assert len(server.asked) == count


def test_requests_to_a_host_are_apart_and_others_do_not_wait() -> None:
    hours = Hours()
    client = make_client(hours)
    with serve(Reply(b"{}")) as one, serve(Reply(b"{}")) as other:
        for url in (one.url, one.url, other.url, one.url):
            client.get(url, pace=3)
    assert hours.sleeps == [3, 3]


@pytest.mark.parametrize("status", [406, 429, 500, 502, 503, 504])
def test_an_overloaded_service_is_asked_again_after_growing_pauses(status: int) -> None:
    hours = Hours()
    with serve(in_turn(Reply(status=status), Reply(status=status), Reply(b"{}"))) as server:
        assert make_client(hours).get(server.url).body == b"{}"
    first, second = hours.sleeps
    assert 1 <= first <= 3
    assert 2 <= second <= 6
    again = Hours()
    with serve(in_turn(Reply(status=status), Reply(status=status), Reply(b"{}"))) as server:
        make_client(again).get(server.url)
    assert again.sleeps == hours.sleeps  # of one seed
    other = Hours()
    with serve(in_turn(Reply(status=status), Reply(status=status), Reply(b"{}"))) as server:
        Client("", other.clock(seed=2)).get(server.url)
    assert all(one != two for one, two in zip(other.sleeps, hours.sleeps, strict=True))


def test_retry_after_is_obeyed_in_seconds_and_as_a_date() -> None:
    hours = Hours()
    date = "Mon, 02 Mar 2026 12:01:30 GMT"
    replies = Reply(status=429, headers={"Retry-After": "50"}), Reply(status=403, headers={"Retry-After": date})
    with serve(in_turn(*replies, Reply(b"{}"))) as server:
        make_client(hours).get(server.url)
    assert hours.sleeps == [50, 40]


def test_a_service_that_asks_for_too_much_time_is_left_at_once() -> None:
    hours = Hours()
    with serve(Reply(status=429, headers={"Retry-After": "3600"})) as server:
        fault = fail(make_client(hours), server.url)
    assert len(server.asked) == 1
    assert (fault.status, hours.sleeps) == (429, [])
    assert str(fault) == (
        f"mine: {server.url}: status 429: too many requests; it asks to wait 3,600 s, which is too long: the next run asks again"
    )


def test_tries_end_with_the_number_and_with_the_time() -> None:
    with serve(Reply(status=503)) as server:
        fault = fail(make_client(), server.url)
        assert len(server.asked) == 4
        assert "tried 4 times" in str(fault)
        assert fault.address == server.url
        fault = fail(make_client(limits=Limits(answer=3)), server.url)
        assert len(server.asked) == 6


@pytest.mark.parametrize("status", [403, 404, 410, 401, 418])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    with serve(Reply(status=status)) as server:
        assert fail(make_client(), server.url).status == status
    assert len(server.asked) == 1


def test_a_service_that_does_not_answer_is_left_after_its_time() -> None:
    never = threading.Event()
    with serve(Reply(b"{}", wait=never)) as server:
        fault = fail(make_client(limits=Limits(request=0.2, tries=2)), server.url)
        never.set()
    assert "no whole answer within" in str(fault)


def test_an_answer_that_drips_is_left_after_its_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
                while not stop.wait(0.05):
                    try:
                        connection.sendall(b" ")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        fault = fail(make_client(limits=Limits(request=0.5, tries=1)), url)
        stop.set()
        thread.join()
    assert "no whole answer within" in str(fault)


def test_nobody_at_the_address() -> None:
    assert "no connection" in str(fail(make_client(), f"http://127.0.0.1:{find_port()}"))


def test_large_answers_are_not_read_to_the_end() -> None:
    small = Transport(size=100_000)
    bomb = gzip.compress(bytes(80_000_000))
    cases = {
        "/length": Reply(headers={"Content-Length": "99999999999"}, body=bytes(300_000)),
        "/long": Reply(bytes(300_000)),
        "/bomb": Reply(bomb, headers={"Content-Encoding": "gzip"}),
    }
    with serve(lambda asked: cases[asked.path]) as server:
        for path in cases:
            assert "larger than 100,000 bytes" in str(fail(make_client(transport=small), server.url + path)), path
        assert len(server.asked) == 3
    with serve(Reply(gzip.compress(bytes(90_000)), headers={"Content-Encoding": "gzip"})) as server:
        assert len(make_client(transport=small).get(server.url).body) == 90_000


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b'{"a": 1}', cut=3),
        Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"),
        Reply(raw=b"SSH-2.0-server\r\n"),
        Reply(gzip.compress(bytes(9999))[:-9], headers={"Content-Encoding": "gzip"}),
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["cut", "chunk", "protocol", "cut-gzip", "no-gzip"],
)
def test_broken_answers_are_asked_again_and_named(reply: Reply, capfd: pytest.CaptureFixture[str]) -> None:
    with serve(reply) as server:
        assert "the answer broke off" in str(fail(make_client(), server.url))
        assert len(server.asked) == 4
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "raw", [b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000 + b"\r\n", b"\xff" * 100_000], ids=["head", "no-http"]
)
def test_answers_whose_parts_have_no_end_are_named(raw: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with serve(Reply(raw=raw)) as server:
        message = str(fail(make_client(), server.url))
        assert "has no end" in message or "the answer broke off" in message
    assert capfd.readouterr() == ("", "")


def test_an_encoding_that_was_not_asked_for_is_named() -> None:
    with serve(Reply(b"?", headers={"Content-Encoding": "br"})) as server:
        assert "encoding 'br'" in str(fail(make_client(), server.url))


def test_an_html_page_is_no_answer() -> None:
    page = Reply(b"\n<!DOCTYPE html><title>Down for maintenance</title>", headers={"Content-Type": "text/html"})
    with serve(page) as server:
        fault = fail(make_client(), server.url, accept=ATOM)
    assert (fault.status, fault.message) == (200, "an HTML page came, and no application/atom+xml")


def test_a_body_that_is_not_what_was_asked_for_is_asked_again() -> None:
    with serve(in_turn(Reply(b'{"a": '), Reply(b"{}"))) as server:
        assert make_client().get(server.url, check=lambda answer: json.loads(answer.body)).body == b"{}"


# Redirects


def test_redirects_are_counted() -> None:
    def lead_on(asked: Asked) -> Reply:
        number = int(asked.path[1:])
        return Reply(status=302, headers={"Location": f"/{number - 1}"}) if number else Reply(b"{}")

    with serve(lead_on) as server:
        assert make_client().get(f"{server.url}/5").address == f"{server.url}/0"
        assert "more than 5 redirects" in str(fail(make_client(), f"{server.url}/6"))


def test_a_public_address_leads_to_no_private_one() -> None:
    """The connection's own address counts: here 127.0.0.2 stands for a public one."""
    public = Transport(is_public=lambda address: address == "127.0.0.2")
    with serve(Reply(b"{}")) as inside:
        lead_in = Reply(status=302, headers={"Location": f"{inside.url}/secret"})
        with serve(lead_in, host="127.0.0.2") as outside:
            fault = fail(make_client(transport=public), outside.url)
            assert "from a public address to a private one" in str(fault)
            assert (len(outside.asked), len(inside.asked)) == (1, 0)
        named = inside.url.replace("127.0.0.1", "localhost")
        with serve(Reply(status=302, headers={"Location": named}), host="127.0.0.2") as outside:
            assert "to a private one" in str(fail(make_client(transport=public), outside.url))
        with serve(lead_in) as private:  # private to private
            assert make_client(transport=public).get(private.url).body == b"{}"
        # Public, private, and back: the first answer decides.
        assert not inside.asked[1:]


def test_no_redirect_leads_to_an_address_of_the_link() -> None:
    """There machines of clouds get their keys. A private address may lead to others, and not to these."""
    with serve(Reply(status=302, headers={"Location": "http://169.254.169.254/latest"})) as private:
        assert "address of the link itself" in str(fail(make_client(), private.url))
    assert all(is_link_local(address) for address in ("::ffff:169.254.169.254", "fe80::1%eth0"))
    assert not any(is_link_local(address) for address in ("127.0.0.1", "10.1.2.3", "8.8.8.8", "::1", "nonsense"))


def test_which_addresses_are_public() -> None:
    private = "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 fe80::1%eth0"
    private += " fd00::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 nonsense"
    assert [address for address in private.split() if is_public(address)] == []
    assert all(is_public(address) for address in ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"))


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://127.0.0.1/x", "javascript:1", "http://["])
def test_redirects_lead_to_web_addresses_only(target: str) -> None:
    with serve(Reply(status=301, headers={"Location": target})) as server:
        fail(make_client(), server.url)
        assert len(server.asked) == 1


# TLS


def test_certificates_are_verified(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with serve(Reply(b"{}"), context=context) as server:
        known = make_client(transport=Transport(authority=str(tmp_path / "ca.pem")))
        assert known.get(server.url).body == b"{}"
        fault = fail(make_client(), server.url)
        assert "the certificate is not valid" in str(fault)
        assert len(server.asked) == 1
        named = server.url.replace("127.0.0.1", "localhost")
        assert "certificate" in str(fail(known, named))
    assert capfd.readouterr() == ("", "")


# Answers of the last run


def test_an_answer_is_asked_for_again_by_its_marks(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"one"' and "if-modified-since" in asked.headers:
            return Reply(status=304)
        return Reply(b"{}", headers={"ETag": '"one"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT"})

    with serve(answer) as server:
        first = make_client(store=tmp_path).get(server.url)
        second = make_client(store=tmp_path).get(server.url)
    assert (first.status, first.from_cache) == (200, False)
    assert (second.status, second.from_cache, second.body, second.fault) == (304, True, b"{}", None)


def test_a_service_that_is_down_gives_the_answer_of_the_last_run(tmp_path: Path) -> None:
    page = Reply(b"<html></html>")
    with serve(in_turn(Reply(b'{"day": 1}'), page, page, page, page, Reply(status=403))) as server:
        make_client(store=tmp_path).get(server.url)
        for status in (200, 403):
            answer = make_client(store=tmp_path).get(server.url, source="mine")
            assert answer.body == b'{"day": 1}'
            assert answer.from_cache
            assert answer.fault
            assert answer.fault.status == status
            assert str(answer.fault).endswith("; its answer of 2026-03-02T12:00+00:00 is used")


def test_a_store_without_writing_keeps_nothing_and_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    with serve(in_turn(Reply(b"1"), Reply(b"2"), Reply(status=404))) as server:
        client = make_client(store=tmp_path)
        client.store = AnswerStore(tmp_path, writes=False)
        client.get(server.url)
        assert not list(tmp_path.iterdir())
        client.store = AnswerStore(tmp_path)
        client.get(server.url)
        (file,) = tmp_path.iterdir()
        file.write_bytes(file.read_bytes()[:-1])
        assert fail(client, server.url).status == 404
        AnswerStore(tmp_path).prune()
        assert not list(tmp_path.iterdir())


# Keys


def test_keys_are_sent_once_and_never_shown(tmp_path: Path) -> None:
    key = "geheim/1"
    with serve(
        lambda asked: (
            Reply(status=302, headers={"Location": "/b?echo=geheim/1"}) if asked.path == "/a" else Reply(status=403)
        )
    ) as server:
        client = make_client(store=tmp_path)
        fault = fail(client, f"{server.url}/a?q=1", keys={"api_key": key})
        first, second = server.asked
        assert first.query == {"q": "1", "api_key": key}
        assert "api_key" not in second.query
    assert "geheim" not in str(fault)
    assert "geheim" not in repr(fault)
    with serve(Reply(b"{}")) as server:
        answer = client.get(f"{server.url}/a", keys={"api_key": key})
    assert answer.address == f"{server.url}/a?api_key=…"
    assert not [file for file in tmp_path.iterdir() if b"geheim" in file.read_bytes()]


def test_keys_in_messages_are_hidden() -> None:
    with serve(Reply(status=302, headers={"Location": "ftp://example.org/geheim/1"})) as server:
        fault = fail(make_client(), server.url, keys={"api_key": "geheim/1"})
    assert "a redirect to ftp://example.org/… is not followed" in str(fault)


def test_keys_in_addresses_are_hidden() -> None:
    assert (
        hide_keys("https://me:pw@x.org/a?api_key=1&q=2&access_token=3#f")
        == "https://…@x.org/a?api_key=…&q=2&access_token=…#f"
    )
    assert hide_keys("https://x.org/monkey=3?q=1") == "https://x.org/monkey=3?q=1"
