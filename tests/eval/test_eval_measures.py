from __future__ import annotations

import math
import sys

import pytest

from eval.measures import answers, auroc, holds, rank_measures, verbatim
from eval.questions import Gold
from eval.stats import interval, p_value
from index.errors import InputError
from index.types import Article, Hit, Passage, Span
from qa.types import Quote

TEXT = "War came. It ended in 1994. The year 1994 was long."
ARTICLE = Article("a", TEXT, "en", "0" * 64)
GOLD = Gold("a", "It ended in 1994.", "1994", Span(10, 27))


def passage(start: int, end: int, article: Article = ARTICLE) -> Passage:
    return Passage(0, article, Span(start, end), 1)


def quote(start: int, end: int, article: Article = ARTICLE) -> Quote:
    hit = Hit(passage(0, len(article.text), article), 1, 1.0, 1, None)
    return Quote(article, Span(start, end), (), hit, 1.0)


def test_rank_measures_worked_by_hand() -> None:
    relevant = {"first": {"a"}, "third": {"a"}, "two of three": {"a", "b", "c"}, "none": {"a"}}
    rankings = {
        "first": ["a", "b"],
        "third": ["x", "y", "a"],
        "two of three": ["a", "x", "b"],
        "none": ["x", "y"],
    }
    values = rank_measures(relevant, rankings)
    assert values["first"] == {"Success@1": 1, "RR@10": 1, "nDCG@10": 1, "R@100": 1}
    assert values["none"] == {"Success@1": 0, "RR@10": 0, "nDCG@10": 0, "R@100": 0}
    third = values["third"]
    assert third["Success@1"] == 0
    assert third["RR@10"] == pytest.approx(1 / 3)
    assert third["nDCG@10"] == pytest.approx(1 / math.log2(4))
    assert third["R@100"] == 1
    two = values["two of three"]
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert two["nDCG@10"] == pytest.approx((1 + 1 / math.log2(4)) / ideal)
    assert two["R@100"] == pytest.approx(2 / 3)


def test_measures_look_no_further_than_their_depth() -> None:
    deep = [*(f"x{i:03}" for i in range(10)), "a"]
    deeper = [*(f"x{i:03}" for i in range(100)), "a"]
    values = rank_measures({"deep": {"a"}, "deeper": {"a"}}, {"deep": deep, "deeper": deeper})
    assert values["deep"] == {"Success@1": 0, "RR@10": 0, "nDCG@10": 0, "R@100": 1}
    assert values["deeper"]["R@100"] == 0


def test_a_question_without_a_ranking_scores_0_and_one_without_gold_is_not_counted() -> None:
    values = rank_measures({"missing": {"a"}, "lost": set()}, {"foreign": ["a"], "lost": ["a"]})
    assert values.keys() == {"missing", "lost"}
    assert all(value == 0 for one in values.values() for value in one.values())


def test_the_order_of_a_ranking_counts_whatever_the_ids_are() -> None:
    # trec_eval breaks ties by id: with equal scores "z" would come before "a"
    values = rank_measures({"q": {"a"}}, {"q": ["a", "z"]})
    assert values["q"]["Success@1"] == 1


def test_without_ir_measures_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(InputError, match=r"kutip\[eval\]"):
        rank_measures({"q": {"a"}}, {"q": ["a"]})


@pytest.mark.parametrize(
    ("start", "end", "held"), [(0, 10, False), (0, 11, True), (26, 40, True), (27, 40, False)]
)
def test_a_passage_holds_gold_when_they_share_a_character(start: int, end: int, held: bool) -> None:
    assert holds(passage(start, end), [GOLD]) is held


def test_gold_of_another_article_is_not_held() -> None:
    other = Article("b", TEXT, "en", "0" * 64)
    assert not holds(passage(0, 40, other), [GOLD])
    assert not answers(quote(0, 40, other), [GOLD])


def test_a_quote_answers_when_it_covers_the_place_of_the_answer() -> None:
    assert answers(quote(10, 27), [GOLD])
    assert not answers(quote(10, 25), [GOLD])  # "It ended in 199"
    assert not answers(quote(28, 51), [GOLD])  # another 1994
    assert not answers(quote(0, 51), [Gold("a", "It ended in 1994.", "1994")])  # not placed
    assert not answers(quote(0, 51), [])


def test_verbatim_allows_white_space_composition_and_the_invisible_only() -> None:
    assert verbatim(quote(10, 27), "War came.\n  It ended\n in 1994. The year")
    assert verbatim(quote(10, 27), "War came. It\u200e ended in\u00a01994.")
    assert not verbatim(quote(10, 27), "It never ended in 1994.")
    composed = Article("c", "Café", "en", "0" * 64)
    assert verbatim(quote(0, 4, composed), "Cafe\u0301")


def test_auroc_worked_by_hand() -> None:
    assert auroc([True, True, False, False], [0.9, 0.8, 0.2, 0.1]) == 1
    assert auroc([False, False, True], [0.9, 0.8, 0.2]) == 0
    assert auroc([True, False], [0.5, 0.5]) == 0.5
    # pairs: 0.9 wins both, 0.4 ties with one and wins none
    assert auroc([True, True, False, False], [0.9, 0.4, 0.4, 0.7]) == pytest.approx(2.5 / 4)
    assert math.isnan(auroc([True], [0.5]))


def test_interval_holds_the_mean_and_is_the_same_twice() -> None:
    values = [1.0] * 30 + [0.0] * 10
    low, high = interval(values)
    assert low < 0.75 < high
    # the normal approximation: 0.75 ± 1.96 · sqrt(0.75 · 0.25 / 40)
    assert low == pytest.approx(0.616, abs=0.03)
    assert high == pytest.approx(0.884, abs=0.03)
    assert interval(values) == (low, high)


def test_interval_of_a_ratio_counts_the_denominator_only() -> None:
    inside = interval([1, 0, 1, 1])
    outside = interval([1, 0, 1, 1, 0, 0], [1, 1, 1, 1, 0, 0])
    assert inside == pytest.approx(outside, abs=0.1)
    assert interval([1.0] * 5) == (1, 1)
    assert all(math.isnan(bound) for bound in (*interval([]), *interval([0, 0], [0, 0])))


def test_p_value_worked_by_hand() -> None:
    # of the 2^4 sign patterns only the two with all signs equal reach the difference
    assert p_value([1, 1, 1, 1], [0, 0, 0, 0]) == pytest.approx(2 / 16, abs=0.015)
    # one win and one loss: every pattern reaches a difference of 0
    assert p_value([1, 0, 1], [0, 1, 1]) == 1
    assert p_value([1, 0], [1, 0]) == 1
    assert p_value([1] * 20, [0] * 20) < 0.001
    assert p_value([1, 1, 0], [0, 1, 1]) == p_value([0, 1, 1], [1, 1, 0])
