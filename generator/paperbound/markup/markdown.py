"""Markdown with math: to safe HTML, to plain text, and back from plain text.

CommonMark (https://spec.commonmark.org/0.31.2/) with tables, strikethrough and formulas between dollars, without raw
HTML. Pictures of the web become links; free pages show those of the static folder.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ..text.memo import memoize
from .latex import decode_formula, decode_latex, read_formula, split_formulas
from .math import ATTRIBUTES, ELEMENTS, is_readable, render_math

BRACKETS, LINES = 500, 10_000
_BLOCK_START = re.compile(r"[ \t#>\-+=|:*]|\d+[.)]")
_PUNCTUATION = re.compile(
    r"[\\`]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|&(?=#?\w+;)|<(?=[A-Za-z/!?])|(?P<star>\*)|(?P<bracket>\[)|\$"
)
# A path in the static folder, as links of records have it, with or without a slash before it.
_PICTURE = re.compile(
    r"/?(?:(?!\.)[^\s/\\:?#<>\"'&]+/)*(?!\.)[^\s/\\:?#<>\"'&]+\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE
)
# https://url.spec.whatwg.org/#scheme-start-state
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_START = re.compile(r"^([ \t]*)([#>+\-=|]|\*(?=\s|$)|\d+(?=[.)]))", re.MULTILINE)
_INLINE = frozenset(["em", "strong", "s", "code", "br", "sub", "sup"])
# What has an id in a free page.
_PLACES = ("h2", "h3", "h4", "h5", "h6", "tr")
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr th td".split())
_ATTRIBUTES = {name: set(ATTRIBUTES) for name in ELEMENTS} | {"a": {"href", "rel"}, "ol": {"start"}, "p": {"tabindex"}}


def parser() -> MarkdownIt:
    """Returns the parser of this process: `js-default` with math and front matter."""
    return memoize("markdown", "", _make_parser)


def _make_parser() -> MarkdownIt:
    reader = MarkdownIt("js-default", {"linkify": False, "typographer": False})
    reader.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    reader.use(front_matter_plugin)
    for rule, render in (
        ("math_inline", _render_inline_math),
        ("math_inline_double", _render_display_math),
        ("math_block", _render_display_math),
        ("image", _render_image),
        ("link_open", _render_link),
        ("front_matter", lambda *_: ""),
    ):
        reader.add_render_rule(rule, render)
    return reader


_Env = MutableMapping[str, Any]


def _render_inline_math(_self: RendererHTML, tokens: Sequence[Token], at: int, _o: object, _env: _Env) -> str:
    return render_math(tokens[at].content.strip())


def _render_display_math(_self: RendererHTML, tokens: Sequence[Token], at: int, _o: object, _env: _Env) -> str:
    formula = render_math(tokens[at].content.strip(), display=True)
    # A wide formula scrolls sideways, so it must be reachable by keyboard.
    if tokens[at].block:
        return f'<p tabindex="0">{formula}</p>\n'
    return formula.replace("<math ", '<math tabindex="0" ', 1)


def _render_image(_self: RendererHTML, tokens: Sequence[Token], at: int, _o: object, env: _Env) -> str:
    source = str(tokens[at].attrs.get("src", ""))
    name = tokens[at].content or source
    if "base" in env and is_picture(source):
        place = escape_html(str(env["base"]) + source.lstrip("/"))
        return f'<img src="{place}" alt="{escape_html(tokens[at].content)}" loading="lazy">'
    if find_scheme(source) not in ("http", "https"):
        return escape_html(name)
    return f'<a href="{escape_html(source)}" rel="nofollow noopener">{escape_html(name)}</a>'


def _render_link(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: _Env) -> str:
    token = tokens[at]
    href = str(token.attrs.get("href", ""))
    if href.startswith("/") and not href.startswith("//") and "base" in env:
        is_page = re.split(r"[?#]", href, maxsplit=1)[0].endswith("/")
        token.attrSet("href", f"{env['base']}{env['folder'] if is_page else ''}{href.lstrip('/')}")
    elif find_scheme(href) in ("http", "https"):
        token.attrSet("rel", "nofollow noopener")
    return str(self.renderToken(tokens, at, options, env))


def find_scheme(address: str) -> str:
    """Returns the scheme of an address in lower case; an empty text for a path.

    The standard library's functions raise errors for some addresses that people write.
    """
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def is_picture(source: str) -> bool:
    """Returns whether the source of an image is a path in the static folder."""
    return bool(_PICTURE.fullmatch(source))


def list_pictures(text: str) -> list[str]:
    """Lists the images of a text whose sources are no web addresses, by their sources."""
    if "![" not in text or is_hostile(text):
        return []
    inline = (child for token in parser().parse(text) for child in token.children or ())
    sources = (str(child.attrs.get("src", "")) for child in inline if child.type == "image")
    return [one for one in sources if find_scheme(one) not in ("http", "https")]


def escape_html(text: str) -> str:
    """Escapes `& < > "` as markdown-it does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def is_hostile(text: str) -> bool:
    """Returns whether parsing is too slow: 20 kB of `[` take six seconds."""
    signs = text.count("*") + text.count("_") + text.count("$")
    return text.count("[") > BRACKETS or text.count("](") > BRACKETS or signs > 5_000 or text.count("\n") > LINES


