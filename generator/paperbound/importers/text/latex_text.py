"""LaTeX in texts of foreign files, to text with marks."""

from __future__ import annotations

import re

from ...markup.latex import decode_characters
from ...markup.markdown import escape_inline
from ...text.addresses import mend_address
from .marks import BREAK, CODE, EMPHASIS, END, ITEM, PARAGRAPH, STRONG, Marked

_STYLES = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic", "it", "em", "itshape", "sl"), EMPHASIS),
    **dict.fromkeys(("textbf", "mkbibbold", "bf", "bfseries", "strong"), STRONG),
    **dict.fromkeys(("texttt", "tt", "ttfamily", "code", "verb"), CODE),
}
# Commands whose argument is the text.
_PLAIN = frozenset(
    "textsc textrm textsf textmd textup textnormal text mbox hbox fbox underline uline uppercase lowercase "
    "MakeUppercase MakeLowercase ensuremath thanks section subsection paragraph title nolinkurl path acrshort acrlong "
    "ac gls mathrm mathsf bibinfo bibfield".split()
)
_GROUP = re.compile(r"\{([^{}]*)\}")
_COMMAND = r"\\(?P<name>[A-Za-z]+)\*?\s*"
_CALL = re.compile(_COMMAND + r"(?:\[[^\[\]{}]*\]\s*)*\{(?P<text>[^{}]*)\}(?:\{(?P<more>[^{}]*)\})?")
_SWITCH = re.compile(r"\{\s*\\(it|em|itshape|sl|bf|bfseries|tt|ttfamily)(?![A-Za-z])\s*+([^{}]*?)(?:\\/)?\}")
_SIZES = re.compile(
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|noindent|centering|protect|"
    r"sc|rm|sf|scshape|rmfamily|sffamily|xspace|relax|displaystyle|sloppy|null|leavevmode|/)(?![A-Za-z])\s*"
)
# A switch that no group ends.
_LONE = re.compile(r"\\(?:it|em|itshape|sl|bf|bfseries|tt|ttfamily)(?![A-Za-z])\s*")
_QUOTED = frozenset(("enquote", "textquote", "mkbibquote"))
_CITE = re.compile(r"[Cc]ite\w*|(?:auto|paren|text|foot)cite\w*|(?:[cC]|auto|eq|page|name)?ref")
_DROPPED = frozenset(
    "noopsort NOOPSORT SortNoop sortnoop raisebox label vspace hspace vskip index phantom vphantom hphantom nocite "
    "bibliographystyle color".split()
)
_QUOTES = (
    (re.compile(r"``((?:(?!``).)+?)(?:''|\")", re.DOTALL), r"“\1”"),
    (re.compile(r"(?<![\w`])`([^`']+?)'(?!\w)", re.DOTALL), r"‘\1’"),
)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[A-Za-z*]+\}(?:\[[^\[\]]*\])?")
_ITEM = re.compile(r"\\item(?![A-Za-z])\s*(?:\[([^\[\]]*)\])?")
# Signs that would be commands again, once they are decoded, and the empty group that parts two signs.
_LITERALS = {
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciigrave": "`",
    "textdollar": "$",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textquotedbl": '"',
}
# Symbols that pylatexenc does not know outside formulas.
_SYMBOLS = {
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "copyright": "©",
    "ddag": "‡",
    "flqq": "«",
    "frqq": "»",
    "glqq": "„",
    "grqq": "“",
    "degree": "°",
    "micro": "µ",
    "euro": "€",
    "EUR": "€",
    "slash": "/",
    "bibrangedash": "–",
    "bibrangessep": ", ",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "textminus": "−",
    "ohm": "Ω",
    "celsius": "°C",
    "checkmark": "✓",
}
_SYMBOL = re.compile(rf"\\({'|'.join(_SYMBOLS)})(?![A-Za-z])(?:\{{\}}|\s*)")
# A letter that is a command ends with the space behind it: `S\o ren` is Søren.
_LETTER = re.compile(
    r"\\(o|O|l|L|ss|SS|ae|AE|oe|OE|aa|AA|i|j|dh|DH|dj|DJ|ng|NG|th|TH)(?![A-Za-z])[ \t\n]+(?=[^\W\d_]|\\)"
)
_LITERAL = re.compile(rf"\\({'|'.join(_LITERALS)})(?![A-Za-z])(?:\{{\}}|\s*)|\\([~^])\{{\}}|(?<=[-`'])\{{\}}(?=[-`'])")
# Places where a line may break, corrections: nothing is to be seen.
_NOTHING = re.compile(r"\\(?:[-/!@]|allowbreak(?![A-Za-z]))")
# About 20,000, in abstracts that are no LaTeX: a tie has no space before it.
_ABOUT = re.compile(r"(?<=[\s(])~(?=\d)")
_SPACES = re.compile(r"\\(?:[ ,;:>]|q?quad(?![A-Za-z])|newline(?![A-Za-z])|hfill(?![A-Za-z]))")


