"""What the turns of a conversation put on the table: people, places and times to point back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from index.tokens import tokens
from index.types import Span
from qa import pronouns
from qa.expected import expected
from qa.kinds import Kind, candidates
from qa.pointers import words_of
from qa.pronouns import Points
from qa.types import Answer, Quote
from qa.values.countries import country
from qa.values.names import BODIES, FIELDS, TITLES
from qa.words import fold

TURNS = 3
"""How many turns back a pronoun may point."""
MANY = 3
"""For how many names "they" may stand."""
LOOKED_AT = 6_000
"""How much of an article is searched for people with a title; code points from its start."""
LONGEST = 60
"""Longest name or date that takes the place of a pronoun; code points."""
BEFORE = 3
"""How many words before a name may hold its title: "juru bicara kepresidenan Dmitry Peskov"."""
_TITLES = TITLES - pronouns.NO_TITLE_ALONE
_STOP = regex.compile(r"[.;:!?“”\"\n]")


class Name(NamedTuple):
    """A name in a question."""

    text: str
    span: Span
    placed: bool
    """Whether it says where, or whose something is: after "in" or "di", or before "'s"."""


@dataclass(frozen=True, slots=True)
class Told:
    """One turn: the question as it was read, and its answer where that is known."""

    asked: str
    answer: Answer | None = None

    @property
    def quote(self) -> Quote | None:
        """The first quote."""
        return self.answer.quotes[0] if self.answer and self.answer.quotes else None

    @property
    def lit(self) -> str:
        """The stretch of the first quote that answers; empty when none stands out."""
        quote = self.quote
        return quote.article.text[slice(*quote.answer)] if quote and quote.answer else ""


def names_of(text: str) -> list[Name]:
    """The names in a question, in order; those that stand side by side are one."""
    words = words_of(text)
    found: list[Name] = []
    for place, word in enumerate(words):
        if not word.name:
            continue
        before = words[place - 1]
        if before.name and text[before.span.end : word.span.start].isspace():
            start, placed = found[-1].span.start, found.pop().placed
        else:
            start = word.span.start
            joined = before.folded in pronouns.CONJUNCTIONS and bool(found) and found[-1].placed
            placed = joined or before.folded in pronouns.PREPOSITIONS_OF_PLACE
        name = text[start : word.span.end]
        bare = name.removesuffix("'s").removesuffix("’s")
        found.append(Name(bare, Span(start, word.span.end), placed or bare != name))
    return found


def find(points: Points, turns: Sequence[Told]) -> list[str]:
    """What a pronoun stands for: the names, or the date, of the latest turn that has some.

    ``turns`` are oldest first. Empty for ``Points.THING``, which stands for no name.
    """
    finder = _FINDERS.get(points)
    if finder is None:
        return []
    for told in reversed(turns[-TURNS:]):
        if found := [name for name in finder(told) if len(name) <= LONGEST]:
            return found
    return []


def _person(told: Told) -> list[str]:
    people = _people(told)
    names = [name.text for name in names_of(told.asked) if not name.placed]
    named = [name for name in names if not _title(name)]
    known = _among(people, named)
    answered = _among(people, [told.lit, told.quote.said_by or ""]) if told.quote else []
    answered = answered or _quoted(told, people)
    if pronouns.NAMELESS.search(told.asked) and not _only_names(told.asked):
        return (answered or known)[:1]
    return (known or named or answered)[:1]


def _group(told: Told) -> list[str]:
    named = [name.text for name in names_of(told.asked) if not name.placed]
    if not pronouns.NAMELESS.search(told.asked):
        return named[:MANY] if len(named) > 1 else []
    if told.quote is None or told.quote.answer is None:
        return []
    before = tokens(told.quote.article.text[told.quote.span.start : told.quote.answer.start])
    placed = bool(before) and fold(before[-1].text) in pronouns.PREPOSITIONS_OF_PLACE
    if placed or expected(told.asked) not in (Kind.PERSON, Kind.NAME):
        return []
    people = _people(told)
    if person := _among(people, [told.lit]):
        return list(dict.fromkeys([*person, *_among(people, named), *_quoted(told, people)]))[:MANY]
    return [told.lit]


def _place(told: Told) -> list[str]:
    names = names_of(told.asked)
    if placed := [name.text for name in names if name.placed]:
        return placed
    if told.lit and expected(told.asked) is Kind.PLACE:
        return [told.lit]
    return [name.text for name in names[:1]]


def _time(told: Told) -> list[str]:
    lit = told.lit if expected(told.asked) is Kind.TIME else ""
    for text in (told.asked, lit, told.quote.text if told.quote else ""):
        if dates := candidates(text, Kind.TIME):
            return [text[slice(*dates[0])]]
    return []


_FINDERS = {
    Points.PERSON: _person,
    Points.GROUP: _group,
    Points.PLACE: _place,
    Points.TIME: _time,
}


def _only_names(question: str) -> bool:
    """Whether a question is about nothing but a name: "who is Ned Price?"."""
    return all(word.name for word in words_of(question) if word.content)


def _people(told: Told) -> Mapping[str, str]:
    """Whom the article of the first quote names with a title: their names by the last word.

    "Menteri Luar Negeri AS Antony Blinken" is "Antony Blinken", by "blinken".
    """
    text = told.quote.article.text[:LOOKED_AT] if told.quote else ""
    found: dict[str, str] = {}
    before: list[str] = []
    at, pending = 0, False
    for span in candidates(text, Kind.PERSON):
        gap = text[at : span.start]
        pending = pending and gap.strip() == ","  # "Wakil Menteri Luar Negeri, Andrey Rudenko"
        before = [] if _STOP.search(gap) else before
        before = [*before, *(fold(word.text) for word in tokens(_STOP.split(gap)[-1]))][-BEFORE:]
        run = tokens(text[slice(*span)])
        words = [fold(word.text) for word in run]
        titled = pending or bool(_TITLES.intersection(before + words))
        if titled and not BODIES.intersection(words):
            own = _without_title([word.text for word in run])
            pending = own == len(run)
            if not pending:
                start, end = run[own].span.start, run[-1].span.end
                found.setdefault(words[-1], text[span.start + start : span.start + end])
        before, at = before + words, span.end
    return found


def _title(name: str) -> bool:
    """Whether a name is nobody's: a country's, or no more than a title."""
    words = [word.text for word in tokens(name)]
    return bool(country(name, capitals=True)) or _without_title(words) == len(words)


def _without_title(words: Sequence[str]) -> int:
    """How many of ``words`` are a title, and the country that it belongs to."""
    at = 0
    while at < len(words):
        title = fold(words[at]) in TITLES | FIELDS
        widths = range(min(3, len(words) - at), 0, -1)
        width = next((n for n in widths if country(" ".join(words[at : at + n]))), 0)
        if not title and not width:
            break
        at += 1 if title else width
    return at


def _among(people: Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Those of ``people`` whose last name stands in one of ``names``, in the order of these."""
    words = [fold(word.text) for name in names for word in tokens(name)]
    return list(dict.fromkeys(people[word] for word in words if word in people))


def _quoted(told: Told, people: Mapping[str, str]) -> list[str]:
    """The people of the first quote, in order."""
    return _among(people, [told.quote.text]) if told.quote else []
