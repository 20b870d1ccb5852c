"""Every field through every place: no payload runs, loads, leaves or becomes active, with the policy and without."""

from __future__ import annotations

import contextlib
import csv
import email
import email.policy
import io
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
import reader_acts as acts
from hostile_site import PAGE, build_documents, build_hostile
from markdown_it import MarkdownIt
from markup_judge import TOGETHER, MarkupJudge, serve_markup
from payloads import PATTERNS, grow
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from waiting import wait_until

from paperbound.cli import main

pytestmark = pytest.mark.browser
WHOLE = bool(os.environ.get("PAPERBOUND_MARKUP"))
SEED = int(os.environ.get("PAPERBOUND_MARKUP_SEED", "1"))
SHARE = 7
CHUNK = 200


def choose() -> list[str]:
    """All payloads and 500 of the grammar in the long run; a share of both, spread over all kinds, in the tests."""
    grown = grow(SEED, 500)
    return [*PATTERNS, *grown] if WHOLE else [*PATTERNS[:: len(PATTERNS) // SHARE], *grown[:3]]


# Each payload is in three names of people, whose pages are alike: one in ten of these is looked at.
_ALIKE = re.compile(r"authors/(?:bo|cy)")


def list_all_pages(site: Path, payloads: Sequence[str]) -> list[str]:
    pages = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html"))]
    alike = [page for page in pages if _ALIKE.match(page)]
    return [page.removesuffix("index.html") for page in pages if page not in alike or page in alike[::10]]


# Pages of collections, with their mail pages, and of lists of papers; all others show settings alone.
_FOLDERS = ("papers", "tags", "authors", "years", "venues", "collections")


def list_pages(*folders: str) -> Callable[[Path, Sequence[str]], list[str]]:
    """Lists the pages of these folders; without any, those of no folder of `_FOLDERS`."""

    def list_some(site: Path, payloads: Sequence[str]) -> list[str]:
        pages = list_all_pages(site, payloads)
        if not folders:
            return [page for page in pages if page.partition("/")[0] not in _FOLDERS]
        return [page for page in pages if page.partition("/")[0] in folders]

    return list_some


def list_sourced(site: Path, payloads: Sequence[str]) -> list[str]:
    """The pages that name a source: of an edition, of a number that a service counted."""
    return [page for page in list_all_pages(site, payloads) if "Src" in _read_page(site, page)]


def _read_page(site: Path, page: str) -> str:
    return (site / page / "index.html" if page.endswith("/") or not page else site / page).read_text("utf-8")


def list_suffix(step: int, *suffixes: str) -> Callable[[Path, Sequence[str]], list[str]]:
    """Lists some files of a kind: each payload is in some twenty of them."""

    def list_files(site: Path, payloads: Sequence[str]) -> list[str]:
        return [file.relative_to(site).as_posix() for file in sorted(site.rglob("*")) if file.suffix in suffixes][
            ::step
        ]

    return list_files


def list_searches(site: Path, payloads: Sequence[str]) -> list[str]:
    found = [f"search/?q=batch{number}" for number in range(len(payloads) // PAGE + 1)]
    # A word of abstracts alone: results show the text around it.
    found += [f"search/?q=near{number}" for number in range(len(payloads) // PAGE + 1)]
    return [*found, *(f"search/?q=title:word{number}" for number in range(0, len(payloads), 10))]


def list_queries(site: Path, payloads: Sequence[str]) -> list[str]:
    chosen = payloads[:: 2 if WHOLE else 4]
    return [f"search/?q={quote(payload.encode('utf-8', 'replace'))}" for payload in chosen]


def list_missing(site: Path, payloads: Sequence[str]) -> list[str]:
    return [
        f"nowhere/{quote(payload.encode('utf-8', 'replace'), safe='')}?{quote(payload.encode('utf-8', 'replace'))}#{quote(payload.encode('utf-8', 'replace'))}"
        for payload in payloads[::5]
    ]


def list_papers(site: Path, payloads: Sequence[str]) -> list[str]:
    found = [f"{one.parent.relative_to(site).as_posix()}/" for one in sorted(site.glob("papers/*/index.md"))]
    return found[:: 1 if WHOLE else 4]


def list_with_paper(page: str, step: int) -> Callable[[Path, Sequence[str]], list[str]]:
    """Lists addresses of one page, each with a paper and a payload."""

    def list_some(site: Path, payloads: Sequence[str]) -> list[str]:
        slug = list_papers(site, payloads)[0].split("/")[1]
        return [f"{page}?{slug}&{_quote(payload)}" for payload in payloads[::step]]

    return list_some


def list_shared(site: Path, payloads: Sequence[str]) -> list[str]:
    slug = list_papers(site, payloads)[0].split("/")[1]
    return [f"reading-list/#papers={_quote(payload)},{slug}" for payload in payloads]


def list_one(address: str) -> Callable[[Path, Sequence[str]], list[str]]:
    """Lists one address."""
    return lambda _site, _payloads: [address]


def list_offline(site: Path, payloads: Sequence[str]) -> list[str]:
    return [f"offline/?{_quote(payload)}" for payload in payloads[::20]]


def _quote(payload: str) -> str:
    return quote(payload.encode("utf-8", "replace"), safe="")


class Place(NamedTuple):
    """A place where a field can appear: what lists its addresses, the acts of a reader there, how many pages together."""

    list_addresses: Callable[[Path, Sequence[str]], list[str]]
    act: str = ""
    together: int = TOGETHER


# What one page writes to the reading list, every other page draws.
_FEW = 4


# Where a field can appear: a row each.
PLACES: dict[str, Place] = {
    "paper and list of papers (attribute, JSON-LD, head)": Place(
        list_pages("papers", "tags", "authors", "years", "venues")
    ),
    "edition, with its mail page": Place(list_pages("collections")),
    "source of an edition or of a number": Place(list_sourced),
    "settings, free page, news, statistics": Place(list_pages()),
    "Markdown page, BibTeX, RIS, CSV": Place(list_suffix(10, ".md", ".bib", ".ris", ".csv")),
    "feed, sitemap, description of the search": Place(list_suffix(4, ".xml")),
    "feed and export as JSON": Place(list_suffix(10, ".json")),
    "search result, highlight": Place(list_searches, acts.FIND),
    "query": Place(list_queries, acts.FIND),
    "404": Place(list_missing),
    "card image": Place(list_suffix(20, ".png")),
    "map": Place(lambda _site, _payloads: [f"map/?by={by}" for by in ("year", "tag", "venue")], acts.WALK),
    "reading list: papers that are saved": Place(list_papers, acts.SAVE),
    "reading list: notes and tags": Place(list_one("reading-list/"), acts.JOT),
    "reading list: a link to a list": Place(list_shared, acts.OFFER),
    "reading list: files of a list": Place(list_with_paper("reading-list/", 4), acts.IMPORT, _FEW),
    "reading list: what is stored": Place(list_with_paper("reading-list/", 4), acts.POISON, _FEW),
    "way on from a list that is stored": Place(lambda site, payloads: list_papers(site, payloads)[:1], acts.GO_ON),
    "page about reading offline": Place(list_offline, acts.KEEP),
}
# Those of a site of documents.
DOCUMENTS: dict[str, Place] = {
    "documentation, a reference made of texts": Place(list_all_pages),
    "search of documentation": Place(lambda _site, payloads: [f"search/?q={_quote(one)}" for one in [*payloads[::4], "word", "part"]], acts.FIND),
    "suggestions of documentation": Place(lambda _site, payloads: [f"guide0/?q={_quote(one)}" for one in [*payloads[::10], "word", "part"]], acts.SUGGEST),
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, list[str]]]:
    """Sites of 200 payloads each: their folders, and the payloads."""
    folder, payloads, sites = tmp_path_factory.mktemp("hostile"), choose(), []
    for start in range(0, len(payloads), CHUNK):
        chunk = payloads[start : start + CHUNK]
        some = chunk[:: max(1, len(chunk) // (100 if WHOLE else 20))]
        sites.append((build_hostile(folder / f"site{start}", chunk, some), chunk))
    return sites


@pytest.fixture(scope="module")
def documents(hostile: list[tuple[Path, list[str]]], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Sites of documents with the payloads of each of the sites."""
    folder = tmp_path_factory.mktemp("documents")
    return [build_documents(folder / str(number), payloads) for number, (_, payloads) in enumerate(hostile)]


@pytest.mark.parametrize(
    "policy", [pytest.param(True, id="with the policy", marks=pytest.mark.slow), pytest.param(False, id="without it")]
)
def test_no_payload_does_anything(
    hostile: list[tuple[Path, list[str]]], documents: list[Path], browser: Browser, policy: bool
) -> None:
    faults: list[str] = []
    counts, tried, begin = dict.fromkeys([*PLACES, *DOCUMENTS], 0), 0, time.perf_counter()
    for (site, payloads), documented in zip(hostile, documents, strict=True):
        for folder, places in ((site, PLACES), (documented, DOCUMENTS)):
            with serve_markup(folder, policy=policy) as address:
                # The browser of one reader: what one place keeps, the next one shows.
                judge = MarkupJudge(browser, address)
                for place, (list_addresses, act, together) in places.items():
                    counts[place] += judge.visit(list_addresses(folder, payloads), act, together)
                    faults += [f"{place}: {fault}" for fault in judge.take()]
                faults += judge.close()
        tried += len(payloads)
        report = {
            "policy": policy,
            "payloads": tried,
            "visits": counts,
            "faults": len(faults),
            "seconds": round(time.perf_counter() - begin),
        }
        if WHOLE:
            print(json.dumps(report), flush=True)  # noqa: T201
    assert faults[:20] == []
    assert all(counts.values()), counts


def test_payloads_reach_each_sort_of_file(hostile: list[tuple[Path, list[str]]]) -> None:
    """A judge that nothing reaches finds nothing."""
    for site, _ in hostile:
        for suffix in ("html", "md", "xml", "json", "bib", "ris", "csv", "txt"):
            assert any("pwn(1)" in file.read_text("utf-8") for file in site.rglob(f"*.{suffix}")), suffix


def test_payloads_reach_each_new_place(hostile: list[tuple[Path, list[str]]]) -> None:
    site, payloads = hostile[0]
    reached = {place: [_read_page(site, page.partition("?")[0]) for page in PLACES[place].list_addresses(site, payloads)] for place in PLACES if place.startswith(("edition", "source", "settings"))}  # fmt: skip
    assert {place: any("pwn(1)" in page for page in pages) for place, pages in reached.items()} == dict.fromkeys(
        reached, True
    )
    assert any(re.search(r"Src\d+ .*pwn", page) for page in reached["source of an edition or of a number"])
    assert len(list_suffix(1, ".png")(site, payloads)) > len(payloads)


def test_a_search_suggests_no_markup(hostile: list[tuple[Path, list[str]]], browser: Browser) -> None:
    for site, payloads in hostile:
        with serve_markup(site, policy=False) as address:
            judge = MarkupJudge(browser, address)
            judge.page.goto(f"{address}papers/")
            words = [f"{kind}{number}" for number in range(0, len(payloads), 5) for kind in ("Ada", "word")]
            shown = 0
            for word in words if WHOLE else words[:16]:
                field = judge.page.locator("#quick")
                field.fill("")
                field.press_sequentially(word, delay=0)
                with contextlib.suppress(PlaywrightError):  # nothing fits
                    judge.page.locator("[role=option]").first.wait_for(timeout=3_000)
                shown += judge.page.locator("[role=option]").count()
                judge.page.evaluate("judgeMarkup()")
            assert judge.close() == []
            assert shown


# Text with a fault of a kind, and what the judge says of it.
PLANTED = {
    "script": ("<script>pwn(1)</script>", "pwn(1)"),
    "handler": ("<img src=/x onerror=pwn(1)>", "pwn(1)"),
    "dialog": ("<script>alert(1)</script>", "alert(1)"),
    "request": ("<img src=//evil.test/x>", "request: http://evil.test/x"),
    "fetch": ("<script>fetch('//evil.test/y')</script>", "request: http://evil.test/y"),
    "navigation": ("<meta http-equiv=refresh content='0;url=//evil.test/z'>", "evil.test/z"),
    "frame": ("<iframe></iframe>", "element <iframe"),
    "address": ("<a href='java\nscript:x'>x</a>", "address href"),
    "quiet handler": ("<p onclick=x>x</p>", "attribute onclick"),
    "base": ("<base href=/x/>", "element <base"),
    "foreign script": ("<script src=/elsewhere.js></script>", "script <script"),
    "clobbered form": ("<form action=javascript:x></form>", "address action"),
    "svg": ("<svg><script>pwn(1)</script></svg>", "pwn(1)"),
}


@pytest.fixture(scope="module")
def planted(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarkupJudge]:
    """A judge of pages of which each has a fault of a kind, and of a good one."""
    folder = tmp_path_factory.mktemp("planted")
    pages = {
        "404": "x",
        "good": "x<a href='https://a.test/'>x</a>",
        **{kind: f"x{text}" for kind, (text, _) in PLANTED.items()},
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(f"<!DOCTYPE html><p>{text}", "utf-8")
    with serve_markup(folder, policy=True) as address:
        judge = MarkupJudge(browser, address)
        yield judge
        judge.close()


@pytest.mark.parametrize("kind", PLANTED)
def test_the_judge_finds_what_is_planted(kind: str, planted: MarkupJudge) -> None:
    planted.visit(["good.html"])
    assert planted.take() == []

    # A frame is removed soon: where the machine is busy, the page may not have left it by then.
    def is_found() -> bool:
        planted.visit([f"{quote(kind)}.html"])
        return any(PLANTED[kind][1] in fault for fault in planted.take())

    wait_until(planted.page, is_found, turns=50)
    planted.take()


def test_a_template_that_trusts_a_title_is_found(browser: Browser, tmp_path: Path, violations: list[str]) -> None:
    """The whole way, from a record to the browser: one filter too many in a theme, and payloads run."""
    theme = tmp_path / "themes" / "open"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: Open\n", "utf-8")
    (theme / "templates" / "redirect.html").write_text("x", "utf-8")
    (theme / "templates" / "404.html").write_text("<!DOCTYPE html><title>x</title><p>{{ site.title|safe }}", "utf-8")
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: '<img src=x onerror=pwn(1)>'\ntheme: open\n", "utf-8")
    assert (
        main(
            [
                "build",
                "--quiet",
                "--content",
                str(content),
                "--output",
                str(tmp_path / "site"),
                "--themes",
                str(tmp_path / "themes"),
            ]
        )
        == 0
    )
    with serve_markup(tmp_path / "site", policy=False) as address:
        judge = MarkupJudge(browser, address)
        judge.visit(["nowhere/"])
        assert any("pwn(1)" in fault for fault in judge.close())


def count_papers(site: Path) -> int:
    return len(list(site.glob("papers/*/index.md")))


def read_places(site: Path) -> Iterator[tuple[str, str]]:
    """The files of a site that are no pages, with their texts."""
    for file in sorted(site.rglob("*")):
        if file.suffix in (".csv", ".md", ".txt", ".bib", ".ris", ".json", ".eml"):
            yield file.relative_to(site).as_posix(), file.read_text("utf-8")


def test_files_hold_no_formula_and_no_entry_of_a_stranger(hostile: list[tuple[Path, list[str]]]) -> None:
    for site, _ in hostile:
        for name, text in read_places(site):
            if name.endswith(".csv"):
                rows = list(csv.reader(io.StringIO(text)))
                assert len({len(row) for row in rows}) == 1, name
                assert not [
                    cell for row in rows for cell in row if re.match(r"\s*[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell)
                ], name
            if name == "papers/papers.bib":
                assert len(re.findall(r"^@\w+\{", text, re.MULTILINE)) == count_papers(site)
            if name == "papers/papers.ris":
                assert len(re.findall(r"^TY  - ", text, re.MULTILINE)) == count_papers(site)
            if name.endswith(".json"):
                json.loads(text)


def test_markdown_pages_show_html_as_text(
    hostile: list[tuple[Path, list[str]]], browser: Browser, tmp_path: Path
) -> None:
    """Markdown pages by a renderer that is not ours, without HTML, as security.md says."""
    (tmp_path / "404.html").write_text("x", "utf-8")
    render = MarkdownIt("commonmark", {"html": False}).enable("table").render
    names = []
    for file in sorted(hostile[0][0].glob("papers/*/index.md"))[:200]:
        names.append(f"{len(names)}.html")
        (tmp_path / names[-1]).write_text(f"<!DOCTYPE html>{render(file.read_text('utf-8'))}", "utf-8")
    with serve_markup(tmp_path, policy=True) as address:
        judge = MarkupJudge(browser, address)
        judge.visit(names)
        assert [
            fault for fault in judge.close() if "evil.test" not in fault
        ] == []  # a picture of Markdown is a request
    assert names


def test_mail_has_the_headers_that_it_should(hostile: list[tuple[Path, list[str]]], tmp_path: Path) -> None:
    content, file = hostile[0][0].parent / "content", tmp_path / "a.eml"
    assert main(["digest", "--content", str(content), "--collection", "c0", "--file", str(file)]) == 0
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert not {"bcc", "cc", "set-cookie"} & {name.lower() for name in message}
    assert not re.search(rb"^Bcc:", file.read_bytes().partition(b"\n\n")[0], re.MULTILINE | re.IGNORECASE)
