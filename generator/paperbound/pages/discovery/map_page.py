"""The page of the map: papers as points, alike ones near each other.

Without JavaScript the page has a list of regions, and a drawing of some points.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...config.settings import LARGE
from ...library.page_kind import BytesWork, PageKind, PageWork, Shard, Wave
from ...library.pieces import Head, Reference, SiteContext
from ...library.site import Site
from ...markup.texts import text_of
from ...model.build import Job
from ...model.digests import name_bytes
from ...urls import home, listing, map_points, paper, search_manifest
from .colours import Colouring, list_colourings

_OWNER = "the map of papers"
# Points of the drawing, and papers that a region names on the page of the map.
_DRAWN, _NAMED = 2_000, 12
# Of regions on a site of more papers than have pages of their own.
_NAMED_OF_LARGE = 50
_MARGIN = 60
# The width of a letter of a label, at most: six tenths of its height in the stylesheet.
_LETTER = 44


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the map: its words, papers and place.

    `papers` are those nearest to its middle, `count` counts all; `href` leads to a page with all, if there is one. `x`
    and `y` are the middle; `label` has the words that the drawing has room for.
    """

    number: int
    name: str
    count: int
    papers: tuple[Reference, ...]
    href: str
    x: int
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """The context of `map.html`: regions, a drawing, and where the points are.

    `points` is the file of points, `manifest` the beginning of the search data, which has their titles. `box` are the
    left, the upper edge, width and height of what the points cover; `dots` has for each colour of the first of the
    `colourings` its number and a path of points.
    """

    site: SiteContext
    head: Head
    title: str
    deck: str
    points: str
    manifest: str
    box: tuple[int, int, int, int]
    dots: tuple[tuple[str, str], ...]
    colourings: tuple[Colouring, ...]
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class RegionPage:
    """The context of `map-region.html`: all papers of a region of the map, newest first."""

    site: SiteContext
    head: Head
    title: str
    deck: str
    papers: tuple[Reference, ...]


def _plan(site: Site, shard: Shard) -> Iterator[Job]:
    if not (site.has_map and shard.map):
        return
    found: Mapping[str, Any] = json.loads(shard.map)
    xs, ys, documents = found["x"], found["y"], site.order[::-1]
    members: list[list[int]] = [[] for _ in found["centres"]]
    for number, region in enumerate(found["region"]):
        members[region].append(number)
    box = _find_box(xs, ys)
    names = [
        site.t("layout.comma").join(words) or site.t("map.region", number=str(at))
        for at, words in enumerate(found["words"], 1)
    ]
    labels = _choose_labels(found["words"], found["centres"], box[0], box[2])
    regions = tuple(
        _make_region(site, number, names[number], labels[number], members[number], found)
        for number in range(len(members))
    )
    colourings = list_colourings(site)
    points = map_points(name_bytes(_write_points(found, colourings)))
    path, title = listing("map"), site.t("map.title")
    deck = site.t("map.deck", papers=site.t("list.papers", count=len(documents)))
    steps = ((site.config.title, home()), (title, path))
    page = MapPage(
        site=site.context,
        head=site.make_head(path, title, deck, section="map", steps=steps),
        title=title,
        deck=deck,
        points=site.addresses.href(points),
        manifest=site.addresses.href(search_manifest(site.config.folder)),
        box=box,
        dots=_draw(xs, ys, colourings[0].values if colourings else "0" * len(xs)),
        colourings=colourings,
        regions=regions,
    )
    yield Job(path, PageWork("map.html", page), _OWNER, (path,), listed=True)
    for region, numbers in zip(regions, members, strict=True):
        if region.href:
            at = listing("map", str(region.number))
            head = site.make_head(
                at, region.name, site.t("map.region_deck", title=site.config.title), section="map",
                steps=(*steps, (region.name, at)),
            )  # fmt: skip
            rows = tuple(_link(site, documents[number]) for number in reversed(numbers))
            count = site.t("layout.sentence", text=site.t("list.papers", count=len(rows)))
            yield Job(
                at, PageWork("map-region.html", RegionPage(site.context, head, region.name, count, rows)), _OWNER,
                (at,), listed=True,
            )  # fmt: skip


