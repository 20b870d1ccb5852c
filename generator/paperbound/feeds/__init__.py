"""Feeds and sitemaps; the first format of the registry is the default of links."""

from __future__ import annotations

from .atom import ATOM
from .jsonfeed import JSON_FEED
from .rss import RSS

FEED_FORMATS = (RSS, ATOM, JSON_FEED)
