"""Imports: records of other files merged into those of the content folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from ..config import Config
from ..formats.yamlrecord import replace_fields, write_record
from ..importers.fields import name_record
from ..markup.texts import text_of
from ..model.date import PartialDate
from ..model.errors import Fault, Report
from ..model.links import is_link
from ..model.record import FIELDS, Record
from ..storage.sources import leads_outside, walk_files
from ..text.slugs import LONGEST, add_suffix, add_unique_suffix, is_free, make_slug
from ..text.yamltext import load_entries
from ..urls import SiteAddresses, compare_address
from .duplicates import (
    are_distinct,
    compare_title,
    compare_value,
    drop_shared,
    fill_gaps,
    find_place,
    is_later,
    keys_of,
    make_distinct_id,
    report_same,
    show_value,
)
from .files.paper_files import StaticFiles
from .imported_values import ImportedValues

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# Fields that an update leaves: they are what the paper is called and where it is; `made_by` follows other fields.
_FIXED = frozenset(("id", "title", "slug", "aliases", "added", "made_by"))


class Change(NamedTuple):
    """A field that an import changed, with the old and the new value as shown."""

    file: str
    field: str
    old: str
    new: str


@dataclass(slots=True)
class ImportedFiles:
    """The files that an import writes, with its counts and its changes of fields.

    A file has its text, or a new record whose YAML is its text. `copies` are files that papers have, each with the file
    of the old site.
    """

    read: int = 0
    added: int = 0
    filled: int = 0
    texts: dict[Path, str] = field(default_factory=dict)
    new: dict[Path, Record] = field(default_factory=dict)
    copies: dict[Path, Path] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @property
    def paths(self) -> list[Path]:
        """The paths of all files, sorted."""
        return sorted((*self.texts, *self.new))

    def make_text(self, path: Path) -> str:
        """Makes the text of a file."""
        return self.texts[path] if path in self.texts else write_record(self.new[path], name_record(str(path)))

    def list_files(self) -> dict[Path, str]:
        """Returns the texts of all files by path, sorted."""
        return {path: self.make_text(path) for path in self.paths}


class ImportLibrary:
    """The records of a content folder, and the files that an import changes.

    `tags` are the topics of tags.yaml, or None without one. With `update`, imported values replace other values, except
    those that were edited by hand since an earlier import. `folder` is that of the file that is imported.
    """

    def __init__(
        self,
        content: Path,
        records: Iterable[Record],
        settings: Config,
        tags: frozenset[str] | None,
        update: bool,
        report: Report,
    ) -> None:
        self.content, self.tags, self.update, self.report = content, tags, update, report
        self.done = ImportedFiles()
        self.imported = ImportedValues.load(content)
        self.records: list[Record] = []
        self.paths: list[Path] = []
        self.places: dict[tuple[str, str], int] = {}
        self.addresses: dict[str, str] = {}
        self.former: set[str] = set()
        name = content.resolve().name
        for record in records:
            self._learn(record, content / Path(record.origin.file).relative_to(name), _find_slug(record))
        static = content / "static"
        files = [file.relative_to(static).as_posix() for file in walk_files(static)]
        self.static = StaticFiles(files)
        pages = (make_slug(file.stem) for file in (content / "pages").rglob("*.md"))
        folders = [one.folder for one in settings.versions]
        self.site = SiteAddresses(pages, files, dict(settings.redirects), folders)
        self.folder: Path | None = None
        self.stems = {file.stem.lower() for file in (content / "papers").rglob("*") if file.is_file()}

    def _learn(self, record: Record, path: Path, slug: str) -> None:
        for key in keys_of(record, titles=True):
            self.places.setdefault(key, len(self.records))
        for address in filter(None, (slug, *record.aliases)):
            self.addresses.setdefault(compare_address(address), record.id)
        self.former.update(map(compare_address, record.aliases))
        self.records.append(record)
        self.paths.append(path)

    def add(self, record: Record, date: PartialDate | None) -> str:
        """Adds a new record, or merges it into the same paper's record; returns its id."""
        self.done.read += 1
        place = self._find(record)
        if place is None:
            return self._add_new(replace(record, added=date) if date and not record.added else record)
        mine = self.records[place]
        record = drop_shared(record, place, self.places, self.records, self.report)
        record = self._fit(record, mine.id, self.paths[place].parent)
        report_same(record, mine, self.report)
        merged = self._update(mine, record) if self.update else fill_gaps(mine, record, self.report)
        merged = replace(merged, aliases=tuple(dict.fromkeys((*mine.aliases, *record.aliases))))
        names = [name for name in FIELDS if getattr(merged, name) != getattr(mine, name)]
        if names and self._write_changed(mine, merged, names, self.paths[place]):
            self.done.filled += 1
            self.records[place] = merged
            for key in keys_of(merged, titles=True):
                self.places.setdefault(key, place)
        # The `cite.bib` beside a page is known by the page's folder, and the record of the page is elsewhere.
        for key in keys_of(record, titles=False):
            self.places.setdefault(key, place)
        same = [name for name in FIELDS if getattr(record, name) and getattr(record, name) == getattr(merged, name)]
        if self.records[place] is merged or not names:
            self.imported.note(merged, same)
        return mine.id

    def _find(self, record: Record) -> int | None:
        """Finds the place of the same paper's record; None without one."""
        place = find_place(record, self.places)
        if place is None:
            return None
        # Of two papers with one id the second has got another.
        second = self.places.get(("id", make_distinct_id(record, {}).lower()))
        return second if second is not None else None if are_distinct(record, self.records[place]) else place

    def _add_new(self, record: Record) -> str:
        if ("id", record.id.lower()) in self.places:
            other = self.records[self.places[("id", record.id.lower())]]
            record = replace(record, id=make_distinct_id(record, self.places))
            message = f"the id is also that of {other.title[:60]!r}; this paper gets the id {record.id!r}"
            self._warn(record, "id", message, "Give each paper an id of its own.")
        record = drop_shared(record, -1, self.places, self.records, self.report)
        record = self._fit(record, record.id, self.content / "papers")
        slug = _find_slug(record)
        if compare_address(slug) in self.former:  # a page's former address leads to another paper
            slug = add_suffix(slug, record.id)
            record = replace(record, slug=slug)
        stem = record.id if _SAFE.fullmatch(record.id) and is_free(record.id.lower()) else ""
        stem = stem or make_slug(record.id)[:LONGEST] or "paper"
        if stem.lower() in self.stems or not is_free(stem.lower()):
            stem = add_unique_suffix(make_slug(stem), record.id, self.stems)
        self.stems.add(stem.lower())
        path = self.content / "papers" / f"{stem}.yaml"
        self.done.new[path] = record
        self.done.added += 1
        self.imported.note_new(record)
        self._learn(record, path, slug)
        return record.id

    def give_tags(self, ident: str, tags: Iterable[str]) -> bool:
        """Gives topics to a record that lacks them; returns whether its file changes."""
        place = self.places["id", ident.lower()]
        mine = self.records[place]
        given = replace(mine, tags=tuple(dict.fromkeys((*mine.tags, *tags))))
        if given == mine or not self._write_changed(mine, given, ["tags"], self.paths[place]):
            return False
        self.records[place] = given
        return True

    def rewrite(self, record: Record) -> None:
        """Writes a record that this import added, with further values."""
        place = self.places["id", record.id.lower()]
        record = self._fit(record, record.id, self.paths[place].parent)
        self.records[place] = self.done.new[self.paths[place]] = record
        self.done.texts.pop(self.paths[place], None)
        self.imported.note_new(record)

    def _fit(self, record: Record, ident: str, folder: Path) -> Record:
        """Drops shared addresses and missing files, and moves unknown topics to `extra`."""
        if record.picture or not all(is_link(link.url) for link in record.links):
            links = ((link, self._find_file(record, "links", link.url, ident, folder)) for link in record.links)
            record = replace(
                record,
                links=tuple(replace(link, url=url) for link, url in links if url),
                picture=self._find_file(record, "picture", record.picture, ident, folder) if record.picture else "",
            )
        free = [one for one in record.aliases if self._is_free(one, ident) and not self.site.has(one)]
        slug = record.slug if self._is_free(record.slug, ident) else ""
        if len(free) != len(record.aliases) or slug != record.slug:
            shared = next((one for one in record.aliases if one not in free), record.slug)
            message = f"the address {shared!r} is that of another page; left out"
            self._warn(record, "aliases", message, "Give it another.")
            record = replace(record, aliases=tuple(free), slug=slug)
        unknown = tuple(tag for tag in record.tags if self.tags is not None and tag not in self.tags)
        if unknown:
            message = f"tags.yaml has no tag {', '.join(map(repr, unknown))}; kept as `keywords` in `extra`"
            self._warn(record, "tags", message, "Add them to tags.yaml, and import the file again.")
            tags = tuple(tag for tag in record.tags if tag not in unknown)
            record = replace(record, tags=tags, extra={**record.extra, "keywords": unknown})
        return record

    def _find_file(self, record: Record, name: str, path: str, ident: str, folder: Path) -> str:
        """Finds a file in the static folder, or beside the imported file.

        The latter is copied to `folder`. Returns the path for the record, the address of a link, or an empty text for a
        missing file.
        """
        if is_link(path) or (folder / path).is_file():
            return path
        if found := self.static.find(path, native=False):
            return found
        beside = self.folder and self.folder / path
        if beside and self.folder and beside.is_file() and not leads_outside(beside, self.folder):
            copy = f"{make_slug(ident) or 'files'}/{path}"
            if not (folder / copy).exists():
                self.done.copies[folder / copy] = beside
            return copy
        message = f"there is no file {path!r} in static/, or beside the imported file; left out"
        self._warn(record, name, message, "Copy it to static/ of the content folder, and import the file again.")
        return ""

    def _is_free(self, address: str, ident: str) -> bool:
        return self.addresses.get(compare_address(address), ident) == ident

    def _warn(self, record: Record, name: str, message: str, remedy: str) -> None:
        origin = record.origin
        self.report(Fault(origin.file, origin.line_of(name), name, message, remedy, warning=True))

    def _update(self, mine: Record, record: Record) -> Record:
        news: dict[str, Any] = {}
        if compare_title(record.title) not in map(compare_title, (mine.title, *mine.other_titles)):
            message = f"{mine.id!r} keeps its title {show_value(mine.title)}, here stands {show_value(record.title)}"
            self._warn(record, "title", message, "Write the other title by hand, if it is the right one.")
        for name in FIELDS:
            old, new = getattr(mine, name), getattr(record, name)
            if name in _FIXED or not new or old == new:
                continue
            if name == "extra":
                others = {key: value for key, value in new.items() if _read_back(value) != _read_back(old.get(key))}
                if others:
                    news[name] = {**old, **others}
            elif name == "signals":
                names = {one.name for one in new}
                news[name] = (*(one for one in old if one.name not in names), *new)
            elif old and compare_value(name, old) == compare_value(name, new) and not is_later(name, old, new):
                continue
            elif old and self.imported.is_edited(mine, name):
                message = f"{mine.id!r} was edited by hand: {show_value(old)} stays, here stands {show_value(new)}"
                self._warn(record, name, message, "Delete the field, and import again to take the other value.")
            elif name == "links":
                kinds = {link.kind for link in new}
                news[name] = (*(link for link in old if link.kind not in kinds), *new)
            else:
                news[name] = new
        programs = {name: program for name, program in mine.made_by.items() if name not in news}
        programs |= {name: program for name, program in record.made_by.items() if name in news}
        return replace(mine, **(news | ({"made_by": programs} if programs != mine.made_by else {})))

    def _write_changed(self, mine: Record, merged: Record, names: list[str], path: Path) -> bool:
        done = self.done
        text = done.make_text(path) if path in done.texts or path in done.new else path.read_text("utf-8")
        if path.suffix not in (".yaml", ".yml") or load_entries(text)[0]:
            message = f"{mine.id!r} stands in a file that import does not change; left out: {', '.join(names)}"
            self.report(Fault(mine.origin.file, mine.origin.line, "", message, "Fill it in by hand.", warning=True))
            return False
        done.new.pop(path, None)
        done.texts[path] = replace_fields(text, merged, names)
        file = path.relative_to(self.content).as_posix()
        for name in names:
            old, new = _drop_common(getattr(mine, name), getattr(merged, name))
            done.changes.append(Change(file, name, show_value(old) if old else "", show_value(new)))
        return True


def _drop_common(old: Any, new: Any) -> tuple[Any, Any]:
    """Returns two values without the items that both lists have, unless nothing new is left."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return old, new
    added = tuple(item for item in new if item not in old)
    return (tuple(item for item in old if item not in new), added) if added else (old, new)


def _find_slug(record: Record) -> str:
    return record.slug or make_slug(text_of(record, "title").plain)


def _read_back(value: object) -> object:
    """Returns a value of `extra` as read from its file: scalars are texts."""
    if isinstance(value, Mapping):
        return {key: _read_back(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_read_back(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
