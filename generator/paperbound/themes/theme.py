"""Theme: templates, assets and options as one value for all workers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_REFERENCE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\s+(.*?)\s*[-+]?%}", re.DOTALL)
_LITERAL = re.compile(r"""(\"[^\"]*\"|'[^']*')(?:\s+(?:as|import|ignore|with|without)\b.*)?""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of a theme, or the site's own, with templates and assets by name.

    Templates are texts, assets are bytes.
    """

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
    language: str = "en"

    def find_template(self, name: str, after: int = -1) -> tuple[int, str] | None:
        """Returns number and text of the first layer after `after` with a template."""
        for number, layer in enumerate(self.layers):
            if number > after and name in layer.templates:
                return number, layer.templates[name]
        return None

    def list_assets(self) -> Iterator[tuple[str, str, bytes]]:
        """Yields name, folder and bytes of each asset.

        The first layer with an asset provides it.
        """
        for name in sorted({name for layer in self.layers for name in layer.assets}):
            layer = next(layer for layer in self.layers if name in layer.assets)
            yield name, layer.folder, layer.assets[name]

    @cached_property
    def templates_digest(self) -> str:
        """The digest of all templates: what a worker's environment is found by."""
        state = hashlib.blake2b(self.language.encode(), digest_size=16)
        for layer in self.layers:
            for name in sorted(layer.templates):
                state.update(f"{layer.folder}\0{name}\0{layer.templates[name]}\0".encode())
        return state.hexdigest()

    def walk(self, name: str) -> tuple[tuple[str, int], ...] | None:
        """Returns a template with all templates of its text, each with its layer's number.

        They are the templates that it extends, includes and imports. Returns None if a name is no literal, which could
        be any template.
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
        """Returns the digest of a template with all templates of its text.

        If these could be any, it is the digest of all templates.
        """
        found = self.walk(name)
        if found is None:
            return self.templates_digest
        state = hashlib.blake2b(self.language.encode(), digest_size=16)
        for template, layer in found:
            state.update(f"{template}\0{layer}\0{self.layers[layer].templates[template]}\0".encode())
        return state.hexdigest()


def _list_references(text: str) -> list[str] | None:
    """Returns the names of templates in a template's text.

    Returns None if one of them is no literal.
    """
    literals = [_LITERAL.fullmatch(reference) for reference in _REFERENCE.findall(text)]
    return None if None in literals else [match[1][1:-1] for match in literals if match]
