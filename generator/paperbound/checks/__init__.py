"""Rules of `paperbound check`; a rule is a file and a row here.

`make reference` writes a page of each in docs/checks/.
"""

from __future__ import annotations

from .content_rules.address import ADDRESS
from .content_rules.content import CONTENT
from .content_rules.dead_alias import DEAD_ALIAS
from .content_rules.duplicate import DUPLICATE
from .content_rules.entities import ENTITY
from .content_rules.latex import LATEX
from .content_rules.missing_date import MISSING_DATE
from .content_rules.mojibake import MOJIBAKE
from .content_rules.namesakes import NAMESAKES
from .content_rules.spellings import SPELLINGS
from .content_rules.unknown_tag import UNKNOWN_TAG
from .rule import Rule
from .site_rules.feeds import FEED
from .site_rules.ids import REPEATED_ID
from .site_rules.leftovers import LEFTOVER
from .site_rules.links import BASE_PATH, FRAGMENT, LINK
from .site_rules.scholar import SCHOLAR
from .site_rules.sizes import HOST_LIMITS, SIZE
from .site_rules.symlinks import SYMLINK

ROWS: tuple[Rule, ...] = (
    CONTENT,
    DUPLICATE,
    DEAD_ALIAS,
    UNKNOWN_TAG,
    NAMESAKES,
    SPELLINGS,
    MISSING_DATE,
    LATEX,
    ENTITY,
    MOJIBAKE,
    ADDRESS,
    LINK,
    FRAGMENT,
    BASE_PATH,
    REPEATED_ID,
    FEED,
    SCHOLAR,
    SIZE,
    HOST_LIMITS,
    SYMLINK,
    LEFTOVER,
)
RULES = {rule.name: rule for rule in ROWS}
