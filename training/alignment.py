"""Word alignment: how likely one symbol is the translation of another.

IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation") by
expectation maximisation, with the diagonal prior of fast_align (Dyer, Chahuneau and Smith 2013):
a link is favoured when both symbols stand at about the same place of their sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DIAGONAL = 4.0
"""Strength of the diagonal prior; fast_align's own starting value."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sparse table of translation probabilities, sorted by (source, target)."""

    source: Ints
    target: Ints
    forward: Floats
    """p(target | source); sums to 1 over the targets of a source."""
    backward: Floats
    """p(source | target); sums to 1 over the sources of a target."""
    count: Floats
    """Expected number of links, after sentence weights."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Every possible link of every sentence pair, flattened."""

    entry: NDArray[np.int32]
    """Row of the table."""
    source_place: NDArray[np.int32]
    """Which source position of the corpus."""
    target_place: NDArray[np.int32]
    prior: NDArray[np.float32]
    weight: NDArray[np.float32]


def align(
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]],
    weights: Sequence[float] | None = None,
    rounds: int = 5,
) -> Table:
    """Learn the table from parallel sentences of symbol numbers, each pair with its weight.

    Without ``weights`` all count alike.
    """
    source, target, links = _flatten(sources, targets, weights or [1.0] * len(sources))
    forward, forward_count = _learn(links, links.target_place, source, rounds)
    backward, backward_count = _learn(links, links.source_place, target, rounds)
    return Table(source, target, forward, backward, np.sqrt(forward_count * backward_count))


def _learn(
    links: _Links, place: NDArray[np.int32], condition: Ints, rounds: int
) -> tuple[Floats, Floats]:
    """p(other | condition) and expected counts; each ``place`` is explained by exactly one link."""
    probability: Floats = np.ones(len(condition))
    counts: Floats = probability
    for _ in range(rounds):
        share = probability[links.entry] * links.prior
        share /= np.bincount(place, weights=share)[place]
        share *= links.weight
        counts = np.bincount(links.entry, share, len(condition)).astype(np.float64)
        probability = counts / np.bincount(condition, weights=counts)[condition]
    return probability, counts


def _flatten(
    sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], weights: Sequence[float]
) -> tuple[Ints, Ints, _Links]:
    width = 1 + max(max(t, default=0) for t in targets)
    keys: list[Ints] = []
    places: tuple[list[NDArray[np.int32]], list[NDArray[np.int32]]] = ([], [])
    priors: list[NDArray[np.float32]] = []
    sizes: list[int] = []
    offsets = [0, 0]
    for s, t in zip(sources, targets, strict=True):
        rows, columns = np.arange(len(s), dtype=np.int32), np.arange(len(t), dtype=np.int32)
        keys.append(
            (np.asarray(s, np.int64)[:, None] * width + np.asarray(t, np.int64)[None]).ravel()
        )
        places[0].append(np.repeat(rows + np.int32(offsets[0]), len(t)))
        places[1].append(np.tile(columns + np.int32(offsets[1]), len(s)))
        across = np.abs((rows[:, None] + 0.5) / max(len(s), 1) - (columns + 0.5) / max(len(t), 1))
        priors.append(np.exp(-DIAGONAL * across).astype(np.float32).ravel())
        sizes.append(len(s) * len(t))
        offsets = [offsets[0] + len(s), offsets[1] + len(t)]
    unique, entry = np.unique(np.concatenate(keys), return_inverse=True)
    links = _Links(
        entry=entry.astype(np.int32),
        source_place=np.concatenate(places[0]),
        target_place=np.concatenate(places[1]),
        prior=np.concatenate(priors),
        weight=np.repeat(np.asarray(weights, np.float32), sizes),
    )
    return unique // width, unique % width, links
