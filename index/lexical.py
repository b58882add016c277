"""The lexical arm: BM25 scores that were frozen at build time, so that a query is column sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.arrays import Float64Array, Int64Array, mapped, write_array

_FILES = ("keys", "starts", "rows", "scores", "idf")
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Columns:
    """A sparse passages x terms matrix of BM25 scores, by column."""

    keys: np.ndarray
    """uint64, ascending: ``term_key`` of each column."""
    starts: Int64Array
    """Shape ``(len(keys) + 1,)``: column ``c`` is ``rows[starts[c]:starts[c + 1]]``."""
    rows: np.ndarray
    """int32 passage numbers, ascending within a column."""
    scores: Float64Array
    """What the term adds to the score of the passage in the same position of ``rows``."""
    idf: Float64Array
    """Shape ``(len(keys),)``."""


def term_key(term: str, lang: str) -> int:
    """A 64-bit key of a term in a language: a column is found by binary search, not in a dict."""
    digest = blake2b(f"{lang}\0{term}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class LexicalIndex:
    """Scores every passage against a weighted query. Read-only, safe to share between threads."""

    def __init__(self, columns: Columns, passages: int) -> None:
        self._columns = columns
        self._passages = passages

    @classmethod
    def open(cls, directory: Path, passages: int) -> LexicalIndex:
        """Map the files that ``save`` wrote; nothing is read until it is asked for."""
        arrays = {name: mapped(directory / f"lexical-{name}.npy") for name in _FILES}
        return cls(Columns(**arrays), passages)

    @staticmethod
    def save(columns: Columns, directory: Path) -> None:
        """Write one .npy file an array, uncompressed so that it can be mapped."""
        for name in _FILES:
            write_array(directory / f"lexical-{name}.npy", getattr(columns, name))

    def scores(self, terms: Mapping[str, Mapping[str, float]]) -> Float64Array:
        """BM25 score of every passage, shape ``(passages,)``.

        ``terms`` maps a language to its weighted terms; they count in passages of that language.
        """
        total = np.zeros(self._passages)
        for lang, weighted in terms.items():
            for term, weight in weighted.items():
                column = self._find(term, lang)
                if column is not None:
                    start, end = self._columns.starts[column : column + 2]
                    total[self._columns.rows[start:end]] += weight * self._columns.scores[start:end]
        return total

    def idf(self, term: str, lang: str) -> float:
        """Inverse document frequency among the passages of a language; 0.0 for an absent term."""
        column = self._find(term, lang)
        return 0.0 if column is None else float(self._columns.idf[column])

    def _find(self, term: str, lang: str) -> int | None:
        keys = self._columns.keys
        key = np.uint64(term_key(term, lang))
        column = int(np.searchsorted(keys, key))
        return column if column < len(keys) and keys[column] == key else None


def top(scores: Float64Array, k: int) -> Int64Array:
    """The numbers of the ``k`` highest positive scores, best first, ties to the lower number.

    Exact. The k-th largest of the block maxima bounds the k-th largest score from below, so that
    only scores above it need sorting; ``argpartition`` is slow on arrays that are mostly zero.
    """
    floor = 0.0
    blocks = len(scores) // _BLOCK
    if blocks > k:
        maxima = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        floor = np.partition(maxima, -k)[-k]
    candidates = np.flatnonzero(scores >= floor) if floor > 0 else np.flatnonzero(scores > 0)
    order = np.lexsort((candidates, -scores[candidates]))
    return candidates[order[:k]]
