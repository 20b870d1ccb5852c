"""The page of the map: regions with their papers, a drawing, a file of points; the same bytes however it is built."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paperbound.builder.executors import make_executor
from paperbound.builder.pipeline import Options, build_site
from surroundings import Build, read_tree

WORDS = {
    "graphs": "vertex edge planar colouring matching clique",
    "soil": "loam clay humus erosion moisture tillage",
    "music": "melody rhythm chord tempo violin timbre",
}


def write(content: Path, papers: int = 30, settings: str = "") -> Path:
    (content / "papers").mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text(f"title: X\nbase_url: https://example.org/x/\n{settings}", "utf-8")
    for number in range(papers):
        tag = list(WORDS)[number % 3]
        words = WORDS[tag].split()
        text = " ".join(words[at % 6] for at in range(number, number + 4))
        (content / "papers" / f"p{number:02}.yaml").write_text(
            f"title: <i>Study</i> {number} of {tag}\nauthors: [Ada King]\ndate: {2000 + number % 11}\ntags: [{tag}]\n"
            f"venue: Journal {number % 2}\nabstract: About {text}.\n",
            "utf-8",
        )
    return content


def read(site: Path, name: str = "index.html") -> str:
    return (site / "map" / name).read_text("utf-8")


def test_every_paper_is_a_point_and_stands_in_its_region(tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(write(tmp_path / "content"), site)
    page = read(site)
    name = re.search(r'data-points="/x/map/(points\.\w+\.json)"', page)
    assert name
    points = json.loads(read(site, name[1]))
    assert len(points["x"]) == len(points["y"]) == 30
    assert {key: len(values) for key, values in points["colours"].items()} == {"topic": 30, "year": 30, "venue": 30}
    # Documents are numbered as those of the search are: oldest first.
    assert points["colours"]["year"][0] == "7"
    assert points["colours"]["year"][-1] == "0"
    links = re.findall(r'<li><a href="(/x/papers/[\w-]+/)">&lt;i&gt;|<li><a href="(/x/papers/[\w-]+/)">', page)
    assert len({one or other for one, other in links}) == 30
    assert page.count('class="part"') == len(points["regions"]) > 2
    words = {word for _, _, *named in points["regions"] for word in named}
    assert [", ".join(named) for _, _, *named in points["regions"] if named] == re.findall(
        r'<h2 id="region-\d+">(\w.*?)</h2>', page
    )
    assert words <= {word for text in WORDS.values() for word in text.split()} | set(WORDS)
    drawn = re.findall(r"M(\d+) (\d+)h0", page)
    assert sorted((int(x), int(y)) for x, y in drawn) == sorted(zip(points["x"], points["y"], strict=True))
    assert re.findall(r'<option value="(\w+)">', page) == ["topic", "year", "venue"]
    assert 'href="/x/tags/soil/"' in page
    assert "2003 and earlier" in page
    assert '<a href="/x/map/">Map</a>' in (site / "index.html").read_text("utf-8")
    assert "https://example.org/x/map/</loc>" in (site / "sitemap.xml").read_text("utf-8")


def test_a_large_region_has_a_page_of_all_its_papers(tmp_path: Path, build: Build) -> None:
    content, site = write(tmp_path / "content", 150), tmp_path / "site"
    build(content, site)
    sections = re.findall(r'<section class="part".*?</section>', read(site), re.DOTALL)
    total = 0
    for section in sections:
        links = set(re.findall(r'href="(/x/papers/[\w-]+/)"', section))
        more = re.search(r'href="/x/map/(\d+)/">All (\d+) papers', section)
        if more:
            listed = re.findall(r'href="(/x/papers/[\w-]+/)"', read(site, f"{more[1]}/index.html"))
            assert len(set(listed)) == int(more[2]) > len(links) == 12
            assert links < set(listed)
        total += int(more[2]) if more else len(links)
    assert total == 150


@pytest.mark.parametrize(
    ("papers", "settings", "has_map"),
    [
        (20, "", True),
        (19, "", False),
        (20, "map: no\n", False),
        (20, "related_papers: no\n", False),
        (20, "search: no\n", False),
        (3, "map: yes\n", True),
        (1, "map: yes\n", False),
    ],
)
def test_who_has_a_map(papers: int, settings: str, has_map: bool, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(write(tmp_path / "content", papers, settings), site)
    assert (site / "map" / "index.html").is_file() == has_map
    assert ("/x/map/" in (site / "index.html").read_text("utf-8")) == has_map


def test_a_page_of_ones_own_of_that_name_stays(tmp_path: Path, build: Build) -> None:
    content = write(tmp_path / "content")
    (content / "pages").mkdir()
    (content / "pages" / "map.md").write_text("# Where we are\n\nHere.\n", "utf-8")
    build(content, tmp_path / "site")
    assert "Where we are" in read(tmp_path / "site")


def test_rebuilds_and_workers_give_the_same_bytes(tmp_path: Path, build: Build) -> None:
    content, site = write(tmp_path / "content", 60), tmp_path / "site"
    build(content, site)
    first = read_tree(site)
    assert build(content, site).written == ()
    paper = content / "papers" / "p07.yaml"
    paper.write_text(paper.read_text("utf-8").replace("About", "About melody, rhythm, chord and"), "utf-8")
    (content / "papers" / "p11.yaml").unlink()
    (content / "papers" / "p70.yaml").write_text("title: On loam\nabstract: Clay and humus.\n", "utf-8")
    build(content, site)
    build(content, tmp_path / "clean")
    changed = read_tree(site)
    assert changed == read_tree(tmp_path / "clean")
    assert changed["map/index.html"] != first["map/index.html"]
    with make_executor(2) as executor:
        build_site(Options(content, tmp_path / "two"), executor)
    assert read_tree(tmp_path / "two") == changed


def test_a_retitled_paper_is_named_anew(tmp_path: Path, build: Build) -> None:
    content, site = write(tmp_path / "content"), tmp_path / "site"
    build(content, site)
    paper = content / "papers" / "p07.yaml"
    paper.write_text(paper.read_text("utf-8").replace("<i>Study</i> 7", "Survey 7"), "utf-8")
    build(content, site)
    assert "Survey 7" in read(site)
    build(content, tmp_path / "clean")
    assert read_tree(site) == read_tree(tmp_path / "clean")