def may_be_markup(text: str) -> bool:
    """Returns whether a text holds a character of inline markup, or a line feed."""
    # One by one: an abstract takes 0.16 µs, and 2.4 with a regular expression.
    return (
        "\\" in text
        or "`" in text
        or "*" in text
        or "_" in text
        or "[" in text
        or "<" in text
        or "&" in text
        or "$" in text
        or "~" in text
        or "\n" in text
    )


def render_blocks(text: str) -> str:
    """Renders Markdown as HTML blocks, without links inside the site (`render_document` has them)."""
    blocks = text.strip().split("\n\n")
    plain = [read_plain(block) for block in blocks]
    if None not in plain:
        return "".join(f"<p>{escape_html(block.strip())}</p>\n" for block in plain if block and block.strip())
    if is_hostile(text):
        return "".join(f"<p>{escape_html(block)}</p>\n" for block in blocks)
    return sanitize(parser().render(text))


def read_plain(block: str) -> str | None:
    """Returns the text of a paragraph without markup; None for any other block.

    Backslash escapes are allowed. Of 10,000 abstracts all are such paragraphs, and the parser takes 120 µs for each.
    """
    if _BLOCK_START.match(block):
        return None
    if not may_be_markup(block):
        return block
    if "\\" not in block or may_be_markup(_ESCAPED.sub("", block)):
        return None
    return _ESCAPED.sub(r"\1", block)


def strip_tokens(tokens: Sequence[Token]) -> str:
    """Converts tokens of Markdown to plain text in one line, with formulas as Unicode."""
    words: list[str] = []
    for token in tokens:
        if token.type == "inline":
            words.append(_text_of(token.children or []))
        elif token.type in ("fence", "code_block"):
            words.append(token.content)
        elif token.type == "math_block":
            words.append(decode_formula(token.content))
    return " ".join(" ".join(words).split())


