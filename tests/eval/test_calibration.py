"""Worked by hand, and against definitions written out slowly."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest

from eval.calibration import aurc, auroc, bins, ece, risk_coverage


def test_auroc_worked_by_hand() -> None:
    assert auroc([True, True, False, False], [0.9, 0.8, 0.2, 0.1]) == 1
    assert auroc([False, False, True], [0.9, 0.8, 0.2]) == 0
    assert auroc([True, False], [0.5, 0.5]) == 0.5
    # pairs: 0.9 wins both, 0.4 ties with one and wins none
    assert auroc([True, True, False, False], [0.9, 0.4, 0.4, 0.7]) == pytest.approx(2.5 / 4)
    assert math.isnan(auroc([True], [0.5]))
    assert math.isnan(auroc([], []))


def test_auroc_is_the_share_of_pairs_in_order() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        truth = rng.random(30) < 0.4
        sure = rng.integers(0, 8, 30) / 8  # many ties
        pairs = [(a > b) + (a == b) / 2 for a in sure[truth] for b in sure[~truth]]
        assert auroc(truth, sure) == pytest.approx(sum(pairs) / len(pairs))


def test_bins_and_ece_worked_by_hand() -> None:
    right = [True, False, True, True, False]
    sure = [0.95, 1.0, 0.9, 0.32, 0.0]
    found = bins(right, sure)
    assert [(round(one.low, 1), one.n) for one in found] == [(0.0, 1), (0.3, 1), (0.9, 3)]
    assert found[2].confidence == pytest.approx(0.95)
    assert found[2].right == pytest.approx(2 / 3)
    gaps = 1 * 0.0 + 1 * (1 - 0.32) + 3 * abs(0.95 - 2 / 3)
    assert ece(right, sure) == pytest.approx(gaps / 5)
    assert ece([True, False], [0.5, 0.5]) == 0
    assert math.isnan(ece([], []))


def test_risk_coverage_worked_by_hand() -> None:
    risks = risk_coverage([True, False, True, False], [0.9, 0.8, 0.7, 0.1])
    assert risks == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert aurc([True, False, True, False], [0.9, 0.8, 0.7, 0.1]) == pytest.approx(
        (0 + 1 / 2 + 1 / 3 + 1 / 2) / 4
    )
    assert math.isnan(aurc([], []))


def test_equal_confidence_is_the_average_of_every_order() -> None:
    right = [True, False, False, True]
    orders = [
        [sum(not one for one in order[: i + 1]) / (i + 1) for i in range(4)]
        for order in permutations(right)
    ]
    expected = np.mean(orders, axis=0)
    assert risk_coverage(right, [0.4] * 4) == pytest.approx(expected)
    assert risk_coverage(right[::-1], [0.4] * 4) == pytest.approx(expected)


def test_no_order_is_better_than_all_right_answers_first() -> None:
    right = np.array([True, False, True, False, False, True])
    best = aurc(right, right.astype(float))
    assert best == pytest.approx((0 + 0 + 0 + 1 / 4 + 2 / 5 + 3 / 6) / 6)
    rng = np.random.default_rng(1)
    assert all(aurc(right, rng.random(6)) >= best for _ in range(50))
