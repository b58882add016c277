"""The chat as plain lines, one after another: for screen readers, slow lines and old terminals."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from index.errors import KutipError
from qa.cli import output
from qa.cli.questions import clean_question
from qa.cli.talk import Talk

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.history import History
    from qa.tui.shelf import Add


def converse(assistant: Assistant, history: History | None, add: Add) -> None:
    """Read questions and commands line by line until ``/quit``, an empty line, or no line."""
    count = len(assistant.retriever.articles)
    articles = "1 article" if count == 1 else f"{count} articles"
    output.put_words(
        f"{articles}. Type a question, /help for what else there is, or an empty line to end."
    )
    talk = Talk(assistant, history, add)
    while not talk.over and (line := _next_line()):
        try:
            if line.startswith("/"):
                talk.command(line)
            else:
                talk.ask(line)
        except KutipError as problem:
            output.put_words(str(problem))


def _next_line() -> str:
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
