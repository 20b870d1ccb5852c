"""Record: one paper, validated when created, frozen. No file handles, no HTML."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, NamedTuple

from .date import PartialDate
from .digests import digest_bytes
from .errors import FieldError, RecordError
from .links import check_link, is_file, is_picture

KINDS = ("article", "book", "chapter", "dataset", "inproceedings", "misc", "preprint", "report", "software", "thesis")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A former address: a slug, or a path with a slash, as other tools write it: no part begins or ends with a dot.
_PART = r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"
_ALIAS = re.compile(rf"[a-z0-9-]+|(?=.*/)(?!/*index\.html/*\Z)/*{_PART}(?:/+{_PART})*/*")
# Names of devices, which no folder can have on Windows.
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[1-9]")
_MOST = 10**12
_SPACE = re.compile(r"\s")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a record in the content folder: file, line, lines of fields.

    `native` records belong to the site, others are imported; a `by_title` record has its title's slug as id.
    """

    file: str
    line: int = 1
    native: bool = True
    by_title: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        """Returns the line of a field, or the record's line where unknown."""
        return self.lines.get(name, self.line)


@dataclass(frozen=True, slots=True)
class Author:
    """A person as a paper names them."""

    name: str
    """The name; in a list of authors it may stand alone."""
    id: str = ""
    """What tells apart two people of one name: a word or a number."""
    orcid: str = ""
    """The ORCID, `0000-0000-0000-0000`."""
    affiliation: str = ""
    """Where the person worked."""
    url: str = ""
    """The person's own page."""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise FieldError("authors", "an author has no name", "Write the name, or leave the author out.")
        if self.orcid and not _ORCID.fullmatch(self.orcid):
            raise FieldError("authors", f"{self.orcid!r} is not an ORCID", "Write 0000-0000-0000-0000.")
        if self.url:
            check_link("authors", self.url)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a paper: its kind (`pdf`, `code`, …) and its http(s) address.

    As it is read, the address may be the path of a file beside the record or in the static folder.
    """

    kind: str
    url: str


class Signal(NamedTuple):
    """A count that a service gave of a paper (`upvotes`, `stars`, …), with its day."""

    name: str
    value: int
    date: PartialDate | None = None
    source: str = ""


class Text(NamedTuple):
    """A Markdown text of a record, parsed.

    `markdown` has closed blocks, with headings below level 2, and `html` is its HTML. `inline` is HTML without blocks
    and links, of titles and takeaways only. `plain` is one line, with formulas as Unicode. `spans` are the pieces of a
    title: `em`, `strong`, `s`, `code`, `math` or nothing, and plain text or TeX. `unreadable` are the formulas that no
    library can read.
    """

    source: str
    markdown: str
    html: str
    inline: str
    plain: str
    spans: tuple[tuple[str, str], ...] = ()
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A paper. Empty text, empty tuples and None mean unknown.

    Below each field stands what docs/fields.md says of it; fields that are not Markdown are plain text. Raises
    RecordError with all invalid fields. `digest` is the digest of all fields; `texts` are parsed texts by field, where
    parsing takes long (`markup.texts.text_of` returns any of them).
    """

    id: str
    """One word that never changes: arXiv id, DOI, BibTeX key or any other; by default the file's name. Unique,
    upper and lower case alike."""
    title: str
    """Required: one line of Markdown with `$math$`."""
    other_titles: tuple[str, ...] = ()
    """List of titles under which it was also listed; search finds them, imports match them."""
    authors: tuple[Author, ...] = ()
    """List of names, or of `{name, id, orcid, affiliation, url}`; `id` tells apart two people of one name."""
    date: PartialDate | None = None
    """When it first appeared: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; shown as precisely as it is given."""
    added: PartialDate | None = None
    """When it came into this site; feeds use it; by default `date`."""
    venue: str = ""
    """Where it was published: a conference or a journal."""
    venue_year: str = ""
    """The year of the venue, where it is not that of `date`."""
    booktitle: str = ""
    """The book or the proceedings, as in BibTeX. Without a venue, proceedings are one, less their number and year."""
    series: str = ""
    """The series of the book, as in BibTeX."""
    editors: tuple[Author, ...] = ()
    """The editors of the book, like `authors`."""
    address: str = ""
    """The place of the publisher or of the conference, as in BibTeX."""
    volume: str = ""
    """The volume of the journal or of the series."""
    issue: str = ""
    """The number of the journal."""
    pages: str = ""
    """First and last page, `12-34`, or the number of the article."""
    publisher: str = ""
    """The publisher, or the school of a thesis."""
    kind: str = ""
    """`article`, `book`, `chapter`, `dataset`, `inproceedings`, `misc`, `preprint`, `report`, `software` or
    `thesis`."""
    tags: tuple[str, ...] = ()
    """List of slugs; where there is a `tags.yaml`, of its tags."""
    abstract: str = ""
    """The authors' own: Markdown with math."""
    summary: str = ""
    """Yours: Markdown with math."""
    takeaway: str = ""
    """Yours: one sentence of Markdown with math."""
    notes: str = ""
    """Yours, such as the notes of a meeting: Markdown with math."""
    arxiv: str = ""
    """The arXiv id, checked for its form; it becomes a link."""
    doi: str = ""
    """The DOI, checked for its form; it becomes a link."""
    pmid: str = ""
    """The number at PubMed; it becomes a link."""
    isbn: str = ""
    """The ISBN, of 10 or 13 digits."""
    bibkey: str = ""
    """The key of the BibTeX entry; by default made of name, year and title."""
    links: tuple[Link, ...] = ()
    """`{pdf, code, project, data, demo, slides, video, poster, …}`: http and https, or [a file beside the record or in
    the static folder](records.md#files-of-a-paper): `pdf: a.pdf`."""
    picture: str = ""
    """The path of [a picture beside the record or in the static folder](records.md#files-of-a-paper): shown on the
    paper's page, and small in lists with `thumbnails: yes`."""
    picture_alt: str = ""
    """The picture in words, for those who do not see it."""
    category: str = ""
    """arXiv's category, such as `cs.CL`."""
    awards: tuple[str, ...] = ()
    """List of texts."""
    language: str = ""
    """The language of the paper: a code such as `en`."""
    license: str = ""
    """The licence of the paper."""
    retracted: str = ""
    """`yes`, or why."""
    draft: str = ""
    """`yes`, or why: [only a preview shows the paper](records.md#drafts)."""
    note: str = ""
    """One line that stands on the page and in citations."""
    slug: str = ""
    """The address you want, `/papers/SLUG/`; by default made from the title."""
    aliases: tuple[str, ...] = ()
    """List of former addresses, which then lead here: `old-slug`, or a path, `/any/old/path/` or `/poster_B1x.html`;
    anything else is an error, and so is the address of another page."""
    related: tuple[str, ...] = ()
    """List of ids: the related papers that you choose; they come first on the paper's page, marked as chosen by
    hand."""
    signals: tuple[Signal, ...] = ()
    """What services count of the paper: `{upvotes: {value: 42, date: 2026-11-23, source: Hugging Face}}`; shown
    with day and source, and collections can [rank by them](records.md#tagsyaml-and-collections)."""
    made_by: Mapping[str, str] = field(default_factory=dict)
    """What wrote `takeaway`, `summary` or `tags`, where no person did: `{takeaway: central-sentence}`, or with a
    reason after a colon; the page says so, and the search has a filter for it. Delete the entry once the text is
    yours."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """A map of your own."""
    origin: Origin = field(default=Origin(""), compare=False, repr=False)
    texts: Mapping[str, Text] = field(default_factory=dict, compare=False, repr=False)
    digest: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        errors = tuple(_find_errors(self))
        if errors:
            raise RecordError(errors)
        # Pages show all fields, and link to the origin.
        shown = marshal.dumps((list_values(self), self.origin.file, self.origin.native), 2)
        object.__setattr__(self, "digest", digest_bytes(shown))

    @property
    def year(self) -> int | None:
        """The year of the date, or the venue's year without a date."""
        if self.date:
            return self.date.year
        return int(self.venue_year) if self.venue_year else None

    @property
    def day(self) -> int:
        """The day of addition, or else the date, as an ordinal; 0 without either."""
        date = self.added or self.date
        return date.first_day.toordinal() if date else 0

    def find_link(self, kind: str) -> str:
        """Returns the address of the first link of a kind; an empty text without one."""
        return next((link.url for link in self.links if link.kind == kind), "")

    def list_programs(self) -> dict[str, str]:
        """Returns the programs that wrote fields, by field, without empty fields."""
        return {name: program for name, program in self.made_by.items() if getattr(self, name)}

    def count_signal(self, name: str) -> int:
        """Returns the value of a signal; -1 without it."""
        return next((signal.value for signal in self.signals if signal.name == name), -1)


