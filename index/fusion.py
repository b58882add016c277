"""Two scores into one: a weighted sum of scores that are each divided by their best.

Both have a natural zero, "no word matched" and "at a right angle", which is kept: Bruch et al.
2023, "An Analysis of Fusion Functions for Hybrid Retrieval", find a fixed lower end (theoretical
min-max) steadier than the lowest score of the candidates, and both better than reciprocal rank
fusion. The arms' worth depends on the languages: in one language BM25 is strong, across two it
sees only what the lexicon translates.
"""

from __future__ import annotations

import numpy as np

from index.arrays import Float64Array

DENSE_WEIGHT_SAME = 0.8
"""Weight of the dense arm where question and passage share a language. Chosen on dev."""
DENSE_WEIGHT_CROSS = 0.75
"""Weight of the dense arm where they do not. Chosen on dev."""


def fuse(
    lexical: Float64Array, nearness: Float64Array, dense_weight: Float64Array | float
) -> Float64Array:
    """Fused scores, 0 to 1, of candidates given the scores of both arms; all of one shape.

    ``lexical`` holds BM25 scores, at least 0; ``nearness`` cosines, of which negative ones count
    as 0. An arm that found nothing adds nothing.
    """
    fused: Float64Array = dense_weight * _share(nearness) + (1 - dense_weight) * _share(lexical)
    return fused


def _share(scores: Float64Array) -> Float64Array:
    positive: Float64Array = np.maximum(scores, 0.0)
    best = positive.max(initial=0.0)
    return positive / best if best > 0 else positive
