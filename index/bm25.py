"""Scores passages as rank-bm25 does, at build time, and freezes the scores into columns.

rank-bm25's ``BM25Okapi`` defines the scoring. Its IDF is overridden, since it is negative for a
term in more than half of the passages (five articles show it), with the non-negative one of
Lucene, ``ln(1 + (N - n + 0.5) / (n + 0.5))`` (N passages, n of them with the term); and its
counting, which is a Python loop over every word, is done by numpy. A frozen score is the very
float64 that ``get_scores`` would add for that term.

Each language is a corpus of its own: a name that is rare among three English articles must not
outweigh the same name in a thousand Indonesian ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, groupby

import numpy as np
from rank_bm25 import BM25Okapi

from index.arrays import Float64Array, Int64Array
from index.lexical import Columns, term_key


class NonNegativeOkapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """``BM25Okapi`` with an IDF that is never negative."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, n in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5))


class CountedOkapi(NonNegativeOkapi):
    """The same statistics counted by numpy; ``columns`` takes the place of ``get_scores``."""

    terms: tuple[str, ...]
    """In the order of their first occurrence."""
    starts: Int64Array
    """Postings of term ``t`` are ``starts[t]`` to ``starts[t + 1]``."""
    rows: Int64Array
    """Passage of each posting, ascending within a term."""
    counts: Int64Array
    """How often the term stands in the passage of each posting, from 1."""

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        """Count; the number of passages with each term goes to ``_calc_idf``."""
        self.doc_len = [len(words) for words in corpus]
        self.corpus_size, total = len(corpus), sum(self.doc_len)
        self.avgdl = total / self.corpus_size
        number: defaultdict[str, int] = defaultdict()
        number.default_factory = number.__len__  # a new term gets the next number
        words = map(number.__getitem__, chain.from_iterable(corpus))
        pairs = np.fromiter(words, np.int64, total) * self.corpus_size
        pairs += np.repeat(np.arange(self.corpus_size), self.doc_len)
        pairs.sort()  # by term, then by passage
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        of_term, self.rows = np.divmod(pairs[first], self.corpus_size)
        self.counts = np.diff(first, append=total)
        self.terms = tuple(number)
        self.starts = np.searchsorted(of_term, np.arange(len(number) + 1))
        return dict(zip(self.terms, np.diff(self.starts).tolist(), strict=True))

    def columns(self) -> Float64Array:
        """What the term of each posting adds to the score of its passage."""
        idf = np.array([self.idf[term] for term in self.terms])
        tf, length = self.counts, np.array(self.doc_len)[self.rows]
        # the expression of BM25Okapi.get_scores, operation for operation
        scores: Float64Array = np.repeat(idf, np.diff(self.starts)) * (
            tf * (self.k1 + 1) / (tf + self.k1 * (1 - self.b + self.b * length / self.avgdl))
        )
        return scores


def freeze(passages: Sequence[Sequence[str]], langs: Sequence[str]) -> Columns:
    """Freeze the BM25 scores of ``passages`` (the terms of each), whose languages are ``langs``."""
    numbers = sorted(range(len(passages)), key=lambda number: langs[number])
    parts = [_empty()]
    for lang, group in groupby(numbers, key=lambda number: langs[number]):
        of_lang = list(group)
        corpus = [passages[number] for number in of_lang]
        if any(corpus):  # rank-bm25 divides by the mean length
            okapi = CountedOkapi(corpus)
            parts.append(
                Columns(
                    keys=np.array([term_key(term, lang) for term in okapi.terms], np.uint64),
                    starts=okapi.starts,
                    rows=np.array(of_lang, np.int32)[okapi.rows],
                    scores=okapi.columns(),
                    idf=np.array([okapi.idf[term] for term in okapi.terms]),
                )
            )
    return _by_key(parts)


def _empty() -> Columns:
    none = np.empty(0)
    return Columns(none.astype(np.uint64), np.zeros(1, np.int64), none.astype(np.int32), none, none)


def _by_key(parts: Sequence[Columns]) -> Columns:
    """The columns of all parts, in the order of their keys."""
    keys = np.concatenate([part.keys for part in parts])
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    order = np.argsort(keys, kind="stable")
    starts = np.cumsum([0, *sizes[order]], dtype=np.int64)
    moved = (np.cumsum(sizes) - sizes)[order] - starts[:-1]  # how far each column comes from
    postings = np.arange(starts[-1]) + np.repeat(moved, sizes[order])
    return Columns(
        keys=keys[order],
        starts=starts,
        rows=np.concatenate([part.rows for part in parts])[postings],
        scores=np.concatenate([part.scores for part in parts])[postings],
        idf=np.concatenate([part.idf for part in parts])[order],
    )
