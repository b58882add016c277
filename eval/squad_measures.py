"""Exact match and F1 of SQuAD 2.0, as its official script ``evaluate-v2.0.py`` computes them.

For reading comprehension: a system is given the right paragraph and names the shortest answer in
it, or says that there is none. https://rajpurkar.github.io/SQuAD-explorer/ (Rajpurkar et al. 2018)
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system said to one question."""

    prediction: str
    """The answer it would give; empty for none."""
    golds: tuple[str, ...]
    """Every right answer; empty when the paragraph has none."""
    no_answer: float = 0.0
    """How likely there is no answer, 0 to 1."""


class SquadScore(NamedTuple):
    """Percent of the questions, all of them and by whether they have an answer; NaN for none."""

    exact: float
    f1: float
    n: int
    answerable_exact: float
    answerable_f1: float
    answerable_n: int
    unanswerable_exact: float
    """Share of the questions without an answer that were refused; their F1 is the same."""
    unanswerable_n: int


class Best(NamedTuple):
    """The best scores that any threshold reaches, in percent, and where they are reached.

    Chosen on the very questions it scores, so too good by a little: report it beside the score at
    a threshold that was fixed before.
    """

    exact: float
    exact_threshold: float
    f1: float
    f1_threshold: float


def normal(text: str) -> str:
    """``text`` in lower case, without punctuation (ASCII), a, an, the, and surplus white space."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact(prediction: str, golds: Sequence[str]) -> float:
    """1.0 if the prediction is one of the gold answers after normalisation, else 0.0.

    Without gold answers only an empty prediction is right.
    """
    return float(normal(prediction) in _normal(golds))


def f1(prediction: str, golds: Sequence[str]) -> float:
    """Overlap of prediction and gold answer in words, 0 to 1; the best of the gold answers counts.

    Without gold answers 1.0 for an empty prediction and 0.0 for any other.
    """
    words = normal(prediction).split()
    return max(_overlap(words, gold.split()) for gold in _normal(golds))


def scores(rows: Sequence[Reading], threshold: float = 1.0) -> list[tuple[float, float]]:
    """Exact match and F1 of each question, 0 to 1, refusals as for ``score_squad``."""
    return [(_at(row, exact, threshold), _at(row, f1, threshold)) for row in rows]


def score_squad(rows: Sequence[Reading], threshold: float = 1.0) -> SquadScore:
    """The scores when every question whose ``no_answer`` lies above ``threshold`` is refused."""
    scored = [
        (bool(row.golds), *found) for row, found in zip(rows, scores(rows, threshold), strict=True)
    ]
    known = [(e, f) for answerable, e, f in scored if answerable]
    unknown = [e for answerable, e, _ in scored if not answerable]
    return SquadScore(
        exact=_percent([e for _, e, _ in scored]),
        f1=_percent([f for _, _, f in scored]),
        n=len(scored),
        answerable_exact=_percent([e for e, _ in known]),
        answerable_f1=_percent([f for _, f in known]),
        answerable_n=len(known),
        unanswerable_exact=_percent(unknown),
        unanswerable_n=len(unknown),
    )


def best_threshold(rows: Sequence[Reading]) -> Best:
    """The thresholds for ``score_squad`` that are best for exact match and for F1.

    Questions of equal ``no_answer`` are refused together, so that each score can be reached (the
    official script may stop between them; without ties the two agree).
    """
    return Best(*_best(rows, exact), *_best(rows, f1))


def _best(rows: Sequence[Reading], measure: Callable[[str, Sequence[str]], float]) -> list[float]:
    total = best = float(sum(not row.golds for row in rows))  # everything refused
    threshold = 0.0
    by_doubt = sorted(rows, key=lambda row: row.no_answer)
    for doubt, tied in groupby(by_doubt, key=lambda row: row.no_answer):
        total += sum(measure(row.prediction, row.golds) - (not row.golds) for row in tied)
        if total > best:
            best, threshold = total, doubt
    return [100.0 * best / len(rows) if rows else math.nan, threshold]


def _at(row: Reading, measure: Callable[[str, Sequence[str]], float], threshold: float) -> float:
    if row.no_answer > threshold:
        return float(not row.golds)
    return measure(row.prediction, row.golds)


def _normal(golds: Sequence[str]) -> list[str]:
    return [text for text in map(normal, golds) if text] or [""]


def _overlap(words: list[str], gold: list[str]) -> float:
    if not words or not gold:
        return float(words == gold)
    shared = sum((Counter(words) & Counter(gold)).values())
    return 2 * shared / (len(words) + len(gold))


def _percent(values: Sequence[float]) -> float:
    return 100.0 * sum(values) / len(values) if values else math.nan
