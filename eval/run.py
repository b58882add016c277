"""Runs systems over a set: one row a question, whatever became of it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from eval.arms import only
from eval.bench import Bench
from eval.judging import Answered, Ranked, failed, judged, relevant
from eval.measures import DEPTH, Places
from eval.pace import Pace
from eval.questions import Question
from eval.systems import System
from index.errors import EncoderError, LibraryError
from index.types import Passage
from qa.assistant import Assistant
from qa.types import Answer, Turn

_ONE_BY_ONE = Pace()
_NONE: Sequence[Passage] = ()
_DEEPEST = 1000
"""Most passages that a system is asked for, to find ``DEPTH`` articles in them."""


def rank(bench: Bench, system: System, pace: Pace = _ONE_BY_ONE) -> tuple[Ranked, ...]:
    """Search every answerable question that stands alone, and see where its gold was found.

    Follow-ups are left to ``answer``: a retriever knows no history.
    """
    bench = system.bench(bench)
    search = system.search(bench)
    k = _depth(bench)

    def ask(question: Question) -> Ranked:
        begun, error, passages = time.perf_counter(), None, _NONE
        try:
            passages = pace.within(lambda: search(question, k))
        except (EncoderError, LibraryError):
            raise  # not this question's fault
        except Exception as problem:
            error = repr(problem)
        seconds = time.perf_counter() - begun
        units = tuple(dict.fromkeys(_unit(bench, passage) for passage in passages))[:DEPTH]
        wanted = relevant(bench, question)
        found = ((rank, wanted.get(unit, 0)) for rank, unit in enumerate(units, start=1))
        places = Places(tuple(item for item in found if item[1]), tuple(wanted.values()))
        return Ranked(question.id, units, places, seconds, error)

    asked = [
        question for question in bench.questions if question.answerable and standalone(question)
    ]
    return tuple(pace.each(ask, asked, system.name, Ranked))


def answer(bench: Bench, system: System, pace: Pace = _ONE_BY_ONE) -> tuple[Answered, ...]:
    """Put every question to the assistant, and first, unmeasured, the turns of its history."""
    bench = system.bench(bench)
    assistant = Assistant(system.retriever(bench), **system.options)

    def put(question: Question, text: str, turns: Sequence[Turn]) -> Answer:
        return pace.within(
            lambda: assistant.ask(text, turns, mode=system.mode, filters=only(question))
        )

    def ask(question: Question) -> Answered:
        begun = time.perf_counter()
        turns: list[Turn] = []
        try:
            for text in question.history:
                turns.append(Turn(text, put(question, text, turns)))
            begun = time.perf_counter()
            reply = put(question, question.text, turns)
        except (EncoderError, LibraryError):
            raise  # not this question's fault
        except Exception as problem:
            return failed(question, time.perf_counter() - begun, repr(problem))
        return judged(bench, question, reply, time.perf_counter() - begun)

    return tuple(pace.each(ask, bench.questions, f"{system.name} answers", Answered))


def standalone(question: Question) -> bool:
    """Whether a question can be understood without its history."""
    return not question.followup


def _depth(bench: Bench) -> int:
    """How many passages must be asked for to find ``DEPTH`` things that are judged."""
    info = bench.retriever.info
    if bench.source.unit == "passage" or not info.articles:
        return DEPTH
    return min(_DEEPEST, DEPTH * -(-info.passages // info.articles))


def _unit(bench: Bench, passage: Passage) -> str:
    name = passage.article.id
    return name if bench.source.unit == "article" else f"{name}#{passage.ordinal}"
