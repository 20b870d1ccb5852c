"""Profiles: people of authors.yaml, whose names and identifiers are written into records."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ...model.build import Source
from ...model.catalogue import Asset, Profile
from ...model.errors import FieldError, Report, name_nearest
from ...model.links import check_link
from ...model.record import Author, Record
from ...text.characters import match_form
from ...text.identifiers import find_orcid
from ...text.slugs import is_free, make_slug
from ...text.yamltext import Entry
from ..yaml_files import check_keys, load_yaml, read_text, report_field

PROFILES = "authors.yaml"
_YEAR = re.compile(r"[12]\d{3}")
_KEYS = tuple(item.name for item in fields(Profile) if item.name not in ("file", "line"))


def read_profiles(folder: Path, static: Iterable[Asset], report: Report) -> tuple[Profile, ...]:
    """Reads the people in authors.yaml; reports and omits faulty ones.

    A picture is one of the `static` files.
    """
    file = folder / PROFILES
    loaded = load_yaml(file, folder, report) if file.is_file() else None
    if not loaded:
        return ()
    source, entries = loaded
    pictures = [asset.path for asset in static]
    found: dict[str, Profile] = {}
    orcids: dict[str, str] = {}
    for entry in entries:
        try:
            one = _make_profile(source, entry, pictures)
            if one.id in found:
                raise FieldError("id", f"the id {one.id!r} stands twice", "Give one of the two people another id.")
            owner = orcids.setdefault(one.orcid, one.id) if one.orcid else one.id
            if owner != one.id:
                raise FieldError("orcid", f"{owner!r} has this ORCID, too", "An ORCID is of one person only.")
            found[one.id] = one
        except FieldError as error:
            report_field(source, entry, error, report)
    return tuple(found.values())


def _make_profile(source: Source, entry: Entry, pictures: Collection[str]) -> Profile:
    values = entry.values
    check_keys(values, _KEYS, "person")
    name = read_text(values, "name")
    if not name:
        raise FieldError("name", "a person has no name", "Add a line such as: name: Ada Lovelace")
    ident = read_text(values, "id") or make_slug(name)
    if ident != make_slug(ident) or not is_free(ident):
        remedy = f"Write {make_slug(ident) or 'a-word'!r}." if is_free(make_slug(ident)) else "Write another word."
        raise FieldError("id", f"{ident!r} is not a slug", remedy)
    orcid, url, picture = (read_text(values, key) for key in ("orcid", "url", "picture"))
    if orcid and find_orcid(orcid) != orcid:
        known = find_orcid(orcid)
        remedy = f"Write {known}." if known else "Compare it with the person's page at orcid.org."
        raise FieldError("orcid", f"{orcid!r} is no ORCID, or its check digit is wrong", remedy)
    if url:
        check_link("url", url)
    if picture and picture not in pictures:
        remedy = name_nearest(picture, pictures, "files in static/")
        raise FieldError("picture", f"static/ has no file {picture!r}", remedy)
    role, since, until = (read_text(values, key) for key in ("role", "since", "until"))
    for key, year in (("since", since), ("until", until)):
        if year and not (_YEAR.fullmatch(year) and role):
            remedy = "Write a year." if role else "Write `role`, too: it makes somebody a member."
            raise FieldError(key, f"{year!r} is no year of a member", remedy)
    return Profile(
        id=ident,
        name=name,
        variants=_read_texts(values, "variants"),
        former=_read_texts(values, "former"),
        similar=_read_texts(values, "similar"),
        orcid=orcid,
        url=url,
        affiliation=read_text(values, "affiliation"),
        picture=picture,
        role=role,
        since=since,
        until=until,
        file=source.file,
        line=entry.line,
    )


def _read_texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    items = values.get(key) or []
    if not isinstance(items, list):
        raise FieldError(
            key, "a list is expected here", f"Write `{key}: [{items if isinstance(items, str) else '…'}]`."
        )
    return tuple(dict.fromkeys(text for item in items if (text := read_text({key: item}, key))))


@dataclass(slots=True)
class Directory:
    """Profiles by id, by ORCID and by the slugs of names."""

    profiles: tuple[Profile, ...]
    by_id: dict[str, Profile] = field(init=False)
    _by_orcid: dict[str, Profile] = field(init=False)
    _by_name: dict[str, dict[str, Profile]] = field(init=False, default_factory=dict)
    _known: dict[Author, Author] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {one.id: one for one in self.profiles}
        self._by_orcid = {one.orcid: one for one in self.profiles if one.orcid}
        for one in self.profiles:
            for name in (one.name, *one.variants, *one.former):
                self._by_name.setdefault(make_slug(name), {})[one.id] = one

    def find(self, author: Author) -> Profile | None:
        """Returns the profile of an author, by id, ORCID or name.

        Returns None where no profile, or more than one, fits."""
        if author.id:
            return self.by_id.get(author.id)
        if author.orcid in self._by_orcid:
            return self._by_orcid[author.orcid]
        named = self._by_name.get(make_slug(author.name), {}).values()
        fitting = [one for one in named if not (author.orcid and one.orcid)]
        return fitting[0] if len(fitting) == 1 else None

    def list_namesakes(self, name: str) -> list[str]:
        """Returns the ids of all profiles with a name."""
        return list(self._by_name.get(make_slug(name), ()))

    def apply(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yields the records with ids, ORCIDs, links and changed names of profiles."""
        for record in records:
            authors, editors = self._apply_all(record.authors), self._apply_all(record.editors)
            if authors != record.authors or editors != record.editors:
                record = replace(record, authors=authors, editors=editors)
            yield record

    def _apply_all(self, authors: tuple[Author, ...]) -> tuple[Author, ...]:
        return tuple([self._known.get(one) or self._apply(one) for one in authors])

    def _apply(self, author: Author) -> Author:
        profile, new = self.find(author), author
        if profile:
            name = profile.name if _is_former(author.name, profile) else author.name
            url, orcid = author.url or profile.url, author.orcid or profile.orcid
            new = replace(author, id=profile.id, name=name, orcid=orcid, url=url)
        self._known[author] = new
        return new


def _is_former(name: str, profile: Profile) -> bool:
    """Returns whether a name is a former one.

    It is one exactly, or by its slug where no present name has this slug."""
    former, present = profile.former, (profile.name, *profile.variants)
    if match_form(name) in map(match_form, former):
        return True
    slug = make_slug(name)
    return slug in map(make_slug, former) and slug not in map(make_slug, present)
