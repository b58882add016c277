"""What the quotes assert, grouped by value: where sources agree, and where they differ.

Only questions for a person, a time, a place or a number have values that can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from index.types import Span
from qa.asked import Asked
from qa.kinds import Kind
from qa.quotes import QUOTES_MAX, joined
from qa.reprints import sources
from qa.types import Claim, Quote
from qa.values import Value, groups
from qa.values.amounts import Amount, amounts, contradicts, coordinated, counted
from qa.values.dates import dates
from qa.values.names import people, places

COMPARED = frozenset({Kind.PERSON, Kind.TIME, Kind.PLACE, Kind.NUMBER})
"""Kinds of answers that are compared."""
COMPARED_MAX = 8
"""How many quotes an answer has at most when they assert different values."""
NEAR = 2.0
"""How far below the best quote one may lie to count as an assertion, in log-odds."""

_FIELDS = (
    (regex.compile(r"\b(?:year|tahun (?:berapa|apa))", regex.I), ("year", "decade")),
    (regex.compile(r"\b(?:what time|pukul berapa|jam berapa)", regex.I), ("clock", "clockGMT")),
)
"""What a question that names its unit of time asks for."""


class _Stated(NamedTuple):
    """A value, and where a quote asserts it."""

    quote: int
    place: Span
    value: Value


def claimed(asked: Asked, quotes: Sequence[Quote]) -> tuple[tuple[Quote, ...], tuple[Claim, ...]]:
    """The quotes worth showing, and what they assert; ``quotes`` are best first.

    Behind the first ``QUOTES_MAX`` only such quotes are kept as assert something.
    """
    if asked.kind not in COMPARED or not quotes:
        return tuple(quotes[:QUOTES_MAX]), ()
    least = quotes[0].score - NEAR
    near = [number for number, quote in enumerate(quotes) if quote.score >= least]
    found = {number: said for number in near if (said := _stated(asked, quotes[number]))}
    found = _on_side(asked, found)
    kept = [n for n in range(len(quotes)) if n < QUOTES_MAX or n in found]
    stated = [
        _Stated(place, *found[number]) for place, number in enumerate(kept) if number in found
    ]
    shown = [quotes[number] for number in kept]
    for one in stated:
        shown[one.quote] = _pointed(asked, shown[one.quote], one.place)
    return tuple(shown), _claims(shown, stated)


def _on_side(asked: Asked, found: dict[int, tuple[Span, Value]]) -> dict[int, tuple[Span, Value]]:
    """Without amounts of another country than the question names, where some are of that one."""
    side = counted(asked.text, asked.lang)[1] if asked.kind is Kind.NUMBER else frozenset()
    if not any(side <= part for _, value in found.values() for part in value):
        return found
    return {
        number: (place, value)
        for number, (place, value) in found.items()
        if not all(contradicts(side, part) for part in value)
    }


def _pointed(asked: Asked, quote: Quote, place: Span) -> Quote:
    """``quote`` with an answer that tells the claimed amounts and no others."""
    if asked.kind is not Kind.NUMBER or quote.answer is None:
        return quote
    outside = [
        one
        for one in amounts(quote.text, quote.article.lang)
        if _meets(one, quote.answer, quote.span.start) and not _meets(one, place, quote.span.start)
    ]
    if not outside:
        return quote
    common = Span(max(place.start, quote.answer.start), min(place.end, quote.answer.end))
    answer = common if common.start < common.end else place
    lit = joined(quote.article.text, (*quote.highlights, answer))
    return replace(quote, answer=answer, highlights=lit)


def _claims(quotes: Sequence[Quote], stated: Sequence[_Stated]) -> tuple[Claim, ...]:
    heads = groups(one.value for one in stated)
    made = []
    for head in dict.fromkeys(heads[one.value] for one in stated):
        own = sorted(
            (one for one in stated if heads[one.value] == head),
            key=lambda one: (_age(quotes[one.quote]), one.quote),
        )
        fullest = next(one for one in own if one.value == head)
        positions = tuple(one.quote for one in own)
        made.append(
            Claim(
                value=quotes[fullest.quote].article.text[slice(*fullest.place)],
                quotes=positions,
                places=tuple(one.place for one in own),
                sources=sources(quotes, positions),
            )
        )
    return tuple(sorted(made, key=lambda claim: (_age(quotes[claim.quotes[0]]), claim.quotes)))


def _age(quote: Quote) -> tuple[bool, int]:
    """Orders the newest first and the undated last."""
    day = quote.article.published
    return day is None, -int(day.replace("-", "")) if day else 0


def _stated(asked: Asked, quote: Quote) -> tuple[Span, Value] | None:
    """What ``quote`` asserts in answer, and where; ``None`` when nothing can be compared."""
    if quote.answer is None:
        return None
    if asked.kind is Kind.NUMBER:
        return _amount(asked, quote, quote.answer)
    text, lang = quote.article.text[slice(*quote.answer)], quote.article.lang
    if asked.kind is Kind.TIME:
        value = _asked_for(asked, dates(text, lang, quote.article.published))
    else:
        value = people(text) if asked.kind is Kind.PERSON else places(text)
    return (quote.answer, value) if value else None


def _asked_for(asked: Asked, value: Value) -> Value:
    """Of points in time what the question asks for: the year, the clock time, or everything."""
    fields = next((fields for asks, fields in _FIELDS if asks.search(asked.text)), None)
    if fields is None:
        return value
    parts = (frozenset(f for f in part if f.partition(":")[0] in fields) for part in value)
    return frozenset(part for part in parts if part)


def _amount(asked: Asked, quote: Quote, answer: Span) -> tuple[Span, Value] | None:
    """The amount at the answer, with those that "and" joins to it.

    Of these only such count as the question may mean: of "49 Armenian soldiers and 36 civilians"
    the civilians, when it asks how many civilians. When it cannot mean any of them, another amount
    of the same sentence may be meant.
    """
    text, offset = quote.text, quote.span.start
    found = amounts(text, quote.article.lang)
    wanted, side = counted(asked.text, asked.lang)
    runs = coordinated(text, found)
    near = [run for run in runs if any(_meets(one, answer, offset) for one in run)]
    for run in (*near, *(run for run in runs if run not in near and wanted)):
        meant = [one for one in run if not contradicts(wanted, one.part)]
        meant = [one for one in meant if not contradicts(side, one.part)] or meant
        if meant:
            place = Span(offset + meant[0].span.start, offset + meant[-1].span.end)
            return place, frozenset(one.part for one in meant)
    return None


def _meets(amount: Amount, answer: Span, offset: int) -> bool:
    return offset + amount.number.start < answer.end and answer.start < offset + amount.number.end
