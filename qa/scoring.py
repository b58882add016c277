"""Fitted weights: a weighted sum of readable features, and a probability made of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = "answers.json"
"""Written by ``python -m training.answers``."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum. A feature without a weight, or a weight without a feature, adds nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """The sum, as log-odds."""
        return self.bias + sum(
            weight * features.get(name, 0.0) for name, weight in self.weights.items()
        )

    def probability(self, features: Mapping[str, float]) -> float:
        """The sum as a probability, 0 to 1."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.score(features)))))


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that is fitted for one way of searching."""

    sentence: Linear
    """Orders sentences."""
    answered: Linear
    """Probability that the first quote answers the question."""
    related: Linear
    """Probability that the articles are about what was asked."""
    answered_from: float
    """Probability from which the verdict is ``ANSWERED``."""
    related_from: float
    """Probability from which it is at least ``RELATED``."""


@dataclass(frozen=True, slots=True)
class Models:
    """The weights for each way of searching, with and without the reader."""

    encoder: str
    """Name of the encoder whose cosines ``hybrid`` was fitted on."""
    hybrid: Weights
    lexical: Weights
    hybrid_reader: Weights
    lexical_reader: Weights

    def weights(self, *, cosines: bool, reader: bool) -> Weights:
        """Those for sentences with or without cosines, read or not."""
        if reader:
            return self.hybrid_reader if cosines else self.lexical_reader
        return self.hybrid if cosines else self.lexical


WAYS = ("hybrid", "lexical", "hybrid_reader", "lexical_reader")
"""The weights in ``Models``, by name."""


@cache
def load() -> Models:
    """The weights that ship with this package."""
    text = (Path(__file__).parent / "models" / FILE).read_text("utf-8")
    return parse(json.loads(text))


def parse(data: Any) -> Models:
    """Models from the JSON that ``training.answers`` writes."""
    return Models(data["encoder"], *(_weights(data[way]) for way in WAYS))


def _weights(data: Any) -> Weights:
    return Weights(
        _linear(data["sentence"]),
        _linear(data["answered"]),
        _linear(data["related"]),
        float(data["answered_from"]),
        float(data["related_from"]),
    )


def _linear(data: Any) -> Linear:
    return Linear(float(data["bias"]), {name: float(w) for name, w in data["weights"].items()})
