"""XML, line by line: elements as text, escaped.

An entry stands in a dozen feeds: written as text once and kept, all feeds of 10,000 papers took 1.5 s of CPU where a
tree of elements for each took 2.1.
"""

from __future__ import annotations


def escape_text(text: str) -> str:
    """Escapes text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(depth: int, name: str, text: str = "", **attributes: str) -> str:
    """Returns an element on a line of its own, indented by `depth` spaces."""
    given = ""
    for key, value in attributes.items():
        given += f' {key}="{escape_text(value).replace(chr(34), "&quot;")}"'
    body = f">{escape_text(text)}</{name}>" if text else " />"
    return f"{' ' * depth}<{name}{given}{body}\n"


def write_document(body: str) -> bytes:
    """Encodes a document as UTF-8, with its declaration."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}'.encode()
