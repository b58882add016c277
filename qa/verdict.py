"""How sure the answer is, as one probability, and what to call it."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Hit
from qa.quotes import Ranked
from qa.scoring import Weights
from qa.types import Verdict

RIVALS = 4
"""How many of the best sentences are compared for the margin."""
MARGIN_MAX = 3.0
"""From which lead over a sentence of another passage more lead says nothing more; log-odds."""


def evidence(ranked: Sequence[Ranked], hits: Sequence[Hit]) -> dict[str, float]:
    """What speaks for and against the best sentence; empty when there is none.

    Few features on purpose: with more, a fit on encyclopedia questions did not carry over to news.
    """
    if not ranked:
        return {}
    score, best = ranked[0]
    rival = next((r for r in ranked[1:RIVALS] if r.candidate.hit is not best.hit), None)
    found = {
        "sentence": score,
        "margin": min(MARGIN_MAX, score - rival.score) if rival else MARGIN_MAX,
        "coverage": best.features["coverage"],
        "lacks_kind": best.features["lacks_kind"],
    }
    if "reader" in best.features:
        found["reader"] = best.features["reader"]
        found["reader_best"] = max(item.candidate.features["reader"] for item in ranked)
    if "cosine" in best.features:
        found["best_cosine"] = max(hit.cosine or 0.0 for hit in hits)
    return found


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
