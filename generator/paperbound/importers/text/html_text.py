"""HTML, JATS and MathML in texts of foreign files, to text with marks."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

from ...text.addresses import mend_address
from .marks import BREAK, CODE, EMPHASIS, END, ITEM, PARAGRAPH, STRONG, Marked, clear_marks
from .mathml import read_mathml

_DROPPED = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<!DOCTYPE[^<>]*>|<\?(?:(?!<\?).)*?\?>"
    r"|<(script|style|head|template)\b[^<>]*>.*?(?:</\1\s*>|$)",
    re.DOTALL | re.IGNORECASE,
)
_HEADING = re.compile(r"<(jats:title|title|h[1-6])\b[^<>]*>\s*abstract[.:]?\s*</\1\s*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[((?:(?!<!\[CDATA\[).)*?)\]\]>", re.DOTALL)
_MATH = re.compile(
    r"<((?:[\w-]+:)?(?:math|tex-math|inline-formula|disp-formula))\b([^<>]*)>((?:(?!<\1\b).)*?)</\1\s*>", re.DOTALL
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*:)?([a-zA-Z][\w-]*)((?:\s[^<>]*)?)/?>")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))", re.IGNORECASE)
_EMPHASIS = frozenset(("i", "em", "italic", "cite", "dfn", "var"))
_STRONG = frozenset(("b", "strong", "bold"))
_CODE = frozenset(("code", "tt", "kbd", "samp", "monospace"))
_BLOCKS = frozenset(
    "p div section sec article abstract ul ol dl list table tr blockquote pre h1 h2 h3 h4 h5 h6 title".split()
)
_OTHERS = frozenset(
    "span font small big u s sc sup sub br li list-item a ext-link xref underline fixed-case jats text body html "
    "td th tbody thead img strike del ins mark nobr wbr url bibtype label named-content styled-content".split()
)
_KNOWN = _EMPHASIS | _STRONG | _CODE | _BLOCKS | _OTHERS
_SUPER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")
_SCRIPT = re.compile(r"<(sup|sub)\b[^>]*>([^<>]*)</\1\s*>", re.IGNORECASE)


def mark_html(text: str, marked: Marked, *, known_only: bool = False) -> str:
    """Converts tags and entities to marks and characters; scripts and comments are removed.

    With `known_only`, only tags of texts count as tags: `a <b> c` has one, `x <y> z` none.
    """
    text = clear_marks(text)
    for _ in range(3):  # entities are often escaped twice, and tags once
        previous = text
        text = _mark_tags(text, marked, known_only=known_only) if "<" in text else text
        text = clear_marks_of_entities(text)
        if text == previous or (not known_only and "&" not in previous):
            break
    return text


def clear_marks_of_entities(text: str) -> str:
    """Decodes the entities of a text, none of them to a mark."""
    if "&" not in text:
        return text
    return re.sub(r"&(?:#\w+|\w+);?", lambda match: clear_marks(html.unescape(match[0])), text)


def _mark_tags(text: str, marked: Marked, *, known_only: bool) -> str:
    text = _HEADING.sub("", _DROPPED.sub(" ", _CDATA.sub(r"\1", text)))
    text = _MATH.sub(lambda match: _mark_math(match, marked), text)
    text = _SCRIPT.sub(lambda match: _mark_script(match, marked), re.sub(r"<(/?)[\w-]+:(sup|sub)\b", r"<\1\2", text))
    pieces: list[str] = []
    ends: list[tuple[str, str]] = []
    last = 0
    for match in _TAG.finditer(text):
        name = match[3].lower()
        if known_only and not match[2] and name not in _KNOWN:
            continue
        pieces.append(text[last : match.start()])
        last = match.end()
        if match[1]:
            _close(name, pieces, ends)
        else:
            pieces.append(_open(name, match[4], match[0].endswith("/>"), ends, marked))
    pieces.append(text[last:])
    pieces.extend(end for _, end in reversed(ends))
    return "".join(pieces)


def _open(name: str, attributes: str, empty: bool, ends: list[tuple[str, str]], marked: Marked) -> str:
    style = EMPHASIS if name in _EMPHASIS else STRONG if name in _STRONG else CODE if name in _CODE else ""
    if style:
        if empty:
            return ""
        ends.append((name, END))
        return style
    if name == "br":
        return BREAK
    if name in ("li", "list-item"):
        return ITEM
    if name in ("a", "ext-link"):
        href = _HREF.search(attributes)
        address = mend_address(html.unescape(href[href.lastgroup or 0])) if href else ""
        if address and not empty:
            ends.append((name, marked.hide(f"](<{address}>)", "")))
            return marked.hide("[", "")
        return ""
    if name == "title" or re.fullmatch("h[1-6]", name):
        if empty:
            return ""
        ends.append((name, END + PARAGRAPH))
        return PARAGRAPH + STRONG
    return PARAGRAPH if name in _BLOCKS else ""


def _close(name: str, pieces: list[str], ends: list[tuple[str, str]]) -> None:
    if any(one == name for one, _ in ends):
        while ends:
            one, end = ends.pop()
            pieces.append(end)
            if one == name:
                return
    elif name in _BLOCKS:
        pieces.append(PARAGRAPH)


def _mark_script(match: re.Match[str], marked: Marked) -> str:
    inside = html.unescape(match[2]).strip()
    table = _SUPER if match[1].lower() == "sup" else _SUB
    if inside and all(ord(sign) in table for sign in inside):
        return inside.translate(table)
    if not inside or not re.fullmatch(r"[\w\s.,+=()*'-]{1,40}", inside):
        return inside
    inner = inside if len(inside) == 1 or inside.isdigit() else f"\\text{{{inside}}}"
    return marked.hide_formula(f"{'^' if table is _SUPER else '_'}{{{inner}}}")


def _mark_math(match: re.Match[str], marked: Marked) -> str:
    name = match[1].rpartition(":")[2]
    if name in ("inline-formula", "disp-formula"):
        # Of several forms of one formula, the TeX is enough.
        tex = next((one for one in _MATH.finditer(match[3]) if one[1].endswith("tex-math")), None)
        if tex and "alternatives" in match[3]:
            return _mark_math(tex, marked)
        return _MATH.sub(lambda one: _mark_math(one, marked), match[3])
    if name == "tex-math":
        return marked.hide_formula(_read_tex(html.unescape(match[3])))
    alt = re.search(r"\balttext\s*=\s*(\"[^\"]*\"|'[^']*')", match[2])
    if alt:
        return marked.hide_formula(html.unescape(alt[1][1:-1]))
    annotation = re.search(r"<(?:\w+:)?annotation\b[^>]*tex[^>]*>(.*?)</", match[3], re.DOTALL)
    if annotation:
        return marked.hide_formula(html.unescape(annotation[1]))
    try:
        # Prefixes are declared outside of the text, and entities of HTML are none of XML.
        plain = re.sub(r"(</?)[\w-]+:", r"\1", clear_marks_of_entities(match[3].replace("&lt;", "&amp;lt;")))
        plain = re.sub(r"\s[\w-]+:[\w-]+\s*=\s*(\"[^\"]*\"|'[^']*')", "", plain)
        root = ElementTree.fromstring(f"<math>{re.sub('&(?!(lt|gt|amp|#)[;0-9x])', '&amp;', plain)}</math>")
    except ElementTree.ParseError:
        return re.sub("<[^<>]*>", "", match[3])
    return marked.hide_formula(read_mathml(root))


def _read_tex(text: str) -> str:
    body = re.search(r"\\begin\{document\}((?:(?!\\begin\{document\}).)*?)\\end\{document\}", text, re.DOTALL)
    return (body[1] if body else text).strip().strip("$").strip()
