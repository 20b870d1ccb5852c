"""Content: a content folder to settings, records, tags, collections, free pages and static files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..config import Config, read_config
from ..formats.citations.csl_style import check_style
from ..model.build import Options, Progress, ignore_progress
from ..model.catalogue import Catalogue, Collection, Survey
from ..model.date import Moment
from ..model.errors import Fault, Faults, FieldError, InputError, Report
from ..model.record import Record, has_form
from ..shape import check_shape
from ..storage.sources import name_file, read_source, walk_files
from ..text.characters import decode
from ..text.slugs import is_free, make_slug
from ..text.yamltext import Entry
from ..themes.loader import load_theme
from ..themes.theme import Theme
from .assemble import OtherContent, assemble
from .catalogue_cache import digest_overview, read_catalogue
from .drafts import Drafts, sort_out_drafts
from .files.assets import read_attachments, read_static
from .free_pages.reader import read_free_pages
from .languages import check_languages, read_languages
from .lists import sessions
from .lists.gaps import read_gaps
from .lists.news import read_news
from .lists.saved_searches import read_saved_searches
from .lists.synonyms import read_synonyms
from .people.profiles import read_profiles
from .record_cache import ParsedChunk, RecordCache
from .records import list_records, read_chunks
from .tags import read_tags
from .yaml_files import Fields, load_yaml, read_text

_COLLECTION_KEYS = (
    *("title", "date", "description", "series", "source", "read_at", "rank_by", "reasons", "papers"),
    *sessions.FIELDS,
)
# `trending-2026-11-23` and `trending-2026-11-24` are of one series; so are `week-1` and `week-2`.
_NUMBERS = re.compile(r"(?<![-_.\d])(?!(?<=w)\d)(?:[-_.]*w?\d)+$")


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder besides its settings: records in chunks, and the others."""

    chunks: tuple[ParsedChunk, ...]
    others: OtherContent

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in the order of their files."""
        return list_records(self.chunks)


def read_content(
    folder: Path,
    report: Report,
    cache: RecordCache | None = None,
    progress: Progress = ignore_progress,
    pages: str = "pages",
    languages: Sequence[str] = (),
) -> Content:
    """Reads everything in the folder besides its settings; reports and omits faulty parts.

    `pages` is the path of the free pages in the folder, `languages` are those of a site in several.
    """
    faulty_ids: set[str] = set()
    # Before the records: an import that runs meanwhile moves records in first, then the collections that name them.
    collections = read_collections(folder, report)
    chunks = read_chunks(folder, report, faulty_ids, cache, progress)
    static = read_static(folder, report)
    free = read_free_pages(folder, pages, static, report, languages)
    others = OtherContent(
        tags=read_tags(folder, report),
        collections=collections,
        pages=free.pages,
        static=(*static, *free.files),
        profiles=read_profiles(folder, static, report),
        faulty_ids=frozenset(faulty_ids),
        gaps=read_gaps(folder, report),
        attachments=read_attachments(folder, report),
        news=read_news(folder, (file.path for file in static), report),
        synonyms=read_synonyms(folder, report),
        searches=read_saved_searches(folder, report),
    )
    return Content(chunks, others)


def require_folder(folder: Path) -> None:
    """Raises InputError unless this is a content folder, with site.yaml."""
    if not folder.is_dir():
        remedy = "Start a site with `paperbound init FOLDER`, or say where it is with --content DIR."
        raise InputError([Fault(str(folder), 0, "", "the content folder does not exist", remedy)])
    if not (folder / "site.yaml").is_file():
        remedy = "Start a site with `paperbound init FOLDER`, or add a site.yaml with a line such as: title: My papers"
        if (folder / "content" / "site.yaml").is_file():
            remedy = f"Its content folder does: say --content {(folder / 'content').as_posix()}"
        raise InputError([Fault(str(folder), 0, "", "the folder holds no site.yaml", remedy)])


def read_settings(folder: Path, report: Report) -> Config | None:
    """Reads the settings in site.yaml; returns None for faulty ones."""
    source = read_source(folder / "site.yaml", folder, report)
    config, own = read_config(source, report) if source else None, read_languages(folder, report)
    config = replace(config, own_languages=own) if config else None
    if not config or not (names := [name for name in config.citation_styles if name.endswith(".csl")]):
        return config
    texts = []
    for name in names:
        style = read_source(folder / name, folder, report)
        if style and (text := decode(style, report)):
            texts.append((name, text))
            try:
                check_style(text)
            except FieldError as error:
                report(Fault(style.file, 0, error.field, error.message, error.remedy))
    return replace(config, style_texts=tuple(texts))


def read_collections(folder: Path, report: Report) -> tuple[Collection, ...]:
    """Reads the collections: a YAML file each, whose id is the file's stem."""
    collections = []
    for file in walk_files(folder / "collections"):
        loaded = load_yaml(file, folder, report) if file.suffix in (".yaml", ".yml") else None
        if not loaded:
            continue
        source, entries = loaded
        fields = Fields(source.file, entries[0] if entries else Entry({}, {}, 1), report)
        collection = _make_collection(fields)
        for more in entries[1:]:
            message = "a file holds one collection"
            report(Fault(source.file, more.line, "", message, "Put each collection into a file of its own."))
        collections += [] if fields.faulty or entries[1:] else [collection]
    return tuple(collections)


def find_series(ident: str) -> str:
    """Returns the series of an edition's id: the id without the numbers at its end."""
    return _NUMBERS.sub("", ident.lower())


