"""XML documents as bytes."""

from __future__ import annotations

from xml.etree import ElementTree


def serialize(root: ElementTree.Element) -> bytes:
    """The document as UTF-8 with its declaration and a line break at the end."""
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
