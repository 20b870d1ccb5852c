"""Theme: templates, assets and options as one value for all workers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..languages import Language, find_language
from ..model.digests import digest_texts

_REFERENCE = re.compile(r"{%[-+]?\s*+(?:extends|include|import|from)\s((?:(?!{%|%}).)*+)%}", re.DOTALL)
_LITERAL = re.compile(r"""(\"[^\"]*\"|'[^']*')(?:\s+(?:as|import|ignore|with|without)\b.*)?""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of a theme, or the site's own, with templates and assets by name."""

    folder: str
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]


@dataclass(frozen=True)
class Theme:
    """A theme: layers in the order of lookup, which is site, theme, parent, default.

    `options` has the value of each option; `properties` are the rules of the stylesheet that set them.
    """

    name: str
    layers: tuple[Layer, ...]
    styles: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    properties: str = ""
    language: Language = field(default_factory=lambda: find_language("en"))

    def find_template(self, name: str, after: int = -1) -> tuple[int, str] | None:
        """Returns number and text of the first layer after `after` with a template."""
        for number, layer in enumerate(self.layers):
            if number > after and name in layer.templates:
                return number, layer.templates[name]
        return None

    @cached_property
    def templates_digest(self) -> str:
        """The digest of all templates."""
        layers = enumerate(self.layers)
        return self._digest((name, number) for number, layer in layers for name in sorted(layer.templates))

    def walk(self, name: str) -> tuple[tuple[str, int], ...] | None:
        """Returns a template and all that it extends, includes or imports, with their layers' numbers.

        Returns None if a name is no literal, which could be any template.
        """
        found: dict[tuple[str, int], None] = {}
        waiting = [(name, -1)]
        while waiting:
            template, after = waiting.pop()
            place = self.find_template(template, after)
            if place is None or (template, place[0]) in found:
                continue
            found[template, place[0]] = None
            references = _list_references(place[1])
            if references is None:
                return None
            waiting.extend(
                (one.removeprefix("parent:"), place[0] if one.startswith("parent:") else -1) for one in references
            )
        return tuple(sorted(found))

    def digest_closure(self, name: str) -> str:
        """Returns the digest of a template and all that it may need."""
        found = self.walk(name)
        return self.templates_digest if found is None else self._digest(found)

    def _digest(self, templates: Iterable[tuple[str, int]]) -> str:
        layers = [(name, self.layers[number]) for name, number in templates]
        return digest_texts(
            [self.language.digest, *(f"{at.folder}\n{name}\n{at.templates[name]}" for name, at in layers)]
        )


def _list_references(text: str) -> list[str] | None:
    """Returns the names of templates in a text; None if one is no literal."""
    literals = [_LITERAL.fullmatch(reference.rstrip("-+").strip()) for reference in _REFERENCE.findall(text)]
    return None if None in literals else [match[1][1:-1] for match in literals if match]
