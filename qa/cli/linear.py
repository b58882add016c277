"""The chat as plain lines, one after another: for screen readers, slow lines and old terminals."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from index.errors import EncoderError, InputError, KutipError
from qa.cli import output
from qa.cli.questions import clean_question

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.history import History
    from qa.types import Answer

_TITLE_LENGTH = 60
"""Code points of the first question that name a conversation."""


def converse(assistant: Assistant, history: History | None) -> None:
    """Read questions line by line until an empty one, or the end of the input."""
    from qa.render import answer_text
    from qa.types import Turn

    count = len(assistant.retriever.articles)
    articles = "1 article" if count == 1 else f"{count} articles"
    output.put_line(f"{articles}. Type a question, or an empty line to end.")
    turns: list[Turn] = []
    keeper = _Keeper(history, assistant.retriever.info.path) if history else None
    while question := _next_question():
        try:
            answer = assistant.ask(question, turns)
        except (InputError, EncoderError) as problem:
            output.put_line(str(problem))
            continue
        turns.append(Turn(question, answer))
        output.put(f"\n{answer_text(answer, output.width())}\n")
        if keeper is not None:
            keeper.keep(question, answer)


class _Keeper:
    """Writes one conversation down, for as long as that works."""

    def __init__(self, history: History, library: str) -> None:
        self._history: History | None = history
        self._library = library
        self._number: int | None = None

    def keep(self, question: str, answer: Answer) -> None:
        if self._history is None:
            return
        try:
            if self._number is None:
                self._number = self._history.create(question[:_TITLE_LENGTH], self._library)
            self._history.append(self._number, question, answer.to_dict())
        except KutipError as problem:
            output.note(f"{problem}; the rest of this conversation will not be kept")
            self._history = None


def _next_question() -> str:
    """The next line, without the spaces around it; empty at the end of the input."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - makes input() editable
        try:
            return clean_question(input("> ")).strip()
        except EOFError:
            click.echo()
            return ""
    return clean_question(sys.stdin.readline()).strip()
