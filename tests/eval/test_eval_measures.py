from __future__ import annotations

import math
import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import (
    Places,
    answers,
    holds,
    quote_precision,
    quote_recall,
    rank_measures,
    verbatim,
)
from eval.questions import Gold
from eval.stats import holm, interval, p_value, spread
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


def places(*ranks: int, relevant: int = 1) -> Places:
    """Relevant things at ``ranks``, all of grade 1."""
    return Places(tuple((rank, 1) for rank in ranks), (1,) * relevant)


def test_rank_measures_worked_by_hand() -> None:
    values = rank_measures(
        {
            "first": places(1),
            "third": places(3),
            "two of three": places(1, 3, relevant=3),
            "none": places(),
            "lost": Places((), ()),
        }
    )
    perfect = {"Success@1": 1, "Success@5": 1, "RR@10": 1, "nDCG@10": 1, "R@100": 1}
    assert values["first"] == perfect
    assert values["none"] == values["lost"] == dict.fromkeys(perfect, 0)
    third = values["third"]
    assert (third["Success@1"], third["Success@5"]) == (0, 1)
    assert third["RR@10"] == pytest.approx(1 / 3)
    assert third["nDCG@10"] == pytest.approx(1 / math.log2(4))
    assert third["R@100"] == 1
    two = values["two of three"]
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert two["nDCG@10"] == pytest.approx((1 + 1 / math.log2(4)) / ideal)
    assert two["R@100"] == pytest.approx(2 / 3)


def test_grades_count_in_ndcg_and_not_in_recall() -> None:
    graded = Places(((1, 1), (2, 3)), (3, 2, 1))  # the one of grade 2 was not found
    values = rank_measures({"q": graded}, ["nDCG@10", "R@10", "Success@1"])["q"]
    ideal = 3 + 2 / math.log2(3) + 1 / math.log2(4)
    assert values["nDCG@10"] == pytest.approx((1 + 3 / math.log2(3)) / ideal)
    assert values["R@10"] == pytest.approx(2 / 3)
    assert values["Success@1"] == 1


def test_measures_look_no_further_than_their_depth() -> None:
    values = rank_measures({"deep": places(11), "deeper": places(101)})
    assert values["deep"] == {"Success@1": 0, "Success@5": 0, "RR@10": 0, "nDCG@10": 0, "R@100": 1}
    assert values["deeper"]["R@100"] == 0


def test_any_measure_of_ir_measures_can_be_asked_for() -> None:
    names = ["R@1", "R@2", "R@3", "P@2", "AP@10"]
    values = rank_measures({"q": places(2, 3, relevant=2)}, names)["q"]
    assert [values[name] for name in names] == pytest.approx([0, 0.5, 1, 0.5, (1 / 2 + 2 / 3) / 2])


def by_definition(places: Places) -> dict[str, float]:
    """The measures written out, without a library."""
    found, grades = places
    gain = sum(grade / math.log2(rank + 1) for rank, grade in found if rank <= 10)
    best = sorted(grades, reverse=True)[:10]
    ideal = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, start=1))
    first = min((rank for rank, _ in found), default=math.inf)
    return {
        "Success@1": float(first <= 1),
        "Success@5": float(first <= 5),
        "RR@10": 1 / first if first <= 10 else 0.0,
        "nDCG@10": gain / ideal,
        "R@100": sum(rank <= 100 for rank, _ in found) / len(grades),
    }


def test_measures_are_those_of_their_definitions() -> None:
    rng = np.random.default_rng(7)
    asked = {}
    for number in range(60):
        grades = tuple(int(one) for one in rng.integers(1, 4, size=rng.integers(1, 16)))
        count = int(rng.integers(0, len(grades) + 1))
        ranks = sorted(rng.choice(np.arange(1, 121), size=count, replace=False).tolist())
        asked[f"q{number}"] = Places(tuple(zip(ranks, grades[:count], strict=True)), grades)
    values = rank_measures(asked)
    for name, one in asked.items():
        assert values[name] == pytest.approx(by_definition(one)), one


