"""Writes conversations to the history, in order, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import KutipError
from qa.tui.card import AnswerCard, State
from qa.types import Answer

if TYPE_CHECKING:
    from qa.history import History

_TITLE = 80
"""Characters of the first question that title a conversation."""


class _Kept(NamedTuple):
    answer: Answer
    as_typed: bool
    """Whether it was asked without the conversation before it."""

    def to_dict(self) -> dict[str, Any]:
        return self.answer.to_dict() | ({"as_typed": True} if self.as_typed else {})


class Recorder:
    """Keeps the turns of the conversation on the screen. Without a history it keeps nothing."""

    def __init__(self, history: History | None, failed: Callable[[str], Any]) -> None:
        """``failed`` is called, from the recorder's thread, with why a turn was not kept."""
        self._history = history
        self._failed = failed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._conversation: list[int] = []
        """Id of the conversation, once it has one."""

    @property
    def conversation(self) -> int | None:
        """Id of the conversation that is written to; ``None`` before anything has been."""
        return self._conversation[0] if self._conversation else None

    def begin(self, conversation: int | None = None) -> None:
        """Write to ``conversation`` from now on, or to a new one when the next turn comes."""
        self._conversation = [] if conversation is None else [conversation]

    def keep(self, cards: Sequence[AnswerCard], library: str, *, final: bool) -> None:
        """Write the answers that have come since, in the order in which they were asked.

        An answer that will be bettered, or that is still awaited, holds back those after it,
        unless ``final``.
        """
        for card in cards:
            if card.kept or card.state in (State.FAILED, State.CANCELLED):
                continue
            if card.answer is None or card.provisional:
                if not final:
                    break
                if card.answer is None:
                    continue
            card.kept = True
            if self._history is not None:
                where, kept = self._conversation, _Kept(card.answer, card.answered_as_typed)
                self._thread.submit(self._write, self._history, where, kept, library)

    def amend(self, cards: Sequence[AnswerCard], card: AnswerCard) -> None:
        """Write the answer that ``card``, kept already, has now in place of the one before."""
        place = sum(other.kept for other in cards[: cards.index(card)])
        if self._history is not None and card.answer is not None:
            where, kept = self._conversation, _Kept(card.answer, card.answered_as_typed)
            self._thread.submit(self._rewrite, self._history, where, place, kept)

    def close(self) -> None:
        """Wait until all is written."""
        self._thread.shutdown()

    def _write(self, history: History, place: list[int], kept: _Kept, library: str) -> None:
        try:
            if not place:
                title = " ".join(kept.answer.question.split())
                title = title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
                place.append(history.create(title, library))
            history.append(place[0], kept.answer.question, kept.to_dict())
        except (KutipError, OSError) as problem:
            self._failed(str(problem))

    def _rewrite(self, history: History, where: list[int], place: int, kept: _Kept) -> None:
        try:
            if where:
                history.replace(where[0], place, kept.to_dict())
        except (KutipError, OSError) as problem:
            self._failed(str(problem))
