"""JSON of `api/daily_papers` and `api/papers`: the papers of a day, or one.

https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_mixed, from_plain
from ..rows import Row
from .answers import COMMON, make_reader

_OWN = frozenset(("upvotes", "ai_summary", "ai_keywords", "githubStars", "discussionId", "submittedOnDailyAt"))
_SERVICE = "Hugging Face"
# Keys about the list and its readers, and those that repeat the paper's fields.
_DULL = frozenset(
    "thumbnail numComments submittedBy submittedOnDailyBy isAuthorParticipating title summary publishedAt mediaUrls "
    "paper.discussionId paper.submittedOnDailyBy paper.mediaUrls paper.ai_summary_model paper.numTotalModels "
    "paper.numTotalDatasets paper.numTotalSpaces paper.linkedModels paper.comments discussionId ai_summary_model "
    "numTotalModels numTotalDatasets numTotalSpaces linkedModels comments".split()
)


def convert_entry(row: Row) -> dict[str, Any] | None:
    """Converts an entry of the list, or a paper, to a paper's fields."""
    if row.raw("paper") is not None:
        paper = row.row("paper")
        if not paper.values:
            return None
    else:
        paper = row
    summary, keywords = paper.text("ai_summary"), paper.texts("ai_keywords")
    upvotes, stars = paper.number("upvotes"), paper.number("githubStars")
    featured = paper.text("submittedOnDailyAt") or row.text("submittedOnDailyAt")
    values = {
        "id": paper.text("id"),
        "arxiv": paper.text("id"),
        "title": from_mixed(paper.text("title") or row.text("title")),
        "abstract": from_mixed(paper.text("summary") or row.text("summary")),
        "takeaway": from_plain(summary),
        "authors": [{"name": author.text("name")} for author in paper.rows("authors")],
        "date": (paper.text("publishedAt") or row.text("publishedAt"))[:10],
        "added": featured[:10],
        "kind": "preprint",
        "tags": keywords,
        "links": {"code": paper.text("githubRepo"), "project": paper.text("projectPage")},
        "extra": {
            **({"featured": featured[:10]} if featured else {}),
            **({"organization": name} if (name := paper.row("organization").text("fullname", "name")) else {}),
        },
        "signals": {
            **({"upvotes": {"value": upvotes, "source": _SERVICE}} if upvotes is not None else {}),
            **({"stars": {"value": stars, "source": _SERVICE}} if stars is not None else {}),
        },
        "made_by": {**({"takeaway": _SERVICE} if summary else {}), **({"tags": _SERVICE} if keywords else {})},
    }
    if paper is not row:
        paper.count_unused(_DULL)
    return values


def _is_entry(first: Mapping[str, Any]) -> bool:
    paper = first.get("paper")
    inner = paper if isinstance(paper, dict) else first
    return bool(_OWN & inner.keys()) and "title" in inner and not inner.keys() & {"paperId", "content", "authorships"}


READER = make_reader(convert_entry, _is_entry, COMMON, _DULL)
