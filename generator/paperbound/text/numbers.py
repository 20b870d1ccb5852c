"""Numbers as text for people. English."""

from __future__ import annotations


def count_of(number: int, noun: str) -> str:
    """Returns a number with its noun: `1 paper`, `2 papers`, `12,000 papers`."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
