"""The registry of sections, in the order of the navigation."""

from __future__ import annotations

from .authors import AUTHORS
from .collections import COLLECTIONS
from .tags import TAGS
from .venues import VENUES
from .years import YEARS

SECTIONS = (TAGS, AUTHORS, YEARS, VENUES, COLLECTIONS)
