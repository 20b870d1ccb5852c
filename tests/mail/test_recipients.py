"""Lists of recipients: accepted lines, and faults with their lines before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_site import Run, Serve, send_arguments

from paperbound.mail.recipients import Recipient, read_address, read_recipients
from paperbound.model.build import Source
from paperbound.model.errors import Fault, FieldError


def read(text: str | bytes, name: str = "list.txt") -> tuple[tuple[Recipient, ...], list[Fault]]:
    faults: list[Fault] = []
    data = text.encode() if isinstance(text, str) else text
    return read_recipients(Source(name, data), faults.append), faults


def test_names_comments_blank_lines_and_case() -> None:
    found, faults = read(
        "\ufeff# readers\r\n\r\nada@example.org\n Grace Hopper <Grace@EXAMPLE.org>  # a note\n"
        "\"Lovelace, Ada\" <lovelace@example.org>\njose@bücher.example\no'neil+list@example.org (Pat O'Neil)\nADA@Example.ORG\n"
    )
    assert [(one.address, one.name) for one in found] == [
        ("ada@example.org", ""),
        ("Grace@example.org", "Grace Hopper"),
        ("lovelace@example.org", "Lovelace, Ada"),
        ("jose@xn--bcher-kva.example", ""),
        ("o'neil+list@example.org", "Pat O'Neil"),
    ]
    assert [(fault.line, fault.warning) for fault in faults] == [(8, True)]
    assert "line 3" in faults[0].message


@pytest.mark.parametrize(
    "line",
    [
        "ada", "ada@", "@example.org", "ada@example", "ada @example.org", "ada@example.org, grace@example.org",
        "ada@example.org grace@example.org", "Ada <ada@example.org", "<>", "ada@exa mple.org", "ada@-example.org",
        "ada..b@example.org", "ada@example.org>", "Ada <ada@example.org> <b@example.org>", "a" * 65 + "@example.org",
        "ada@127.0.0.1", "mailto:ada@example.org", "ada@example.org;b@example.org",
    ],
)  # fmt: skip
def test_bad_lines_are_named(line: str) -> None:
    found, faults = read(f"good@example.org\n{line}\n")
    assert [one.address for one in found] == ["good@example.org"]
    assert [(fault.line, fault.warning) for fault in faults] == [(2, False)]


def test_all_bad_lines_are_reported_before_anything_is_sent(site: Path, digest: Run, serve_mail: Serve) -> None:
    (site.parent / "list.txt").write_text("one@example.org\nnobody\ntwo@example.org\n@example.org\n", "utf-8")
    server = serve_mail()
    done = digest(*send_arguments(server))
    assert done.returncode == 1
    assert "list.txt:2: " in done.stderr
    assert "list.txt:4: " in done.stderr
    assert server.asked == {}
    assert not (site.parent / "list.txt.journal").exists()


def test_all_faults_are_reported_together(site: Path, digest: Run) -> None:
    (site / "site.yaml").write_text("title: X\ndigest: {unsubscribe: 'https://example.org/{token}'}\n", "utf-8")
    (site.parent / "list.txt").write_text("nobody\n", "utf-8")
    done = digest("--send", "--to", "list.txt")
    assert done.returncode == 1
    for what in (
        "which mail server",
        "who digests are from",
        "no secret",
        "list.txt:1: ",
        "only this machine knows",
        "5 errors",
    ):
        assert what in done.stderr, what


def test_a_list_that_is_not_there_or_not_utf8(site: Path, digest: Run, serve_mail: Serve) -> None:
    server = serve_mail()
    assert "cannot be read" in digest(*send_arguments(server, "nowhere.txt")).stderr
    (site.parent / "list.txt").write_bytes(b"ada@example.org\nj\xf6rg@example.org\n")
    done = digest(*send_arguments(server))
    assert (done.returncode, server.asked) == (1, {})
    assert "UTF-8" in done.stderr


@given(st.text(max_size=60))
def test_no_line_adds_a_header_or_crashes(line: str) -> None:
    try:
        address, name = read_address(line)
    except FieldError:
        return
    assert address.count("@") >= 1
    assert all(character.isprintable() for character in address + name if character != " ") or not (
        {"\r", "\n", "\0"} & set(address + name)
    )
    assert not {"\r", "\n"} & set(address + name)


def test_subscribers_in_yaml() -> None:
    found, faults = read(
        "- address: Ada <ada@example.org>\n  tags: [shelves]\n  authors: Grace Hopper\n  query: graphs\n"
        "  frequency: weekly\n  language: de\n- address: all@example.org\n",
        "subscribers.yaml",
    )
    assert faults == []
    assert found == (
        Recipient("ada@example.org", "Ada", ("shelves",), ("Grace Hopper",), "graphs", "weekly", "de", rich=True),
        Recipient("all@example.org", rich=True),
    )


def test_faults_of_subscribers_have_lines() -> None:
    found, faults = read(
        "- address: ada@example.org\n  tag: [x]\n- address: nobody\n- tags: [x]\n- address: b@example.org\n"
        "  frequency: hourly\n- address: c@example.org\n  language: tlh\n- address: d@example.org\n  tags: {a: b}\n"
        "- address: e@example.org\n- address: E@example.org\n",
        "subscribers.yaml",
    )
    assert [one.address for one in found] == ["e@example.org"]
    reported = {(fault.line, fault.field, fault.warning) for fault in faults}
    assert reported == {
        (2, "tag", False), (3, "address", False), (4, "address", False), (6, "frequency", False),
        (8, "language", False), (10, "tags", False), (12, "", True),
    }  # fmt: skip
    assert read("- address: a@example.org\n  address: b@example.org\n", "s.yaml")[1][0].line == 2
