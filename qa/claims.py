"""What the quotes assert, grouped by value: where sources agree, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from index.tokens import tokens
from index.types import Span
from qa.asked import Asked
from qa.assertions import COMPARED, COUNTED, Assertion, assertions, pointed
from qa.features import Candidate
from qa.quotes import Ranked, choose
from qa.reprints import sources
from qa.types import Claim, Quote
from qa.values import groups
from qa.values.amounts import contradicts, counted
from qa.words import fold

COMPARED_MAX = 8
"""How many quotes an answer has at most when they assert different values."""
NEAR = 2.0
NEAR_COUNTED = 8.0
"""How far below the best sentence another may lie to count as an assertion, in log-odds; amounts
say by their units what they are about."""
COVERING = 0.8
COVERING_ABROAD = 0.4
"""How much of what the best sentence matches of the question another must match, of its own
language and of another: a count of another battle is no answer to a question about this one. Words
that match through the lexicon cannot be weighed so finely."""
SURE = 0.15
"""From how sure a match on a word of the question counts as matched."""

_SAYS = regex.compile(
    r"\b(?:according to|menurut|kata|say|said|claim(?:ed)?|report(?:ed)?|boast|count|"
    r"melaporkan|mengatakan|mengklaim|diklaim|diakui|dilaporkan|hitungan|klaim|versi)\b",
    regex.I,
)


def claimed(asked: Asked, ranked: Sequence[Ranked]) -> tuple[tuple[Quote, ...], tuple[Claim, ...]]:
    """The quotes worth showing, best first, and what they assert.

    Beside those that any question gets, such are shown as assert something.
    """
    quotes = choose(ranked)
    if asked.kind not in COMPARED:
        return quotes, ()
    covering = _covering(asked, ranked)
    compared = choose(covering, COMPARED_MAX, NEAR_COUNTED if asked.kind in COUNTED else NEAR)
    shown = [*quotes, *(quote for quote in compared if quote not in quotes)][:COMPARED_MAX]
    stated = [
        one
        for number, quote in enumerate(shown)
        if quote in compared
        for one in assertions(asked, number, quote)
    ]
    stated = _of_speaker(asked, shown, _on_side(asked, stated))
    telling = {one.quote for one in stated}
    kept = [number for number, quote in enumerate(shown) if quote in quotes or number in telling]
    stated = [one._replace(quote=kept.index(one.quote)) for one in stated]
    shown = [shown[number] for number in kept]
    for one in reversed(stated):  # so that the first assertion of a quote has the last word
        shown[one.quote] = pointed(asked, shown[one.quote], one.place)
    return tuple(shown), _claims(shown, stated)


def _covering(asked: Asked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences that match as much of the question as is needed to be about the same."""
    covered = [_covered(asked, item.candidate) for item in ranked]
    best: dict[str, float] = {}
    for item, share in zip(ranked, covered, strict=True):
        best.setdefault(item.candidate.hit.passage.article.lang, share)
    return [
        item
        for item, share in zip(ranked, covered, strict=True)
        if share >= COVERING * best[item.candidate.hit.passage.article.lang]
        and share >= COVERING_ABROAD * covered[0]
    ]


def _covered(asked: Asked, candidate: Candidate) -> float:
    """Which share of the question a sentence matches, 0 to 1; a synonym is as good as the word."""
    wanted = asked.wanted.get(candidate.hit.passage.article.lang)
    matched = {
        position
        for word in candidate.words
        for position, strength in word.matches
        if strength >= SURE
    }
    return sum(wanted.importance[position] for position in matched) if wanted else 0.0


def _on_side(asked: Asked, stated: list[Assertion]) -> list[Assertion]:
    """Without amounts of another country than the question names, where some are of that one."""
    if asked.kind not in COUNTED:
        return stated
    side = counted(asked.text, asked.lang)[1]
    if not any(side <= part for one in stated for part in one.value):
        return stated
    return [one for one in stated if not all(contradicts(side, part) for part in one.value)]


def _of_speaker(asked: Asked, quotes: Sequence[Quote], stated: list[Assertion]) -> list[Assertion]:
    """Where the question asks what somebody says: what they say, if that is among ``stated``."""
    if not _SAYS.search(asked.text):
        return stated
    said = [fold(word.text).removesuffix("'s") for word in tokens(asked.text)]
    words = f" {' '.join(said)} "
    own = [
        one
        for one in stated
        if (name := _name(quotes[one.quote], one.speaker)) and f" {fold(name)} " in words
    ]
    return own or stated


def _claims(quotes: Sequence[Quote], stated: Sequence[Assertion]) -> tuple[Claim, ...]:
    heads = groups(one.value for one in stated)
    made = []
    for head in dict.fromkeys(heads[one.value] for one in stated):
        by_quote = {one.quote: one for one in reversed(stated) if heads[one.value] == head}
        own = sorted(by_quote.values(), key=lambda one: (_age(quotes[one.quote]), one.quote))
        fullest = next((one for one in own if one.value == head), own[0])
        positions = tuple(one.quote for one in own)
        made.append(
            Claim(
                value=quotes[fullest.quote].article.text[slice(*fullest.place)],
                quotes=positions,
                places=tuple(one.place for one in own),
                said_by=tuple(_name(quotes[one.quote], one.speaker) for one in own),
                sources=sources(quotes, positions),
            )
        )
    return tuple(sorted(made, key=lambda claim: (_age(quotes[claim.quotes[0]]), claim.quotes)))


def _age(quote: Quote) -> tuple[bool, int]:
    """Orders the newest first and the undated last."""
    day = quote.article.published
    return day is None, -int(day.replace("-", "")) if day else 0


def _name(quote: Quote, speaker: Span | None) -> str | None:
    return quote.article.text[slice(*speaker)] if speaker else None
