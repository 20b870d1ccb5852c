"""Assets: the theme's files, named by the digests of their bytes, and the content's static files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from ..model.catalogue import Asset
from ..model.job import Job
from ..urls import Site, asset
from .work import BytesWork, CopyWork

STYLE = "site.css"
SEARCH_MODULE = "search.js"
_IMPORT = re.compile(r"(?<=[\"'])\./([a-z-]+\.js)(?=[\"'])")


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

            data = _IMPORT.sub(lead, script).encode()
        named[name] = (asset(name, digest_bytes(data)), data)
    return named[name][0]


def digest_bytes(data: bytes) -> str:
    """The digest that names a file: 10 hexadecimal digits of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=5).hexdigest()


def plan_assets(named: Mapping[str, tuple[str, bytes]]) -> Iterator[Job]:
    """A job for each of the theme's assets."""
    for name, (path, data) in named.items():
        yield Job(path, "bytes", BytesWork(data, digest_bytes(data)), f"the theme's {name}", (path,))


def plan_static(files: tuple[Asset, ...]) -> Iterator[Job]:
    """A job for each file of the content's static folder, which is copied to the site's root."""
    for file in files:
        yield Job(file.path, "copy", CopyWork(file.location, file.digest), f"static/{file.path}", (file.path,))


def link_assets(named: Mapping[str, tuple[str, bytes]], site: Site) -> dict[str, str]:
    """The link to each asset, by its name in the theme."""
    return {name: site.href(path) for name, (path, _) in named.items()}
