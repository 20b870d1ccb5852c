"""The trending papers of 23 November 2026 as an edition, and an invented one of the next day."""

from __future__ import annotations

import json
import random
import re
import shutil
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

import pytest
import yaml

from paperbound.cli import main
from paperbound.markup.markdown import strip_inline
from paperbound.markup.texts import parse_text
from surroundings import ROOT, SHARED

pytestmark = pytest.mark.real
NEW = [f"A made-up paper about $O(n^{number})$ shelves" for number in (2, 3, 4)]


def read_rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in (SHARED / "papers.jsonl").read_text("utf-8").splitlines()]


def show(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


def read_mail(file: Path, kind: str) -> str:
    part = message_from_bytes(file.read_bytes(), policy=policy.default).get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_page_feed_and_mail_of_the_119_agree(default_site: Path, tmp_path: Path) -> None:
    folder = default_site / "collections" / "trending-2026-11-23"
    titles = [strip_inline(row["title"]) for row in read_rows()]
    takeaways = [parse_text("takeaway", row["takeaway"]).plain for row in read_rows()]
    feed = json.loads((folder / "feed.json").read_text("utf-8"))
    assert [item["title"] for item in feed["items"]] == titles
    assert [item["summary"] for item in feed["items"]] == takeaways
    paths = [folder / "index.html", folder / "page" / "2" / "index.html", folder / "page" / "3" / "index.html"]
    pages = "".join(path.read_text("utf-8") for path in paths)
    entries = re.findall(r'<h3><a href="([^"]*)">(.*?)</a></h3>', pages)
    assert len(entries) == 119
    assert main(["digest", "--content", str(ROOT / "content"), "--file", str(tmp_path / "a.eml")]) == 0
    html = read_mail(tmp_path / "a.eml", "html")
    assert html == (folder / "mail" / "index.html").read_text("utf-8")
    assert len(html.encode()) < 100_000
    mailed = re.findall(r'<h2[^>]*><a href="([^"]*)"[^>]*>(.*?)</a></h2>(?:<p[^>]*>(.*?)</p>)?', html)
    assert [show(title) for _, title, _ in mailed] == titles
    assert [show(text) for _, _, text in mailed] == takeaways
    # The page shows formulas as MathML, the mail as Unicode: the links show that they are the same.
    addresses = [f"http://localhost:8000{href}" for href, _ in entries]
    assert [href for href, _, _ in mailed] == [item["url"] for item in feed["items"]] == addresses
    plain = " ".join(read_mail(tmp_path / "a.eml", "plain").split())
    places = [plain.index(f" {rank}. {title}") for rank, title in enumerate(titles, 1)]
    assert places == sorted(places)
    assert all(text in plain for text in takeaways)


def test_the_next_days_edition(tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    shutil.copytree(ROOT / "content", content)
    rows = read_rows()
    chance = random.Random(24)
    known = chance.sample(range(119), 30)
    order: list[int | str] = [*known, *NEW]
    chance.shuffle(order)
    titles = [rows[one]["title"] if isinstance(one, int) else one for one in order]
    lines = [line for title in titles for line in (title, "An abstract that was made up.")]
    (tmp_path / "listing.txt").write_text("Trending papers\nSubscribe" + "\n".join(lines) + "\n", "utf-8")
    arguments = ["import", str(tmp_path / "listing.txt"), "--content", str(content)]
    assert main([*arguments, "--collection", "trending-2026-11-24", "--date", "2026-11-24"]) == 0
    edition = yaml.safe_load((content / "collections" / "trending-2026-11-24.yaml").read_text("utf-8"))
    before = yaml.safe_load((content / "collections" / "trending-2026-11-23.yaml").read_text("utf-8"))["papers"]
    assert len(list((content / "papers").iterdir())) == 122
    assert [one if isinstance(one, str) else before[one] for one in order] == [
        ident if isinstance(one, int) else one for ident, one in zip(edition["papers"], order, strict=True)
    ]
    assert main(["build", "--content", str(content), "--output", str(site), "--quiet"]) == 0

    def say(place: int, one: int | str) -> str:
        if isinstance(one, str):
            return "new"
        moved = one - place
        return "unchanged" if not moved else f"up {moved}" if moved > 0 else f"down {-moved}"

    wanted = [say(place, one) for place, one in enumerate(order)]
    folder = site / "collections" / "trending-2026-11-24"
    shown = {}
    for name, file in (("home", site / "index.html"), ("edition", folder / "index.html")):
        entries = re.findall(
            r'<small class="mv \w+">(.*?)</small>.*?<h3><a href="([^"]*)">', file.read_text("utf-8"), re.DOTALL
        )
        shown[name] = [
            (href, "unchanged" if "unchanged" in move else re.sub(r"<span aria.*?</span>|<.*?>", "", move))
            for move, href in entries
        ]
    assert [move for _, move in shown["edition"]] == wanted
    assert shown["home"] == shown["edition"][:30]
    mail = (folder / "mail" / "index.html").read_text("utf-8")
    assert re.findall(r" · (new|unchanged|up \d+|down \d+)</p>", mail) == wanted
    feed = json.loads((folder / "feed.json").read_text("utf-8"))
    assert [item["url"].removeprefix("http://localhost:8000") for item in feed["items"]] == [
        href for href, _ in shown["edition"]
    ]
    # Each of the 122 papers shows its rank, and its previous rank.
    ranks = {href: (place + 1, move) for place, (href, move) in enumerate(shown["edition"])}
    old = json.loads((site / "collections" / "trending-2026-11-23" / "feed.json").read_text("utf-8"))
    old_ranks = {item["url"].removeprefix("http://localhost:8000"): rank for rank, item in enumerate(old["items"], 1)}
    pages = list((site / "papers").glob("*/index.html"))
    papers = [page for page in pages if page.parent.name != "page"]
    assert len(papers) == 122
    for page in papers:
        href = f"/papers/{page.parent.name}/"
        standing = re.findall(
            r"<li><a href=\"/collections/([^\"]*)/\">[^<]*</a><span>([^<]*)</span></li>", page.read_text("utf-8")
        )
        expected = []
        if href in ranks:
            rank, move = ranks[href]
            expected.append(("trending-2026-11-24", f"{rank} of 33, {move}"))
        if href in old_ranks:
            expected.append(("trending-2026-11-23", f"{old_ranks[href]} of 119"))
        assert standing == expected, href
        assert expected
