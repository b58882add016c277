"""How sure a mean is, and how sure a difference: seeded, so that a second run says the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2_000
"""Of an interval."""
SWAPS = 10_000
"""Random swaps of a p-value."""
SEED = 20261120


def interval(
    parts: Sequence[float], wholes: Sequence[float] | None = None, level: float = 0.95
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
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(0, len(top), size=(RESAMPLES, len(top)))
    sums = bottom[drawn].sum(axis=1)
    ratios = top[drawn].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.quantile(ratios, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def p_value(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Two-sided p of a paired randomisation test on the difference of two means.

    ``ours[i]`` and ``theirs[i]`` are the values of one question. The share of random swaps of
    these pairs that differ by at least as much, the swap that was observed counted in.
    """
    difference = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
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
