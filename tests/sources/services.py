"""Services of the tests: invented papers, in the shapes that the services' documentations show.

arXiv's API (Atom with OpenSearch numbers, paged by `start` and `max_results`), the Hub's daily papers (a list of a
day), OpenAlex's and Crossref's works (cursors), an RSS feed, a JSON Feed, files.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from web_server import Asked, Reply

MONDAY = datetime.date(2026, 3, 2)
ORCID = "0000-0002-1825-0097"
WORDS = (
    "moss lantern harbour copper glacier velvet thicket ember quarry willow anchor thistle marble heron orchard".split()
)


def days_after(number: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=number)


@dataclass(frozen=True)
class Paper:
    """An invented paper; `day` is the day when its service announces it."""

    number: int
    day: datetime.date
    version: int = 1
    changed: datetime.date | None = None
    comment: str = ""
    words: str = ""

    @property
    def arxiv(self) -> str:
        return f"26{self.day.month:02d}.{self.number:05d}"

    @property
    def title(self) -> str:
        return f"{self.words or WORDS[self.number % len(WORDS)].capitalize()} study number {self.number}"

    @property
    def authors(self) -> list[str]:
        return [f"Ada {WORDS[self.number % 7].capitalize()}", f"Grace {WORDS[self.number % 11].capitalize()}"]

    @property
    def doi(self) -> str:
        return f"10.5555/{self.number}"


@dataclass
class World:
    """All papers by service, and the present day: services answer their announcements until then."""

    today: datetime.date = MONDAY
    arxiv: list[Paper] = field(default_factory=list)
    daily: list[Paper] = field(default_factory=list)
    works: list[Paper] = field(default_factory=list)
    feed: list[Paper] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """The answer of the service at a path."""
        services = {
            "/arxiv": self.answer_arxiv,
            "/daily": self.answer_daily,
            "/openalex": self.answer_openalex,
            "/crossref": self.answer_crossref,
            "/feed.xml": self.answer_feed,
            "/feed.json": self.answer_json_feed,
            "/list.bib": self.answer_file,
        }
        return services[asked.path](asked)

    def announced(self, papers: Iterable[Paper]) -> list[Paper]:
        """The papers that a service has announced, the newest first."""
        return sorted(
            (one for one in papers if one.day <= self.today), key=lambda one: (one.day, one.number), reverse=True
        )

    def answer_arxiv(self, asked: Asked) -> Reply:
        query = asked.query
        assert query["sortBy"] == "lastUpdatedDate"
        assert query["sortOrder"] == "descending"
        known = sorted(self.announced(self.arxiv), key=lambda one: (one.changed or one.day, one.number), reverse=True)
        start, size = int(query["start"]), int(query["max_results"])
        page = known[start : start + size]
        entries = "".join(map(write_entry, page))
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
            ' xmlns:arxiv="http://arxiv.org/schemas/atom">\n'
            f"<title>ArXiv Query: {escape(query['search_query'])}</title>\n"
            f"<opensearch:totalResults>{len(known)}</opensearch:totalResults>\n"
            f"<opensearch:startIndex>{start}</opensearch:startIndex>\n"
            f"<opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>\n{entries}</feed>\n"
        )
        return Reply(text.encode(), headers={"Content-Type": "application/atom+xml; charset=utf-8"})

    def answer_daily(self, asked: Asked) -> Reply:
        day = datetime.date.fromisoformat(asked.query["date"])
        start = int(asked.query.get("p", "0")) * int(asked.query["limit"])
        listed = [one for one in self.announced(self.daily) if one.day == day][::-1]
        return reply_json([write_daily(one) for one in listed[start : start + int(asked.query["limit"])]])

    def answer_openalex(self, asked: Asked) -> Reply:
        page, following = self._page(asked, int(asked.query["per_page"]))
        return reply_json(
            {"meta": {"count": len(self.works), "next_cursor": following}, "results": list(map(write_work, page))}
        )

    def answer_crossref(self, asked: Asked) -> Reply:
        page, following = self._page(asked, int(asked.query["rows"]))
        message = {
            "total-results": len(self.works),
            "next-cursor": following or "end",
            "items": list(map(write_item, page)),
        }
        return reply_json({"status": "ok", "message-type": "work-list", "message": message})

    def _page(self, asked: Asked, size: int) -> tuple[list[Paper], str | None]:
        known = self.announced(self.works)
        start = 0 if asked.query["cursor"] == "*" else int(asked.query["cursor"].removeprefix("at-"))
        return known[start : start + size], f"at-{start + size}" if start + size < len(known) else None

    def answer_feed(self, _: Asked) -> Reply:
        items = "".join(
            f"<item><title>{escape(one.title)}</title><link>https://journal.example.org/{one.number}</link>"
            f"<dc:creator>{one.authors[0]}</dc:creator><pubDate>{one.day:%a, %d %b %Y} 08:00:00 GMT</pubDate>"
            f"<prism:doi>{one.doi}</prism:doi><description>&lt;p&gt;About {one.number}.&lt;/p&gt;</description></item>\n"
            for one in self.announced(self.feed)
        )
        text = (
            '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>A journal</title>'
            f"{items}</channel></rss>"
        )
        return Reply(text.encode(), headers={"Content-Type": "application/rss+xml", "ETag": f'"{len(items)}"'})

    def answer_json_feed(self, _: Asked) -> Reply:
        items = [
            {
                "id": f"https://doi.org/{one.doi}",
                "url": f"https://journal.example.org/{one.number}",
                "title": one.title,
                "authors": [{"name": name} for name in one.authors],
                "date_published": f"{one.day}T08:00:00Z",
                "summary": f"About {one.number}.",
            }
            for one in self.announced(self.feed)
        ]
        return reply_json({"version": "https://jsonfeed.org/version/1.1", "title": "A journal", "items": items})

    def answer_file(self, _: Asked) -> Reply:
        entries = (
            f"@article{{key{one.number}, title={{{one.title}}}, author={{{' and '.join(one.authors)}}}, year={{2026}}, doi={{{one.doi}}}}}\n"
            for one in self.announced(self.works)
        )
        return Reply("".join(entries).encode(), headers={"Content-Type": "text/plain"})


def reply_json(value: Any) -> Reply:
    return Reply(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


def find_submission(day: datetime.date) -> datetime.datetime:
    """A time of submission whose papers are in the list of a working day."""
    before = {0: 3, 1: 1}.get(day.weekday(), 1)  # Monday's list has Friday's papers, Tuesday's those of the weekend
    return datetime.datetime.combine(day - datetime.timedelta(days=before), datetime.time(12), datetime.UTC)


def write_entry(one: Paper) -> str:
    """An entry of arXiv's API."""
    published = find_submission(one.day)
    updated = datetime.datetime.combine(one.changed, datetime.time(12), datetime.UTC) if one.changed else published
    authors = "".join(f"<author><name>{name}</name></author>" for name in one.authors)
    comment = f"<arxiv:comment>{escape(one.comment)}</arxiv:comment>" if one.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{one.arxiv}v{one.version}</id><updated>{updated:%Y-%m-%dT%H:%M:%SZ}</updated>"
        f"<published>{published:%Y-%m-%dT%H:%M:%SZ}</published><title>{escape(one.title)}</title>"
        f"<summary>What {one.number} says, in version {one.version}.</summary>{authors}{comment}"
        f'<link href="http://arxiv.org/abs/{one.arxiv}" rel="alternate" type="text/html"/>'
        '<arxiv:primary_category term="cs.LG"/><category term="cs.LG"/></entry>\n'
    )


