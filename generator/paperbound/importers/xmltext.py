"""XML of foreign files as a tree: entities of their own are refused, and lines are known."""

from __future__ import annotations

from typing import Any, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ..model.errors import Fault
from ..model.job import Source
from .importer import ReadContext

# An attribute with the line of each element.
LINE = "{paperbound}line"
_DEEPEST = 100


class _RefusedError(Exception):
    """Raised for a construct that is not read; `args` are message and remedy."""


def parse_xml(source: Source, context: ReadContext) -> Element | None:
    """Parses an XML file; reports a fault and returns None for invalid or hostile XML.

    Elements have their line as the attribute `LINE`. The encoding is the one that the file declares.
    """
    parser, builder = expat.ParserCreate(namespace_separator="}"), TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _RefusedError(f"elements are nested over {_DEEPEST} deep", "Write the file flatter.")
        named: dict[Any, Any] = {_name(key): value for key, value in attributes.items()}
        builder.start(_name(name), {**named, LINE: str(parser.CurrentLineNumber + source.line - 1)})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(name))

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(source.data, True)
        return builder.close()
    except _RefusedError as error:
        message, remedy = error.args
    except expat.ExpatError as error:
        message, remedy = f"the XML cannot be read: {expat.ErrorString(error.code)}", "Save the file again."
    except (ValueError, LookupError) as error:
        message, remedy = f"the XML cannot be read: {error}", "Save the file as UTF-8."
    line = parser.ErrorLineNumber if parser.ErrorLineNumber > 0 else parser.CurrentLineNumber
    context.report(Fault(source.file, line + source.line - 1, "", message, remedy, warning=True))
    return None


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _refuse_entity(name: str, *_values: object) -> NoReturn:
    message = f"the file declares the entity {name!r}, which could expand without end"
    raise _RefusedError(message, "Write its text in place of it, and remove the declaration.")
