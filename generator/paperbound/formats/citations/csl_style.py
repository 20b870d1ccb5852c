"""Citations in any style of the Citation Style Language, rendered by citeproc-py (the extra `csl`)."""

from __future__ import annotations

import io
import json
import re
import warnings
from typing import Any

from ...model.digests import digest_texts
from ...model.errors import FieldError
from ...text.memo import memoize

_TITLE = re.compile(r"<title>([^<]*)</title>")
_NUMBER = re.compile(r"^\s*[\[(]?1[\]).]*\s*(?=\D)")


def check_style(text: str) -> None:
    """Raises FieldError if citeproc-py is not installed, or cannot read a style."""
    try:
        _load(text)
    except ImportError as error:
        message = "a .csl file needs citeproc-py, which is not installed"
        raise FieldError("citation_styles", message, "Say: pip install 'paperbound[csl]'") from error
    except Exception as error:  # lxml, and whatever citeproc-py stumbles over
        message = f"the style cannot be read: {error}"
        raise FieldError("citation_styles", message, "Name an independent style in CSL 1.0.") from error


def name_style(text: str) -> str:
    """Returns the title of a style."""
    found = _TITLE.search(text)
    return (found[1].strip() if found else "") or "CSL"


def render_style(text: str, item: str) -> str:
    """Returns the entry of an item in a style's bibliography, as plain text.

    The item is CSL-JSON; the number of the entry is left out.

    The loaded style is cached in the process.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    style = memoize("style", digest_texts((text,)), lambda: _load(text))
    with warnings.catch_warnings():
        # citeproc-py warns of each field that it does not know.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([{**json.loads(item), "id": "item"}])
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem("item")]))
        entries = bibliography.bibliography()
    written = "".join(map(str, entries[0])) if entries else ""
    return _NUMBER.sub("", written, count=1) if written.startswith(("[1]", "(1)", "1.")) else written


def _load(text: str) -> Any:
    from citeproc import CitationStylesStyle

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(io.BytesIO(text.encode()), validate=False)
