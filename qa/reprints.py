"""Which quotes come from one source: an article, and those that reprint it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.tokens import tokens
from index.types import Article
from qa.types import Quote

SHINGLE = 4
"""How many neighbouring words make a shingle (Broder 1997)."""
SHARED = 0.6
"""From which share of the shingles of the shorter article on two articles are one report."""
COPIED = 8
"""From how many words on a sentence that stands in both articles is a reprint, not a chance."""
WORDS_MAX = 5000
"""How many words of an article are compared."""


def sources(quotes: Sequence[Quote], positions: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """``positions`` of ``quotes`` by independent source, in their order."""
    found: list[list[int]] = []
    for position in positions:
        same = [
            group for group in found if any(_same(quotes[position], quotes[one]) for one in group)
        ]
        joined = [position] if not same else [*(one for group in same for one in group), position]
        found = [group for group in found if group not in same] + [joined]
    order = {position: place for place, position in enumerate(positions)}
    grouped = (tuple(sorted(group, key=order.__getitem__)) for group in found)
    return tuple(sorted(grouped, key=lambda group: order[group[0]]))


def reprinted(one: Article, other: Article) -> bool:
    """Whether two articles are the same report: most of the shorter stands in the longer."""
    a, b = _shingles(one.text), _shingles(other.text)
    return bool(a and b) and len(a & b) >= SHARED * min(len(a), len(b))


def _same(one: Quote, other: Quote) -> bool:
    if one.article.id == other.article.id:
        return True
    a, b = _words(one.text), _words(other.text)
    copied = len(a) >= COPIED and a == b
    return copied or reprinted(one.article, other.article)


@lru_cache(maxsize=64)
def _shingles(text: str) -> frozenset[int]:
    words = _words(text)[:WORDS_MAX]
    return frozenset(
        hash(words[at : at + SHINGLE]) for at in range(max(0, len(words) - SHINGLE + 1))
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text.casefold() for token in tokens(text))
