"""No word stands in a template or a script of the default theme: each is a phrase of languages/en/."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from paperbound.languages import find_language
from paperbound.pages.sections import SECTIONS
from paperbound.themes.environment import Keep
from surroundings import ROOT

THEME = ROOT / "themes" / "default"
TEMPLATES = sorted(path.name for path in (THEME / "templates").iterdir())
SCRIPTS = sorted(path.name for path in (THEME / "assets").glob("*.js"))
READ = {
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "title",
    "placeholder",
    "alt",
    "label",
    "summary",
}
LETTER = re.compile(r"[^\W\d_]")
# Text, or the beginning of one: a capital and small letters, or words with a space between.
WORDS = re.compile(r"^\W*[A-Z][a-z]+\b(?![-\w.]*[-:=])|[a-z] [a-z]|^ ?[a-z]+ $|^ [a-z]+ ?$")
# Words that are equal in every language: names of formats, of search fields, of keys, of the browser's events.
NAMES = {"RSS", "iD", "Atom", "JSON", "CSV", "Escape", "ArrowDown", "ArrowUp", "Enter", "AbortError", "use strict"}
# Ends of names of caches.
NAMES |= {"pages", "shell"}
# Blocks and macros that stand inside a tag: classes, addresses and data.
IN_TAGS = {"page_class", "form_action", "suggest", "lang", "added"}
FIELDS = re.compile(r"^(author|title|tag|venue|year):[\d.]*$")


class Reader(HTMLParser):
    """Collects the texts of HTML, and the values of the attributes that people read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._hidden = tag if tag in ("style", "script") else ""
        self.found += [value or "" for name, value in attributes if name in READ]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data.strip())


def list_literals(node: nodes.Node) -> Iterator[str]:
    """The literal texts that an expression may put into a page where it stands."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.CondExpr):
        yield from list_literals(node.expr1)
        yield from list_literals(node.expr2) if node.expr2 else ()
    elif isinstance(node, nodes.Or | nodes.And | nodes.Concat | nodes.Add):
        for child in node.iter_child_nodes():
            yield from list_literals(child)
    elif isinstance(node, nodes.Filter) and node.node:
        yield from list_literals(node.node)


def list_others(tree: nodes.Template) -> Iterator[str]:
    """The literal texts that go through names, arguments and tables before they come to a page."""
    for node in tree.find_all((nodes.Call, nodes.Assign, nodes.Macro, nodes.Tuple, nodes.List)):
        if isinstance(node, nodes.Call):
            if isinstance(node.node, nodes.Name) and node.node.name == "t":
                continue
            parts = [*node.args, *(one.value for one in node.kwargs)]
        else:
            parts = (
                node.defaults
                if isinstance(node, nodes.Macro)
                else [node.node]
                if isinstance(node, nodes.Assign)
                else node.items
            )
        for part in parts:
            yield from list_literals(part)


def find_words(source: str, name: str) -> list[str]:
    """The words of a template that are not phrases."""
    environment = jinja2.Environment(extensions=[Keep], trim_blocks=True, lstrip_blocks=True)
    tree = environment.parse(source)
    inside = {
        id(one)
        for piece in tree.find_all((nodes.Block, nodes.Macro))
        if piece.name in IN_TAGS
        for one in piece.find_all(nodes.Output)
    }
    outputs = [child for output in tree.find_all(nodes.Output) if id(output) not in inside for child in output.nodes]
    text = "".join("".join(list_literals(child)) or "\0" for child in outputs)
    if name.endswith(".html"):
        found = [one for one in Reader(text).found if LETTER.search(one)]
    else:
        # Front matter: keys of YAML, and the marks of Markdown.
        found = [
            line
            for line in text.split("\n")
            if LETTER.search(line) and not re.match(r"\s*\w+:(?: \0|$)", line) and not re.match(r"\0?  \0: \0", line)
        ]
    found = [one.strip("\0 ,.·") for one in found]
    others = [one for one in list_others(tree) if WORDS.search(one)]
    return [one for one in (*found, *others) if one not in NAMES and not FIELDS.match(one)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_words_of_its_own(name: str) -> None:
    assert find_words((THEME / "templates" / name).read_text("utf-8"), name) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ a }} of {{ b }}</p>", ["of"]),
        ('<p title="Go">{{ t("x.y") }}</p>', ["Go"]),
        ('<img alt="{% if a %}Big{% endif %}">', ["Big"]),
        ('{{ "paper" if n == 1 else "papers" }}', ["paperpapers"]),
        ('<p>{{ name or "Nobody" }}</p>', ["Nobody"]),
        ('{{ f("Pages of " ~ title) }}', ["Pages of "]),
        ('{% macro f(label="Search here") %}{{ label }}{% endmacro %}', ["Search here"]),
        ("{% keep a %}<p>Kept</p>{% endkeep %}", ["Kept"]),
        ('{% set a = "Some words" %}', ["Some words"]),
        ('<p class="big {{ "one" if a else "two" }}">{{ t("x.y", n=1) }}</p>', []),
        ("<style>h1 { color: red }</style><p>{{ a.name }} · 12</p>", []),
    ],
)
def test_words_of_a_template_are_found(source: str, found: list[str]) -> None:
    assert find_words(source, "a.html") == found


# Strings of a script, with comments and regular expressions beside them, so that no quote of theirs begins one.
PIECES = re.compile(
    r"""/\*.*?\*/|//[^\n]*|(?<=[(=,:;!&|?{}\n])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n\[])+/"""
    r"""|(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)""",
    re.DOTALL,
)
CALL = re.compile(r"""(?<![\w.$])t\("([\w.]+)"(?:, \{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\})?\)""")
# Paths of drawings, selectors, media queries, addresses, tables of suffixes: no words.
CODE = re.compile(
    r"^\s*[Mm]\d|^<path|^<circle|prefers-color-scheme|^[a-z\[#.]+[\w-]*[\[ .#>]|^https?:|^\./|^(?:[a-z]+:[a-z]* ?)+$"
)


