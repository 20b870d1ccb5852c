"""A page in another language of the site, and the free pages of a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..config import Config
from ..model.catalogue import FreePage


@dataclass(frozen=True, slots=True)
class Translation:
    """A page in a language: code and name of the language, link, address.

    The address is empty on a site without one, and where the page is not translated. `is_shown` marks the page itself.
    """

    code: str
    name: str
    href: str
    url: str
    is_shown: bool = False


def choose_pages(pages: Sequence[FreePage], config: Config) -> tuple[FreePage, ...]:
    """Returns the free pages in the language of the settings.

    A page that is not translated is in the first of the site's languages that has it.
    """
    if not config.languages:
        return tuple(pages)
    found: dict[str, dict[str, FreePage]] = {}
    for page in pages:
        language = page.language or config.content_language
        found.setdefault(page.slug, {}).setdefault(language, replace(page, language=language))
    order = [one.code for one in config.languages]
    return tuple(
        replace(
            next(versions[code] for code in (config.language, *order) if code in versions),
            translations=tuple(code for code in order if code in versions),
        )
        for versions in found.values()
    )
