"""Does confidence tell right from wrong? Each function takes one value a question.

``confidences`` are probabilities, 0 to 1; equal ones are treated as one group, so that the order
of the questions never matters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float64Array

Truths: TypeAlias = "Sequence[bool] | NDArray[np.bool_]"
Values: TypeAlias = "Sequence[float] | Float64Array"

BINS = 10
"""Bins of equal width, ``[0, 0.1)`` to ``[0.9, 1]``."""


class Bin(NamedTuple):
    """The questions whose confidence lies in one bin."""

    low: float
    high: float
    n: int
    confidence: float
    """Their mean."""
    right: float
    """Share of them that were right."""


def auroc(positive: Truths, confidences: Values) -> float:
    """How often a positive question is more confident than one that is not; ties count half.

    0.5 is chance. NaN unless there are questions of both sorts. This is the Mann-Whitney U
    statistic over the number of pairs.
    """
    is_positive = np.asarray(positive, dtype=bool)
    yes, no = int(is_positive.sum()), int((~is_positive).sum())
    if not yes or not no:
        return math.nan
    _, group = np.unique(np.asarray(confidences, dtype=np.float64), return_inverse=True)
    ours = np.bincount(group, weights=is_positive)
    theirs = np.bincount(group, weights=~is_positive)
    below = np.cumsum(theirs) - theirs
    return float((ours * (below + theirs / 2)).sum() / (yes * no))


def bins(right: Truths, confidences: Values) -> list[Bin]:
    """The reliability diagram: the bins that hold a question, from low to high."""
    sure = np.asarray(confidences, dtype=np.float64)
    hit = np.asarray(right, dtype=np.float64)
    number = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        Bin(one / BINS, (one + 1) / BINS, int(held.sum()), *_means(sure[held], hit[held]))
        for one in range(BINS)
        if (held := number == one).any()
    ]


def ece(right: Truths, confidences: Values) -> float:
    """Expected calibration error with ``BINS`` bins of equal width; NaN without questions.

    The gap between mean confidence and share right, averaged over the questions (Guo et al. 2017,
    equation 3). 0 is perfect.
    """
    found = bins(right, confidences)
    total = sum(one.n for one in found)
    if not total:
        return math.nan
    return sum(one.n * abs(one.confidence - one.right) for one in found) / total


def risk_coverage(right: Truths, confidences: Values) -> Float64Array:
    """Risk when only the ``i + 1`` most confident of ``n`` questions are answered; shape ``(n,)``.

    Risk is the share of wrong answers among those given, coverage ``(i + 1) / n``. Inside a group
    of equal confidence the risk is that of a random order, on average.
    """
    sure = np.asarray(confidences, dtype=np.float64)
    wrong = 1.0 - np.asarray(right, dtype=np.float64)
    order = np.argsort(-sure, kind="stable")
    _, group = np.unique(-sure[order], return_inverse=True)
    shares = np.bincount(group, weights=wrong[order]) / np.maximum(np.bincount(group), 1)
    risks: Float64Array = np.cumsum(shares[group]) / np.arange(1, len(sure) + 1)
    return risks


def aurc(right: Truths, confidences: Values) -> float:
    """Area under the risk-coverage curve: the mean of ``risk_coverage``; NaN without questions.

    0 is perfect, and only to be reached when everything is right: at best, every right answer is
    more confident than every wrong one (``confidences`` equal to ``right``) (Geifman, Uziel,
    El-Yaniv 2019).
    """
    return float(risk_coverage(right, confidences).mean()) if len(right) else math.nan


def _means(sure: Float64Array, hit: Float64Array) -> tuple[float, float]:
    return float(sure.mean()), float(hit.mean())
