import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from training.ranking import Bm25, min_max, ndcg10

PASSAGES = [text.split() for text in ("a b b c", "b c d", "d e f g h", "a a e", "h i j k", "l m")]


def test_scores_are_those_of_rank_bm25_where_its_idf_is_the_same() -> None:
    reference = BM25Okapi(PASSAGES)
    for term in reference.idf:
        held = sum(term in passage for passage in PASSAGES)
        reference.idf[term] = np.log1p((len(PASSAGES) - held + 0.5) / (held + 0.5))
    scores = Bm25(PASSAGES).scores([[("b", 1.0), ("h", 1.0)], [("a", 0.5), ("unknown", 1.0)]])
    np.testing.assert_allclose(scores[0], reference.get_scores(["b", "h"]))
    np.testing.assert_allclose(scores[1], 0.5 * reference.get_scores(["a"]))


def test_ndcg_of_known_ranks() -> None:
    scores = np.array([np.arange(20.0), np.arange(20.0), np.zeros(20)])
    assert ndcg10(scores[:1], [19]) == 1
    assert ndcg10(scores[:1], [17]) == pytest.approx(1 / np.log2(4))
    assert ndcg10(scores[:1], [9]) == 0
    assert ndcg10(scores[2:], [0]) == 0  # a ranker that cannot tell gets nothing


def test_min_max_survives_a_row_without_differences() -> None:
    np.testing.assert_array_equal(
        min_max(np.array([[2.0, 4, 3], [1, 1, 1]])), [[0, 1, 0.5], [0] * 3]
    )
