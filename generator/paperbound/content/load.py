"""Loads settings, theme and content of a site, or reports all their faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from ..config import Config
from ..model.catalogue import Catalogue, Survey
from ..model.errors import Fault, Faults, InputError
from ..model.result import Options
from ..themes.loader import load_theme
from ..themes.theme import Theme
from .assemble import assemble
from .catalogue_cache import digest_overview, is_plain, read_catalogue
from .folder import Content, read_content, read_settings, require_folder
from .record_cache import RecordCache


class SiteInput(NamedTuple):
    """The settings, the catalogue and the theme of a site, all without faults.

    `overview` is the digest of everything that is shown of papers besides long texts; the catalogue, with the
    `warnings` of assembling it, is cached under it; it is empty where the catalogue cannot be cached. `survey` is that
    of a cached catalogue. `digests` are those of records by id, where they are known.
    """

    config: Config
    catalogue: Catalogue
    theme: Theme
    survey: Survey | None = None
    digests: Mapping[str, str] | None = None
    overview: str = ""
    warnings: tuple[Fault, ...] = ()


def load_input(
    options: Options, faults: Faults, cache: RecordCache | None = None, begin: Callable[[Theme], None] = lambda _: None
) -> SiteInput:
    """Loads the input of a site; raises InputError with all its faults together.

    Records come from the cache, where there is one, and new ones are put there. `begin` gets the theme before records
    are read, which takes longest.
    """
    require_folder(options.content)
    config = read_settings(options.content, faults.report) or Config()
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    try:
        theme = load_theme(config, options.content, options.themes)
        begin(theme)
    except InputError as error:
        faults.errors.extend(error.faults)
    content = read_content(options.content, faults.report, cache)
    overview = digest_overview(content.chunks, content.others, config) if cache else ""
    cached = cache and read_catalogue(cache.private, cache.code, overview, content.chunks, content.others)
    catalogue, survey, warnings = cached or _assemble(content, config)
    faults.report_all(warnings)
    faults.raise_errors()
    if overview and not survey and not is_plain(catalogue, content.chunks):
        overview = ""
    digests = None
    if overview:
        chunks = content.chunks
        digests = {ident: digest for one in chunks for ident, digest in zip(one.ids, one.digests, strict=True)}
    return SiteInput(config, catalogue, theme, survey, digests, overview, warnings)


def _assemble(content: Content, config: Config) -> tuple[Catalogue, None, tuple[Fault, ...]]:
    warnings: list[Fault] = []
    catalogue = assemble(content.records, content.others, warnings.append, config.count_author_pages)
    return catalogue, None, tuple(warnings)
