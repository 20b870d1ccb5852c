"""`paperbound new`: writes a record to fill in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..content.folder import require_folder
from ..markup.markdown import escape_inline
from ..model.errors import Fault, InputError
from ..storage.cache_files import write_atomically
from ..text.characters import clean, collapse
from ..text.slugs import add_suffix, is_free, make_slug
from .arguments import add_content
from .terminal import show

DESCRIPTION = "Writes a record with this title into the content folder."

_HINTS = """\
authors: []          # [Ada Lovelace, {name: Grace Hopper, orcid: 0000-0000-0000-0000}]
# date: 2026-11-23   # or 2026-11, or 2026: when it first appeared
# venue: NeurIPS
# venue_year: 2026
tags: []             # slugs of tags.yaml
# arxiv: 2401.10020
# doi: 10.1000/182
# takeaway: One sentence.
# summary: |
#   A paragraph in Markdown with $math$.
# links: {pdf: https://example.org/paper.pdf, code: https://example.org/code}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound new`."""
    parser.add_argument("title", metavar="TITLE", help="the paper's title, in quotes")
    add_content(parser)


def run(chosen: argparse.Namespace) -> int:
    """Writes the draft; returns the exit code."""
    show(f"{write_draft(chosen.content, chosen.title)} is ready to be filled in")
    return 0


def write_draft(content: Path, title: str) -> Path:
    """Writes a record with this title and hints for the rest; returns its path. InputError if it exists."""
    require_folder(content)
    text = collapse(clean(title)[0])
    if not text:
        raise InputError([Fault("new", 0, "title", "the paper has no title", 'Write: paperbound new "A title"')])
    slug = make_slug(text)
    path = content / "papers" / f"{slug if is_free(slug) else add_suffix(slug, text)}.yaml"
    if path.exists():
        raise InputError(
            [Fault(str(path), 0, "", "there is a record of this name already", "Edit it, or choose another title.")]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    # A JSON text is YAML, whatever signs the title holds.
    line = f"title: {json.dumps(escape_inline(text), ensure_ascii=False)}\n"
    write_atomically(path, f"{line}{_HINTS}".encode())
    return path