def find_script_words(script: str) -> list[str]:
    """The words of a script that are not phrases."""
    script = CALL.sub("t()", script)
    found = []
    for match in PIECES.finditer(script):
        text = (match["string"] or "")[1:-1]
        if text.lstrip().startswith("<"):
            found += [one for one in Reader(re.sub(r"\$\{[^}]*\}", "", text)).found if LETTER.search(one)]
            continue
        plain = re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "\0", text) if (match["string"] or "")[:1] == "`" else text
        if plain.strip("\0 ,:.") in NAMES or CODE.search(plain):
            continue
        if WORDS.search(plain) or ("\0" in plain and re.search(r"(?:^|\0) ?[A-Za-z]{2,} |[ ,] [a-z]{2,}", plain)):
            found.append(text)
    return found


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_has_no_words_of_its_own(name: str) -> None:
    assert find_script_words((THEME / "assets" / name).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('p.textContent = "Copied";', ["Copied"]),
        ("answer(button, `Remove filter: ${label}`);", ["Remove filter: ${label}"]),
        ("line.append(one, ' to ', other);", [" to "]),
        ("say(` of ${n}, ${m} with all words`);", [" of ${n}, ${m} with all words"]),
        ('place.innerHTML = `<p title="Go">Hello ${x}</p>`;', ["Go", "Hello"]),
        ('t("site.copied"); t("suggest.name", { kind: kinds[kind], count }); f("relevance", "aria-label");', []),
        ('/* "Some words" */ if (/"/.test(x)) f("none"); // "Other words"', []),
    ],
)
def test_words_of_a_script_are_found(script: str, found: list[str]) -> None:
    assert find_script_words(script) == found


PACKAGE = ROOT / "generator" / "paperbound"
# Exports and citations have the words of their formats and styles, in every language.
ROOMS = ("pages", "library", "feeds", "markup")
MODULES = [
    PACKAGE / "formats" / "metadata.py",
    *(path for one in ROOMS for path in sorted((PACKAGE / one).rglob("*.py"))),
]
# An English phrase: a word with a capital, or words with a space between; and pieces of one between values.
PHRASE = re.compile(r"^\W*[A-Z][a-z’]+(?:\b|$)|[a-zA-Z’]{2,},? [a-z]{2,}|^\W*[a-z]{2,} $|^ [a-z]{2,}[,.]? ?$")
# What a fault calls a thing for the site's owner, `the page 'about.md'`; keys of jobs; markup, addresses, patterns.
SILENT = re.compile(r"^the |^search (?:block|facets|matrix|names|related|terms|words)?\b|[<>=\\]|://")
# Names that are equal in every language, and what formats prescribe.
PRESCRIBED = {"BibTeX", "RIS", "CSL-JSON", "CSV", "RSS", "Atom", "JSON Feed", "JSON"}
PRESCRIBED |= {"nofollow noopener", "User-agent: *\nAllow: /\n\nSitemap: "}
MARKS = {"markup/embed.py": {"paperbound end of part"}}
# Calls whose texts come to no reader, and calls whose first value is a key.
FAULTS = {"Fault", "FieldError", "compile", "TypeVar", "getattr", "startswith", "t", "frozenset"}
KEYED = {"Job", "PageKind"}


