"""The icon of the site for home screens, as PNG.

iOS reads no SVG.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from ...formats.touch_icon import draw_touch_icon
from ...library.page_kind import PageKind, Shard
from ...library.site import Site
from ...model.build import Artifact, Job
from ...text.memo import memoize
from ...themes.theme import Theme
from ...urls import TOUCH_ICON

_ACCENT = "#0a6a54"


@dataclass(frozen=True, slots=True)
class TouchIconWork:
    """An icon that is not drawn yet."""

    accent: str

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the picture."""
        yield Artifact(paths[0], draw_touch_icon(self.accent))


def _is_drawn(site: Site) -> bool:
    return site.context.touch_icon.endswith(f"/{TOUCH_ICON}")


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    if _is_drawn(site):
        work = TouchIconWork(site.context.options.get("accent", _ACCENT))
        yield Job(TOUCH_ICON, work, "the icon of the site", (TOUCH_ICON,))


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    if _is_drawn(site):  # Pillow is there only where pictures are drawn
        yield memoize("version", "pillow", lambda: version("pillow"))


TOUCH_ICONS = PageKind("touch icon", _plan, _read, is_shared=True)
