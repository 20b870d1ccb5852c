"""Web addresses as people write them, in the form that browsers give them."""

from __future__ import annotations

import html
import re

from ..model.links import is_attached, is_file, is_link

_LONGEST = 4_000
# `[pdf](https://…)` of Markdown, `URL: https://…`.
_LABELLED = re.compile(
    r"(?:\[[^\[\]]{0,200}\]\(|(?:url|link|doi|pdf|available at|http)\s*:\s*)(?=https?://)", re.IGNORECASE
)
_WRAPPING = "<>{}\"'“”‘’ \t\r\n"
_STRAY = "<>,;\"'”’{}|"
_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_TWICE = re.compile(r"https?:/*(?=https?:/)", re.IGNORECASE)
_ANOTHER = re.compile(r"(?<![\s,;])[\s,;]+(?=https?://)", re.IGNORECASE)
_LATEX = re.compile(r"\\([_%&#~^{}$])(?:\{\})?")
_COMMAND = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}.*", re.DOTALL)
_HOST = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#].*)?", re.IGNORECASE)
# Most addresses: nothing in them to mend.
_USUAL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/(?!\.)[A-Za-z0-9_.-]*)*")
_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")


def mend_address(text: str) -> str:
    """Returns the web address in a text, normalized; an empty text without one.

    Characters that an address cannot hold are percent-encoded, as browsers do (https://url.spec.whatwg.org/). Of
    several addresses the first is returned. A text of over 4,000 characters is none.
    """
    if len(text) > _LONGEST:
        return ""
    if _USUAL.fullmatch(text):
        return text
    text = _ANOTHER.split(unwrap_address(text))[0].strip(_WRAPPING)
    for opening, closing in ("()", "[]"):
        if text.count(closing) > text.count(opening):
            text = text.rstrip(closing + _STRAY)
    text = _TWICE.sub("", text.lstrip("([")).rstrip(_STRAY)
    if _HOST.fullmatch(text):
        text = f"https://{text}"
    elif text.startswith("//"):
        text = f"https:{text}"
    if not _SCHEME.match(text) or (text.isascii() and is_link(text) and not _DOTS.search(text)):
        return text if _SCHEME.match(text) else ""
    import ada_url  # 30 ms, and few builds mend an address

    try:
        mended: str = ada_url.URL(text).href
    except ValueError:
        return ""
    return mended if is_link(mended) else ""


def mend_path(text: str) -> str:
    """Returns a document's path on an old site without its start; else an empty text."""
    path = text.strip().removeprefix(".").lstrip("/")
    return path if is_file(path) and is_attached(path) else ""


def unwrap_address(text: str) -> str:
    """Removes LaTeX, entities and angle brackets from the address of a text."""
    if "\\" in text or "&" in text:
        text = _LATEX.sub(r"\1", _COMMAND.sub(r"\1", html.unescape(text)))
    text = _LABELLED.sub("", text.strip(), count=1) if not _SCHEME.match(text) else text.strip()
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text
