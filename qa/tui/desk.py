"""Opens the library and answers questions on worker threads, one question at a time.

Threads touch no widget: what they find they post to the screen as messages. A thread cannot be
stopped, so a question that was cancelled goes on running; its number is forgotten here, and its
answer is dropped when it comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from index.errors import KutipError
from index.types import Filters
from qa.tui.messages import (
    Answered,
    AskFailed,
    LibraryFailed,
    LibraryOpened,
    Suggested,
    Told,
    Warmed,
)
from qa.tui.threads import start
from qa.types import Turn

if TYPE_CHECKING:
    from index.types import Mode
    from qa.assistant import Assistant
    from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class _Asked:
    number: int
    question: str
    turns: Callable[[], Sequence[Turn]]
    """What was said before it, known only when its own time comes."""
    filters: Filters | None


class Desk:
    """Where questions queue."""

    def __init__(
        self, screen: Screen[None], open_assistant: Callable[[], Assistant], settings: Settings
    ) -> None:
        self._screen = screen
        self._open_assistant = open_assistant
        self._settings = settings
        self._closed = False
        self._queue: deque[_Asked] = deque()
        self.assistant: Assistant | None = None
        """``None`` until the library is open."""
        self.warmed = settings.mode == "lexical"
        """Whether answers are as full as they will ever be."""
        self.asking: int | None = None
        """Number of the question that is being answered."""

    def open(self) -> None:
        """Open the library, then load its encoder, then find questions to suggest."""
        start(self._open)

    def use(self, assistant: Assistant) -> None:
        """Ask another assistant from now on, which is ready, and let it suggest questions."""
        self.assistant, self.warmed = assistant, True
        start(partial(self._suggest, assistant))
        self.advance()

    def ask(
        self,
        number: int,
        question: str,
        turns: Callable[[], Sequence[Turn]],
        filters: Filters | None = None,
    ) -> None:
        """Answer ``question`` after those that were asked before it."""
        self._queue.append(_Asked(number, question, turns, filters))
        self.advance()

    def advance(self) -> None:
        """Begin with the next question, if nothing stands in its way."""
        if self.assistant is None or self.asking is not None or not self._queue:
            return
        asked = self._queue.popleft()
        self.asking = asked.number
        work = partial(self._answer, self.assistant, asked, asked.turns(), first=not self.warmed)
        start(work)

    def finished(self, number: int) -> bool:
        """Note that ``number`` has been answered; ``False`` if nobody waits for it any more."""
        if number != self.asking:
            return False
        self.asking = None
        return True

    def cancel(self, number: int) -> None:
        """Forget a question, whether it is being answered or still in the queue."""
        self._queue = deque(asked for asked in self._queue if asked.number != number)
        if self.asking == number:
            self.asking = None
        self.advance()

    def clear(self) -> None:
        """Forget all questions."""
        self._queue.clear()
        self.asking = None

    def close(self) -> None:
        """Begin nothing more, and let what runs run out unheard."""
        self._closed = True
        self.clear()

    def _post(self, message: Message) -> None:
        if not self._closed:
            self._screen.post_message(message)

    def _open(self) -> None:
        try:
            assistant = self._open_assistant()
        except Exception as problem:  # the chat outlives any defect of the opening
            self._post(LibraryFailed(reason_of(problem)))
            return
        self._post(LibraryOpened(assistant))
        if not self.warmed:
            self._warm(assistant)
        self._post(Warmed())
        self._suggest(assistant)

    def _suggest(self, assistant: Assistant) -> None:
        try:
            self._post(Suggested(self._suggestions(assistant)))
        except Exception:  # there are none then, and nobody misses them
            self._post(Suggested(()))

    def _warm(self, assistant: Assistant) -> None:
        retriever = assistant.retriever
        try:
            assistant.warm()
        except Exception as problem:  # it answers by words all the same
            self._post(Told(reason_of(problem)))
        else:
            if retriever.mode == "lexical":
                self._post(Told("; ".join(retriever.notes)))

    def _suggestions(self, assistant: Assistant) -> list[str]:
        from qa.tui.suggestions import suggest

        ask = partial(assistant.ask, k=self._settings.k, mode=self._settings.mode)
        found = []
        for question in suggest(assistant.retriever.articles, ask):
            if self._closed:
                break
            found.append(question)
        return found

    def _answer(
        self, assistant: Assistant, asked: _Asked, turns: Sequence[Turn], *, first: bool
    ) -> None:
        mode: Mode | None = "lexical" if first else self._settings.mode
        try:
            answer = assistant.ask(
                asked.question, turns, k=self._settings.k, mode=mode, filters=asked.filters
            )
        except Exception as problem:  # one question must not end the conversation
            self._post(AskFailed(asked.number, reason_of(problem)))
        else:
            self._post(Answered(asked.number, answer, first=first))


def reason_of(problem: Exception) -> str:
    """What to tell a person: what was foreseen speaks for itself."""
    if isinstance(problem, KutipError | OSError):
        return str(problem)
    return f"unexpected {type(problem).__name__}: {problem}. This is a defect of Kutip."
