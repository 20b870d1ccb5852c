"""An entry's text as HTML, the same in every format."""

from __future__ import annotations

from ..markup.embed import embed_blocks
from ..markup.markdown import render_blocks
from ..text.memo import memoize_text
from .feed import FeedEntry


def render_content(entry: FeedEntry) -> str:
    """Renders an entry's Markdown as HTML, with headings of lower levels."""
    return memoize_text("content", entry.digest, _render, entry)


def _render(entry: FeedEntry) -> str:
    return render_blocks(embed_blocks(entry.content))
