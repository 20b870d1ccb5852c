"""Reading: a content folder and a theme to what everything is made of, or to all that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..config import Config
from ..model.catalogue import Catalogue, Survey
from ..model.errors import Fault, InputError
from ..model.result import Options
from ..themes.loader import load_theme
from ..themes.theme import Theme
from .assemble import assemble
from .catalogue_cache import digest_parsed, is_plain, read_kept
from .folder import Content, read_content, read_settings, require_folder
from .record_cache import Shelf


@dataclass(slots=True)
class Faults:
    """Collects faults until it is time to tell them all."""

    strict: bool = False
    warnings: list[Fault] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    def report(self, fault: Fault) -> None:
        """Keeps a fault; with `strict` a warning is an error."""
        if fault.warning and not self.strict:
            self.warnings.append(fault)
        else:
            self.errors.append(replace(fault, warning=False))

    def report_all(self, faults: Iterable[Fault]) -> None:
        """Keeps several."""
        for fault in faults:
            self.report(fault)

    def raise_errors(self) -> None:
        """InputError with all errors, if there are any."""
        if self.errors:
            raise InputError(self.errors)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read and found good: everything a plan is made of.

    `overview` is the digest of all that is said of papers besides their long texts, under which the catalogue, with
    the `warnings` of assembling it, is kept for the next build; empty where it can not be. The survey is there where
    it was kept, the digests of records by id where they are known.
    """

    config: Config
    catalogue: Catalogue
    theme: Theme
    survey: Survey | None = None
    digests: Mapping[str, str] | None = None
    overview: str = ""
    warnings: tuple[Fault, ...] = ()


def read_site(
    options: Options, faults: Faults, shelf: Shelf | None = None, begin: Callable[[Theme], None] = lambda _theme: None
) -> Reading:
    """The settings, the catalogue and the theme; InputError with all faults of the input together.

    With a shelf what it keeps is taken from it, and what is read is put there. The theme is handed to `begin` before
    records are read, which takes longest.
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
    content = read_content(options.content, faults.report, shelf)
    overview = digest_parsed(content.parsed, content.parts, config) if shelf else ""
    catalogue, survey, warnings = _assemble(content, config, shelf, overview)
    faults.report_all(warnings)
    faults.raise_errors()
    digests = None
    if overview and not survey and not is_plain(catalogue, content.parsed):
        overview = ""
    if overview:
        digests = {ident: digest for one in content.parsed for ident, digest in zip(one.ids, one.digests, strict=True)}
    return Reading(config, catalogue, theme, survey, digests, overview, warnings)


def _assemble(
    content: Content, config: Config, shelf: Shelf | None, overview: str
) -> tuple[Catalogue, Survey | None, tuple[Fault, ...]]:
    if shelf:
        kept = read_kept(shelf.catalogue, shelf.code, overview, content.parsed, content.parts)
        if kept:
            return kept.catalogue, kept.survey, kept.warnings
    warnings: list[Fault] = []
    catalogue = assemble(content.records, content.parts, warnings.append, config.count_author_pages)
    return catalogue, None, tuple(warnings)
