"""Headings of structured abstracts: `Background: … Methods: … Results: …`."""

from __future__ import annotations

import re

# Headings of abstracts in medicine, as PubMed lists them.
_LABEL = re.compile(
    r"(?:^|(?<=[.!?)\]]) |(?<=[.!?)\]])\n)("
    "aims? and objectives?|aims?|availability(?: and implementation)?|"
    "background(?: and (?:aims?|objectives?|purpose))?|"
    "conclusions?(?: and relevance)?|context|data sources|design(?:, setting,? and participants)?|discussion|evidence|"
    "exposures?|findings|funding|hypothesis|implications|importance|interpretation|interventions?|introduction|"
    "limitations|main outcomes?(?: and)? measures?|(?:materials|patients|subjects) and methods|measurements?|"
    "methods(?: and (?:findings|results))?|motivation|objectives?|outcomes?|participants|patients|purpose|rationale|"
    "results(?: and discussion)?|setting|significance|study design|summary|trial registration"
    r"): *\n?",
    re.IGNORECASE,
)
_BOLD = re.compile(r"<p><strong>([^<>]{2,60}?)[:.]?</strong></p>")
_LEAST = 3


def show_headings(html: str) -> str:
    """Returns the HTML of an abstract with its headings.

    A paragraph in bold is a heading. One paragraph with three known labels or more, each at the beginning of a
    sentence and in one form, is one for each label; any other is unchanged.
    """
    html = _BOLD.sub(r"<h3>\1</h3>", html)
    if not html.startswith("<p>") or html.count("<p") != 1 or not html.rstrip().endswith("</p>"):
        return html
    start, *rest = _LABEL.split(html.strip()[3:-4])
    labels, texts = rest[::2], rest[1::2]
    is_certain = not start.strip() and len({one.lower() for one in labels}) == len(labels) >= _LEAST
    has_one_form = all(map(str.isupper, labels)) or all(one[:1].isupper() and not one.isupper() for one in labels)
    if not is_certain or not has_one_form or not all(map(_is_whole, texts)):
        return html
    pairs = zip(labels, texts, strict=True)
    return "".join(f"<p><strong>{label.capitalize()}:</strong> {text.strip()}</p>\n" for label, text in pairs)


def _is_whole(html: str) -> bool:
    """Returns whether a text is not empty and closes all elements that it opens."""
    return bool(html.strip()) and len(re.findall(r"<[a-z]", html)) == html.count("</")