def mark_latex(text: str, marked: Marked, *, typed: bool = True) -> str:
    """Converts LaTeX to marks and characters; unknown commands keep their argument.

    With `typed`, dashes, quotation marks, ties and braces are those of LaTeX.
    """
    if "\\" in text or (typed and re.search("[{}~`]|--|''", text)) or "{" in text:
        text = _mark_commands(text, marked, typed=typed)
    return text


def _mark_commands(text: str, marked: Marked, *, typed: bool) -> str:
    text = _ENVIRONMENT.sub(PARAGRAPH, text)
    text = _ITEM.sub(lambda match: f"{ITEM}{match[1] or ''} ", text)
    text = re.sub(
        r"\\\\(?:\[[^\[\]]*\])?(?![\w{])|\\par(?![A-Za-z])", lambda m: PARAGRAPH if m[0] == "\\par" else BREAK, text
    )
    text = _SYMBOL.sub(lambda match: _SYMBOLS[match[1]], _LETTER.sub(r"\\\1{}", text))
    text = _SIZES.sub("", _SPACES.sub(" ", _NOTHING.sub("", text)))
    text = _ABOUT.sub(lambda _: marked.hide("~", "~"), text) if typed else text
    # Signs behind a backslash are hidden, so that no brace of them counts.
    text = re.sub(r"\\([&%$#_{}])", lambda match: _hide_sign(match[1], marked, "{}$" if typed else "{}$&_#"), text)
    text = _LITERAL.sub(lambda match: _hide_literal(match, marked), text)
    text = decode_characters(text) if "\\" in text else text
    changes = 1
    while changes:
        text, switches = _SWITCH.subn(lambda match: f"{_STYLES[match[1]]}{match[2]}{END}", text)
        text, calls = _CALL.subn(lambda match: _mark_call(match, marked), text)
        changes = switches + calls
        if not changes:
            text, changes = _GROUP.subn(r"\1", text)
    if "\\" in text:
        text = decode_characters(_LONE.sub("", text))
    if typed:
        for pattern, quotes in _QUOTES:
            text = pattern.sub(quotes, text)
        text = text.replace("---", "—").replace("--", "–").replace("~", " ").replace("''", "”")
        text = re.sub("[{}]", "", text)
    return text


def _hide_sign(sign: str, marked: Marked, hidden: str) -> str:
    return sign if sign not in hidden else marked.hide(escape_inline(sign, alone=False), sign)


def _hide_literal(match: re.Match[str], marked: Marked) -> str:
    sign = _LITERALS[match[1]] if match[1] else match[2] or ""
    # A single tilde is no style.
    alone = sign == "^" or (sign == "~" and match.string.count("tilde") + match.string.count("\\~") < 2)
    return marked.hide(sign if alone or not sign else f"\\{sign}", sign)


def _mark_call(match: re.Match[str], marked: Marked) -> str:
    name, text, more = match["name"], match["text"], match["more"]
    rest = f"{{{more}}}" if more is not None else ""
    if name in _STYLES:
        return f"{_STYLES[name]}{text}{END}{rest}"
    if name == "href" and more is not None:
        address = mend_address(text)
        return f"{marked.hide('[', '')}{more}{marked.hide(f'](<{address}>)', '')}" if address else more
    if name == "url":
        address = mend_address(text)
        return (marked.hide(f"<{address}>", address) if address else text) + rest
    if name in _QUOTED:
        inner = text.replace("“", "‘").replace("”", "’")
        return f"“{inner}”{rest}"
    if name in ("textsuperscript", "textsubscript"):
        sign = "^" if name == "textsuperscript" else "_"
        # `5th`, and no formula, where there is no markup.
        plain = text if text.isalpha() else ""
        return (
            marked.hide_formula(f"{sign}{{{text}}}", plain=plain) if re.fullmatch(r"[\w+-]+", text) else text
        ) + rest
    if name == "ensuremath":
        return (marked.hide_formula(text) if re.search(r"[\\^_]", text) else text) + rest
    if _CITE.fullmatch(name):
        return f"[{text}]{rest}"
    if name == "footnote":
        return f" ({text}){rest}"
    if name in _DROPPED:
        return rest
    if name in ("textcolor", "foreignlanguage", "texorpdfstring", "bibinfo", "bibfield") and more is not None:
        return text if name == "texorpdfstring" else more
    return f"{text}{rest}"
