"""Kutip's own ways of searching: one arm, the shipped fusion, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.fusion import DENSE_WEIGHT_CROSS, DENSE_WEIGHT_SAME, fuse
from index.types import Filters, Hit, Passage
from qa.assistant import Assistant

if TYPE_CHECKING:
    from eval.outside import Search
    from eval.questions import Question
    from index.retriever import Retriever
    from index.types import Mode

POOL = 200
"""How many passages each arm puts forward, as in the shipped fusion."""
RRF_K = 60
"""Constant of reciprocal rank fusion (Cormack et al. 2009)."""


def shipped(retriever: Retriever, mode: Mode) -> Search:
    """An arm, or both together, as Kutip ships them."""

    def search(question: Question, k: int) -> list[Passage]:
        return [hit.passage for hit in _hits(retriever, question, mode, k)]

    return search


def reciprocal(retriever: Retriever) -> Search:
    """Both arms by reciprocal rank fusion: the sum of 1 / (60 + rank)."""

    def search(question: Question, k: int) -> list[Passage]:
        return _fused(
            [
                {hit.passage: 1 / (RRF_K + hit.rank) for hit in hits}
                for hits in _both(retriever, question)
            ],
            k,
        )

    return search


def minmax(retriever: Retriever) -> Search:
    """Both arms by the mean of their scores, each stretched to reach from 0 to 1 over its pool.

    A passage that an arm did not put forward gets 0 from it.
    """

    def search(question: Question, k: int) -> list[Passage]:
        return _fused([_stretched(hits) for hits in _both(retriever, question)], k)

    return search


def without_sentences(retriever: Retriever, mode: Mode) -> Search:
    """The dense arm, or the shipped fusion, by the vectors of whole passages alone."""

    def search(question: Question, k: int) -> list[Passage]:
        hits = _hits(retriever, question, mode, 2 * POOL)
        cosines = np.array([hit.cosine or 0.0 for hit in hits])
        scores = cosines
        if mode == "hybrid":
            asked = retriever.query(question.text).lang
            weights = np.array(
                [
                    DENSE_WEIGHT_SAME if hit.passage.article.lang == asked else DENSE_WEIGHT_CROSS
                    for hit in hits
                ]
            )
            scores = fuse(np.array([hit.lexical_score for hit in hits]), cosines, weights)
        return _fused([dict(zip((hit.passage for hit in hits), scores, strict=True))], k)

    return search


def reordered(retriever: Retriever) -> Search:
    """The shipped fusion, its best passages in the order of the sentences found in them.

    This is the order of ``Answer.hits``.
    """
    assistant = Assistant(retriever)

    def search(question: Question, k: int) -> list[Passage]:
        found = assistant.ask(question.text, k=k, mode="hybrid", filters=only(question))
        return [hit.passage for hit in found.hits]

    return search


def only(question: Question) -> Filters | None:
    """The filter that puts a question to the passages that it is meant for."""
    return Filters(langs=frozenset({question.over})) if question.over else None


def _hits(retriever: Retriever, question: Question, mode: Mode, k: int) -> list[Hit]:
    return retriever.search(question.text, k, mode=mode, filters=only(question))


def _both(retriever: Retriever, question: Question) -> list[list[Hit]]:
    return [
        _hits(retriever, question, "lexical", POOL),
        _hits(retriever, question, "dense", POOL),
    ]


def _stretched(hits: Sequence[Hit]) -> dict[Passage, float]:
    scores = [hit.score for hit in hits]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    width = high - low
    return {hit.passage: (hit.score - low) / width if width else 1.0 for hit in hits}


def _fused(scores: Sequence[dict[Passage, float]], k: int) -> list[Passage]:
    """The best ``k`` by the sum of their scores, ties to the lower passage number."""
    total: dict[int, float] = {}
    passages: dict[int, Passage] = {}
    for of_arm in scores:
        for passage, score in of_arm.items():
            passages[passage.number] = passage
            total[passage.number] = total.get(passage.number, 0.0) + float(score)
    best = sorted(total, key=lambda number: (-total[number], number))[:k]
    return [passages[number] for number in best]
