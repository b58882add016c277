"""Runs systems over a set: one row a question, whatever became of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.bench import Bench
from eval.measures import DEPTH, answers, holds, rank_measures, verbatim
from eval.questions import Question
from eval.systems import System
from index.errors import EncoderError, LibraryError
from index.types import Hit
from qa.assistant import Assistant
from qa.types import Answer, Verdict

Tick = Callable[[str, int, int], None]
"""Told what is running, how many questions are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a system found for one question."""

    question: str
    """Question id."""
    units: tuple[str, ...]
    """What was found, best first, each once: article ids or ``ARTICLE#PASSAGE``."""
    values: dict[str, float]
    """Measure name to value."""
    seconds: float
    error: str | None = None
    """Why the search failed; its values are then 0."""


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
    verbatim: int
    """How many of the quotes stand word for word in the original article."""
    rewritten: bool
    """Whether the question was searched in other words than it was asked."""
    seconds: float
    error: str | None = None
    """Why no answer came; the question then counts as answered with nothing."""


def rank(bench: Bench, system: System, tick: Tick | None = None) -> tuple[Ranked, ...]:
    """Search every answerable question that stands alone, and measure what was found.

    Follow-ups are left to ``answer``: a retriever knows no history.
    """
    asked = [
        question for question in bench.questions if question.answerable and standalone(question)
    ]
    judgements = {question.id: relevant(bench, question) for question in asked}
    found: dict[str, tuple[tuple[str, ...], float, str | None]] = {}
    retriever = system.retriever(bench)
    for question in _ticked(asked, system.name, tick):
        begun, error, hits = time.perf_counter(), None, list[Hit]()
        try:
            hits = retriever.search(question.text, DEPTH, mode=system.mode)
        except (EncoderError, LibraryError):
            raise  # not this question's fault
        except Exception as problem:
            error = repr(problem)
        seconds = time.perf_counter() - begun
        units = tuple(dict.fromkeys(_unit(bench, hit) for hit in hits))
        found[question.id] = (units, seconds, error)
    values = rank_measures(judgements, {name: units for name, (units, _, _) in found.items()})
    return tuple(
        Ranked(name, units, values[name], seconds, error)
        for name, (units, seconds, error) in found.items()
    )


def answer(bench: Bench, system: System, tick: Tick | None = None) -> tuple[Answered, ...]:
    """Put every question to the assistant, follow-ups with their history."""
    assistant = Assistant(system.retriever(bench))
    rows = []
    for question in _ticked(bench.questions, f"{system.name} answers", tick):
        begun = time.perf_counter()
        try:
            reply = assistant.ask(question.text, question.history, mode=system.mode)
        except (EncoderError, LibraryError):
            raise  # not this question's fault
        except Exception as problem:
            rows.append(_failed(question, time.perf_counter() - begun, repr(problem)))
        else:
            rows.append(_judged(bench, question, reply, time.perf_counter() - begun))
    return tuple(rows)


def standalone(question: Question) -> bool:
    """Whether a question can be understood without its history."""
    return not question.followup


def relevant(bench: Bench, question: Question) -> frozenset[str]:
    """What a ranking should find for a question: its gold articles, or the passages in them."""
    if bench.source.unit == "article":
        return frozenset(gold.article for gold in question.gold)
    return frozenset(
        f"{passage.article.id}#{passage.ordinal}"
        for name in sorted({gold.article for gold in question.gold if gold.span is not None})
        for passage in bench.retriever.passages(name)
        if holds(passage, question.gold)
    )


def _judged(bench: Bench, question: Question, reply: Answer, seconds: float) -> Answered:
    right = (i for i, quote in enumerate(reply.quotes, 1) if answers(quote, question.gold))
    found = (hit.rank for hit in reply.hits if holds(hit.passage, question.gold))
    originals = bench.source.originals
    return Answered(
        question=question.id,
        verdict=reply.verdict,
        confidence=reply.confidence,
        right=next(right, None),
        found=next(found, None),
        quotes=len(reply.quotes),
        verbatim=sum(verbatim(q, originals.get(q.article.id, "")) for q in reply.quotes),
        rewritten=reply.asked_as.split() != question.text.split(),
        seconds=seconds,
    )


def _failed(question: Question, seconds: float, error: str) -> Answered:
    return Answered(
        question=question.id,
        verdict=Verdict.ANSWERED,
        confidence=0.0,
        right=None,
        found=None,
        quotes=0,
        verbatim=0,
        rewritten=False,
        seconds=seconds,
        error=error,
    )


def _unit(bench: Bench, hit: Hit) -> str:
    name = hit.passage.article.id
    return name if bench.source.unit == "article" else f"{name}#{hit.passage.ordinal}"


def _ticked(questions: Sequence[Question], stage: str, tick: Tick | None) -> Iterable[Question]:
    for done, question in enumerate(questions):
        if tick:
            tick(stage, done, len(questions))
        yield question
    if tick:
        tick(stage, len(questions), len(questions))