@pytest.mark.parametrize("name", ["luck", "nDCG", "nDCG@200"])
def test_a_measure_that_cannot_be_had_is_named(name: str) -> None:
    with pytest.raises(InputError, match=name):
        rank_measures({"q": places(1)}, [name])


def test_without_ir_measures_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(InputError, match=r"kutip\[eval\]"):
        rank_measures({"q": places(1)})


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


def test_quote_precision_and_recall_worked_by_hand() -> None:
    """The gold text is 17 characters, 10 to 27."""
    assert quote_precision([quote(10, 27)], [GOLD]) == 1
    assert quote_precision([quote(0, 27)], [GOLD]) == pytest.approx(17 / 27)
    assert quote_precision([quote(0, 27), quote(28, 51)], [GOLD]) == pytest.approx(17 / 50)
    assert quote_precision([quote(10, 27)], []) == 0
    assert quote_precision([], [GOLD]) is None
    assert quote_recall([quote(20, 30)], [GOLD]) == pytest.approx(7 / 17)
    assert quote_recall([quote(10, 15), quote(14, 20)], [GOLD]) == pytest.approx(10 / 17)
    assert quote_recall([], [GOLD]) == 0


def test_one_of_several_gold_texts_is_enough_for_recall() -> None:
    other = Gold("a", "War came.", "War", Span(0, 9))
    assert quote_recall([quote(0, 9)], [GOLD, other]) == 1
    assert quote_precision([quote(0, 27)], [GOLD, other]) == pytest.approx(26 / 27)


def test_quotes_of_another_article_and_gold_without_a_place_count_for_nothing() -> None:
    elsewhere = Article("b", TEXT, "en", "0" * 64)
    assert quote_precision([quote(10, 27, elsewhere)], [GOLD]) == 0
    assert quote_recall([quote(10, 27, elsewhere)], [GOLD]) == 0
    assert quote_recall([quote(10, 27)], [Gold("a", "It ended in 1994.", "1994")]) == 0


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


def test_holm_worked_by_hand() -> None:
    # of four: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 1 x 0.04, which may not fall below 0.06
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.2, 0.6, 0.5]) == pytest.approx([0.6, 1.0, 1.0])  # 3 x 0.2, 2 x 0.5, never above
    assert holm([0.02, 0.02]) == pytest.approx([0.04, 0.04])
    assert holm([0.031]) == [0.031]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_is_the_closed_test_of_all_subsets_by_bonferroni(values: list[float]) -> None:
    """A p-value is as large as the largest Bonferroni p of any set that it belongs to."""
    places = range(len(values))
    sets = [one for size in range(1, len(values) + 1) for one in combinations(places, size)]
    bonferroni = {one: min(1.0, len(one) * min(values[place] for place in one)) for one in sets}
    wanted = [max(p for one, p in bonferroni.items() if place in one) for place in places]
    assert holm(values) == pytest.approx(wanted)


def test_translations_of_one_question_are_drawn_and_swapped_as_one() -> None:
    values = [1.0] * 30 + [0.0] * 10
    twice, pairs = [*values, *values], [*range(40), *range(40)]
    assert interval(twice, groups=pairs) == interval(values)
    assert interval(twice)[1] < interval(values)[1]  # as if they were eighty questions
    zeros = [0.0] * 80
    assert p_value(twice, zeros, pairs) == p_value(values, zeros[:40])
    # four pairs of equal sign: two of sixteen patterns, not two of 256
    assert p_value([1] * 8, [0] * 8, [0, 0, 1, 1, 2, 2, 3, 3]) == pytest.approx(2 / 16, abs=0.015)


def test_the_spread_of_a_mean_is_its_interval() -> None:
    values = np.array([1.0] * 30 + [0.0] * 10)
    low, high = spread(lambda chosen: float(values[chosen].mean()), range(40))
    assert (low, high) == pytest.approx(interval(values.tolist()), abs=0.03)
    assert all(math.isnan(bound) for bound in spread(lambda _: 1.0, []))
    assert all(math.isnan(bound) for bound in spread(lambda _: math.nan, [1, 2]))
