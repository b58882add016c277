"""BM25 and nDCG, as plain matrices, for choosing between models; the product has its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""One row a question, one column a passage."""


class Bm25:
    """BM25 over passages of terms, with ``idf = ln(1 + (N - n + 0.5) / (n + 0.5))``."""

    def __init__(self, passages: Sequence[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> None:
        self._column: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        for row, passage in enumerate(passages):
            for term, count in Counter(passage).items():
                rows.append(row)
                columns.append(self._column.setdefault(term, len(self._column)))
                counts.append(count)
        size, lengths = len(passages), np.array([len(p) for p in passages])
        held = np.bincount(columns)
        idf = np.log1p((size - held + 0.5) / (held + 0.5))
        tf = np.array(counts, float)
        norm = k1 * (1 - b + b * lengths / lengths.mean())
        impact = idf[columns] * tf * (k1 + 1) / (tf + norm[rows])
        self._impacts = scipy.sparse.csr_matrix((impact, (rows, columns)), shape=(size, len(held)))

    def scores(self, questions: Sequence[Iterable[tuple[str, float]]]) -> Scores:
        """Scores of weighted terms, shape ``(questions, passages)``."""
        rows, columns, weights = [], [], []
        for row, weighted in enumerate(questions):
            for term, weight in weighted:
                if term in self._column:
                    rows.append(row)
                    columns.append(self._column[term])
                    weights.append(weight)
        shape = (len(questions), len(self._column))
        query = scipy.sparse.csr_matrix((weights, (rows, columns)), shape=shape)
        return np.asarray((query @ self._impacts.T).todense())


def ndcg10(scores: Scores, right: Sequence[int]) -> float:
    """Mean nDCG@10 where passage ``right[i]`` is the only relevant one for question ``i``.

    Ties count against the ranking: the right passage is placed behind its equals.
    """
    own = scores[np.arange(len(right)), right][:, None]
    rank = (scores >= own).sum(1)
    return float(np.where(rank <= 10, 1 / np.log2(rank + 1), 0).mean())


def min_max(scores: Scores) -> Scores:
    """Each row stretched to 0..1."""
    low, high = scores.min(1, keepdims=True), scores.max(1, keepdims=True)
    return np.asarray((scores - low) / np.maximum(high - low, 1e-9))
