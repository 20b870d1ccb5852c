"""YAML of records: scalars stay text, and ambiguous constructs are errors.

PyYAML's base loader keeps `2401.10020` and `NO` as text, but accepts duplicate keys, tags and merge keys. So this
module composes nodes and checks each of them, with the line of every key. YAML 1.1: https://yaml.org/spec/1.1/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from ..model.errors import FieldError

Value = str | list["Value"] | dict[str, "Value"] | None

DEEPEST = 100
_MOST_NODES = 2_000_000
_MOST_LINES = 10
_NESTED = re.compile(r"(?:[-?][ \t]+){9}")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_KNOWN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlError(ValueError):
    """Raised for invalid or refused YAML; `line` counts from 1."""

    def __init__(self, line: int, message: str, remedy: str, field: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.remedy, self.field = line, message, remedy, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of the file: values, the line of each key, and its first line."""

    values: Mapping[str, Value]
    lines: Mapping[str, int]
    line: int


def load_entries(text: str, below: str = "") -> tuple[bool, list[Entry]]:
    """Returns whether the document is a list, and its mappings; raises YamlError.

    Where the document has a list under the key `below`, this list stands for it.
    """
    root = compose(text)
    if root is None:
        return False, []
    if below and isinstance(root, yaml.MappingNode):
        lists = (value for key, value in root.value if key.value == below and isinstance(value, yaml.SequenceNode))
        root = next(lists, root)
    if isinstance(root, yaml.SequenceNode):
        _Walker(len(text)).build(root, 0)
        _check_kind(root, yaml.MappingNode, "a mapping of fields is expected here", "Write lines such as `title: …`.")
        return True, [_make_entry(node) for node in root.value]
    return False, [_make_entry(root)]


def compose_mapping(text: str) -> yaml.MappingNode | None:
    """Composes a document of one mapping; returns None for an empty document.

    Raises YamlError for any other.
    """
    root = compose(text)
    if root is None:
        return None
    _make_entry(root)
    assert isinstance(root, yaml.MappingNode)
    return root


def load_lists(text: str) -> list[tuple[int, list[Value]]]:
    """Returns the lists of a list of lists, each with its line; raises YamlError."""
    root, remedy = compose(text), "Write lines such as `- [one, another]`."
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise YamlError(root.start_mark.line + 1, "a list is expected here", remedy)
    found = _Walker(len(text)).build(root, 0)
    _check_kind(root, yaml.SequenceNode, "a list is expected here", remedy)
    assert isinstance(found, list)
    rows = zip(root.value, found, strict=True)
    return [(node.start_mark.line + 1, value) for node, value in rows if isinstance(value, list)]


def _check_kind(root: yaml.SequenceNode, kind: type[yaml.Node], message: str, remedy: str) -> None:
    """Raises YamlError with the lines of all nodes of another kind in a list."""
    first, *others = [node.start_mark.line + 1 for node in root.value if not isinstance(node, kind)] or [0]
    if first:
        shown = ", ".join(map(str, dict.fromkeys(others[:_MOST_LINES]))) + (", …" if len(others) > _MOST_LINES else "")
        raise YamlError(first, f"{message}{f', and in the lines {shown}' if others else ''}", remedy)


def compose(text: str) -> yaml.Node | None:
    """Composes the nodes of YAML; raises YamlError for invalid or refused YAML."""
    _check_depth(text)
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
        return root
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = str(error.problem or error.context or "it is not YAML")
        text_line = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
        remedy = _find_remedy(problem, text_line, mark.column if mark else 0)
        raise YamlError(line, f"the YAML cannot be read: {problem}", remedy) from error
    except yaml.reader.ReaderError as error:
        # The place that libyaml gives is one of bytes.
        line = text[: max(0, text.find(chr(error.character)))].count("\n") + 1
        raise YamlError(line, f"YAML takes no character U+{error.character:04X}", "Delete it.") from error


def _find_remedy(problem: str, line: str, column: int) -> str:
    sign = line[column : column + 1]
    if "tab" in problem or sign == "\t":
        return "Indent with spaces: YAML takes no tabs there."
    if "escape" in problem:
        return "In double quotes a backslash begins an escape: double it, or use single quotes."
    if "start any token" in problem or "undefined alias" in problem:
        return f"A value cannot begin with {sign!r}: put it into quotes."
    if "another document" in problem:
        return "A file is one document: several papers are a list, each of which begins with `- `."
    if "quoted scalar" in problem or "end of stream" in problem:
        return "Close the quotation mark, or leave it out."
    if line.count("'") > 2 and re.search(r":\s+'|-\s+'", line):
        return "In single quotes an apostrophe is doubled (''): or use double quotes around the text."
    if re.search(r"[:-]\s+[\"']", line):
        return "Quotation marks are around the whole value, or escaped; put the value into single quotes."
    return "Check the indentation; put text with ': ' into quotes."


def _check_depth(text: str) -> None:
    # libyaml composes recursively, so the depth of a suspicious text is checked by events first.
    suspicious = text.count("[") + text.count("{") > DEEPEST or " " * DEEPEST in text or bool(_NESTED.search(text))
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader) if suspicious else ():
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise YamlError(line, f"lists and mappings are nested over {DEEPEST} deep", "Write it flatter.")
    except yaml.YAMLError:
        return  # compose reports the error with its line


def _make_entry(node: yaml.Node) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(line, "a mapping of fields is expected here", "Write lines such as `title: …`.")
    walker = _Walker()
    values = walker.build(node, 0)
    assert isinstance(values, dict)
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    return Entry(values, lines, line)


class _Walker:
    """Builder of plain values from nodes; refuses tags, duplicate keys and cycles."""

    def __init__(self, length: int = 0) -> None:
        # Without aliases a text has fewer nodes than characters.
        self._nodes, self._most = 0, max(_MOST_NODES, length)
        self._above: set[int] = set()

    def build(self, node: yaml.Node, depth: int) -> Value:
        """Builds text, lists and mappings from a node."""
        self._check(node, depth)
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in _NULLS else str(node.value)
        if id(node) in self._above:
            raise YamlError(node.start_mark.line + 1, "an alias leads back into itself", "Write the value out.")
        self._above.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.build(child, depth + 1) for child in node.value]
            return self._build_mapping(node, depth)
        finally:
            self._above.discard(id(node))

    def _build_mapping(self, node: yaml.Node, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise YamlError(line, "a key must be a word", "Write `word: value`.")
            if key.value == "<<" and not key.style:
                raise YamlError(line, "merge keys (<<) are not taken", "Write the fields out.")
            if key.value in values:
                raise YamlError(line, f"the key {key.value!r} stands twice", "Keep one of them.", key.value)
            self._check(key, depth)
            values[key.value] = self.build(value, depth + 1)
        return values

    def _check(self, node: yaml.Node, depth: int) -> None:
        self._nodes += 1
        line = node.start_mark.line + 1
        if node.tag not in _KNOWN_TAGS:
            raise YamlError(line, f"the tag {node.tag!r} is not taken", "Write the value as plain text.")
        if depth > DEEPEST:
            raise YamlError(line, f"lists and mappings are nested over {DEEPEST} deep", "Write it flatter.")
        if self._nodes > self._most:
            raise YamlError(line, "the aliases expand to too many values", "Write the values out.")


def require_text(field: str, value: Value) -> str:
    """Returns text, for None empty; raises FieldError for a list or a mapping."""
    if value is None or isinstance(value, str):
        return value or ""
    raise FieldError(field, "text is expected here, not a list or a mapping", f"Write `{field}: …` in one line.")
