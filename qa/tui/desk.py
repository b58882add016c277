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

from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from index.errors import KutipError
from index.types import Filters
from qa.tui.messages import Answered, AskFailed, LibraryFailed, LibraryOpened, Suggested, Warmed
from qa.types import Answer, Turn

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
        self._queue: deque[_Asked] = deque()
        self.assistant: Assistant | None = None
        """``None`` until the library is open."""
        self.warmed = settings.mode == "lexical"
        """Whether answers are as full as they will ever be."""
        self.asking: int | None = None
        """Number of the question that is being answered."""

    def open(self) -> None:
        """Open the library, then load its encoder, then find questions to suggest."""
        self._screen.run_worker(self._open, thread=True, group="open", exit_on_error=False)

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
        mode = self._settings.mode or (None if self.warmed else "lexical")
        work = partial(self._answer, self.assistant, asked, asked.turns(), mode)
        self._screen.run_worker(work, thread=True, group="ask", exit_on_error=False)

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

    def _open(self) -> None:
        stopped, post = _stopped(get_current_worker()), self._screen.post_message
        try:
            assistant = self._open_assistant()
        except (KutipError, OSError) as problem:
            post(LibraryFailed(str(problem)))
            return
        except Exception as problem:  # the chat outlives any defect of the opening
            post(LibraryFailed(_unexpected(problem)))
            return
        if stopped():
            return
        post(LibraryOpened(assistant))
        retriever = assistant.retriever
        if not self.warmed:
            try:
                retriever.warm()
            except (KutipError, OSError):
                pass  # the retriever's notes say why, and it answers without the encoder
            except Exception as problem:  # as above
                post(LibraryFailed(_unexpected(problem)))
        if stopped():
            return
        post(Warmed())
        from qa.tui.suggestions import suggest

        try:
            ask = partial(assistant.ask, k=self._settings.k, mode=self._settings.mode)
            found = []
            for question in suggest(retriever.articles, ask):
                if stopped():
                    return
                found.append(question)
            post(Suggested(found))
        except KutipError:
            post(Suggested([]))

    def _answer(
        self, assistant: Assistant, asked: _Asked, turns: Sequence[Turn], mode: Mode | None
    ) -> None:
        stopped = _stopped(get_current_worker())
        try:
            answer: Answer = assistant.ask(
                asked.question, turns, k=self._settings.k, mode=mode, filters=asked.filters
            )
        except (KutipError, OSError) as problem:
            found: Answered | AskFailed = AskFailed(asked.number, str(problem))
        except Exception as problem:  # one question must not end the conversation
            found = AskFailed(asked.number, _unexpected(problem))
        else:
            found = Answered(asked.number, answer)
        if not stopped():
            self._screen.post_message(found)


def _stopped(worker: Worker[object]) -> Callable[[], bool]:
    return lambda: worker.is_cancelled


def _unexpected(problem: Exception) -> str:
    return f"unexpected {type(problem).__name__}: {problem}. This is a defect of Kutip."
