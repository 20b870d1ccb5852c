"""The language of the code: names, docstrings and comments use the words of docs/glossary.md."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "paperbound"
# Tests and benchmarks use the words of the code; their sentences are free.
OTHERS = [
    path.relative_to(ROOT).as_posix()
    for folder in ("tests", "benchmarks", "release")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not {"node_modules", ".venv"} & set(path.parts) and path != Path(__file__)
]
NAMES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]

OLD = frozenset(
    "ahead asking borrow borrowed borrows chooser drafting face faces gone lain lay lays lend lends lent lie lies "
    "looking lying made maker makers relating sealed settle settled settles settling shelf shelved seal shelves taken tell "
    "telling tells tired told voice voices".split()
)
# Plain English in a sentence, but not the glossary's noun where something is named.
OLD_NAMES = OLD | frozenset("apart before forked intact kept outline quick standing standings wanted".split())
OLD_PROSE = OLD | frozenset("ask asked asks nobody".split())
OLD_PHRASES = re.compile(
    r"\b(?:that which|what (?:is|was|were|are|it|they)|so (?:many|much)|(?:is|are|values?) (?:open|closed)|"
    r"(?:open|closed) (?:value|job|one)s?)\b",
    re.IGNORECASE,
)
PRONOUNS = frozenset(
    "Another Both Each He Her His How It Its None Nothing One Ones She Such That Their Them There These They This "
    "Those What Whatever When Where Which Who Whoever Whose Why".split()
)
NO_VERBS = frozenset("Always As Less Plus This Thus Us".split())
# A method of asyncio.Protocol, and a field of records.
FOREIGN = {"connection_made", "made_by"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Definition = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def list_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields line and name of each definition, argument, attribute and variable."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def list_definitions(node: Definition, *, public: bool = True) -> Iterator[tuple[Definition, bool]]:
    """Yields module, classes and functions, and whether each is public."""
    yield node, public
    for child in ast.walk(node) if isinstance(node, FUNCTIONS) else ast.iter_child_nodes(node):
        if child is not node and isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            visible = public and not child.name.startswith("_") and not isinstance(node, FUNCTIONS)
            yield from list_definitions(child, public=visible)


def is_property(node: Definition) -> bool:
    names = [ast.unparse(one) for one in getattr(node, "decorator_list", ())]
    return any(name.rpartition(".")[2] in ("property", "cached_property", "setter") for name in names)


def check_docstring(text: str, *, verb: bool) -> Iterator[str]:
    """Yields what is wrong with the first sentence of a docstring."""
    first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    words = first.split()
    if "\n" in first or not first.endswith("."):
        yield "the first sentence does not end on the first line"
    if len(words) > 15:
        yield f"the first sentence has {len(words)} words"
    if words[0] in PRONOUNS:
        yield f"{words[0]!r} is no noun"
    if verb and (not re.fullmatch(r"[A-Z][a-z]+s", words[0]) or words[0] in NO_VERBS or words[1:2] == ["of"]):
        yield f"{words[0]!r} is no verb in the third person"


def check_prose(text: str) -> Iterator[str]:
    """Yields the old words of a docstring or a comment, outside of code and addresses."""
    plain = re.sub(r"`[^`]*`|https?://\S+", " ", text)
    yield from (f"old word {word!r}" for word in re.findall(r"[a-z]+", plain.lower()) if word in OLD_PROSE)
    yield from (f"old phrase {phrase!r}" for phrase in OLD_PHRASES.findall(plain))


def find_old_words(source: str, old: frozenset[str]) -> Iterator[str]:
    """Yields the old words in names, docstrings and comments, each with its line."""
    tree = ast.parse(source)
    for line, name in list_names(tree):
        words = (word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name) if name not in FOREIGN)
        yield from (f"{line}: old word {word!r} in the name {name!r}" for word in words if word in old)
    for node, _ in list_definitions(tree):
        yield from (f"{getattr(node, 'lineno', 1)}: {fault}" for fault in check_prose(ast.get_docstring(node) or ""))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield from (f"{token.start[0]}: {fault}" for fault in check_prose(token.string))


def find_faults(source: str) -> list[str]:
    """Returns all faults of a module's language, each with its line."""
    faults = list(find_old_words(source, OLD_NAMES))
    for node, public in list_definitions(ast.parse(source)):
        line, text = getattr(node, "lineno", 1), ast.get_docstring(node)
        if text:
            verb = isinstance(node, FUNCTIONS) and not is_property(node)
            faults += [f"{line}: {fault}" for fault in check_docstring(text, verb=verb)]
        elif public:
            faults.append(f"{line}: {getattr(node, 'name', 'the module')} has no docstring")
    return faults


@pytest.mark.parametrize("name", NAMES)
def test_code_speaks_the_language_of_the_glossary(name: str) -> None:
    faults = find_faults((PACKAGE / name).read_text("utf-8"))
    assert not faults, "\n".join(faults)
    assert not set(re.findall("[a-z]+", name)) & OLD_NAMES


@pytest.mark.parametrize("name", OTHERS)
def test_tests_and_benchmarks_use_no_old_word(name: str) -> None:
    faults = list(find_old_words((ROOT / name).read_text("utf-8"), OLD))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("class Shelf:\n    'A cache.'\n", "old word 'shelf'"),
        ("def read(before: str) -> str:\n    'Reads a file.'\n", "old word 'before'"),
        ("def _read() -> None:\n    self.taken = 1\n", "old word 'taken'"),
        ("def read() -> None:\n    'Reads a told file.'\n", "old word 'told'"),
        ("def read() -> None:\n    'Reads that which is there.'\n", "old phrase 'that which'"),
        ("# A file that lies in the site\n", "old word 'lies'"),
        ("def read() -> None:\n    'The text of a file.'\n", "'The' is no verb"),
        ("def read() -> None:\n    'Files of the site.'\n", "'Files' is no verb"),
        ("def read() -> None:\n    'Reads a file\\n    in two lines.'\n", "does not end on the first line"),
        (f"def read() -> None:\n    'Reads {'a very ' * 8}large file.'\n", "has 19 words"),
        ("class Page:\n    'Where a page is.'\n", "'Where' is no noun"),
        ("class Page:\n    'A page.'\n    def read(self) -> None: ...\n", "read has no docstring"),
        ("def read() -> None: ...\n", "read has no docstring"),
        ("x = 1\n", "the module has no docstring"),
    ],
)
def test_an_old_word_or_form_is_a_fault(source: str, fault: str) -> None:
    doc = "" if source.startswith("x") else '"""A module."""\n'
    found = find_faults(doc + source)
    assert len(found) == 1, found
    assert fault in found[0]


def test_plain_sentences_are_no_fault() -> None:
    source = '"""A module."""\ndef read() -> int:\n    """Returns the size of a file. Raises OSError without it."""\n'
    assert not find_faults(source)
