"""Web addresses as people write them, in the form that browsers give them."""

from __future__ import annotations

import html
import re

from ..model.record import is_link

_WRAPPING = "<>()[]{}\"'“”‘’ \t\r\n"
_STRAY = "<>,;\"'”’{}|"
_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_TWICE = re.compile(r"https?:/*(?=https?:/)", re.IGNORECASE)
_ANOTHER = re.compile(r"[\s,;]+(?=https?://)", re.IGNORECASE)
_LATEX = re.compile(r"\\([_%&#~^{}$])(?:\{\})?")
_COMMAND = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}.*", re.DOTALL)
_HOST = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#].*)?", re.IGNORECASE)
_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")


def mend_address(text: str) -> str:
    """Returns the web address in a text, normalized; an empty text without one.

    Wrapping signs, LaTeX escapes and entities are removed, and other characters percent-encoded, as browsers do
    (https://url.spec.whatwg.org/). Of several addresses the first is returned.
    """
    if text.isascii() and "\\" not in text and is_link(text) and not _DOTS.search(text) and text[-1] not in _STRAY:
        return text
    text = _LATEX.sub(r"\1", _COMMAND.sub(r"\1", html.unescape(text)))
    text = _ANOTHER.split(text.strip(_WRAPPING))[0]
    text = _TWICE.sub("", text).rstrip(_STRAY + " \t\r\n")
    if _HOST.fullmatch(text):
        text = f"https://{text}"
    elif text.startswith("//"):
        text = f"https:{text}"
    if not _SCHEME.match(text):
        return ""
    import ada_url  # 30 ms, and few builds mend an address

    try:
        mended: str = ada_url.URL(text).href
    except ValueError:
        return ""
    return mended if is_link(mended) else ""
