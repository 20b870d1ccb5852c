r"""Formulas: TeX to MathML, through a list of allowed elements and attributes.

latex2mathml writes `\text{…}` as raw markup, so this module filters its element tree and serializes the result as
XML. MathML Core: https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

import html
import re
from functools import partial
from xml.etree import ElementTree

from ..text.memo import memoize_text

LONGEST = 10_000
_DEEPEST = 100
ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts none mtable mtr mtd mstyle mpadded mphantom merror".split()
)
ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnspacing depth display displaystyle fence form height linethickness lspace "
    "mathvariant maxsize minsize movablelimits rowspacing rspace scriptlevel separator stretchy symmetric voffset "
    "width xmlns".split()
)
_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3,
}  # fmt: skip
_VALUE = re.compile(r"[\w#%. :/+-]{0,60}")
_COMMAND = re.compile(r"\\[A-Za-z]+")


def render_math(tex: str, *, display: bool = False) -> str:
    """Renders a formula as safe MathML; an unreadable formula as its source in `<code>`."""
    source = f"$${tex}$$" if display else f"${tex}$"
    return _translate(tex, display=display) or f"<code>{html.escape(source)}</code>"


def is_readable(tex: str, *, display: bool = False) -> bool:
    """Returns whether a formula can be rendered as MathML."""
    return bool(_translate(tex, display=display))


def _translate(tex: str, *, display: bool) -> str:
    """Translates a formula to MathML, once for all texts; an unreadable one to nothing."""
    return memoize_text("display" if display else "inline", tex, partial(_write, display=display), tex)


def _write(tex: str, *, display: bool) -> str:
    root = _convert(tex, display) if _is_bounded(tex) else None
    return "" if root is None else ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _is_bounded(tex: str) -> bool:
    depth = deepest = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    # Every left-hand command of this list opens a group of its own.
    return len(tex) <= LONGEST and deepest + tex.count("\\left") + tex.count("\\begin") <= _DEEPEST


def _convert(tex: str, display: bool) -> ElementTree.Element | None:
    from latex2mathml.converter import convert_to_element

    try:
        tree = convert_to_element(tex, display="block" if display else "inline")
    except Exception:  # the library raises many kinds, IndexError and its own among them
        return None
    root = _filter(tree)
    if root is None or root.tag != "math":
        return None
    if any(element.text and _COMMAND.search(element.text) for element in root.iter()):
        return None
    if display:
        root.set("display", "block")
    else:
        root.attrib.pop("display", None)
    root.attrib.pop("xmlns", None)
    return root


def _filter(element: ElementTree.Element) -> ElementTree.Element | None:
    if element.tag not in ELEMENTS:
        return None
    copy = ElementTree.Element(element.tag)
    for name, value in element.attrib.items():
        if name in ATTRIBUTES and _VALUE.fullmatch(value):
            copy.set(name, value)
    copy.text = html.unescape(element.text) if element.text else None
    for child in element:
        inner = _filter(child)
        if inner is None:
            return None
        copy.append(inner)
    # latex2mathml reads `\\frac{1` as a fraction without a denominator, which is no MathML.
    return copy if len(copy) == _CHILDREN.get(copy.tag, len(copy)) else None