def _text_of(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type.startswith("math_inline"):
            parts.append(decode_formula(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(token.content)
    return "".join(parts)


def strip_inline(text: str) -> str:
    """Converts one line of Markdown to plain text: `2. A # B` is no list and no heading."""
    line = " ".join(text.split())
    return line if not may_be_markup(text) or is_hostile(text) else strip_tokens(parse_line(line))


def parse_line(line: str) -> list[Token]:
    """Parses one line of Markdown, without blocks, to tokens."""
    return parser().parseInline(line)


def render_tokens(tokens: Sequence[Token], *, links: bool = True) -> str:
    """Renders tokens of blocks or of a line as HTML."""
    return sanitize(parser().renderer.render(tokens, parser().options, {}), links=links)


def list_spans(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    """Returns the pieces of one line, each a style and its text or TeX.

    Styles are `em`, `strong`, `s`, `code`, `math` and nothing.
    """
    spans: list[tuple[str, str]] = []
    styles: list[str] = [""]
    for token in (child for one in tokens for child in one.children or ()):
        if token.nesting:
            styles = [*styles, token.tag] if token.nesting > 0 else styles[:-1]
            continue
        text = _text_of((token,)) if not token.type.startswith("math_") else token.content.strip()
        style = "math" if token.type.startswith("math_") else "code" if token.type == "code_inline" else styles[-1]
        style = "" if style == "a" else style
        if spans and spans[-1][0] == style != "math":
            spans[-1] = style, spans[-1][1] + text
        elif text:
            spans.append((style, text))
    return tuple(spans)


def find_unreadable(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Returns the formulas among tokens that no library can read."""
    found = (one for token in tokens for one in (token, *(token.children or ())))
    formulas = ((one.content.strip(), one.type != "math_inline") for one in found if one.type.startswith("math_"))
    return tuple(tex for tex, display in formulas if not (is_readable(tex, display=display) and read_formula(tex)))


def escape_markdown(text: str) -> str:
    """Escapes plain text as Markdown blocks with the same meaning."""
    return escape_line_starts(escape_inline(text))


def escape_inline(text: str, *, alone: bool = True) -> str:
    """Escapes plain text as inline Markdown.

    If the text is `alone`, a single `*` and brackets without an address need no backslash.
    """
    if not may_be_markup(text):
        return text
    stars = not alone or text.count("*") > 1
    brackets = not alone or "](" in text or "][" in text or "]:" in text

    def escape(match: re.Match[str]) -> str:
        free = (match["star"] and not stars) or (match["bracket"] and not brackets)
        return match[0] if free else f"\\{match[0]}"

    return _PUNCTUATION.sub(escape, text)


def escape_line_starts(text: str) -> str:
    """Escapes line starts that begin a heading, a list, a quotation or a table."""
    if not _BLOCK_START.match(text) and "\n" not in text:
        return text
    # `2.` begins a list; a backslash before the digit would be shown, one before the point is not.
    return _LINE_START.sub(lambda match: f"{match[0]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}", text)


def read_latex(text: str) -> str:
    """Converts text with TeX to inline Markdown; formulas are unchanged."""
    if not may_be_markup(text):
        return text
    parts = split_formulas(text)
    signs = {"inline": "$", "display": "$$"}
    return "".join(
        f"{signs[kind]}{part}{signs[kind]}"
        if kind in signs
        else escape_inline(decode_latex(part), alone=len(parts) == 1)
        for kind, part in parts
    )


def sanitize(html: str, *, links: bool = True, relative: bool = False) -> str:
    """Removes elements, attributes and links that are not allowed.

    Links are http, https or mailto; with `relative` those inside the site stay, without `links` none.
    """
    cleaner = memoize("cleaner", f"{links} {relative}", lambda: _make_cleaner(links=links, relative=relative))
    return cleaner.clean(html)


def _make_cleaner(*, links: bool, relative: bool) -> nh3.Cleaner:
    # Cached: creation takes 70 µs, cleaning a paragraph 3.
    return nh3.Cleaner(
        tags=set(ELEMENTS | _INLINE | _BLOCKS) | ({"a"} if links else set()) | ({"img"} if relative else set()),
        # Text without links may stand in a link, where nothing else takes the focus.
        attributes=_ATTRIBUTES
        | ({"math": set(ATTRIBUTES) | {"tabindex"}} if links else {})
        | ({name: {"id"} for name in _PLACES} | {"img": {"src", "alt", "loading"}} if relative else {}),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        filter_style_properties=set(),
        # What may scroll sideways must be reachable by keyboard.
        set_tag_attribute_values={"pre": {"tabindex": "0"}, "table": {"tabindex": "0"}},
        attribute_filter=None if relative else _drop_relative,
    )


def _drop_relative(_element: str, attribute: str, value: str) -> str | None:
    inside = attribute == "href" and not value.lower().startswith(("http://", "https://", "mailto:"))
    return None if inside else value
