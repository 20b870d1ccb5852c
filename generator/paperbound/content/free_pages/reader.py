"""Markdown files to free pages: their titles, addresses and links."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from ...importers.markdown_records import split_front_matter
from ...model.build import Source
from ...model.catalogue import Asset, FreePage
from ...model.errors import Fault, FieldError, Report
from ...storage.sources import read_source, walk_files
from ...text.characters import clean, decode
from ...text.slugs import is_free, make_slug
from ...text.yamltext import Entry, YamlError, load_entries
from ...urls import MARKER
from ..yaml_files import Fields
from .links import resolve_links

_KEYS = ("title", "description")
# Stems of the files that are the page of their folder.
_INDEXES = ("index", "readme")
# Folders of a content folder that hold no free pages, where the pages are beside them.
_OTHERS = ("collections", "languages", "papers", "static", "templates", "translations")


class FreePages(NamedTuple):
    """The free pages of a site, and the files beside them that they link to."""

    pages: tuple[FreePage, ...] = ()
    files: tuple[Asset, ...] = ()


def read_free_pages(
    content: Path, root: str, static: tuple[Asset, ...], report: Report, languages: Collection[str] = ()
) -> FreePages:
    """Reads the Markdown files below a folder; reports and leaves out faulty ones.

    `root` is the folder's path in the content folder: `.` for the content folder itself, without its other folders.
    With several `languages` of the site, `about.de.md` is the page of `about.md` in German.
    """
    folder = content / root
    files, pages = {}, []
    for file in _walk(folder, content):
        if file.suffix == ".md":
            source = read_source(file, content, report)
            text = decode(source, report) if source else None
            place, language = _split_language(file.relative_to(folder), languages)
            page = _make_page(source, place, language, text, report) if source and text is not None else None
            pages.extend([(page, text)] if page and text is not None else [])
        else:
            files[file.relative_to(folder).as_posix()] = file
    name = content.resolve().name if root == "." else f"{content.resolve().name}/{root}"
    return FreePages(*resolve_links(content, name, pages, files, static, report))


def _walk(folder: Path, content: Path) -> Iterator[Path]:
    """Yields the files of pages and those beside them; passes over built sites."""
    if folder != content:
        yield from walk_files(folder)
        return
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.is_dir() and entry.name not in _OTHERS and not entry.name.startswith("."):
            yield from () if (entry / MARKER).exists() else walk_files(entry)
        elif entry.is_file() and not entry.name.startswith("."):
            yield entry


def _make_page(source: Source, place: Path, language: str, text: str, report: Report) -> FreePage | None:
    front, body = split_front_matter(text) or ("", text)
    try:
        entries = load_entries(front)[1] if front else []
    except YamlError as error:
        report(Fault(source.file, error.line + 1, error.field, error.message, error.remedy))
        return None
    entry = entries[0] if entries else Entry({}, {}, 0)
    # The front matter begins in the second line.
    lines = {key: line + 1 for key, line in entry.lines.items()}
    fields = Fields(source.file, Entry(entry.values, lines, entry.line + 1), report)
    fields.check_keys(_KEYS, "page")
    title, description = map(fields.text, _KEYS)
    first, _, rest = body.strip().partition("\n")
    if not title and first.startswith("# "):
        title, body = first[2:].strip(), rest
    slug = fields.read("", _make_address, place)
    page = FreePage(slug, title or place.stem, description, clean(body)[0], file=source.file, language=language)
    return None if fields.faulty else page


def _split_language(place: Path, languages: Collection[str]) -> tuple[Path, str]:
    """Splits the language off the end of a file's name."""
    stem, point, end = place.stem.rpartition(".")
    code = next((one for one in languages if one.lower() == end.lower()), "") if point else ""
    return (place.with_name(f"{stem}{place.suffix}"), code) if code else (place, "")


def _make_address(place: Path) -> str:
    """Returns the address of a file: the slugs of its folders and of its name.

    `index.md` and `README.md` are the page of their folder, at the top the home page. Raises FieldError.
    """
    names = [*place.parent.parts, *((place.stem,) if place.stem.lower() not in _INDEXES else ())]
    slugs = [make_slug(name) for name in names]
    for name, slug in zip(names, slugs, strict=True):
        if not is_free(slug):
            raise FieldError("", f"{name!r} cannot be an address", "Give the file another name.")
    return "/".join(slugs)
