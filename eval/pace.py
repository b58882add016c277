"""How the questions of a run are asked: one by one or several at once, and for how long."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from eval.questions import Question
from eval.unfinished import Unfinished

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Tick = Callable[[str, int, int], None]
"""Told what is running, how many questions are done, and how many there are."""

Row = TypeVar("Row", bound="DataclassInstance")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pace:
    """How to ask."""

    timeout: float | None = None
    """Seconds after which a question has failed; ``None`` to wait for ever."""
    jobs: int = 1
    """How many questions are asked at once, each in a thread."""
    unfinished: Path | None = None
    """Folder that rows are kept in until the run is finished; ``None`` to keep none."""
    tick: Tick | None = None

    def each(
        self,
        ask: Callable[[Question], Row],
        questions: Sequence[Question],
        stage: str,
        kind: type[Row],
    ) -> Iterator[Row]:
        """The row of every question, in order. Those that are kept are not asked again.

        ``stage`` names what is running, and the file of its rows; ``kind`` is what a row is.
        """
        path = self.unfinished and self.unfinished / f"{_key(stage)}.jsonl"
        with Unfinished(path, kind) as kept:
            going_on = f"{stage}, going on" if kept.rows else stage
            fresh = self._asked(ask, [q for q in questions if q.id not in kept.rows])
            for done, question in enumerate(questions):
                if self.tick:
                    self.tick(going_on, done, len(questions))
                if question.id in kept.rows:
                    yield kept.rows[question.id]
                else:
                    row = next(fresh)
                    kept.add(row)
                    yield row
        if self.tick:
            self.tick(going_on, len(questions), len(questions))

    def _asked(self, ask: Callable[[Question], Row], todo: Sequence[Question]) -> Iterator[Row]:
        if self.jobs == 1:
            yield from map(ask, todo)
            return
        pool = ThreadPoolExecutor(self.jobs)
        try:
            yield from pool.map(ask, todo)
        finally:  # whoever interrupts does not wait for the rest
            pool.shutdown(wait=False, cancel_futures=True)

    def within(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns or raises; ``TimeoutError`` when it takes too long.

        It then goes on in a thread of its own, which nothing waits for: there is no way to end it.
        """
        if self.timeout is None:
            return work()
        results, errors = list[Result](), list[Exception]()

        def run() -> None:
            try:
                results.append(work())
            except Exception as error:
                errors.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(self.timeout)
        if errors:
            raise errors[0]
        if not results:
            raise TimeoutError(f"took longer than {self.timeout:g} s")
        return results[0]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
