"""Thumbnails of the papers' pictures, which lists show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec

from ...formats.thumbnails import HEIGHT, WIDTH, draw_thumbnail
from ...library.page_kind import PageKind, Shard
from ...library.site import Site
from ...model.build import Artifact, Job
from ...model.errors import Fault, InputError
from ...storage.sources import read_bytes
from ...text.memo import memoize
from ...themes.theme import Theme
from ...urls import thumbnail


@dataclass(frozen=True, slots=True)
class ThumbnailWork:
    """A thumbnail that is not drawn yet; `name` is the picture in messages."""

    location: str = field(repr=False, compare=False)
    digest: str
    name: str

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the thumbnail; raises InputError for a picture that cannot be read."""
        try:
            yield Artifact(paths[0], draw_thumbnail(read_bytes(self.location), WIDTH, HEIGHT))
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
        picture, path = site.catalogue.pictures[ident], thumbnail(site.catalogue.slugs[ident])
        work = ThumbnailWork(picture.location, picture.digest, f"the picture /{picture.path} of {ident!r}")
        yield Job(path, work, f"the thumbnail of {ident!r}", (path,))


def _read(site: Site, shard: Shard) -> Iterator[str]:
    yield memoize("version", "pillow", lambda: version("pillow"))
    for ident in _list_items(site)[shard.start : shard.stop]:
        yield f"{site.catalogue.slugs[ident]}\1{site.catalogue.pictures[ident]!r}"


THUMBNAILS = PageKind("thumbnails", _plan, _read, items=_list_items, size=16, local=True, is_shared=True)
