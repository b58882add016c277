"""What a system should have found and said, and what became of it: one value a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.bench import Bench
from eval.measures import Places, answers, holds, quote_precision, quote_recall, verbatim
from eval.questions import Gold, Question
from eval.squad_measures import exact, f1
from eval.values import ValueGroups, value_groups
from index.types import Span
from qa.types import Answer, Quote, Verdict


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a system found for one question."""

    question: str
    """Question id."""
    units: tuple[str, ...]
    """What was found, best first, each once: article ids or ``ARTICLE#PASSAGE``."""
    places: Places
    """Where what should be found stands in ``units``."""
    seconds: float
    error: str | None = None
    """Why the search failed; nothing was found then."""


@dataclass(frozen=True, slots=True)
class Said:
    """One quote of an answer, as a report shows it."""

    article: str
    """Article id."""
    text: str
    answer: Span | None
    """The shortest stretch that answers, in ``text``."""
    right: bool
    """Whether it holds a gold answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an assistant said to one question."""

    question: str
    """Question id."""
    verdict: Verdict
    confidence: float
    right: int | None
    """Rank of the first quote that holds a gold answer, from 1; ``None`` when none does."""
    found: int | None
    """Rank of the first passage considered that overlaps a gold text; ``None`` when none does."""
    quotes: int
    supported: int
    """How many of the quotes hold a gold answer."""
    verbatim: int
    """How many of the quotes stand word for word in the original article."""
    precision: float | None
    """Share of the quoted characters that lie in a gold text; ``None`` without quotes."""
    recall: float | None
    """Share of the characters of a gold text that were quoted; ``None`` if unanswerable."""
    exact: float | None
    """Exact match of the first quote's answer, whatever the verdict; ``None`` when no answer is
    known by its words."""
    f1: float | None
    """Its overlap in words with a right answer; ``None`` as for ``exact``."""
    rewritten: bool
    """Whether the question was searched in other words than it was asked."""
    seconds: float
    values: ValueGroups | None = None
    """How its claims match the values of the gold; ``None`` where the set names none."""
    said: tuple[Said, ...] = ()
    error: str | None = None
    """Why no answer came; the question then counts as answered with nothing."""


def shortest_answers(question: Question) -> list[str]:
    """The wordings of the right answer; empty where there is none, or where none was named."""
    named = [*question.answers, *(gold.answer for gold in question.gold)]
    return list(dict.fromkeys(text for text in named if text))


def relevant(bench: Bench, question: Question) -> dict[str, int]:
    """What a ranking should find for a question, with its grade, by grade and name.

    These are its gold articles or the passages in them; of several grades the highest counts.
    """
    found: dict[str, int] = {}
    for gold in question.gold:
        for unit in _units(bench, gold):
            found[unit] = max(gold.grade, found.get(unit, 0))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _units(bench: Bench, gold: Gold) -> list[str]:
    if bench.source.unit == "article":
        return [gold.article]
    if gold.span is None:
        return []
    return [
        f"{passage.article.id}#{passage.ordinal}"
        for passage in bench.retriever.passages(gold.article)
        if holds(passage, [gold])
    ]


def judged(bench: Bench, question: Question, reply: Answer, seconds: float) -> Answered:
    """How good a reply is; ``seconds`` is what it took."""
    said = tuple(_said(quote, question) for quote in reply.quotes)
    found = (hit.rank for hit in reply.hits if holds(hit.passage, question.gold))
    golds = shortest_answers(question)
    shortest = _shortest(said)
    return Answered(
        question=question.id,
        verdict=reply.verdict,
        confidence=reply.confidence,
        right=next((rank for rank, one in enumerate(said, start=1) if one.right), None),
        found=next(found, None),
        quotes=len(said),
        supported=sum(one.right for one in said),
        verbatim=sum(verbatim(q, bench.source.original(q.article)) for q in reply.quotes),
        precision=quote_precision(reply.quotes, question.gold),
        recall=quote_recall(reply.quotes, question.gold) if question.answerable else None,
        exact=exact(shortest, golds) if golds else None,
        f1=f1(shortest, golds) if golds else None,
        rewritten=reply.asked_as.split() != question.text.split(),
        seconds=seconds,
        values=value_groups(question, reply),
        said=said,
    )


def failed(question: Question, seconds: float, error: str) -> Answered:
    """The row of a question that no reply came to: answered, with nothing."""
    return Answered(
        question=question.id,
        verdict=Verdict.ANSWERED,
        confidence=0.0,
        right=None,
        found=None,
        quotes=0,
        supported=0,
        verbatim=0,
        precision=None,
        recall=0.0 if question.answerable else None,
        exact=0.0 if shortest_answers(question) else None,
        f1=0.0 if shortest_answers(question) else None,
        rewritten=False,
        seconds=seconds,
        values=ValueGroups(0, len(question.values), 0) if question.values else None,
        error=error,
    )


def _said(quote: Quote, question: Question) -> Said:
    place = quote.answer
    if place is not None:
        place = Span(place.start - quote.span.start, place.end - quote.span.start)
    return Said(quote.article.id, quote.text, place, answers(quote, question.gold))


def _shortest(said: Sequence[Said]) -> str:
    """The answer of the first quote, the whole quote if none stands out in it; empty for none."""
    if not said:
        return ""
    first = said[0]
    return first.text[slice(*first.answer)] if first.answer else first.text
