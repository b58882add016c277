"""Scores passages with rank-bm25 at build time and freezes the scores into columns.

rank-bm25's ``BM25Okapi`` defines the scoring; this module only overrides its IDF, which is
negative for a term in more than half of the passages (five articles show it), with the
non-negative one of Lucene, ``ln(1 + (N - n + 0.5) / (n + 0.5))`` (N passages, n of them with the
term). A frozen score is the very float64 that ``get_scores`` would add for that term.

Each language is a corpus of its own: a name that is rare among three English articles must not
outweigh the same name in a thousand Indonesian ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
from rank_bm25 import BM25Okapi

from index.arrays import Float64Array, Int64Array
from index.lexical import Columns, term_key


class NonNegativeOkapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """``BM25Okapi`` with an IDF that is never negative."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, n in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5))


def freeze(passages: Sequence[Sequence[str]], langs: Sequence[str]) -> Columns:
    """Freeze the BM25 scores of ``passages`` (the terms of each), whose languages are ``langs``."""
    numbers = sorted(range(len(passages)), key=lambda number: langs[number])
    columns: list[tuple[int, float, Int64Array, Float64Array]] = []
    for lang, group in groupby(numbers, key=lambda number: langs[number]):
        columns.extend(_columns(passages, list(group), lang))
    columns.sort(key=lambda column: column[0])
    return Columns(
        keys=np.array([key for key, *_ in columns], dtype=np.uint64),
        starts=np.cumsum([0, *(len(rows) for _, _, rows, _ in columns)], dtype=np.int64),
        rows=_concatenate((rows for _, _, rows, _ in columns), np.int32),
        scores=_concatenate((scores for *_, scores in columns), np.float64),
        idf=np.array([idf for _, idf, _, _ in columns], dtype=np.float64),
    )


def _columns(
    passages: Sequence[Sequence[str]], numbers: list[int], lang: str
) -> Iterable[tuple[int, float, Int64Array, Float64Array]]:
    if not any(passages[number] for number in numbers):
        return  # rank-bm25 divides by the mean length
    bm25 = NonNegativeOkapi([passages[number] for number in numbers])
    postings: dict[str, tuple[list[int], list[int]]] = {}
    for row, frequencies in enumerate(bm25.doc_freqs):
        for term, count in frequencies.items():
            rows, counts = postings.setdefault(term, ([], []))
            rows.append(row)
            counts.append(count)
    number_of = np.array(numbers, dtype=np.int64)
    length = np.array(bm25.doc_len)
    for term, (rows, counts) in postings.items():
        tf = np.array(counts)
        idf = bm25.idf[term]
        # the expression of BM25Okapi.get_scores, operation for operation
        scores = idf * (
            tf * (bm25.k1 + 1) / (tf + bm25.k1 * (1 - bm25.b + bm25.b * length[rows] / bm25.avgdl))
        )
        yield term_key(term, lang), idf, number_of[rows], scores


def _concatenate(arrays: Iterable[np.ndarray], dtype: type[np.generic]) -> np.ndarray:
    parts = list(arrays)
    return np.concatenate(parts).astype(dtype) if parts else np.empty(0, dtype)
