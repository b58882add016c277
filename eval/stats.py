"""How sure a figure is, and how sure a difference: seeded, so that a second run says the same.

``groups`` names, for each question, what is drawn or swapped as one: the translations of one
question stand and fall together, and counting them apart would make intervals too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.arrays import Float64Array, Int64Array

RESAMPLES = 2_000
"""Of an interval."""
FEW_RESAMPLES = 400
"""Of an interval around a figure that must be computed anew each time."""
SWAPS = 10_000
"""Random swaps of a p-value."""
SEED = 20261120
LEVEL = 0.95


def interval(
    parts: Sequence[float],
    wholes: Sequence[float] | None = None,
    groups: Sequence[Hashable] | None = None,
) -> tuple[float, float]:
    """Percentile bootstrap interval of ``sum(parts) / sum(wholes)``; of the mean by default.

    Both hold one value a question; a ratio such as precision has a whole of 0 for the questions
    outside its denominator. Resamples whose wholes sum to 0 are left out. ``(nan, nan)`` when
    there is nothing to resample.
    """
    top = np.asarray(parts, dtype=np.float64)
    bottom = np.ones_like(top) if wholes is None else np.asarray(wholes, dtype=np.float64)
    if not len(top) or not bottom.sum():
        return float("nan"), float("nan")
    if groups is not None:
        top, bottom = _summed(top, groups), _summed(bottom, groups)
    drawn = _draws(len(top))
    sums = drawn @ bottom
    return _bounds((drawn @ top)[sums > 0] / sums[sums > 0])


def spread(
    statistic: Callable[[Int64Array], float], groups: Sequence[Hashable]
) -> tuple[float, float]:
    """Percentile bootstrap interval of any figure of some questions.

    ``statistic`` is given the numbers of the questions of a resample, some of them repeatedly;
    where it is NaN the resample is left out. ``(nan, nan)`` when nothing remains.
    """
    if not len(groups):
        return float("nan"), float("nan")
    member = _numbered(groups)
    places = np.arange(len(groups))
    values = [
        statistic(np.repeat(places, times[member].astype(np.int64)))
        for times in _draws(int(member.max()) + 1)[:FEW_RESAMPLES]
    ]
    known = [value for value in values if not math.isnan(value)]
    return _bounds(np.asarray(known)) if known else (float("nan"), float("nan"))


def p_value(
    ours: Sequence[float], theirs: Sequence[float], groups: Sequence[Hashable] | None = None
) -> float:
    """Two-sided p of a paired randomisation test on the difference of two means.

    ``ours[i]`` and ``theirs[i]`` are the values of one question. The share of random swaps of
    these pairs that differ by at least as much, the swap that was observed counted in.
    """
    difference = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    if groups is not None and len(difference):
        difference = _summed(difference, groups)
    difference = difference[difference != 0]  # a swap of equals changes nothing
    if not len(difference):
        return 1.0
    rng = np.random.default_rng(SEED)
    observed = abs(difference.sum()) - 1e-9
    extreme = 0
    for _ in range(0, SWAPS, 1000):  # a thousand at a time: memory stays small
        signs = rng.integers(0, 2, size=(1000, len(difference))) * 2.0 - 1.0
        extreme += int((np.abs(signs @ difference) >= observed).sum())
    return (extreme + 1) / (SWAPS + 1)


def holm(values: Sequence[float]) -> list[float]:
    """p-values corrected for their number, in the same order, by Holm's step-down method.

    The smallest of m is taken m times, the next m - 1 times and so on; none becomes smaller than
    one before it, nor larger than 1. The chance that any true null hypothesis among them is
    rejected then stays below the level, however they depend on one another (Holm 1979,
    Scandinavian Journal of Statistics 6: 65-70).
    """
    corrected, least = [0.0] * len(values), 0.0
    for before, place in enumerate(sorted(range(len(values)), key=lambda place: values[place])):
        least = max(least, min(1.0, (len(values) - before) * values[place]))
        corrected[place] = least
    return corrected


@lru_cache(maxsize=4)
def _draws(n: int) -> Float64Array:
    """How often each of ``n`` is drawn, shape ``(RESAMPLES, n)``."""
    drawn = np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))
    flat = (drawn + np.arange(RESAMPLES)[:, None] * n).ravel()
    times = np.bincount(flat, minlength=RESAMPLES * n)
    return times.astype(np.float64).reshape(RESAMPLES, n)


def _numbered(groups: Sequence[Hashable]) -> Int64Array:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    return np.asarray([numbers[name] for name in groups], dtype=np.int64)


def _summed(values: Float64Array, groups: Sequence[Hashable]) -> Float64Array:
    return np.bincount(_numbered(groups), weights=values).astype(np.float64)


def _bounds(values: Float64Array) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