def write_daily(one: Paper) -> dict[str, Any]:
    """An entry of the Hub's list."""
    submitted = f"{one.day - datetime.timedelta(days=2)}T10:00:00.000Z"
    return {
        "paper": {
            "id": one.arxiv,
            "authors": [{"name": name, "hidden": False} for name in one.authors],
            "title": one.title,
            "summary": f"What {one.number} says.",
            "publishedAt": submitted,
            "submittedOnDailyAt": f"{one.day}T06:00:00.000Z",
            "upvotes": one.number,
            "githubRepo": f"https://github.com/example/{one.number}",
        },
        "title": one.title,
        "publishedAt": submitted,
        "numComments": 0,
    }


def write_work(one: Paper) -> dict[str, Any]:
    """A work of OpenAlex."""
    return {
        "id": f"https://openalex.org/W{one.number}",
        "doi": f"https://doi.org/{one.doi}",
        "title": one.title,
        "display_name": one.title,
        "publication_date": one.day.isoformat(),
        "type": "article",
        "is_retracted": one.comment == "retracted",
        "authorships": [{"author": {"display_name": name, "orcid": None}, "institutions": []} for name in one.authors],
        "abstract_inverted_index": {"What": [0], str(one.number): [1], "says.": [2]},
    }


def write_item(one: Paper) -> dict[str, Any]:
    """A work of Crossref."""
    return {
        "DOI": one.doi,
        "title": [one.title],
        "type": "journal-article",
        "author": [dict(zip(("given", "family"), name.split(), strict=True)) for name in one.authors],
        "issued": {"date-parts": [[one.day.year, one.day.month, one.day.day]]},
        "container-title": ["A journal"],
    }


def number_papers(start: int, counts: Iterable[int], first: datetime.date = MONDAY) -> Iterator[Paper]:
    """Papers by the number of each day."""
    number = start
    for offset, count in enumerate(counts):
        for _ in range(count):
            yield Paper(number, first + datetime.timedelta(days=offset))
            number += 1
