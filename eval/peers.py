"""Kutip's lexical arm and its peers, each as a function from a question's terms to a ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TypeAlias

import numpy as np

Tokens: TypeAlias = Sequence[Sequence[str]]
Ranker: TypeAlias = Callable[[list[str]], "np.ndarray"]
"""From the terms of a question to the numbers of the ten best passages, best first."""

K = 10


def kutip(tokens: Tokens) -> Ranker:
    """The lexical arm of this project."""
    from index.bm25 import freeze
    from index.lexical import LexicalIndex, top

    index = LexicalIndex(freeze(tokens, ["id"] * len(tokens)), len(tokens))

    def rank(terms: list[str]) -> np.ndarray:
        return top(index.scores({"id": dict.fromkeys(terms, 1.0)}), K)

    return rank


def rank_bm25(tokens: Tokens) -> Ranker:
    """rank_bm25's ``BM25Okapi``, as it comes."""
    okapi = import_module("rank_bm25").BM25Okapi(tokens)

    def rank(terms: list[str]) -> np.ndarray:
        best: np.ndarray = np.argsort(-okapi.get_scores(terms), kind="stable")[:K]
        return best

    return rank


def bm25s(tokens: Tokens) -> Ranker:
    """bm25s, one thread, numpy as its backend, as it comes."""
    retriever = import_module("bm25s").BM25()
    retriever.index([list(words) for words in tokens], show_progress=False)

    def rank(terms: list[str]) -> np.ndarray:
        found, _ = retriever.retrieve([terms], k=min(K, len(tokens)), show_progress=False)
        best: np.ndarray = found[0]
        return best

    return rank


PEERS: dict[str, Callable[[Tokens], Ranker]] = {
    "kutip": kutip,
    "rank_bm25": rank_bm25,
    "bm25s": bm25s,
}
"""By name; a maker raises ``ImportError`` when its package is not installed."""
