"""Profiles: people of authors.yaml, whose names and identifiers are written into records."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as list_fields
from pathlib import Path
from typing import Any

from ...model.catalogue import Asset, Profile
from ...model.errors import FieldError, Report, convert_each, name_nearest
from ...model.links import check_link
from ...model.record import Author, Record
from ...text.characters import match_form
from ...text.identifiers import find_orcid
from ...text.slugs import is_free, make_slug
from ..yaml_files import Fields, load_yaml, read_text

PROFILES = "authors.yaml"
_YEAR = re.compile(r"[12]\d{3}")
_KEYS = tuple(item.name for item in list_fields(Profile) if item.name not in ("file", "line"))


def read_profiles(folder: Path, static: Iterable[Asset], report: Report) -> tuple[Profile, ...]:
    """Reads the people in authors.yaml; reports and omits faulty ones.

    A picture is one of the `static` files.
    """
    file = folder / PROFILES
    loaded = load_yaml(file, folder, report)
    if not loaded:
        return ()
    source, entries = loaded
    pictures = [asset.path for asset in static]
    found: dict[str, Profile | None] = {}
    orcids: dict[str, str] = {}
    for entry in entries:
        fields = Fields(source.file, entry, report)
        one = _make_profile(fields, pictures)
        if one.id and one.id in found:
            fields.fail(FieldError("id", f"the id {one.id!r} stands twice", "Give one of the two people another id."))
        owner = orcids.setdefault(one.orcid, one.id) if one.orcid else one.id
        if owner != one.id:
            fields.fail(FieldError("orcid", f"{owner!r} has this ORCID, too", "An ORCID is of one person only."))
        found.setdefault(one.id, None if fields.faulty else one)
    return tuple(one for one in found.values() if one)


def _make_profile(fields: Fields, pictures: Collection[str]) -> Profile:
    values = fields.entry.values
    fields.check_keys(_KEYS, "person")
    name = fields.text("name")
    if not name:
        fields.fail(FieldError("name", "a person has no name", "Add a line such as: name: Ada Lovelace"))
    ident = fields.text("id") or make_slug(name)
    if name and (ident != make_slug(ident) or not is_free(ident)):
        remedy = f"Write {make_slug(ident) or 'a-word'!r}." if is_free(make_slug(ident)) else "Write another word."
        fields.fail(FieldError("id", f"{ident!r} is not a slug", remedy))
    orcid, url, picture = map(fields.text, ("orcid", "url", "picture"))
    if orcid and find_orcid(orcid) != orcid:
        known = find_orcid(orcid)
        remedy = f"Write {known}." if known else "Compare it with the person's page at orcid.org."
        fields.fail(FieldError("orcid", f"{orcid!r} is no ORCID, or its check digit is wrong", remedy))
    if url:
        fields.read(None, check_link, "url", url)
    if picture and picture not in pictures:
        remedy = name_nearest(picture, pictures, "files in static/")
        fields.fail(FieldError("picture", f"static/ has no file {picture!r}", remedy))
    role, since, until = map(fields.text, ("role", "since", "until"))
    for key, year in (("since", since), ("until", until)):
        if year and not (_YEAR.fullmatch(year) and role):
            remedy = "Write a year." if role else "Write `role`, too: it makes somebody a member."
            fields.fail(FieldError(key, f"{year!r} is no year of a member", remedy))
    return Profile(
        id=ident,
        name=name,
        variants=fields.read((), _read_texts, values, "variants"),
        former=fields.read((), _read_texts, values, "former"),
        similar=fields.read((), _read_texts, values, "similar"),
        orcid=orcid,
        url=url,
        affiliation=fields.text("affiliation"),
        picture=picture,
        role=role,
        since=since,
        until=until,
        file=fields.file,
        line=fields.entry.line,
    )


def _read_texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    items = values.get(key) or []
    if not isinstance(items, list):
        raise FieldError(
            key, "a list is expected here", f"Write `{key}: [{items if isinstance(items, str) else '…'}]`."
        )

    def convert(item: Any) -> str:
        if isinstance(item, list | dict):
            raise FieldError(key, f"{str(item)[:60]} is no name", f"Write `{key}: [Ada Lovelace, A. Lovelace]`.")
        return read_text({key: item}, key)

    return tuple(dict.fromkeys(filter(None, convert_each(items, convert))))


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