def _make_collection(fields: Fields) -> Collection:
    values = fields.entry.values
    fields.check_keys(_COLLECTION_KEYS, "collection")
    ident = PurePosixPath(fields.file).stem
    slug = make_slug(ident)
    if not is_free(slug):
        fields.fail(FieldError("", f"{ident!r} cannot be an address", "Give the file another name."))
    edition, session = sessions.read_kind(fields, fields.date("date"))
    rank_by = fields.text("rank_by")
    if rank_by and not has_form("slug", rank_by):
        fields.fail(FieldError("rank_by", f"{rank_by!r} is no name of a signal", "Write such a name: upvotes"))
    return Collection(
        ident,
        slug,
        fields.text("title") or ident,
        fields.read((), _read_papers, values),
        edition,
        fields.text("description"),
        fields.text("series") or find_series(ident),
        fields.text("source"),
        fields.read(None, _read_moment, values),
        rank_by,
        fields.read((), _read_reasons, values),
        session,
        fields.file,
    )


def _read_papers(values: Mapping[str, Any]) -> tuple[str, ...]:
    papers = values.get("papers") or []
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise FieldError("papers", "a list of ids is expected here", 'Write `papers: ["2510.00128"]`.')
    return tuple(map(str, papers))


def _read_moment(values: Mapping[str, Any]) -> Moment | None:
    text = read_text(values, "read_at")
    try:
        return Moment.parse(text) if text else None
    except ValueError as error:
        raise FieldError("read_at", str(error), "Write YYYY-MM-DDTHH:MMZ, or +02:00 instead of Z.") from error


def _read_reasons(values: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    reasons = values.get("reasons") or {}
    if not isinstance(reasons, dict) or not all(isinstance(queries, list) for queries in reasons.values()):
        remedy = 'Write `reasons: {"2510.00128": [author:lovelace]}`.'
        raise FieldError("reasons", "lists of queries by the ids of papers are expected here", remedy)
    return tuple((ident, tuple(map(str, queries or ()))) for ident, queries in reasons.items())


def _check_shape(file: Path, config: Config, others: OtherContent, report: Report) -> None:
    """Reports menus, a home page and a logo that name nothing of the site."""
    pages, ids = (one.slug for one in others.pages), (one.id for one in others.collections)
    found = list(check_shape({"nav": config.nav, "footer": config.footer}, config.home, pages, ids))
    found += check_languages(config)
    if config.logo and config.logo not in {file.path for file in others.static}:
        found.append(FieldError("logo", f"there is no file static/{config.logo}", "Put the picture there."))
    lines = file.read_text("utf-8").splitlines() if found else []
    for error in found:
        line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{error.field}:")), 0)
        report(Fault(name_file(file, file.parent), line, error.field, error.message, error.remedy))


class SiteInput(NamedTuple):
    """The settings, the catalogue and the theme of a site, all without faults.

    `overview` is the digest of everything that is shown of papers besides long texts; the catalogue, with the
    `warnings` of assembling it, is cached under it; it is empty without a cache. `survey` and `digests`, those of
    records by id, are known of a cached catalogue. `chunks` are the parsed records, `drafts` those that were left
    out.
    """

    config: Config
    catalogue: Catalogue
    theme: Theme
    survey: Survey | None = None
    digests: Mapping[str, str] | None = None
    overview: str = ""
    warnings: tuple[Fault, ...] = ()
    chunks: tuple[ParsedChunk, ...] = ()
    drafts: Drafts = Drafts()


def load_input(
    options: Options,
    faults: Faults,
    cache: RecordCache | None = None,
    begin: Callable[[Theme], None] = lambda _: None,
    progress: Progress = ignore_progress,
) -> SiteInput:
    """Loads the input of a site; raises InputError with all its faults together.

    Records come from the cache, where there is one, and new ones are put there. `begin` gets the theme before records
    are read, which takes longest.
    """
    require_folder(options.content)
    config = read_settings(options.content, faults.report) or Config()
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    if options.drafts:
        # A preview shows the present pages alone.
        config = replace(config, offline="no")
    try:
        theme = load_theme(config, options.content, options.themes)
        begin(theme)
    except InputError as error:
        faults.errors.extend(error.faults)
    languages = [one.code for one in config.languages]
    content = read_content(options.content, faults.report, cache, progress, config.pages, languages)
    progress("assembling")
    _check_shape(options.content / "site.yaml", config, content.others, faults.report)
    if (searches := content.others.searches) and not config.has_search:
        remedy = "Take the file away, or write `search: yes` in site.yaml."
        faults.report(Fault(searches[0].file, 0, "", "the site has no search, and so no saved ones", remedy))
    overview = digest_overview(content.chunks, content.others, config, options) if cache else ""
    cached = cache and read_catalogue(cache.private, cache.code, overview, content.chunks, content.others)
    warnings: list[Fault] = list(cached.warnings) if cached else []
    if cached:
        catalogue, drafts = cached.catalogue, cached.drafts
    else:
        records, drafts = sort_out_drafts(content.records, options, publishes_future=config.future_papers == "yes")
        others = replace(content.others, drafts=drafts.ids)
        limits = config.count_author_pages, config.team_size
        redirects, folders = dict(config.redirects), [one.folder for one in config.versions]
        catalogue = assemble(records, others, warnings.append, *limits, config.base_url, redirects, folders)
    faults.report_all(warnings)
    faults.raise_errors()
    survey, digests = (cached.survey, cached.digests) if cached else (None, None)
    return SiteInput(config, catalogue, theme, survey, digests, overview, tuple(warnings), content.chunks, drafts)
