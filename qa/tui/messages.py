"""What workers and widgets tell the app. Worker threads post these and touch nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.tui.card import AnswerCard
    from qa.tui.shelf import Addition
    from qa.types import Answer


class LibraryOpened(Message):
    """The library can be asked; its encoder may still be loading."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__()
        self.assistant = assistant


class LibraryFailed(Message):
    """The library cannot be opened."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        """One line: what is wrong and what to do about it."""


class Warmed(Message):
    """The encoder has been loaded, or cannot be: what ``retriever.mode`` says now will stay."""


class Suggested(Message):
    """Questions that the library answers."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self.questions = tuple(questions)


class Sent(Message):
    """A person asks a question."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class Walked(Message):
    """A person walks the citations from where the question is typed."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


class Answered(Message):
    """An answer to the question with number ``number`` has come."""

    def __init__(self, number: int, answer: Answer, *, first: bool) -> None:
        super().__init__()
        self.number = number
        self.answer = answer
        self.first = first
        """Whether only words were searched, because the encoder was not there yet."""


class AskFailed(Message):
    """The question with number ``number`` could not be answered."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__()
        self.number = number
        self.reason = reason


class Revived(Message):
    """An earlier conversation has been fetched from the history."""

    def __init__(self, conversation: int, cards: Sequence[AnswerCard]) -> None:
        super().__init__()
        self.conversation = conversation
        """Its id."""
        self.cards = cards
        """Empty when it could not be."""


class Adding(Message):
    """How far the adding of files is, in words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class Added(Message):
    """Files were added, or were not."""

    def __init__(self, addition: Addition | None, reason: str = "") -> None:
        super().__init__()
        self.addition = addition
        """``None`` when nothing was added."""
        self.reason = reason
        """Why nothing was."""


class Copied(Message):
    """Text was copied; ``notice`` says where to."""

    def __init__(self, notice: str) -> None:
        super().__init__()
        self.notice = notice


class Told(Message):
    """Something that a person should know and that stops nothing."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
