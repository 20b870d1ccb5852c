"""Mail: messages with papers, for the page of an edition's mail and for sending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..languages import Language
from ..library.pieces import MailEntry, Move, SiteContext
from ..library.site import Site
from ..markup.texts import find_text, text_of
from ..model.build import Artifact
from ..model.catalogue import Collection
from ..model.record import Record
from ..text.characters import cut_words
from ..themes.rendering import render
from ..themes.theme import Theme
from ..urls import home, listing, paper

_AUTHORS = 4
_TEXT = 240
# More than any message of 100 kB can hold: an entry takes some 300 bytes at least.
_MOST = 400
# Below 100 kB, since Gmail is reported to cut messages off at 102 kB; some room is left for a
# link by which a reader unsubscribes.
LARGEST = 99_000
_FEWEST_FULL = 10


@dataclass(frozen=True, slots=True)
class MailPage:
    """`mail.html` and `mail.txt`: a digest as it is sent, and as a page, in `language`. All addresses are
    absolute. There are `count` papers; only the first `full` entries show their text; `more` says how many papers are
    left out (empty: none), `unsubscribe` leads to a page where that can be done; `direction` is that of the site's
    language where it is not that of the message's."""

    site: SiteContext
    language: str
    direction: str
    title: str
    date: str
    deck: str
    url: str
    entries: tuple[MailEntry, ...]
    count: int
    full: int
    more: str
    home: str
    archive: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers for a message, with the message's title, date and page.

    `path` is the page that holds the papers; `ranks` and `moves` go along with their ids, or are empty. `total` is the
    number of papers, where it is larger than the number of ids.
    """

    title: str
    date: str
    path: str
    papers: tuple[str, ...]
    ranks: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()
    total: int = 0

    @property
    def count(self) -> int:
        """The number of papers, shown or not."""
        return max(self.total, len(self.papers))


def select_collection(site: Site, collection: Collection, language: Language) -> Selection:
    """Selects all papers of a collection, in its order."""
    edition = site.editions.get(collection.id)
    return Selection(
        title=collection.title,
        date=language.show_date(collection.date, "mail") if collection.date else "",
        path=listing("collections", collection.slug),
        papers=collection.papers,
        ranks=tuple(range(1, len(collection.papers) + 1)),
        moves=edition.moves if edition else (),
    )


@dataclass(slots=True)
class MailWriter:
    """A writer of messages in one language; each paper's entry is created once."""

    site: Site
    language: Language
    _entries: dict[tuple[str, str, str], MailEntry] = field(default_factory=dict)

    def write(self, selection: Selection) -> MailPage:
        """Returns the message with these papers, up to a limit."""
        site, language = self.site, self.language
        papers = selection.papers[:_MOST]
        addresses = site.addresses
        return MailPage(
            site=site.context,
            language=language.code,
            direction=language.mark(site.config.language)[1],
            title=selection.title,
            date=selection.date,
            deck=language.t("mail.papers", count=selection.count),
            url=addresses.absolute(selection.path),
            entries=tuple(self._make_entry(selection, place, ident) for place, ident in enumerate(papers)),
            count=selection.count,
            full=len(papers),
            more="",
            home=addresses.absolute(home()),
            archive=addresses.absolute(listing("collections")),
            unsubscribe=addresses.absolute(listing("subscribe")),
        )

    def _make_entry(self, selection: Selection, place: int, ident: str) -> MailEntry:
        rank = str(selection.ranks[place]) if selection.ranks else ""
        move = selection.moves[place] if selection.moves else None
        shown = self.language.t(f"mail.move_{move.kind}", places=move.places) if move else ""
        key = (ident, rank, shown)
        if key not in self._entries:
            self._entries[key] = self._write_entry(ident, rank, shown)
        return self._entries[key]

    def _write_entry(self, ident: str, rank: str, move: str) -> MailEntry:
        record = self.site.catalogue.records[ident]
        return MailEntry(
            url=self.site.addresses.absolute(paper(self.site.catalogue.slugs[ident])),
            title=self.site.entries[ident].title,
            text=describe_paper(record),
            authors=self.language.join_names([author.name for author in record.authors], _AUTHORS, "mail.others"),
            venue=self.site.entries[ident].venue,
            date=self.language.show_date(record.date, "mail") if record.date else "",
            rank=rank,
            move=move,
            retracted=record.retracted,
        )


def describe_paper(record: Record) -> str:
    """Returns the plain text that a message shows of a paper.

    It is the takeaway, or the beginning of the summary or abstract.
    """
    return text_of(record, "takeaway").plain or cut_words(find_text(record, "summary", "abstract").plain, _TEXT)


@dataclass(frozen=True, slots=True)
class MailWork:
    """A digest as a page: the HTML that is sent."""

    page: MailPage

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the page."""
        yield Artifact(paths[0], render_html(theme, self.page)[0].encode())


@dataclass(frozen=True, slots=True)
class Mail:
    """A message's two texts, and how many papers they show."""

    html: str
    text: str
    shown: int


def render_mail(theme: Theme, page: MailPage) -> Mail:
    """Renders a message as HTML of less than 100 kB, and as text."""
    html, cut = render_html(theme, page)
    return Mail(html, render(theme, "mail.txt", cut), len(cut.entries))


def render_html(theme: Theme, page: MailPage) -> tuple[str, MailPage]:
    """Renders the HTML of less than 100 kB; returns the shortened page as well.

    A page that is too long shows the texts of the first papers alone; if that is still too long, it ends with a link to
    the rest.
    """
    versions: dict[tuple[int, int], tuple[str, MailPage]] = {}

    def make(shown: int, full: int) -> tuple[str, MailPage]:
        if (shown, full) not in versions:
            cut = _cut(theme.language, page, shown, full)
            # Lines end differently in mail and in files: in one line the page and the message are the same bytes.
            versions[shown, full] = (" ".join(render(theme, "mail.html", cut).split("\n")).strip(), cut)
        return versions[shown, full]

    def is_short(shown: int, full: int) -> bool:
        return len(make(shown, full)[0].encode()) <= LARGEST

    count = len(page.entries)
    least = min(_FEWEST_FULL, count)
    full = _search(least, count, lambda full: is_short(count, full))
    if full > least or is_short(count, least):
        return make(count, full)
    shown = _search(0, count, lambda shown: is_short(shown, least))
    return make(shown, least)


def _cut(language: Language, page: MailPage, shown: int, full: int) -> MailPage:
    left = page.count - shown
    more = language.t("mail.more", count=left) if left else ""
    return replace(page, entries=page.entries[:shown], full=min(full, shown), more=more)


def _search(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """Returns the largest number from `low` up to `high` that fits. `low` must fit."""
    if fits(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
