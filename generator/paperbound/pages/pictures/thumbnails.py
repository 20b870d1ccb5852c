"""Thumbnails of the papers' pictures, which lists show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec

from ...formats.thumbnails import HEIGHT, WIDTH, draw_thumbnail, list_sizes
from ...library.page_kind import PageKind, Shard
from ...library.site import Site
from ...model.build import Artifact, Job
from ...model.errors import Fault, InputError
from ...storage.sources import read_bytes
from ...text.memo import memoize
from ...themes.theme import Theme
from ...urls import picture, thumbnail


@dataclass(frozen=True, slots=True)
class ThumbnailWork:
    """A thumbnail, and pictures of other sizes, that are not drawn yet.

    `name` is the picture in messages; `sizes` are those of the files after the first.
    """

    location: str = field(repr=False, compare=False)
    digest: str
    name: str
    sizes: tuple[tuple[int, int], ...] = ()

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the pictures; raises InputError for one that cannot be read."""
        try:
            data = read_bytes(self.location)
            yield Artifact(paths[0], draw_thumbnail(data, WIDTH, HEIGHT))
            for path, size in zip(paths[1:], self.sizes, strict=True):
                yield Artifact(path, draw_thumbnail(data, *size, sharp=1))
        except ValueError as error:
            raise InputError([_refuse(self.name, error)]) from error


def _refuse(name: str, error: ValueError) -> Fault:
    return Fault(name, 0, "picture", f"the picture cannot be read: {error}", "Save it again, as PNG, JPEG or WebP.")


def _list_items(site: Site) -> Sequence[str]:
    """Returns the ids of papers with a thumbnail; raises InputError without Pillow."""
    if site.config.thumbnails != "yes":
        return ()
    if not find_spec("PIL"):
        raise InputError(
            [
                Fault(
                    "site.yaml",
                    0,
                    "thumbnails",
                    "thumbnails need the library Pillow",
                    "Install it with `pip install 'paperbound[cards]'`, or write `thumbnails: no`.",
                )
            ]
        )
    return tuple(ident for ident, picture in site.catalogue.pictures.items() if not picture.path.endswith(".svg"))


def _plan(site: Site, shard: Shard) -> Iterator[Job]:
    for ident in _list_items(site)[shard.start : shard.stop]:
        shown, slug = site.catalogue.pictures[ident], site.catalogue.slugs[ident]
        sizes = list_sizes(shown.width, shown.height)
        work = ThumbnailWork(shown.location, shown.digest, f"the picture /{shown.path} of {ident!r}", sizes)
        path, more = thumbnail(slug), (picture(slug, width) for width, _ in sizes)
        yield Job(path, work, f"the thumbnail of {ident!r}", (path, *more))


def _read(site: Site, shard: Shard) -> Iterator[str]:
    yield memoize("version", "pillow", lambda: version("pillow"))
    for ident in _list_items(site)[shard.start : shard.stop]:
        yield f"{site.catalogue.slugs[ident]}\1{site.catalogue.pictures[ident]!r}"


THUMBNAILS = PageKind("thumbnails", _plan, _read, items=_list_items, size=16, local=True, is_shared=True)
