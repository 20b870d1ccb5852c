"""Plots as SVG: bars of seconds, one group a size, readable in light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_STYLE = """
text{font:13px system-ui,sans-serif;fill:#1b1f1d}.t{font-weight:600;font-size:15px}.g{font-weight:600}
rect{fill:#b9c2bd}.own{fill:#0a6a54}
@media (prefers-color-scheme:dark){text{fill:#e6ebe8}rect{fill:#56605b}.own{fill:#63cbaa}}
"""
_LEFT, _WIDTH, _LINE = 190, 720, 24


def draw_bars(title: str, groups: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> str:
    """An SVG document: for each group (name, rows) its rows (name, value) as bars, to the scale of the group."""
    lines, at = [], 34
    for name, rows in groups:
        at += 16
        lines.append(f'<text class="g" x="0" y="{at}">{escape(name)}</text>')
        most = max((value for _, value in rows), default=1.0)
        for label, value in rows:
            at += _LINE
            width = max(1.0, value / most * (_WIDTH - _LEFT - 70))
            own = ' class="own"' if label.startswith("paperbound") else ""
            lines.append(f'<text x="{_LEFT - 8}" y="{at}" text-anchor="end">{escape(label)}</text>')
            lines.append(f'<rect{own} x="{_LEFT}" y="{at - 12}" width="{width:.1f}" height="15"/>')
            lines.append(f'<text x="{_LEFT + width + 6:.1f}" y="{at}">{value:.2f}</text>')
        at += _LINE
    body = "\n".join(lines)
    box = f'viewBox="0 0 {_WIDTH} {at}" role="img" aria-label="{escape(title)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>\n'
        f"<style>{_STYLE}</style>\n"
        f'<text class="t" x="0" y="18">{escape(title)}</text>\n{body}\n</svg>\n'
    )
