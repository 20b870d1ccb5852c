"""Mail: papers as a message shows them, for the page of an edition's mail and for what is sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..languages.words import Phrases
from ..library.pieces import MailEntry, Move
from ..library.site import Site
from ..markup.markdown import strip_markup
from ..model.catalogue import Collection
from ..model.record import Record
from ..text.characters import cut_words
from ..text.names import join_names
from ..urls import home, listing, paper
from .contexts import MailPage

_AUTHORS = 4
_TEXT = 240
# More than any message of 100 kB can hold: an entry takes some 300 bytes at least.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers for a message: its title, the line above it, the path of the page that holds them, ids in order;
    `ranks` and `moves` go along with the ids, or are empty. `total` is how many there are, where that is more than
    are to be shown."""

    title: str
    date: str
    path: str
    papers: tuple[str, ...]
    ranks: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()
    total: int = 0

    @property
    def count(self) -> int:
        """How many papers there are, shown or not."""
        return max(self.total, len(self.papers))


def select_collection(site: Site, collection: Collection, phrases: Phrases) -> Selection:
    """All papers of a collection, in its order."""
    edition = site.editions.get(collection.id)
    return Selection(
        title=collection.title,
        date=phrases.show_date(collection.date) if collection.date else "",
        path=listing("collections", collection.slug),
        papers=collection.papers,
        ranks=tuple(range(1, len(collection.papers) + 1)),
        moves=edition.moves if edition else (),
    )


@dataclass(slots=True)
class MailWriter:
    """Makes messages in one language out of an site; each paper's entry is made once."""

    site: Site
    phrases: Phrases
    _made: dict[tuple[str, str, str], MailEntry] = field(default_factory=dict)

    def write(self, selection: Selection) -> MailPage:
        """The message with these papers, as far as one can hold them."""
        site, phrases = self.site, self.phrases
        papers = selection.papers[:_MOST]
        addresses = site.addresses
        return MailPage(
            site=site.context,
            language=phrases.language,
            title=selection.title,
            date=selection.date,
            deck=phrases.count_papers(selection.count),
            url=addresses.absolute(selection.path),
            entries=tuple(self._make_entry(selection, place, ident) for place, ident in enumerate(papers)),
            count=selection.count,
            full=len(papers),
            more="",
            home=addresses.absolute(home()),
            archive=addresses.absolute(listing("collections")),
            unsubscribe=addresses.absolute(listing("subscribe")),
            texts=phrases.words,
        )

    def _make_entry(self, selection: Selection, place: int, ident: str) -> MailEntry:
        rank = str(selection.ranks[place]) if selection.ranks else ""
        move = selection.moves[place] if selection.moves else None
        shown = self.phrases.show_move(move.kind, move.places) if move else ""
        key = (ident, rank, shown)
        if key not in self._made:
            self._made[key] = self._write_entry(ident, rank, shown)
        return self._made[key]

    def _write_entry(self, ident: str, rank: str, move: str) -> MailEntry:
        record = self.site.catalogue.records[ident]
        return MailEntry(
            url=self.site.addresses.absolute(paper(self.site.catalogue.slugs[ident])),
            title=self.site.entries[ident].title,
            text=describe_paper(record),
            authors=join_names(tuple(author.name for author in record.authors), _AUTHORS, self.phrases.others),
            venue=self.site.entries[ident].venue,
            date=self.phrases.show_date(record.date) if record.date else "",
            rank=rank,
            move=move,
            retracted=record.retracted,
        )


def describe_paper(record: Record) -> str:
    """What a message says of a paper: its takeaway, or the beginning of its summary or abstract; plain text."""
    return strip_markup(record.takeaway) or cut_words(strip_markup(record.summary or record.abstract), _TEXT)
