"""Worked by hand, and against the official algorithm written out a second time."""

from __future__ import annotations

import math
import random

import pytest

from eval.squad_measures import Reading, best_threshold, exact, f1, normal, score_squad, scores


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The  Cat, a dog!", "cat dog"),
        ("an theatre", "theatre"),
        ("A", ""),
        ("U.S.", "us"),
        ("pada tahun 1994.", "pada tahun 1994"),
        ("", ""),
        ("the-end", "theend"),  # punctuation goes first, so this is one word
    ],
)
def test_normalisation_worked_by_hand(text: str, plain: str) -> None:
    assert normal(text) == plain


@pytest.mark.parametrize(
    ("prediction", "golds", "same", "overlap"),
    [
        ("The Eiffel Tower", ["eiffel tower."], 1, 1),
        ("Eiffel Tower in Paris", ["Eiffel Tower"], 0, 2 * (2 / 4) * 1 / (2 / 4 + 1)),
        ("tower tower", ["tower"], 0, 2 / 3),  # the second one has no partner
        ("Paris", ["London"], 0, 0),
        ("1994", ["in 1994", "1994"], 1, 1),  # the best gold answer counts
        ("", ["1994"], 0, 0),
        ("", [], 1, 1),
        ("1994", [], 0, 0),
        ("the", [], 1, 1),  # nothing is left of it
        ("", ["the"], 1, 1),  # an answer of nothing but an article counts as none
    ],
)
def test_exact_and_f1_worked_by_hand(
    prediction: str, golds: list[str], same: float, overlap: float
) -> None:
    assert exact(prediction, golds) == same
    assert f1(prediction, golds) == pytest.approx(overlap)


ROWS = [
    Reading("1994", ("1994",), 0.1),
    Reading("old train", ("the train",), 0.3),  # F1 2/3
    Reading("Jakarta", (), 0.2),
    Reading("Ambon", (), 0.8),
    Reading("seven", ("seventy",), 0.9),
]


def test_scores_worked_by_hand() -> None:
    everything = score_squad(ROWS)
    assert everything.exact == pytest.approx(100 * 1 / 5)
    assert everything.f1 == pytest.approx(100 * (1 + 2 / 3) / 5)
    assert everything.answerable_exact == pytest.approx(100 / 3)
    assert everything.answerable_f1 == pytest.approx(100 * (1 + 2 / 3) / 3)
    assert (everything.unanswerable_exact, everything.unanswerable_n) == (0, 2)
    careful = score_squad(ROWS, 0.3)  # 0.8 and 0.9 are refused
    assert careful.exact == pytest.approx(100 * 2 / 5)
    assert careful.f1 == pytest.approx(100 * (2 + 2 / 3) / 5)
    assert careful.unanswerable_exact == 50
    assert (careful.n, careful.answerable_n) == (5, 3)
    assert [same for same, _ in scores(ROWS, 0.3)] == [1, 0, 0, 1, 0]


def test_the_best_threshold_worked_by_hand() -> None:
    # everything refused: 2; up to 0.1: 3; up to 0.2: 2; up to 0.3: 2 and 2 2/3
    best = best_threshold(ROWS)
    assert best == pytest.approx((60, 0.1, 60, 0.1))
    better = [*ROWS, Reading("harbour", ("harbour",), 0.3), Reading("ship", ("ship",), 0.3)]
    assert best_threshold(better) == pytest.approx((100 * 4 / 7, 0.3, 100 * (4 + 2 / 3) / 7, 0.3))


def test_questions_of_equal_doubt_are_refused_together() -> None:
    tied = [Reading("x", ("x",), 0.5), Reading("y", (), 0.5), Reading("z", (), 0.5)]
    best = best_threshold(tied)
    assert best.exact == pytest.approx(100 * 2 / 3)  # not 3/3: the first comes with the others
    assert best.exact_threshold == 0.0


def official(rows: list[Reading]) -> tuple[float, float]:
    """The loop of the official script over exact match, for rows without ties."""
    current = best = sum(not row.golds for row in rows)
    threshold = 0.0
    for row in sorted(rows, key=lambda row: row.no_answer):
        if row.golds:
            current += int(row.prediction in row.golds)
        elif row.prediction:
            current -= 1
        if current > best:
            best, threshold = current, row.no_answer
    return 100.0 * best / len(rows), threshold


def test_the_best_threshold_is_the_official_one_and_can_be_reached() -> None:
    chance = random.Random(4)
    for _ in range(50):
        rows = [
            Reading(
                chance.choice(["", "x", "y"]), chance.choice([(), ("x",), ("y", "z")]), doubt / 64
            )
            for doubt in chance.sample(range(1, 64), 20)
        ]
        best = best_threshold(rows)
        assert (best.exact, best.exact_threshold) == pytest.approx(official(rows))
        assert score_squad(rows, best.exact_threshold).exact == pytest.approx(best.exact)
        assert score_squad(rows, best.f1_threshold).f1 == pytest.approx(best.f1)
        every = [score_squad(rows, at / 64).f1 for at in range(65)]
        assert best.f1 == pytest.approx(max(every))


def test_no_questions_are_no_score() -> None:
    assert math.isnan(score_squad([]).exact)
    assert math.isnan(best_threshold([]).f1)
    assert math.isnan(score_squad(ROWS[:1]).unanswerable_exact)