FIELDS = tuple(item.name for item in fields(Record) if item.name not in ("origin", "texts", "digest"))
KNOWN = frozenset(FIELDS)
AUTHOR_FIELDS = tuple(item.name for item in fields(Author))
_read_fields, _read_author = attrgetter(*FIELDS), attrgetter(*AUTHOR_FIELDS)
PEOPLE = (FIELDS.index("authors"), FIELDS.index("editors"))
DATES = (FIELDS.index("date"), FIELDS.index("added"))
LINKS = FIELDS.index("links")
SIGNALS = FIELDS.index("signals")
# Fields that a program may fill.
FILLABLE = ("takeaway", "summary", "tags")


def list_values(record: Record) -> list[Any]:
    """Lists the values of `FIELDS` in order, as text, numbers, tuples and dicts.

    An author is a tuple of `AUTHOR_FIELDS`, a date is (year, month, day), a link is (kind, url), a signal is (name,
    value, date, source).
    """
    values = list(_read_fields(record))
    for place in PEOPLE:
        if people := values[place]:
            values[place] = tuple(map(_read_author, people))
    for place in DATES:
        if date := values[place]:
            values[place] = (date.year, date.month, date.day)
    if links := values[LINKS]:
        values[LINKS] = tuple([(link.kind, link.url) for link in links])
    if signals := values[SIGNALS]:
        days = [(one.date.year, one.date.month, one.date.day) if one.date else None for one in signals]
        values[SIGNALS] = tuple(
            [(one.name, one.value, day, one.source) for one, day in zip(signals, days, strict=True)]
        )
    return values


