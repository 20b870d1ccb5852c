"""The message: parsed back by Python's email package, the same bytes for the same input, nothing let in by a record."""

from __future__ import annotations

import datetime
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mail_site import SITE, Run

from paperbound.mail.message import MessageStamp, Sheet, make_link, make_list_id, write_message
from paperbound.mail.recipients import Recipient
from paperbound.model.record import FIELDS
from paperbound.pages.mail import Mail
from paperbound.text.characters import COLUMNS, measure_width, wrap_text

AT = ("--at", "2026-11-24T06:00:00Z")


def parse(file: Path) -> EmailMessage:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert [(part.get_content_type(), part.defects) for part in message.walk()] == [
        ("multipart/alternative", []),
        ("text/plain", []),
        ("text/html", []),
    ]
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Texts(HTMLParser):
    """The text of a page of HTML, and its elements and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def test_headers_are_right(site: Path, digest: Run) -> None:
    done = digest("--file", "a.eml", *AT)
    assert done.returncode == 0, done.stderr
    message = parse(site.parent / "a.eml")
    assert message["From"] == "Shelf Papers <digest@papers.example.org>"
    assert message["Reply-To"] == "editors@papers.example.org"
    assert message["Subject"] == "Trending, 23 November 2026"
    assert message["Date"].datetime == datetime.datetime(2026, 11, 24, 6, tzinfo=datetime.UTC)
    assert re.fullmatch(r"<20261124060000\.[0-9a-f]{24}@papers\.example\.org>", message["Message-ID"])
    assert message["List-Id"] == '"Shelf Papers" <digest.shelf.papers.example.org>'
    assert message["List-Unsubscribe"] == "<https://papers.example.org/leave?who=>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Content-Language"] == "en"
    for line in (site.parent / "a.eml").read_bytes().split(b"\r\n"):
        assert len(line) <= 998
        assert b"\n" not in line
        assert line.isascii()


def test_without_an_address_to_unsubscribe_there_are_no_such_headers(site: Path, digest: Run) -> None:
    (site / "site.yaml").write_text("title: Shelf Papers\n", "utf-8")
    assert digest("--file", "a.eml", *AT).returncode == 0
    message = parse(site.parent / "a.eml")
    assert message["List-Unsubscribe"] is None
    assert message["List-Unsubscribe-Post"] is None
    assert message["From"] == "Shelf Papers <digest@localhost>"
    assert message["Message-ID"].endswith("@localhost>")


def test_one_click_is_promised_for_https_alone(site: Path, digest: Run) -> None:
    (site / "site.yaml").write_text(
        SITE.replace("https://papers.example.org/leave?who={address}", "mailto:leave@papers.example.org"), "utf-8"
    )
    assert digest("--file", "a.eml", *AT).returncode == 0
    message = parse(site.parent / "a.eml")
    assert message["List-Unsubscribe"] == "<mailto:leave@papers.example.org>"
    assert message["List-Unsubscribe-Post"] is None


def test_the_same_input_gives_the_same_bytes_but_for_date_and_id(site: Path, digest: Run) -> None:
    for name, more in (
        ("a", AT),
        ("b", AT),
        ("c", ("--at", "2026-11-25T06:00:00Z")),
        ("d", (*AT, "--message-id", "x.1")),
    ):
        assert digest("--file", f"{name}.eml", *more).returncode == 0
    first, again, later, named = ((site.parent / f"{name}.eml").read_bytes() for name in "abcd")
    assert first == again
    assert parse(site.parent / "d.eml")["Message-ID"] == "<x.1@papers.example.org>"

    def strip(data: bytes) -> bytes:
        data = re.sub(rb"^(Date|Message-ID): .*\r\n", b"", data, flags=re.MULTILINE)
        return re.sub(rb"=_[0-9a-f]{24}", b"", data)

    assert strip(first) == strip(later) == strip(named)


def test_both_parts_hold_the_same_papers_in_the_same_order(site: Path, digest: Run) -> None:
    assert digest("--file", "a.eml").returncode == 0
    message = parse(site.parent / "a.eml")
    titles = ["A second paper", "The first paper on O(n^2) shelves", "图书的第三篇论文"]
    for kind in ("plain", "html"):
        text = body(message, kind)
        places = [text.index(title) for title in titles]
        assert places == sorted(places)
        for path in ("a-second-paper", "the-first-paper-on-o-n-2-shelves"):
            assert f"https://papers.example.org/shelf/papers/{path}/" in text
    plain = body(message, "plain")
    assert all(measure_width(line) <= COLUMNS for line in plain.splitlines() if "https://" not in line)
    page = Texts(body(message, "html"))
    assert not page.elements & {"script", "img", "link", "iframe", "form", "object", "svg", "math"}
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "srcset", "background")]
    assert {value.split(":")[0] for name, value in page.attributes if name == "href"} == {"https"}
    assert "url(" not in body(message, "html")


def test_the_page_is_the_very_html_that_is_sent(site: Path, digest: Run, build) -> None:  # type: ignore[no-untyped-def]
    assert digest("--file", "a.eml", "--collection", "trending-2026-11-23").returncode == 0
    build(site, site.parent / "out")
    html = body(parse(site.parent / "a.eml"), "html")
    page = (site.parent / "out" / "collections" / "trending-2026-11-23" / "mail" / "index.html").read_text("utf-8")
    assert page == html.replace("https://papers.example.org/leave?who=", "https://papers.example.org/shelf/subscribe/")


def test_papers_added_since_a_day(site: Path, digest: Run) -> None:
    assert digest("--file", "a.eml", "--since", "2026-11-21").returncode == 0
    message = parse(site.parent / "a.eml")
    assert message["Subject"] == "New papers since 21 November 2026"
    plain = body(message, "plain")
    assert plain.index("图书的第三篇论文") < plain.index("A second paper")
    assert "first paper" not in plain
    done = digest("--file", "none.eml", "--since", "2027-01-01")
    assert (done.returncode, (site.parent / "none.eml").exists()) == (0, False)
    assert "not written" in done.stdout


def test_tags_authors_and_a_limit_narrow_it(site: Path, digest: Run) -> None:
    def titles(*arguments: str) -> list[str]:
        assert digest("--file", "a.eml", *arguments).returncode == 0
        text = body(parse(site.parent / "a.eml"), "plain")
        return re.findall(r"^ *(\d+)\. ", text, re.MULTILINE)

    assert titles() == ["1", "2", "3"]
    assert titles("--tag", "graphs") == ["1", "3"]
    assert titles("--tag", "shelves", "--author", "Ada Lovelace") == ["2"]
    assert titles("--author", "jose-poczos", "--author", "grace-hopper") == ["1", "2"]
    assert titles("--limit", "2") == ["1", "2"]
    assert "And one more paper on the site" in body(parse(site.parent / "a.eml"), "plain")
    wrong = digest("--file", "b.eml", "--tag", "graph", "--author", "Ada Lovelac")
    assert wrong.returncode == 1
    assert "Did you mean 'graphs'?" in wrong.stderr
    assert "Did you mean 'ada-lovelace'?" in wrong.stderr
    assert digest("--file", "b.eml", "--collection", "trending-2026-11-24").returncode == 1


def test_wrong_use_is_reported_with_code_2(site: Path, digest: Run) -> None:
    for arguments in (
        (), ("--send",), ("--to", "x", "--file", "y"), ("--file", "y", "--since", "2026", "--collection", "x"),
        ("--file", "y", "--at", "noon"), ("--file", "y", "--message-id", "a@b"), ("--file", "y", "--rate", "0"),
    ):  # fmt: skip
        assert digest(*arguments).returncode == 2, arguments


def test_a_long_edition_ends_with_a_link(site: Path, digest: Run) -> None:
    rows = [
        {"id": f"p{number}", "title": f"A paper with a title that says what it is about, number {number}",
         "authors": ["Ada Lovelace", "Grace Hopper"], "date": "2026-11-01", "takeaway": "It says this and that. " * 6}
        for number in range(600)
    ]  # fmt: skip
    (site / "papers" / "all.yaml").write_text(yaml.safe_dump(rows), "utf-8")
    file = site / "collections" / "trending-2026-11-23.yaml"
    for count, is_whole in ((60, True), (130, True), (600, False)):
        file.write_text(
            yaml.safe_dump({"title": "T", "date": "2026-11-23", "papers": [f"p{one}" for one in range(count)]}), "utf-8"
        )
        assert digest("--file", "a.eml").returncode == 0
        message = parse(site.parent / "a.eml")
        html, plain = body(message, "html"), body(message, "plain")
        assert len(html.encode()) < 100_000
        shown = len(re.findall(r"<h2", html))
        assert len(re.findall(r"^ *\d+\. ", plain, re.MULTILINE)) == shown
        assert (shown == count) is is_whole
        if not is_whole:
            left = f"And {count - shown} more papers on the site"
            assert (
                f'<a href="https://papers.example.org/shelf/collections/trending-2026-11-23/" style="color:#065">{left}'
                in html
            )
            assert left in plain
            assert len(html) > 90_000


# Fields whose values have a form, which hostile text has not.
FORMED = frozenset(
    "id date added venue_year kind arxiv doi pmid isbn bibkey links language slug aliases picture".split()
)
HOSTILE = [
    "=?utf-8?q?=0d=0aBcc:_victim@example.org?=", "=?utf-8?b?DQpCY2M6IHg=?=",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\r\nBcc: victim@example.org\r\n\r\nbody", "{{ 7*7 }}",
    "=?utf-8?q?=0ABcc:_x?=", "--=_boundary", "javascript:alert(1)", "</style><style>*{}", "<!--", "]]>", "\u2028Bcc: x",
    "x\x00y\x85z", "‮evil", "a" * 3_000, "$\\href{javascript:alert(1)}{x}$", "[x](javascript:alert(1))", "&lt;b&gt;",
    "<![endif]-->", "%0d%0aBcc: x",
]  # fmt: skip


# A draft is in no message.
@pytest.mark.parametrize("field", [field for field in FIELDS if field != "draft"])
def test_no_field_of_a_record_adds_a_header_or_markup(site: Path, digest: Run, field: str) -> None:
    rows, tags = [], []
    for number, text in enumerate(HOSTILE):
        row: dict[str, object] = {
            "id": f"p{number}",
            "title": f"Paper {number}",
            "authors": ["Ada Lovelace"],
            "date": "2026-11-01",
            "tags": [f"tag-{number}"],
        }
        tags.append({"slug": f"tag-{number}", "name": text[:300]})
        if field != "tags":
            row[field] = _wrap(field, text)
        rows.append(row)
    (site / "tags.yaml").write_text(yaml.safe_dump(tags, allow_unicode=True), "utf-8")
    (site / "papers" / "all.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    ids = [row["id"] for row in rows]
    edition = {"title": HOSTILE[4], "date": "2026-11-23", "description": HOSTILE[2], "papers": ids}
    (site / "collections" / "trending-2026-11-23.yaml").write_text(yaml.safe_dump(edition, allow_unicode=True), "utf-8")
    # All tags stand in the title of the message, and so in its subject.
    done = digest("--file", "a.eml", *(one for number in range(len(HOSTILE)) for one in ("--tag", f"tag-{number}")))
    if field in FORMED:
        # A value of a wrong form is a fault of the record: nothing is written, and all faults are reported.
        assert done.returncode == 1
        assert f"[{field}]" in done.stderr or field == "id"
        assert not (site.parent / "a.eml").exists()
        return
    assert done.returncode == 0, done.stderr
    message = parse(site.parent / "a.eml")
    assert sorted(message.keys()) == sorted(
        "From To Reply-To Subject Date Message-ID List-Id List-Archive Auto-Submitted Content-Language MIME-Version "
        "Content-Type List-Unsubscribe List-Unsubscribe-Post".split()
    )
    assert HOSTILE[0] in message["Subject"]
    assert "\n" not in message["Subject"]
    page = Texts(body(message, "html"))
    known = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "p",
        "a",
        "h1",
        "h2",
        "table",
        "tr",
        "td",
        "strong",
    }
    assert page.elements <= known
    assert {name for name, _ in page.attributes} <= {
        "lang", "charset", "name", "content", "http-equiv", "style", "class", "role", "href",
    }  # fmt: skip
    assert {value.partition(":")[0] for name, value in page.attributes if name == "href"} == {"https"}
    if field in ("venue", "authors"):
        assert "<script>alert(1)</script>" in "".join(page.seen)


def _wrap(field: str, text: str) -> object:
    if field in ("authors", "editors", "other_titles", "awards", "aliases", "related"):
        return [text]
    mappings: dict[str, dict[str, object]] = {
        "links": {"pdf": text},
        "extra": {"key": text},
        "signals": {"upvotes": {"value": 12, "date": "2026-11-23", "source": text}},
        "made_by": {"summary": f"central-sentence: {text[:150]}"},
    }
    return mappings.get(field, text)


SHEET = Sheet(
    title="Papers",
    base_url="https://example.org/a/",
    archive="https://example.org/a/collections/",
    sender="digest@example.org",
    reply_to="",
    unsubscribe="https://example.org/u?a={address}&t={token}",
    secret="key",
    otherwise="https://example.org/a/subscribe/",
)


@given(st.text(min_size=1, max_size=200), st.text(max_size=60))
@example("=?utf-8?q?=0ABcc:_x?=", "=?utf-8?q?=0ABcc:_x?=")
@example("a " * 90, 'A "b" \\ c, d')
@example("é" * 90, "é" * 20)
def test_any_subject_and_any_name_survive(subject: str, name: str) -> None:
    cleaned = " ".join("".join(one for one in subject if one.isprintable()).split()) or "x"
    name = " ".join("".join(one for one in name if one.isprintable()).split())
    stamp = MessageStamp(datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC))
    to = Recipient("ada@example.org", name)
    written = write_message(SHEET, cleaned, "en", Mail("<p>ä</p>", "ä\n", 1), stamp, to)
    message = message_from_bytes(written.data, policy=policy.default)
    assert message["Subject"] == cleaned
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    # (Python's parser puts a space between two encoded words of a name, where RFC 2047 has none.)
    assert message["To"].addresses[0].display_name.replace(" ", "") == name.replace(" ", "")
    assert message["Bcc"] is None
    head = written.data.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 and line.isascii() for line in head.split(b"\r\n") if b"List-" not in line)


def test_links_to_unsubscribe_are_signed() -> None:
    one, other = (make_link(SHEET, Recipient(f"{name}@example.org")) for name in ("ada+x&y", "bob"))
    assert one.startswith("https://example.org/u?a=ada%2Bx%26y@example.org&t=")
    assert re.fullmatch(r".*&t=[0-9a-f]{32}", other)
    assert one.rpartition("=")[2] != other.rpartition("=")[2]
    assert make_link(SHEET, Recipient("BOB@example.org")).rpartition("=")[2] == other.rpartition("=")[2]
    assert make_link(SHEET, None) == "https://example.org/u?a=&t="


def test_list_ids_are_below_the_sites_host() -> None:
    assert make_list_id("https://papers.example.org/") == "digest.papers.example.org"
    assert make_list_id("https://me.github.io/My_Papers/2026/") == "digest.2026.my-papers.me.github.io"


@given(st.text(max_size=300))
def test_wrapped_text_keeps_every_word_within_the_columns(text: str) -> None:
    wrapped = wrap_text(text, " 1. ", "    ")
    lines = wrapped.split("\n")
    assert "".join(wrapped.removeprefix(" 1.").split()) == "".join(text.split())
    assert all(measure_width(line) <= COLUMNS or "://" in line for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])


def test_an_address_is_never_cut() -> None:
    address = "https://example.org/" + "a" * 100
    assert address in wrap_text(f"See {address} for more").split("\n")
    assert wrap_text("字" * 50) == "字" * 38 + "\n" + "字" * 12
