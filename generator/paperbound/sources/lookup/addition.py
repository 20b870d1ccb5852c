"""Addition: papers that were looked up become records, each paper once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...content.duplicates import compare_value
from ...content.folder import read_collections
from ...content.imports import ImportLibrary
from ...content.tags import match_keywords
from ...formats.yamlrecord import replace_papers, write_collection
from ...model.catalogue import Collection, Tag
from ...model.date import PartialDate
from ...model.errors import Fault, InputError, Report, name_nearest
from ...model.record import FIELDS, Record, has_form
from ...text.yamltext import YamlError
from ..changes import open_content, write_changes
from ..client import Client, Clock
from ..reading import Reading
from ..same import find_same
from .identifiers import Identifier
from .lookup import Result, look_up

# Fields of the site's own, and those of which a record has values of several services.
_OURS = frozenset(("id", "added", "tags", "extra", "links", "signals", "made_by"))


@dataclass(frozen=True, slots=True)
class AddOptions:
    """Options of an addition: what to look up, and what the papers get besides.

    `today` is the day when new papers came into the site. `urls` are other addresses of services by their names;
    `environment` has the keys.
    """

    content: Path
    identifiers: tuple[Identifier, ...]
    today: PartialDate
    tags: tuple[str, ...] = ()
    collection: str = ""
    urls: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddedPaper:
    """A paper that was found: its record, and what came from the service.

    `state` is `added`, `filled in` or `left as it was`; `fields` are those of the service, `staying` those of which it
    says something else.
    """

    identifier: Identifier
    service: str
    address: str
    state: str
    record: Record
    file: str
    fields: tuple[str, ...]
    staying: tuple[str, ...] = ()


def add_papers(
    options: AddOptions, clock: Clock, report: Report, make_client: Callable[[str, Clock], Client]
) -> Iterator[AddedPaper | Result]:
    """Looks up the identifiers and writes each paper; yields it, or the result without one.

    Raises InputError for faulty input, before anything is looked up.
    """

    def read(tags: tuple[Tag, ...] | None, report: Report) -> Collection | None:
        _check_tags(options.tags, tags, report)
        collections = read_collections(options.content, report) if options.collection else ()
        return next((one for one in collections if one.id == options.collection), None)

    with open_content(options.content, report, read, update=True, dry_run=options.dry_run) as (
        site,
        tags,
        library,
        old,
    ):
        adder = _Adder(options, library, tags, old)
        reading = Reading(make_client(site, clock), options.content, report, options.environment)
        for result in look_up(options.identifiers, reading, options.urls):
            if result.records:
                yield from adder.add(result)
            else:
                yield result


def _check_tags(given: tuple[str, ...], tags: tuple[Tag, ...] | None, report: Report) -> None:
    known = None if tags is None else [tag.slug for tag in tags]
    for tag in given:
        if known is not None and tag not in known:
            report(Fault("--tag", 0, "", f"tags.yaml has no tag {tag!r}", name_nearest(tag, known, "tags")))
        elif not has_form("slug", tag):
            report(Fault("--tag", 0, "", f"{tag!r} is not a tag", "Write a slug: lower case, a-z, 0-9 and hyphens."))


@dataclass(slots=True)
class _Adder:
    """Adds papers to a library, and writes after each answer."""

    options: AddOptions
    library: ImportLibrary
    tags: tuple[Tag, ...]
    collection: Collection | None
    papers: list[str] = field(default_factory=list)
    written: dict[Path, str] = field(default_factory=dict)

    def add(self, result: Result) -> list[AddedPaper]:
        """Adds the papers of an answer, and writes what changed."""
        added = [self._add(result, record) for record in match_keywords(result.records, self.tags)]
        files = self.library.done.list_files()
        if (noted := self.library.imported.write()) != self.library.imported.text:
            files[self.library.imported.file] = noted
        if self.options.collection:
            files |= self._write_collection([one.record.id for one in added])
        files = {path: text for path, text in files.items() if self.written.get(path) != text}
        self.written |= files
        if not self.options.dry_run:
            write_changes(self.options.content, files)
        return added

    def _add(self, result: Result, record: Record) -> AddedPaper:
        library, tags = self.library, self.options.tags
        place = find_same(record, library)
        old = library.records[place] if place is not None else None
        if old:
            record = replace(record, id=old.id, tags=() if old.tags else record.tags)
        else:
            record = replace(record, tags=tuple(dict.fromkeys((*record.tags, *tags))))
        ident = library.add(record, self.options.today)
        given = library.give_tags(ident, tags)
        place = library.places["id", ident.lower()]
        new = library.records[place]
        changed = tuple(name for name in FIELDS if old and getattr(new, name) != getattr(old, name))
        fields = (
            changed if old else tuple(name for name in FIELDS if name not in ("id", "added") and getattr(new, name))
        )
        fields = tuple(name for name in fields if name != "tags" or set(new.tags) - set(tags))
        staying = tuple(name for name in FIELDS if old and name not in _OURS and _differs(name, record, new))
        state = "added" if not old else "filled in" if changed or given else "left as it was"
        file = library.paths[place].relative_to(self.options.content).as_posix()
        return AddedPaper(result.identifier, result.service, result.address, state, new, file, fields, staying)

    def _write_collection(self, idents: list[str]) -> dict[Path, str]:
        """Returns the file of the collection with the papers at its end."""
        old = self.collection
        known = [*(old.papers if old else ()), *self.papers]
        self.papers += [ident for ident in dict.fromkeys(idents) if ident not in known]
        name = self.options.collection
        if not old:
            title = name.replace("-", " ").capitalize()
            path = self.options.content / "collections" / f"{name}.yaml"
            return {path: write_collection(title, "", "", "", self.papers)}
        path = self.options.content / Path(old.file).relative_to(self.options.content.resolve().name)
        if not self.papers:
            return {}
        try:
            return {path: replace_papers(path.read_text("utf-8"), [*old.papers, *self.papers])}
        except YamlError as error:
            raise InputError([Fault(old.file, error.line, error.field, error.message, error.remedy)]) from error


def _differs(name: str, record: Record, new: Record) -> bool:
    theirs = getattr(record, name)
    return bool(theirs) and compare_value(name, theirs) != compare_value(name, getattr(new, name))