def list_silent(node: ast.AST) -> list[ast.AST]:
    """The parts of a piece of code whose texts come to no reader."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        return [one for one in node.body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)]
    if isinstance(node, ast.AnnAssign | ast.arg):
        return [node.annotation] if node.annotation else []
    if isinstance(node, ast.JoinedStr):
        return [node] if isinstance(node.values[0], ast.Constant) and SILENT.search(node.values[0].value) else []
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [value for key, value in pairs if isinstance(key, ast.Constant) and str(key.value).startswith("@")]
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name == "split" and not node.args:  # a list of words: of keys
            return [node.func]
        if name in KEYED:
            return [*node.args[:1], *(one for one in node.keywords if one.arg == "key")]
        return [*node.args, *node.keywords] if name in FAULTS else []
    return [node] if isinstance(node, ast.Raise) else []


def find_code_words(source: str, known: Collection[str] = ()) -> list[str]:
    """The English phrases of a module: texts that may come to a page, outside of docstrings, faults and keys."""
    tree = ast.parse(source)
    silent = {id(inner) for node in ast.walk(tree) for one in list_silent(node) for inner in ast.walk(one)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    found = [node.value for node in texts if id(node) not in silent and PHRASE.search(node.value.replace("{}", "it"))]
    return [one for one in found if one not in PRESCRIBED and one not in known and not SILENT.search(one)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_has_no_words_of_its_own(path: Path) -> None:
    assert find_code_words(path.read_text("utf-8"), MARKS.get(path.relative_to(PACKAGE).as_posix(), ())) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('title = "Topics"', ["Topics"]),
        ('Block("topics", "Often with", ())', ["Often with"]),
        ('order = "newest first"', ["newest first"]),
        ('f"{count} papers at or in {name}."', [" papers at or in "]),
        ('f"{first} to {last}"', [" to "]),
        ('f"and {more:,} more"', ["and ", " more"]),
        ('pieces.append(("shares ", name))', ["shares "]),
        ('WEEKDAYS = ("Monday", "Tuesday")', ["Monday", "Tuesday"]),
        ('def show(names, others="and {} more".format): ...', ["and {} more"]),
        ('"""A module of Words."""\nraise ValueError("No good text")\nfault("papers", t("list.papers"))', []),
        ('Job(path, work, "the home page", (path,)); listing("collections"); "og:title"; "2024-01 "', []),
    ],
)
def test_words_of_a_module_are_found(source: str, found: list[str]) -> None:
    assert find_code_words(source) == found


def test_every_phrase_is_used() -> None:
    files = [
        *(THEME / "templates").iterdir(),
        *(THEME / "assets").glob("*.js"),
        *(ROOT / "generator" / "paperbound").rglob("*.py"),
    ]
    text = "".join(
        path.read_text("utf-8") for path in files if path.parent.name != "languages" or path.stem == "__init__"
    )
    phrases = find_language("en").phrases
    unused = {key for key in phrases if f'"{key}"' not in text and f"'{key}'" not in text}
    # Keys that are put together.
    ends = {section.name: ["title", "label", "count"] for section in SECTIONS}
    for section in SECTIONS:
        ends[section.name] += ["feed", "feeds", "feeds_hint"] if section.feeds else []
    joined = {f"{name}.{end}" for name, names in ends.items() for end in names} | {"papers.title"}
    assert joined <= phrases.keys()
    dates = r"(?:mail|date)\.(?:months|day|month)"
    others = re.compile(
        rf"(?:mail\.move_\w+|{dates}|move\.\w+|link\.\w+|identifier\.\w+|paper\.(?:takeaway|summary|abstract|notes)|"
        r"made_by\.[a-z-]+|facet\.made_by_[a-z]+|signal\.[a-z]+)$"
    )
    assert not {key for key in unused - joined if not others.match(key)}
