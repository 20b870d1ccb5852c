"""Phrases in English: the map and the statistics."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "map.title": "Map",
    "map.deck": "{papers}, near each other where they are alike.",
    "map.region": "Region {number}",
    "map.region_deck": "Papers of one region of the map of {title}.",
    "map.all_of_region": {"one": "All {count} paper of this region", "other": "All {count} papers of this region"},
    "map.colours": "Colours",
    "map.others": "Others",
    "map.find": "Highlight papers",
    "map.found": {"one": "{count} paper highlighted", "other": "{count} papers highlighted"},
    "map.none": "No paper has these words.",
    "map.zoom_in": "Zoom in",
    "map.zoom_out": "Zoom out",
    "map.whole": "Whole map",
    "map.show": "Show on the map",
    "map.drawing": "Papers as points",
    "map.hint": (
        "Drag to move, Ctrl and the wheel to zoom. Keys: arrows from paper to paper, with Shift to "
        "move, + and − to zoom, 0 for the whole map, Enter to open."
    ),
    "map.label": "Map of papers. Arrows lead from paper to paper, Enter opens the paper.",
    "map.failed": "The points could not be loaded. The regions below name the papers.",
    "stats.table": "As a table",
    "stats.value": "{name}: {number}",
    "stats.over_time": "Topics over time",
    "stats.together": "Who writes together",
    "stats.together_hint": (
        "A line joins two people who wrote papers together; it is the thicker, the more there are."
    ),
}