def is_alias(text: str) -> bool:
    """Returns whether a text is a former address: a slug, or a portable path."""
    if len(text) > 200 or not _ALIAS.fullmatch(text):
        return False
    return not any(map(is_device, text.split("/")))


def is_device(name: str) -> bool:
    """Returns whether Windows takes a file's name for a device: `con`, `aux.html`."""
    return _DEVICE.fullmatch(name.partition(".")[0].lower()) is not None


def has_form(name: str, value: str) -> bool:
    """Returns whether an identifier, a slug or a year is of its field's form."""
    return _FORM_OF[name].fullmatch(value) is not None


# The form of a field, and an example. Publishers put < > ( ) ; and more into DOIs.
_FORMS = tuple(
    (name, re.compile(form), example)
    for name, form, example in (
        ("arxiv", r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v[1-9]\d*)?", "2401.10020 or hep-th/9901001"),
        ("doi", r"10\.\d{4,9}(?:\.\d+)*/[^\s\"{}\\]+", "10.1109/5.771073"),
        ("bibkey", r"[^\s{}(),\\\"'#%~=]+", "knuth1984literate"),
        ("isbn", r"(?:\d[- ]?){9}[\dXx]|(?:\d[- ]?){12}\d", "978-0-306-40615-7"),
        ("language", r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "en or pt-BR"),
        ("slug", _SLUG, "on-reading-lists"),
        ("pmid", r"[0-9]+", "its digits alone"),
        ("venue_year", r"[0-9]{4}", "four digits"),
    )
)
_FORM_OF = {name: form for name, form, _ in _FORMS}


def _find_errors(record: Record) -> Iterator[FieldError]:
    if not record.id:
        yield FieldError("id", "the paper has no id", "Write an id, or name the file after the paper.")
    if len(record.id) > 200 or _SPACE.search(record.id):
        yield FieldError("id", f"{record.id[:60]!r} is not an id", "Write one word of at most 200 characters.")
    if not record.title.strip():
        yield FieldError("title", "the paper has no title", "Add a line such as: title: On Reading Lists")
    if record.kind and record.kind not in KINDS:
        yield FieldError("kind", f"{record.kind!r} is not a kind of paper", f"Write one of {', '.join(KINDS)}.")
    for name, form, example in _FORMS:
        value = getattr(record, name)
        if value and not form.fullmatch(value):
            yield FieldError(name, f"{value!r} is not of its form", f"Write it as {example}.")
    for tag in record.tags:
        if not _SLUG.fullmatch(tag):
            yield FieldError("tags", f"{tag!r} is not a tag", "Write a slug: lower case, a-z, 0-9 and hyphens.")
    for alias in record.aliases:
        if not is_alias(alias):
            remedy = "Write old-slug or /old/path/: a-z, A-Z, 0-9, hyphens, _ and dots, at most 200 characters."
            yield FieldError("aliases", f"{alias[:60]!r} is no address of a redirect page", remedy)
    for signal in record.signals:
        if not _SLUG.fullmatch(signal.name) or not 0 <= signal.value < _MOST:
            remedy = "Write `signals: {upvotes: {value: 12, date: 2026-11-23, source: a service}}`."
            yield FieldError("signals", f"{signal.name[:60]!r} is no name of a whole number", remedy)
    for name, program in record.made_by.items():
        if name not in FILLABLE:
            yield FieldError("made_by", f"no program fills {name!r}", f"Write one of {', '.join(FILLABLE)}.")
        if not program or len(program) > 200:
            remedy = "Write the name of a program, in 200 characters at most."
            yield FieldError("made_by", f"{program[:60]!r} is no name of what made {name!r}", remedy)
    for name, slug in (("slug", record.slug), *(("tags", tag) for tag in record.tags)):
        if len(slug) > 80:
            yield FieldError(name, f"{slug[:20]}… is longer than 80 characters", "Write a shorter one.")
        if _DEVICE.fullmatch(slug):
            yield FieldError(name, f"{slug!r} is a name that Windows reserves", "Write another word.")
    if record.picture and not (is_file(record.picture) and is_picture(record.picture)):
        remedy = "Write the path of a PNG, JPEG, GIF, WebP, AVIF or SVG, beside the record or in static/."
        yield FieldError("picture", f"{record.picture[:60]!r} is no picture", remedy)
    for link in record.links:
        if not is_file(link.url):
            try:
                check_link("links", link.url)
            except FieldError as error:
                yield error
