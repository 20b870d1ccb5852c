"""XML of services: elements with their lines; declared entities are refused, nothing is fetched.

HTML's names of characters (`&uuml;`), which DBLP's DTD declares, become the characters.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ...model.build import Source
from ...model.errors import Fault
from ...text.characters import collapse, decode
from ..importer import ReadContext

DEEPEST = 60
# Pages of an answer, one behind the other.
_DOCUMENT = re.compile(r"(?<=[>\s])(?=<\?xml\s)")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")


class Found(NamedTuple):
    """An element, its line, and the elements around it, the outermost first."""

    element: Element
    line: int
    above: tuple[Element, ...]


class _RefusedError(ValueError):
    pass


def read_elements(source: Source, context: ReadContext, names: frozenset[str]) -> Iterator[Found]:
    """Yields each element of these names when it ends; names are without their namespaces.

    Reports text that is no XML, declared entities and elements over 60 deep; what came before is yielded.
    """
    text = decode(source, context.report)
    if text is None:
        return
    line = source.line
    for document in _DOCUMENT.split(_ENTITY.sub(_replace_entity, text)):
        yield from _read_document(Source(source.file, b"", line), document, context, names)
        line += document.count("\n")


def _read_document(source: Source, text: str, context: ReadContext, names: frozenset[str]) -> Iterator[Found]:
    reader = _ElementReader(names)
    problem = ""
    # In parts, so that found elements are freed before the next ones come.
    for start in range(0, len(text) + 1, 65_536):
        try:
            reader.parser.Parse(text[start : start + 65_536].encode("utf-8", "replace"), start + 65_536 > len(text))
        except expat.ExpatError as error:
            problem = f"the text is no XML: {expat.errors.messages[error.code]}"
        except _RefusedError as error:
            problem = str(error)
        yield from (found._replace(line=source.line - 1 + found.line) for found in reader.take())
        if problem:
            line = source.line - 1 + reader.parser.CurrentLineNumber
            remedy = "What stands before is read; get the file anew from its service."
            context.report(Fault(source.file, line, "", problem, remedy, warning=True))
            return


def _replace_entity(match: re.Match[str]) -> str:
    return html.escape(character) if (character := html.entities.html5.get(f"{match[1]};")) else match[0]


class _ElementReader:
    """Builder of elements from a parser's events; refuses declared entities and deep nesting."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.parser = expat.ParserCreate("utf-8", "}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.buffer_text = True
        self.builder = TreeBuilder()
        self.above: list[tuple[Element, int]] = []
        self.found: list[Found] = []
        self.inside = 0

    def take(self) -> list[Found]:
        found, self.found = self.found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.above) >= DEEPEST:
            raise _RefusedError(f"elements are nested over {DEEPEST} deep")
        local = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        element = self.builder.start(name.rpartition("}")[2], local)
        self.inside += element.tag in self.names
        self.above.append((element, self.parser.CurrentLineNumber))

    def _end(self, name: str) -> None:
        element = self.builder.end(name.rpartition("}")[2])
        _, line = self.above.pop()
        if element.tag in self.names:
            self.inside -= 1
            self.found.append(Found(element, line, tuple(one for one, _ in self.above)))
            if self.above and not self.inside:
                self.above[-1][0].remove(element)  # found elements need not stay in memory

    def _add_text(self, text: str) -> None:
        if self.above:
            self.builder.data(text)

    def _refuse_entity(self, name: str, *_declaration: object) -> None:
        raise _RefusedError(f"the entity {name!r} is declared; such files are refused")


def list_texts(element: Element, name: str) -> list[str]:
    """Lists the texts of an element's children of a name, without empty ones."""
    texts = (collapse("".join(child.itertext())) for child in element.iterfind(name))
    return [text for text in texts if text]
