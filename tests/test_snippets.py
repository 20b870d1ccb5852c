"""Blocks of code in documents: each is run by a test, or is an output; and each command of them is one."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperbound.cli import COMMANDS, main
from surroundings import ROOT, Build, blocks, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DOCS = ROOT / "docs"
# What programs print, and what a folder holds.
OUTPUTS = {"", "text"}
# The sorts of blocks of a document, and the tests that run them. Sorts of files, rows and errors are short.
RUN = {
    "README.md": ({"sh start", "sh", "yaml"}, "test_docs.py"),
    "docs/README.md": ({"sh"}, "test_snippets.py"),
    "docs/digest.md": (
        {"sh digest", "sh import", "text list", "yaml site", "yaml subscribers"},
        "mail/test_digest_docs.py",
    ),
    "docs/embedding.md": ({"sh fragment", "sh export", "html"}, "test_export.py, test_snippets.py"),
    "docs/extending.md": (
        {"jinja file", "markdown file", "python file", "python row", "sh", "text", "text file", "text in", "yaml file"},
        "test_extending.py",
    ),
    "docs/getting-started.md": ({"sh start", "sh more", "sh push", "sh publish"}, "test_docs.py"),
    "docs/languages.md": (
        {"yaml phrases en", "yaml phrases nl", "yaml settings"},
        "languages/test_own_languages.py, pages/test_several_languages.py",
    ),
    "docs/migration.md": ({"sh recipe"}, "test_migration.py"),
    "docs/pages.md": ({"yaml page", "yaml settings"}, "test_snippets.py"),
    "docs/people.md": ({"yaml"}, "test_snippets.py"),
    "docs/plugins.md": ({"toml"}, "test_snippets.py"),
    "docs/publishing.md": (
        {"sh server", "toml netlify", "nginx", "nginx headers", "apache headers", "text headers"},
        "test_publishing.py",
    ),
    "docs/records.md": ({"yaml record", "yaml", "yaml news"}, "test_docs.py, test_snippets.py"),
    "docs/scale.md": ({"sh cluster"}, "test_docs.py"),
    "docs/searching.md": ({"yaml synonyms", "yaml searches"}, "test_snippets.py"),
    "docs/sources.md": (
        {"sh", "sh recipe", "yaml", "yaml file", "text file", "python file"},
        "sources/test_sources_docs.py, sources/test_enrich.py, test_snippets.py",
    ),
    "docs/themes.md": (
        {"html", "html template", "jinja", "yaml", "yaml site", "yaml theme"},
        "themes/test_themes.py, test_snippets.py",
    ),
    "docs/tutorials.md": ({"sh tutorial"}, "test_docs.py"),
    # They need the registry, and run the tests.
    "CONTRIBUTING.md": ({"sh"}, ""),
}


def list_blocks() -> Iterator[tuple[str, str, str]]:
    """The blocks of all documents: the document's name, the sort of block, its text."""
    for document in DOCUMENTS:
        found = re.findall(r"^```([^\n]*)\n(.*?)^```", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        yield from ((document.relative_to(ROOT).as_posix(), sort, text) for sort, text in found)


def test_each_block_is_run_or_is_an_output() -> None:
    found: dict[str, set[str]] = {}
    for document, sort, _ in list_blocks():
        words = sort.split()
        short = " ".join(words[:2]) if words[1:2] in (["file"], ["row"], ["error"], ["in"]) else sort
        if short not in OUTPUTS or short in RUN.get(document, ((), ""))[0]:
            found.setdefault(document, set()).add(short)
    assert found == {document: sorts for document, (sorts, _) in RUN.items()}
    for document, (_, tests) in RUN.items():
        for name in filter(None, tests.split(", ")):
            assert Path(document).name in (ROOT / "tests" / name).read_text("utf-8"), (document, name)


def list_commands() -> Iterator[tuple[str, str]]:
    """The commands of all blocks for the shell, and of the examples of the help."""
    for document, sort, text in list_blocks():
        for line in text.replace("\\\n", " ").splitlines() if sort.startswith(("sh", "text")) else ():
            for part in re.split(r"\s*(?:&&|;|\s\|\|?)\s", line):
                if re.match(r"(?:\.venv/bin/)?paperbound [a-z]", part.strip()):
                    yield document, part.strip()


def test_each_command_of_the_documents_is_one() -> None:
    """A changed option fails here, wherever a document says it."""
    parsers = {one.name: one.make_parser() for one in COMMANDS}
    checked = 0
    for document, line in list_commands():
        words = shlex.split(re.sub(r"\s[<>]\s*\S+", "", line), comments=True)[1:]
        if words[0] == "topics":  # an example of a new command
            continue
        assert words[0] in parsers, (document, line)
        if not {"--help", "--version"} & set(words):
            parsers[words[0]].parse_args(words[1:])  # ends the test for a wrong one, and says which
        checked += 1
    assert checked > 60


def test_the_home_page_begins_as_the_readme_does() -> None:
    (start,) = blocks((DOCS / "README.md").read_text("utf-8"), "sh")
    assert [start] == blocks((ROOT / "README.md").read_text("utf-8"), "sh start")


@pytest.fixture
def site(make_content: Make, tmp_path: Path) -> Path:
    """A site of all blocks that are files of a content folder."""
    records, people, pages, themes = (
        (DOCS / f"{name}.md").read_text("utf-8") for name in ("records", "people", "pages", "themes")
    )
    tags, edition, session, gaps = blocks(records, "yaml")
    (news,) = blocks(records, "yaml news")
    (front,), (menu,) = blocks(pages, "yaml page"), blocks(pages, "yaml settings")
    (template,), (options,), (profiles,) = blocks(themes, "jinja"), blocks(themes, "yaml"), blocks(people, "yaml")
    (keep,) = blocks(themes, "html")
    papers = {
        f"papers/{ident}.yaml": f"title: Paper {ident}\ntags: [bayes]\n" for ident in ("2510.00128", "2501.00895")
    }
    content = make_content(
        {
            "site.yaml": f"title: Blocks\nbase_url: https://example.org/\n{menu}{options}",
            **papers,
            "papers/kern.yaml": "title: By Kern\nauthors: [A. Kern, Adam Kern]\n",
            "papers/two.yaml": "title: By another\nauthors: [Ada Kern]\n",
            "tags.yaml": tags,
            "collections/trending-2026-11-23.yaml": edition,
            "collections/parsing.yaml": session,
            "gaps.yaml": gaps,
            "news.yaml": news,
            "authors.yaml": profiles.replace("similar: [ada-kern-2]", ""),
            "static/people/ada.jpg": b"\xff\xd8",
            "pages/about.md": f"---\n{front}---\n\nText.\n",
            "pages/first-steps.md": "# First steps\n",
            "pages/guide/more.md": "# More of it\n",
            "templates/page.html": template,
            "templates/venue.html": '{% extends "parent:venue.html" %}{% block main %}' + keep + "{% endblock %}",
        }
    )
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--strict", "--quiet"]) == 0
    return tmp_path / "site"


def test_files_of_the_documents_make_a_site(site: Path) -> None:
    files = {path: data.decode() for path, data in read_tree(site).items() if path.endswith(".html")}
    assert "Bayesian inference" in files["tags/index.html"]
    assert "Hall B" in files["programme/index.html"]
    assert "arXiv announces nothing" in files["collections/index.html"]
    assert "Bo Lund</strong> joins the lab" in files["news/index.html"]
    assert "Group leader, 2019–2024" in files["people/index.html"]
    assert "House of Shelves" in files["authors/ada-kern/index.html"]
    about = files["about/index.html"]
    assert '<meta name="description" content="Who reads here, and when.">' in about
    assert "<h1>About us</h1>" in about
    assert '<p class="in">Printed on recycled electrons.</p>' in about
    assert '<a href="/guide/more/" rel="next"><span>Next</span>More</a>' in files["first-steps/index.html"]
    (sheet,) = (site / "assets").glob("site.*.css")
    assert "--thread:#0a6a54" in sheet.read_text("utf-8")


def test_the_fragment_of_the_document_is_what_is_written(
    make_content: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (expected,) = blocks((DOCS / "embedding.md").read_text("utf-8"), "html")
    (command,) = blocks((DOCS / "embedding.md").read_text("utf-8"), "sh fragment")
    content = make_content(
        {
            "site.yaml": "title: S\nbase_url: https://example.org/\n",
            "papers/notes.yaml": "title: Notes\nauthors: [Ada Lovelace]\ndate: 1843\nvenue: Memoirs\nvenue_year: 1843\n",
        }
    )
    monkeypatch.chdir(content.parent)
    assert main(shlex.split(command)[1:]) == 0
    assert (content.parent / "lovelace.html").read_text("utf-8") == expected


def test_the_entry_point_of_the_document_has_the_form_of_the_plugins() -> None:
    (block,) = blocks((DOCS / "plugins.md").read_text("utf-8"), "toml")
    example = tomllib.loads((ROOT / "tests" / "plugin" / "pyproject.toml").read_text("utf-8"))
    ((group, names),) = tomllib.loads(block)["project"]["entry-points"].items()
    known = example["project"]["entry-points"][group]
    for name, place in names.items():
        assert known[name].rpartition(":")[2] == place.rpartition(":")[2]


@pytest.mark.parametrize("sort", ["sh"])
def test_commands_that_ask_services_are_those_that_other_tests_run(sort: str) -> None:
    scripts = blocks((DOCS / "sources.md").read_text("utf-8"), sort)
    tested = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "sources").glob("test_*.py"))
    for line in "".join(scripts).splitlines():
        words = line.split()
        assert words[0] == "paperbound"
        assert f'"{words[1]}"' in tested or f".{words[1]}(" in tested or words[1] == "collect"


def test_synonyms_and_saved_searches_of_the_document_are_found(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    text = (DOCS / "searching.md").read_text("utf-8")
    (synonyms,), (searches,) = blocks(text, "yaml synonyms"), blocks(text, "yaml searches")
    papers = "- {id: a, title: On LLMs, tags: [agents], summary: Planning.}\n- {id: b, title: A salt marsh}\n"
    files: dict[str, str | bytes] = {"papers/all.yaml": papers, "synonyms.yaml": synonyms, "searches.yaml": searches}
    assert not [one for one in build(make_content(files), tmp_path / "site").warnings if one.field == "query"]
    assert main(["search", 'title:"large language model"', "--output", str(tmp_path / "site")]) == 0
    for slug, title in (("agents-that-plan", "On LLMs"), ("marshes", "A salt marsh")):
        assert f">{title}<" in (tmp_path / "site" / "searches" / slug / "index.html").read_text("utf-8")
