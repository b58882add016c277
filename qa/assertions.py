"""What one quote asserts in answer to a question, as values that can be compared.

Only questions for a name, a time, a place or an amount have such values.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import regex

from index.types import Span
from qa.asked import Asked
from qa.kinds import Kind
from qa.quotes import joined
from qa.speakers import speaker_of
from qa.types import Quote
from qa.values import Value
from qa.values.amounts import Amount, amounts, contradicts, coordinated, counted, kind
from qa.values.countries import countries
from qa.values.dates import dates
from qa.values.names import office_before, people, places, repeats

COUNTED = frozenset({Kind.NUMBER, Kind.DURATION})
"""Kinds of answers that are amounts."""
COMPARED = COUNTED | {Kind.PERSON, Kind.NAME, Kind.TIME, Kind.PLACE}
"""Kinds of answers that are compared."""

_FIELDS = (
    (regex.compile(r"\b(?:year|tahun (?:berapa|apa))", regex.I), ("year", "decade")),
    (regex.compile(r"\b(?:what time|pukul berapa|jam berapa)", regex.I), ("clock", "clockGMT")),
)
"""What a question that names its unit of time asks for."""


class Assertion(NamedTuple):
    """A value, and where a quote asserts it."""

    quote: int
    """Position among the quotes."""
    place: Span
    value: Value
    speaker: Span | None


def assertions(asked: Asked, number: int, quote: Quote) -> list[Assertion]:
    """What ``quote``, the one at position ``number``, asserts; nothing when nothing is comparable.

    A second amount counts only where another speaker asserts it.
    """
    if quote.answer is None:
        return []
    if asked.kind in COUNTED:
        found = _amounts(asked, quote, quote.answer)
    else:
        text, lang = quote.article.text[slice(*quote.answer)], quote.article.lang
        if asked.kind is Kind.TIME:
            value = _asked_for(asked, dates(text, lang, quote.article.published))
        else:
            value = places(text) if asked.kind is Kind.PLACE else people(text)
            if repeats(value, asked.text) or _foreign(asked, quote, quote.answer):
                value = frozenset()
        found = [(quote.answer, value)] if value else []
    stated = [
        Assertion(number, place, value, speaker_of(quote.article, quote.span, place)[0])
        for place, value in found
    ]
    others = [one for one in stated[1:] if one.speaker and one.speaker != stated[0].speaker]
    return [*stated[:1], *others]


def _foreign(asked: Asked, quote: Quote, answer: Span) -> bool:
    """Whether the answer holds its office in another country than the question names."""
    start = quote.span.start
    office = office_before(quote.text, answer.start - start)
    told = countries(f"{office} {quote.article.text[slice(*answer)]}" if office else "")
    return bool(told) and not told & (countries(asked.text) or told)


def pointed(asked: Asked, quote: Quote, place: Span) -> Quote:
    """``quote`` with an answer that tells the claimed amounts and no others."""
    if asked.kind not in COUNTED or quote.answer is None:
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


def _asked_for(asked: Asked, value: Value) -> Value:
    """Of points in time what the question asks for: the year, the clock time, or everything."""
    fields = next((fields for asks, fields in _FIELDS if asks.search(asked.text)), None)
    if fields is None:
        return value
    parts = (frozenset(f for f in part if f.partition(":")[0] in fields) for part in value)
    return frozenset(part for part in parts if part)


def _amounts(asked: Asked, quote: Quote, answer: Span) -> list[tuple[Span, Value]]:
    """The amount at the answer, with those that "and" joins to it; then others like it.

    Of these only such count as the question may mean: of "49 Armenian soldiers and 36 civilians"
    the civilians, when it asks how many civilians. When it cannot mean any of them, another amount
    of the same sentence may be meant.
    """
    offset = quote.span.start
    runs = coordinated(quote.text, amounts(quote.text, quote.article.lang))
    near = [run for run in runs if any(_meets(one, answer, offset) for one in run)]
    if not near:
        return []
    wanted, side = counted(asked.text, asked.lang)
    found = []
    for run in (*near, *(run for run in runs if run not in near)):
        meant = [one for one in run if not contradicts(wanted, one.part)]
        meant = [one for one in meant if not contradicts(side, one.part)] or meant
        if meant:
            place = Span(offset + meant[0].span.start, offset + meant[-1].span.end)
            found.append((place, frozenset(one.part for one in meant), run in near))
    first = next((value for _, value, at in found if at or wanted), None)
    if first is None:
        return []
    kinds = {kind(part) for part in first}
    return [
        (place, value)
        for place, value, at in found
        if value == first or at or kinds & {kind(part) for part in value}
    ]


def _meets(amount: Amount, answer: Span, offset: int) -> bool:
    return offset + amount.number.start < answer.end and answer.start < offset + amount.number.end
