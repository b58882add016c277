"""Chooses quotes: whole sentences of the best passages, and the words in them to light."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.types import Hit, Span
from qa.features import Candidate
from qa.scoring import Linear
from qa.types import Quote

QUOTES_MAX = 4
"""How many quotes an answer has at most."""
GAP_MAX = 2.5
"""How far below the best quote another may lie, in log-odds."""
ALIKE = 0.85
"""From which share of common words two sentences of one article count as the same."""


class Ranked(NamedTuple):
    """A candidate and its score."""

    score: float
    candidate: Candidate


def rank(candidates: Sequence[Candidate], weights: Linear) -> list[Ranked]:
    """Candidates, best first; equal ones in the order of their passages."""
    ranked = [Ranked(weights.score(candidate.features), candidate) for candidate in candidates]
    return sorted(ranked, key=lambda item: -item.score)


def promote(ranked: Sequence[Ranked], hits: Sequence[Hit]) -> tuple[list[Ranked], tuple[Hit, ...]]:
    """Both with the passages in the order of their best sentences.

    Hits without a sentence in ``ranked`` follow, in the order that the search gave them.
    """
    first = list(dict.fromkeys(id(item.candidate.hit) for item in ranked))
    place = {number: rank_ for rank_, number in enumerate(first)}
    ordered = sorted(hits, key=lambda hit: place.get(id(hit), len(first)))
    moved = {id(hit): replace(hit, rank=rank_) for rank_, hit in enumerate(ordered, 1)}
    items = [
        Ranked(score, replace(candidate, hit=moved[id(candidate.hit)]))
        for score, candidate in ranked
    ]
    return items, tuple(moved.values())


def choose(
    ranked: Sequence[Ranked], most: int = QUOTES_MAX, gap: float = GAP_MAX
) -> tuple[Quote, ...]:
    """At most ``most`` quotes: the best sentence, and others near it, none of them twice.

    A sentence that an article repeats is quoted once; the same sentence in another article is
    corroboration and is kept.
    """
    chosen: list[Ranked] = []
    for item in ranked:
        if len(chosen) == most or item.score < ranked[0].score - gap:
            break
        if item.candidate.words and not any(_alike(item, other) for other in chosen):
            chosen.append(item)
    return tuple(
        Quote(
            article=candidate.hit.passage.article,
            span=candidate.span,
            highlights=highlights(candidate),
            hit=candidate.hit,
            score=score,
            answer=candidate.answer,
        )
        for score, candidate in chosen
    )


def highlights(candidate: Candidate) -> tuple[Span, ...]:
    """The words that match the question, and the stretch that may answer it; joined, in order."""
    spans = [word.span for word in candidate.words if word.matches]
    if candidate.answer is not None:
        spans.append(candidate.answer)
    return joined(candidate.hit.passage.article.text, spans)


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of ``text`` in order, those that overlap or that only white space parts as one."""
    lit: list[Span] = []
    for span in sorted(spans):
        if lit and (span.start <= lit[-1].end or text[lit[-1].end : span.start].isspace()):
            lit[-1] = Span(lit[-1].start, max(lit[-1].end, span.end))
        else:
            lit.append(span)
    return tuple(lit)


def _alike(item: Ranked, other: Ranked) -> bool:
    one, two = item.candidate, other.candidate
    if one.hit.passage.article.id != two.hit.passage.article.id:
        return False
    a = {word.text.casefold() for word in one.words}
    b = {word.text.casefold() for word in two.words}
    return len(a & b) >= ALIKE * len(a | b)
