"""Vectors of the single sentences: a passage may be near a question through one sentence of it.

They are only looked up for passages that are candidates already, so they need no search of their
own and are kept as half floats, mapped from disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.arrays import Float32Array, Float64Array, Int64Array, mapped, write_array
from index.types import Span

TABLE, VECTORS = "sentences.npy", "sentence-vectors.npy"
"""File names in a snapshot: rows of passage number, start, end; and the vectors, float16."""


class SentenceVectors:
    """The sentences of all passages, in their order. Read-only, safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        self._table: Int64Array = mapped(directory / TABLE)
        self._vectors = mapped(directory / VECTORS)

    @staticmethod
    def save(spans: Sequence[Sequence[Span]], vectors: Float32Array, directory: Path) -> None:
        """Write the sentence spans of each passage, and their unit vectors, one row a sentence."""
        rows = [(number, *span) for number, some in enumerate(spans) for span in some]
        write_array(directory / TABLE, np.array(rows, dtype=np.int64).reshape(-1, 3))
        write_array(directory / VECTORS, vectors.astype(np.float16))

    def rows(self) -> list[tuple[int, Span, Float32Array]]:
        """Passage number, span and vector of every sentence."""
        vectors = np.asarray(self._vectors, dtype=np.float32)
        return [
            (number, Span(start, end), vector)
            for (number, start, end), vector in zip(self._table.tolist(), vectors, strict=True)
        ]

    def cosines(self, vector: Float32Array, number: int) -> dict[Span, float]:
        """Cosine of a unit vector with each sentence of one passage."""
        first, last = self._bounds(np.array([number]))
        rows = slice(int(first[0]), int(last[0]))
        near = np.asarray(self._vectors[rows], dtype=np.float32) @ vector
        return {
            Span(start, end): float(cosine)
            for (_, start, end), cosine in zip(self._table[rows].tolist(), near, strict=True)
        }

    def best(self, vector: Float32Array, numbers: Int64Array) -> Float64Array:
        """Cosine of a unit vector with the nearest sentence of each passage; one a number."""
        if len(numbers) == 0:
            return np.empty(0)
        first, last = self._bounds(numbers)
        lengths = last - first
        starts = np.cumsum(lengths) - lengths
        rows = np.arange(lengths.sum()) + np.repeat(first - starts, lengths)
        near = np.asarray(self._vectors[rows], dtype=np.float32) @ vector
        best: Float64Array = np.maximum.reduceat(near, starts).astype(np.float64)
        return best

    def _bounds(self, numbers: Int64Array) -> tuple[Int64Array, Int64Array]:
        column = self._table[:, 0]  # ascending; every passage has a sentence
        return np.searchsorted(column, numbers, "left"), np.searchsorted(column, numbers, "right")
