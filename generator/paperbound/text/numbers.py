"""Numbers as people read them. English, whatever the locale."""

from __future__ import annotations


def count_of(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`, `12,000 papers`."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
