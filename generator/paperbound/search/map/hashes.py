"""Hashes of numbers: chance that is the same in every build."""

from __future__ import annotations

import numpy as np

from ..arrays import Array

_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STEP = 0x9E3779B97F4A7C15


def mix(numbers: Array, stream: int = 0) -> Array:
    """Returns a hash of each 64-bit number, another one for each stream.

    It is the finalizer of SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
    """
    mixed: Array = numbers.astype(np.uint64) + np.uint64(stream * _STEP % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    mixed ^= mixed >> np.uint64(31)
    return mixed


def spread(numbers: Array, stream: int) -> Array:
    """Returns for each number a value from -0.5 up to 0.5 by its hash."""
    values: Array = (mix(numbers, stream) >> np.uint64(40)).astype(np.float64) / 2**24 - 0.5
    return values
