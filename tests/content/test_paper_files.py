"""Files that papers have: beside their records and in static/, as links, pictures and thumbnails."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from PIL import Image

from paperbound.cli import main
from paperbound.content.files.assets import measure_picture
from paperbound.formats.thumbnails import draw_thumbnail, fit_picture
from surroundings import read_tree

Make = Callable[[dict[str, str | bytes]], Path]
PDF = b"%PDF-1.4\n"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'/>"
SITE = "title: Lab\nbase_url: https://example.org/lab/\nthumbnails: yes\n"
PAPER = "title: Salt\nauthors: [Ada Kern]\ndate: 2024\n"


def draw(width: int, height: int, form: str = "PNG", **options: Any) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "#8ab").save(data, form, **options)
    return data.getvalue()


FILES: dict[str, str | bytes] = {
    "site.yaml": SITE,
    "papers/2024/salt.yaml": PAPER + "links: {pdf: salt.pdf, slides: talks/salt.pdf}\npicture: salt.png\n",
    "papers/2024/salt.pdf": PDF,
    "papers/2024/talks/salt.pdf": PDF + b"slides",
    "papers/2024/salt.png": draw(1200, 800),
    "papers/brine/index.md": "---\ntitle: Brine\ndate: 2023\npicture: preview.jpg\npicture_alt: A & B\n---\nText.\n",
    "papers/brine/preview.jpg": draw(300, 700, "JPEG"),
    "papers/more.yaml": "- {id: a, title: A, picture: images/a.svg}\n- {id: b, title: B, links: {pdf: files/b.pdf}}\n",
    "static/images/a.svg": SVG,
    "static/files/b.pdf": PDF,
}


def run(content: Path, output: Path, *more: str) -> int:
    return main(["build", "--content", str(content), "--output", str(output), "--quiet", *more])


def read_page(site: Path, slug: str) -> str:
    return (site / "papers" / slug / "index.html").read_text("utf-8")


def test_files_beside_a_record_are_in_the_folder_of_its_page(make_content: Make, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run(make_content(FILES), site, "--strict") == 0
    page = read_page(site, "salt")
    assert 'href="/lab/papers/salt/salt.pdf">' in page
    assert 'href="/lab/papers/salt/talks/salt.pdf">' in page
    assert '<meta name="citation_pdf_url" content="https://example.org/lab/papers/salt/salt.pdf">' in page
    files = 'src="/lab/thumbnails/600/salt.webp" srcset="/lab/thumbnails/600/salt.webp 600w, /lab/thumbnails/1200/salt.webp 1200w"'
    image = (
        f'<img {files} sizes="(max-width: 44rem) 100vw, 600px" alt="A picture of this paper" width="600" height="400">'
    )
    assert f'<a href="/lab/papers/salt/salt.png">{image}</a>' in page
    for width in (600, 1200):
        with Image.open(site / f"thumbnails/{width}/salt.webp") as picture:
            assert (picture.format, picture.size) == ("WEBP", (width, width * 2 // 3))
    assert (site / "papers/salt/salt.pdf").read_bytes() == PDF
    assert (site / "papers/salt/talks/salt.pdf").read_bytes() == PDF + b"slides"
    # One that is not much larger than its place has one smaller file besides its own size.
    brine = read_page(site, "brine")
    assert 'srcset="/lab/thumbnails/171/brine.webp 171w, /lab/thumbnails/300/brine.webp 300w"' in brine
    assert 'alt="A &amp; B" width="171" height="400"' in brine
    assert 'src="/lab/images/a.svg"' in read_page(site, "a")
    assert 'href="/lab/files/b.pdf">' in read_page(site, "b")


def test_lists_show_thumbnails_of_their_size(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    assert run(content, site) == 0
    page = (site / "papers" / "index.html").read_text("utf-8")
    shown = re.findall(
        r'<img class="thumb" src="/lab/([^"]*)" alt="" width="(\d+)" height="(\d+)" loading="lazy">', page
    )
    assert shown == [
        ("thumbnails/salt.webp", "128", "85"),
        ("thumbnails/brine.webp", "41", "96"),
        ("images/a.svg", "128", "64"),
    ]
    for name, size in (("salt", (256, 171)), ("brine", (82, 192))):
        with Image.open(site / "thumbnails" / f"{name}.webp") as picture:
            assert (picture.format, picture.size) == ("WEBP", size)
    (content / "site.yaml").write_text("title: Lab\n", "utf-8")
    assert run(content, site) == 0
    assert not (site / "thumbnails").exists()
    assert "<img" not in (site / "papers" / "index.html").read_text("utf-8")
    assert 'src="/papers/salt/salt.png"' in read_page(site, "salt")


def test_changed_files_are_built_as_in_a_clean_build(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    changes: list[tuple[str, bytes | None]] = [
        ("papers/2024/salt.png", draw(800, 800)),
        ("papers/2024/salt.pdf", PDF + b"2"),
        ("static/images/a.svg", SVG.replace("200", "100").encode()),
        ("papers/2024/salt.yaml", (PAPER.replace("Salt", "Salts") + "links: {pdf: salt.pdf}\n").encode()),
        ("papers/2024/salt.png", None),
        ("papers/brine/index.md", b"---\ntitle: Brine\ndate: 2023\nabstract: New.\n---\nText.\n"),
    ]
    assert run(content, site) == 0
    for number, (name, data) in enumerate(changes):
        (content / name).unlink() if data is None else (content / name).write_bytes(data)
        assert run(content, site) == 0
        assert run(content, tmp_path / f"clean-{number}") == 0
        assert read_tree(site) == read_tree(tmp_path / f"clean-{number}"), name


def test_a_folder_that_was_moved_builds(make_content: Make, tmp_path: Path) -> None:
    content = make_content(FILES)
    assert run(content, tmp_path / "site") == 0
    moved = tmp_path / "elsewhere" / "content"
    moved.parent.mkdir()
    content.rename(moved)
    (moved / "papers" / "2024" / "salt.yaml").write_text(PAPER + "abstract: New.\nlinks: {pdf: salt.pdf}\n", "utf-8")
    assert run(moved, tmp_path / "site") == 0
    assert (tmp_path / "site/papers/salt/salt.pdf").read_bytes() == PDF


@pytest.mark.parametrize("name", ["Kern 2024.pdf", "Étang (1).pdf", "Kern & Lund's.pdf"])
def test_names_of_files_may_hold_spaces_and_other_signs(name: str, make_content: Make, tmp_path: Path) -> None:
    record = yaml.safe_dump({"title": "Salt", "links": {"pdf": name, "slides": f"my files/{name}"}})
    files: dict[str, str | bytes] = {"papers/a.yaml": record, f"papers/{name}": PDF, f"static/my files/{name}": PDF}
    content, site = make_content({"site.yaml": SITE, **files}), tmp_path / "site"
    assert run(content, site, "--strict") == 0
    assert (site / "papers" / "salt" / name).read_bytes() == (site / "my files" / name).read_bytes() == PDF
    page = read_page(site, "salt")
    assert f'href="/lab/papers/salt/{quote(name)}"' in page
    assert f'href="/lab/my%20files/{quote(name)}"' in page
    assert main(["check", "--content", str(content), "--output", str(site), "--strict"]) == 0


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("links: {pdf: ../other/a.pdf}", "is not a web address"),
        ("links: {pdf: /etc/a.pdf}", "is not a web address"),
        ("links: {pdf: salz.pdf}", "there is no file 'salz.pdf' beside the record, or in static/"),
        ("links: {pdf: 'salt#2.pdf'}", "'salt#2.pdf' is no name that a file of a paper may have"),
        ("picture: ../salt.png", "'../salt.png' is no picture"),
        ("picture: salt.pdf", "'salt.pdf' is no picture"),
        ("picture: https://example.org/a.png", "is no picture"),
        ("picture: broken.png", "'broken.png' is no picture"),
        ("picture: none.png", "there is no file 'none.png' beside the record, or in static/"),
    ],
)
def test_other_paths_are_faults(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, said: str
) -> None:
    content = make_content(
        {"papers/a.yaml": f"{PAPER}{field}\n", "papers/salt.pdf": PDF, "papers/broken.png": b"\x89PNG"}
    )
    assert run(content, tmp_path / "site") == 1
    printed = capsys.readouterr().err
    assert said in printed
    assert f"papers/a.yaml:4 [{field.partition(':')[0]}]" in printed
    if "salz" in field:
        assert "'salt.pdf'" in printed


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_out_of_the_content_folder_is_refused(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": PAPER + "links: {pdf: salt.pdf}\n"})
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (content / "papers" / "salt.pdf").symlink_to(tmp_path / "secret.pdf")
    assert run(content, tmp_path / "site") == 1
    assert "papers/salt.pdf: a link leads out of the content folder" in capsys.readouterr().err


def test_a_file_that_no_paper_names_is_reported(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({"papers/a.yaml": PAPER, "papers/salt.pdf": PDF, "papers/README.png": draw(1, 1)})
    assert run(content, tmp_path / "site") == 0
    printed = capsys.readouterr().err
    assert "content/papers/salt.pdf: no paper names this file; it is not published" in printed
    assert "no format reads" not in printed
    assert not list((tmp_path / "site").rglob("*.pdf"))


def test_a_foreign_record_loses_a_file_that_is_missing(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bib = "@misc{a, title={A}, pdf={a.pdf}, slides={s.pdf}, preview={p.png}}"
    content = make_content({"papers/a.bib": bib, "papers/a.pdf": PDF, "static/img/p.png": draw(9, 9)})
    assert run(content, tmp_path / "site") == 0
    assert "papers/a.bib:1 [slides]: there is no file 's.pdf'" in capsys.readouterr().err.replace("[links]", "[slides]")
    page = read_page(tmp_path / "site", "a")
    assert 'href="/papers/a/a.pdf"' in page
    assert 'src="/img/p.png"' in page


def test_a_picture_that_cannot_be_read_is_a_fault(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(
        {"site.yaml": SITE, "papers/a.yaml": PAPER + "picture: a.png\n", "papers/a.png": draw(99, 99)[:60]}
    )
    assert run(content, tmp_path / "site") == 1
    assert "the picture /papers/salt/a.png of 'a'" in capsys.readouterr().err


def test_thumbnails_without_pillow_are_a_fault(
    make_content: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "paperbound.pages.pictures.thumbnails.find_spec", lambda name: None if name == "PIL" else found(name)
    )
    assert run(make_content(FILES), tmp_path / "site") == 1
    assert "pip install 'paperbound[cards]'" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_pictures_of_every_format_are_measured_and_drawn(form: str) -> None:
    assert measure_picture(draw(120, 60, form)) == (120, 60)
    with Image.open(io.BytesIO(draw_thumbnail(draw(1200, 600, form), 128, 96))) as drawn:
        assert drawn.size == (256, 128)


def test_a_turned_photograph_has_the_size_at_which_it_is_shown() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    data = draw(120, 60, "JPEG", exif=turned)
    assert measure_picture(data) == (60, 120)
    with Image.open(io.BytesIO(draw_thumbnail(data, 128, 96))) as drawn:
        assert drawn.size == (60, 120)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n", b"<svg/>" * 0, b"GIF89a"])
def test_other_bytes_have_no_size(data: bytes) -> None:
    assert measure_picture(data) == (0, 0)
    with pytest.raises(ValueError, match=r"\w"):
        draw_thumbnail(data, 128, 96)


def test_a_picture_is_never_shown_larger_than_it_is() -> None:
    assert fit_picture(100, 50, 640, 400) == (100, 50)
    assert fit_picture(10_000, 1, 640, 400) == (640, 1)


def read_papers(content: Path) -> dict[str, Any]:
    return {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in sorted((content / "papers").glob("*.yaml"))}


def test_an_import_copies_files_beside_what_it_imports(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "publication" / "Salt 2020"
    old.mkdir(parents=True)
    text = "---\ntitle: Salt\npublication_types: [2]\nurl_pdf: /files/gone.pdf\nurl_slides: talk.pdf\n---\n"
    for name, data in {"index.md": text.encode(), "featured.png": draw(20, 10), "talk.pdf": PDF, "x.pdf": PDF}.items():
        (old / name).write_bytes(data)
    content = make_content({})
    command = ["import", str(tmp_path / "publication"), "--content", str(content), "--json"]
    assert main([*command, "--dry-run"]) == 0
    assert not (content / "papers").exists()
    for number in range(2):
        capsys.readouterr()
        assert main(command) == 0
        done = json.loads(capsys.readouterr().out)
        assert [one["message"].partition(" in")[0] for one in done["warnings"]] == ["there is no file 'files/gone.pdf'"]
        assert done["files"] == (
            [] if number else ["papers/Salt-2020.yaml", "papers/salt-2020/featured.png", "papers/salt-2020/talk.pdf"]
        )
    paper = read_papers(content)["Salt-2020"]
    assert (paper["links"], paper["picture"]) == ({"slides": "salt-2020/talk.pdf"}, "salt-2020/featured.png")
    assert run(content, tmp_path / "site", "--strict") == 0
    assert (tmp_path / "site/papers/salt/salt-2020/talk.pdf").read_bytes() == PDF


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_an_import_follows_no_link_out_of_its_folder(make_content: Make, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.pdf").symlink_to(tmp_path / "secret.pdf")
    (tmp_path / "old" / "a.bib").write_text("@misc{a, title={A}, pdf={a.pdf}}", "utf-8")
    content = make_content({})
    assert main(["import", str(tmp_path / "old" / "a.bib"), "--content", str(content), "--json"]) == 0
    assert "links" not in read_papers(content)["a"]
    assert not list(content.rglob("*.pdf"))
