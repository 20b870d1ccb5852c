"""MathML to TeX, as far as titles and abstracts use it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_SCRIPTS = {"msup": "^", "msub": "_", "mover": "^", "munder": "_"}
_SIGNS = {
    "−": "-",
    "×": r"\times ",
    "≤": r"\le ",
    "≥": r"\ge ",
    "±": r"\pm ",
    "∞": r"\infty ",
    "→": r"\to ",
    "·": r"\cdot ",
}


def read_mathml(element: ElementTree.Element) -> str:
    """Returns the TeX of a MathML element, or that of an unknown element's children."""
    parts = [read_mathml(child) for child in element]
    name = element.tag.rpartition("}")[2]
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        return _read_sign(name, " ".join("".join(element.itertext()).split()))
    if name in _SCRIPTS and len(parts) == 2:
        return f"{_group(parts[0])}{_SCRIPTS[name]}{{{parts[1]}}}"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{_group(parts[0])}_{{{parts[1]}}}^{{{parts[2]}}}"
    if name == "mfrac" and len(parts) == 2:
        return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"
    if name == "msqrt":
        return f"\\sqrt{{{''.join(parts)}}}"
    if name == "mroot" and len(parts) == 2:
        return f"\\sqrt[{parts[1]}]{{{parts[0]}}}"
    if name == "mfenced":
        return f"({','.join(parts)})"
    if name == "mspace":
        return " "
    return "".join(parts)


def _read_sign(name: str, text: str) -> str:
    if text in _SIGNS:
        return _SIGNS[text]
    text = re.sub(r"([\\{}$&#%_^~])", lambda match: "" if match[0] in "\\~^$" else f"\\{match[0]}", text)
    if name == "mtext" and text:
        return f"\\text{{{text}}}"
    if name == "mi" and len(text) > 1 and text.isascii():
        return f"\\mathrm{{{text}}}"
    return text


def _group(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"
