"""Assets: the theme's files, named by the digests of their bytes, and the content's static files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..model.catalogue import Asset
from ..model.job import Job
from ..text.digests import name_bytes
from ..urls import Site, asset
from .work import BytesWork, CopyWork

STYLE = "site.css"
SEARCH_MODULE = "search.js"
NamedAssets = Mapping[str, tuple[str, bytes]]
_IMPORT = re.compile(r"(?<=[\"'])\./([a-z-]+\.js)(?=[\"'])")
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def name_assets(assets: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Each asset's path and bytes. A script's imports (`./tokens.js`) are led to the named files."""
    named: dict[str, tuple[str, bytes]] = {}
    for name in sorted(assets):
        _name(name, assets, named, ())
    return named


def _name(name: str, assets: Mapping[str, bytes], named: dict[str, tuple[str, bytes]], above: tuple[str, ...]) -> str:
    if name not in named:
        data = assets[name]
        if name.endswith(".js"):
            script = data.decode()

            def lead(match: re.Match[str]) -> str:
                other = match[1]
                known = other in assets and other not in (*above, name)
                return f"./{_name(other, assets, named, (*above, name)).rpartition('/')[2]}" if known else match[0]

            data = _IMPORT.sub(lead, _squeeze(script)).encode()
        named[name] = (asset(name, name_bytes(data)), data)
    return named[name][0]


def _squeeze(script: str) -> str:
    """A script without comments on lines of their own and without indentation: a fifth less to load.

    One with a text over several lines is left as it is.
    """
    if any(line.count("`") % 2 for line in script.split("\n")):
        return script
    return _INDENT.sub("", _COMMENT.sub("", script))


def plan_assets(named: NamedAssets) -> Iterator[Job]:
    """A job for each of the theme's assets."""
    for name, (path, data) in named.items():
        yield Job(path, "bytes", BytesWork(data, name_bytes(data)), f"the theme's {name}", (path,))


def plan_static(files: tuple[Asset, ...]) -> Iterator[Job]:
    """A job for each file of the content's static folder, which is copied to the site's root."""
    for file in files:
        yield Job(file.path, "copy", CopyWork(file.location, file.digest), f"static/{file.path}", (file.path,))


def link_assets(named: NamedAssets, site: Site) -> dict[str, str]:
    """The link to each asset, by its name in the theme."""
    return {name: site.href(path) for name, (path, _) in named.items()}
