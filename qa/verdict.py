"""How sure the answer is, as one probability, and what to call it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.types import Hit
from qa.asked import Asked
from qa.quotes import Ranked
from qa.scoring import Weights
from qa.types import Verdict

RIVALS = 4
"""How many of the best sentences are compared for the margin."""


def evidence(asked: Asked, ranked: Sequence[Ranked], hits: Sequence[Hit]) -> dict[str, float]:
    """What speaks for and against the best sentence; empty when there is none."""
    if not ranked:
        return {}
    score, best = ranked[0]
    features = best.features
    importance = asked.wanted[best.hit.passage.article.lang].importance
    matched = {position for word in best.words for position, _ in word.matches}
    missing = [share for position, share in enumerate(importance) if position not in matched]
    rival = next((r for r in ranked[1:RIVALS] if r.candidate.hit is not best.hit), None)
    found = {
        "sentence": score,
        "margin": min(3.0, score - rival.score) if rival else 3.0,
        "missing": max(missing, default=0.0),
        "words": math.log1p(len(asked.words)),
        "best_coverage": max(item.candidate.features["passage_coverage"] for item in ranked),
        "lexical_first": 1.0 / best.hit.lexical_rank if best.hit.lexical_rank else 0.0,
    } | {name: features[name] for name in _OF_SENTENCE if name in features}
    if "cosine" in features:
        found["best_cosine"] = max(hit.cosine or 0.0 for hit in hits)
        found["dense_first"] = 1.0 / best.hit.dense_rank if best.hit.dense_rank else 0.0
    return found


_OF_SENTENCE = (
    "coverage", "passage_coverage", "pairs", "near", "lacks_kind", "cosine", "passage_cosine",
    "has_person", "has_time", "has_number", "has_place", "has_reason",
)  # fmt: skip


def judge(found: dict[str, float], weights: Weights) -> tuple[Verdict, float]:
    """The verdict, and the probability that the first quote answers the question.

    The verdict never contradicts itself: an answer that is likely enough is also related.
    """
    if not found:
        return Verdict.NONE, 0.0
    confidence = weights.answered.probability(found)
    if confidence >= weights.answered_from:
        return Verdict.ANSWERED, confidence
    if weights.related.probability(found) >= weights.related_from:
        return Verdict.RELATED, confidence
    return Verdict.NONE, confidence