def _find_box(xs: Sequence[int], ys: Sequence[int]) -> tuple[int, int, int, int]:
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    return left, top, max(xs) + _MARGIN - left, max(ys) + _MARGIN - top


def _make_region(
    site: Site, number: int, name: str, label: str, members: Sequence[int], found: Mapping[str, Any]
) -> Region:
    x, y = found["centres"][number]
    near = sorted(members, key=lambda one: ((found["x"][one] - x) ** 2 + (found["y"][one] - y) ** 2, -one))
    total = len(site.order)
    is_whole = len(members) <= 2 * _NAMED
    named = len(members) if is_whole else _NAMED if total <= LARGE else _NAMED_OF_LARGE
    papers = tuple(_link(site, site.order[total - 1 - one]) for one in near[:named])
    href = "" if is_whole or total > LARGE else site.addresses.href(listing("map", str(number + 1)))
    return Region(number + 1, name, len(members), papers, href, x, y, label)


def _link(site: Site, ident: str) -> Reference:
    href = site.addresses.href(paper(site.catalogue.slugs[ident]))
    return Reference(text_of(site.catalogue.records[ident], "title").plain, href)


def _choose_labels(
    words: Sequence[Sequence[str]], centres: Sequence[Sequence[int]], begin: int, width: int
) -> list[str]:
    """Returns the label of each region in the drawing, empty where there is no room."""
    used: list[tuple[float, float, float]] = []
    labels = []
    for one, (x, y) in zip(words, centres, strict=True):
        label = ", ".join(one[:2])
        half, height = len(label) * width * 0.009, width * 0.04
        edge = len(label) * _LETTER / 2
        is_free = begin + edge <= x <= begin + width - edge and all(
            abs(x - left) > half + other or abs(y - top) > height for left, top, other in used
        )
        labels.append(label if is_free else "")
        if label and is_free:
            used.append((x, y, half))
    return labels


def _draw(xs: Sequence[int], ys: Sequence[int], values: str) -> tuple[tuple[str, str], ...]:
    """Returns the paths of evenly chosen points by colour."""
    paths: dict[str, list[str]] = {}
    for number in range(0, len(xs), -(-len(xs) // _DRAWN)):
        paths.setdefault(values[number], []).append(f"M{xs[number]} {ys[number]}h0")
    return tuple((value, "".join(paths[value])) for value in sorted(paths, reverse=True))


def _write_points(found: Mapping[str, Any], colourings: Sequence[Colouring]) -> bytes:
    """Writes the file of points: columns by document, in the order of the search data.

    The file holds no words of the page: all languages of a site share it.
    """
    value = {
        "x": found["x"],
        "y": found["y"],
        "box": _find_box(found["x"], found["y"]),
        "regions": [[*place, *words] for place, words in zip(found["centres"], found["words"], strict=True)],
        "colours": {one.name: one.values for one in colourings},
    }
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plan_points(site: Site, shard: Shard) -> Iterator[Job]:
    if site.has_map and shard.map:
        data = _write_points(json.loads(shard.map), list_colourings(site))
        path = map_points(name_bytes(data))
        yield Job(path, BytesWork(data, name_bytes(data)), _OWNER, (path,))


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    catalogue = site.catalogue
    yield from site.list_summaries(site.order)
    yield from (repr((slug, tag.name, catalogue.papers_by_tag[slug])) for slug, tag in catalogue.tags.items())
    yield from (repr((slug, venue.name, venue.papers)) for slug, venue in catalogue.venues.items())


MAP = PageKind(
    "map",
    _plan,
    _read,
    templates={"map.html": MapPage, "map-region.html": RegionPage},
    wave=Wave.MAP,
    local=True,
    shows_map=True,
)
POINTS = PageKind("map points", _plan_points, _read, wave=Wave.MAP, local=True, shows_map=True, is_shared=True)
