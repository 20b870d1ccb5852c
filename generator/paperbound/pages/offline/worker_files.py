"""The service worker of a build, and the name of the build."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ...library.page_kind import BytesWork
from ...library.site import Site
from ...model.build import Job
from ...model.digests import digest_texts, name_bytes, name_digest
from ...urls import BUILD, SEARCH_MANIFEST, WEB_MANIFEST, WORKER, home, listing

_SCRIPT = "worker.js"
# Of one page alone, or of no page.
_OTHERS = frozenset((_SCRIPT, "map.js", "random.js"))
_SUFFIXES = (".css", ".js", ".woff2", ".svg")


def name_build(files: Iterable[tuple[str, str]]) -> str:
    """Returns the name of a build, from the paths and digests of its files."""
    return name_digest(digest_texts(piece for file in sorted(files) for piece in file))


def plan_worker(sites: Iterable[Site], build: str) -> Iterator[Job]:
    """Plans the service worker of a build.

    Without a build, the worker deletes the caches of readers' browsers, and itself. `sites` are those of each language,
    the first one first.
    """
    first, *_ = found = tuple(sites)
    if _SCRIPT not in first.assets:
        return
    addresses = first.addresses
    value: dict[str, object] = {"base": addresses.base_path}
    if build:
        value |= {
            "build": build,
            "manifest": addresses.href_file(WEB_MANIFEST),
            "shell": list(dict.fromkeys(path for site in found for path in _list_shell(site))),
            "places": {site.addresses.href(home()): site.addresses.href(listing("offline")) for site in found},
        }
        yield _make_job(BUILD, json.dumps({"build": build}) + "\n")
    facts, script = json.dumps(value, ensure_ascii=False), addresses.href_file(first.assets[_SCRIPT][0])
    yield _make_job(WORKER, f"self.paperbound={facts};\nimportScripts({json.dumps(script)});\n")


def _make_job(path: str, text: str) -> Job:
    data = text.encode()
    return Job(path, BytesWork(data, name_bytes(data)), "the service worker", (path,), local=True)


def _list_shell(site: Site) -> Iterator[str]:
    """Yields the links to the files of every page, and to some pages."""
    sections = site.context.sections
    yield site.addresses.href(listing("offline"))
    if not site.config.folder:
        yield from (sections[name] for name in ("home", "search", "reading-list") if sections.get(name))
        yield from [site.addresses.href(SEARCH_MANIFEST)] if site.has_index else []
    assets = site.context.assets
    yield from (href for name, href in assets.items() if name not in _OTHERS and name.endswith(_SUFFIXES))
