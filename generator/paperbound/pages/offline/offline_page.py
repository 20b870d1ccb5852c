"""The page about reading offline, and the web app manifest with its icon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ...library.page_kind import BytesWork, PageKind, PageWork, Shard, read_nothing
from ...library.pieces import Head, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...model.digests import name_bytes
from ...urls import ICON, WEB_MANIFEST, home, listing

_NAME = "offline"
# The accent and the ground of the default theme.
_ACCENT, _GROUND = "#0a6a54", "#f9faf8"


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """The context of `offline.html`: shows the pages that the browser keeps, and deletes them.

    The page is shown instead of every page that is not kept. `base` is the base path of the site.
    """

    site: SiteContext
    head: Head
    module: str
    base: str


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    if not site.context.worker:
        return
    path = listing(_NAME)
    head = site.make_head(path, site.t("offline.title"), site.t("offline.deck"), section=_NAME, index=False)
    page = OfflinePage(site.context, head, site.context.assets.get("offline.js", ""), site.addresses.base_path)
    yield Job(path, PageWork("offline.html", page), "the page about reading offline", (path,))
    if not site.config.folder:
        for name, data in ((WEB_MANIFEST, _write_manifest(site)), (ICON, _draw_icon(site))):
            yield Job(name, BytesWork(data, name_bytes(data)), "the web app manifest", (name,))


def _find_accent(site: Site) -> str:
    return site.context.options.get("accent", _ACCENT)


def _write_manifest(site: Site) -> bytes:
    """Returns the web app manifest (https://www.w3.org/TR/appmanifest/)."""
    start = site.addresses.href(home())
    icon = {"src": site.addresses.href_file(ICON), "sizes": "any", "type": "image/svg+xml"}
    value = {
        "id": start,
        "name": site.config.title,
        "short_name": site.config.title,
        "description": site.description,
        "lang": site.config.language,
        "dir": site.t("layout.direction"),
        "start_url": start,
        "scope": site.addresses.base_path,
        "display": "minimal-ui",
        "background_color": _GROUND,
        "theme_color": _find_accent(site),
        "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _draw_icon(site: Site) -> bytes:
    """Returns the theme's favicon on its accent, within the circle that no system cuts off."""
    _, favicon = site.assets.get("favicon.svg", ("", b""))
    inner = favicon.decode().replace("<svg ", '<svg x="96" y="96" width="320" height="320" ', 1)
    ground = f'<path fill="{_find_accent(site)}" d="M0 0h512v512H0z"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{ground}{inner.strip()}</svg>\n'.encode()


OFFLINE = PageKind("offline", _plan, read_nothing, templates={"offline.html": OfflinePage})
