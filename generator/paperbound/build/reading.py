"""Reading: a content folder and a theme to what everything is made of, or to all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..assemble import assemble
from ..config import Config
from ..model.catalogue import Catalogue
from ..model.errors import Fault, InputError
from ..model.result import Options
from ..themes.theme import Theme
from .content import read_content
from .parsed import Shelf
from .theme_files import load_theme


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
    """What was read and found good: everything a plan is made of."""

    config: Config
    catalogue: Catalogue
    theme: Theme


def read_site(options: Options, faults: Faults, shelf: Shelf | None = None) -> Reading:
    """The settings, the catalogue and the theme; InputError with all faults of the input together."""
    content = read_content(options.content, faults.report, shelf)
    config = content.config or Config()
    catalogue = assemble(content.records, content.parts, faults.report, config.count_author_pages)
    if options.base_url:
        config = replace(config, base_url=options.base_url)
    try:
        theme = load_theme(config, options.content, options.themes)
    except InputError as error:
        faults.errors.extend(error.faults)
    faults.raise_errors()
    return Reading(config, catalogue, theme)
