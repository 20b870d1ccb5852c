"""Assets: the theme's files, named by the digests of their bytes."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.digests import name_bytes
from ..themes.scripts import join_scripts, lead_imports, list_imports
from ..urls import Addresses, asset

SEARCH_MODULE = "search.js"
NamedAssets = Mapping[str, tuple[str, bytes]]


def name_assets(assets: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Names assets by their bytes; returns the path and the bytes of each.

    Scripts are joined (see `join_scripts`), or import each other by these paths.
    """
    sources = {name: data for name, data in assets.items() if not name.endswith(".js")} | join_scripts(assets)
    named: dict[str, tuple[str, bytes]] = {}
    for name in sorted(sources):
        _name(name, sources, named, ())
    return named


def _name(name: str, assets: Mapping[str, bytes], named: dict[str, tuple[str, bytes]], above: tuple[str, ...]) -> str:
    if name not in named:
        data = assets[name]
        if name.endswith(".js"):
            script = data.decode()
            others = [other for other in list_imports(script) if other in assets and other not in (*above, name)]
            paths = {other: _name(other, assets, named, (*above, name)).rpartition("/")[2] for other in others}
            data = lead_imports(script, paths).encode()
        named[name] = (asset(name, name_bytes(data)), data)
    return named[name][0]


def link_assets(named: NamedAssets, addresses: Addresses) -> dict[str, str]:
    """Returns the links to assets by their names in the theme."""
    return {name: addresses.href(path) for name, (path, _) in named.items()}
