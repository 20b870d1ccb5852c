"""Long page numbers: regular expressions of the exports cost time as the text is long, and no more."""

from __future__ import annotations

import pytest

from paperbound.formats import citing
from paperbound.formats.bibtex import entries
from paperbound.formats.citations import cited

PATTERNS = (citing._DASH, citing._HYPHEN, entries._DASH, cited._DASH, cited._NUMBERS)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.pattern)
@pytest.mark.parametrize("sign", [" ", "1"])
def test_a_million_signs_end(pattern: object, sign: str) -> None:
    """A quadratic expression would need hours for them."""
    assert pattern.sub("", sign * 1_000_000) == sign * 1_000_000  # type: ignore[attr-defined]
