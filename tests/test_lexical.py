"""The frozen columns against rank-bm25's own get_scores."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import NonNegativeOkapi, freeze
from index.lexical import LexicalIndex, top
from index.tokens import terms

words = st.sampled_from([f"w{n}" for n in range(30)])
corpora = st.lists(st.lists(words, max_size=40), min_size=1, max_size=30)


def frozen(corpus: Sequence[Sequence[str]], lang: str = "id") -> LexicalIndex:
    return LexicalIndex(freeze(corpus, [lang] * len(corpus)), len(corpus))


def scores(index: LexicalIndex, query: Sequence[str], lang: str = "id") -> np.ndarray:
    weights: dict[str, float] = {}
    for term in query:
        weights[term] = weights.get(term, 0.0) + 1.0
    return index.scores({lang: weights})


@settings(max_examples=300, deadline=None)
@given(corpora.filter(any), st.lists(words, max_size=8))
def test_equal_to_rank_bm25_on_random_corpora(corpus: list[list[str]], query: list[str]) -> None:
    expected = NonNegativeOkapi(corpus).get_scores(query)
    assert np.abs(scores(frozen(corpus), query) - expected).max() <= 1e-9


@settings(max_examples=100, deadline=None)
@given(corpora.filter(any), st.lists(st.sampled_from(["id", "en"]), min_size=30, max_size=30))
def test_a_term_scores_the_very_float_of_rank_bm25(
    corpus: list[list[str]], of_all: list[str]
) -> None:
    langs = of_all[: len(corpus)]
    index = LexicalIndex(freeze(corpus, langs), len(corpus))
    for lang in set(langs):
        numbers = [number for number, each in enumerate(langs) if each == lang]
        own = [corpus[number] for number in numbers]
        if not any(own):
            continue
        bm25 = NonNegativeOkapi(own)
        for term in {term for each in own for term in each}:
            expected = np.zeros(len(corpus))
            expected[numbers] = bm25.get_scores([term])
            assert scores(index, [term], lang).tolist() == expected.tolist()
            assert index.idf(term, lang) == bm25.idf[term]


def test_equal_to_rank_bm25_on_the_sample_articles() -> None:
    texts = [file.read_text("utf-8") for file in sorted(Path("seeds").glob("*.txt"))]
    corpus = [terms(line, "id") for text in texts for line in text.splitlines() if line.strip()]
    bm25, index = NonNegativeOkapi(corpus), frozen(corpus)
    for question in ("siapa yang menengahi gencatan senjata", "berapa tentara tewas", "Erdogan"):
        query = terms(question, "id")
        assert np.abs(scores(index, query) - bm25.get_scores(query)).max() <= 1e-9


def test_no_score_is_negative_in_a_tiny_library() -> None:
    corpus = [["damai", "perang"], ["damai"]]
    assert (scores(frozen(corpus), ["damai"]) > 0).all()


def test_each_language_is_a_corpus_of_its_own() -> None:
    corpus = [["putin", "perang"], ["putin"], ["putin", "war"]]
    index = LexicalIndex(freeze(corpus, ["id", "id", "en"]), 3)
    indonesian = NonNegativeOkapi(corpus[:2]).get_scores(["putin"])
    assert scores(index, ["putin"], "id").tolist() == [*indonesian.tolist(), 0.0]
    english = NonNegativeOkapi(corpus[2:]).get_scores(["putin"])
    assert scores(index, ["putin"], "en").tolist() == [0.0, 0.0, *english.tolist()]


def test_weights_scale_a_term() -> None:
    index = frozen([["a", "b"], ["b"]])
    np.testing.assert_allclose(
        index.scores({"id": {"b": 0.5}}), 0.5 * index.scores({"id": {"b": 1.0}})
    )


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_nothing_to_score(corpus: list[list[str]]) -> None:
    index = frozen(corpus)
    assert scores(index, ["a"]).tolist() == [0.0] * len(corpus)
    assert index.idf("a", "id") == 0.0


def test_saved_columns_are_the_same(tmp_path: Path) -> None:
    columns = freeze([["a", "b"], ["b", "c"]], ["id", "id"])
    LexicalIndex.save(columns, tmp_path)
    opened = LexicalIndex.open(tmp_path, 2)
    for term in "abcd":
        assert opened.scores({"id": {term: 1.0}}).tolist() == (
            LexicalIndex(columns, 2).scores({"id": {term: 1.0}}).tolist()
        )
        assert opened.idf(term, "id") == LexicalIndex(columns, 2).idf(term, "id")


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_top_is_exact_and_breaks_ties_by_number(seed: int, k: int) -> None:
    random = np.random.default_rng(seed)
    values = random.integers(0, 4, size=30_000) * (random.random(30_000) < 0.01)
    expected = [n for n in np.lexsort((np.arange(30_000), -values)) if values[n] > 0][:k]
    assert top(values.astype(float), k).tolist() == expected
