"""Whether the values that an answer tells apart, or brings together, are those of the gold."""

from __future__ import annotations

from typing import NamedTuple

from eval.questions import Gold, Question
from index.types import Span
from qa.types import Answer, Claim


class ValueGroups(NamedTuple):
    """How the claims of an answer match the groups of a question."""

    right: int
    """Groups that exactly one claim tells, and that claim nothing else."""
    expected: int
    claimed: int
    """How many claims the answer makes."""

    @property
    def all_right(self) -> bool:
        """Whether nothing is missing, merged, split or added."""
        return self.right == self.expected == self.claimed


def value_groups(question: Question, reply: Answer) -> ValueGroups | None:
    """The claims of ``reply`` beside ``Question.values``; ``None`` where the set names no groups.

    A claim tells a group when each of its places holds an answer of that group. It need not hold
    them all: which articles are quoted is measured elsewhere.
    """
    if not question.values:
        return None
    told = [_told(question, reply, claim) for claim in reply.claims]
    right = sum(
        sum(group.issuperset(found) and bool(found) for found in told) == 1
        and not any(group & found and not group >= found for found in told)
        for group in map(frozenset, question.values)
    )
    return ValueGroups(right, len(question.values), len(told))


def _told(question: Question, reply: Answer, claim: Claim) -> frozenset[int]:
    """Positions of the gold that the places of a claim hold; -1 for a place that holds none."""
    found: set[int] = set()
    for position, place in zip(claim.quotes, claim.places, strict=True):
        article = reply.quotes[position].article.id
        held = {n for n, gold in enumerate(question.gold) if _holds(article, place, gold)}
        found |= held or {-1}
    return frozenset(found)


def _holds(article: str, place: Span, gold: Gold) -> bool:
    named = gold.place
    if named is None or gold.article != article:
        return False
    return place.start <= named.start and named.end <= place.end
