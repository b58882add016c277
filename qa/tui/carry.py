"""Taking answers out of the chat: to the clipboard, or to a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from qa.render import answer_markdown, answer_text, safe
from qa.settings import cache_dir
from qa.tui import clipboard
from qa.types import Answer

_UNWRAPPED = 1_000_000
"""Cells in a line of copied text: paragraphs are not broken."""


def as_text(answer: Answer) -> str:
    """The question and its answer with citations, as plain text."""
    return f"{safe(answer.question, lines=True)}\n\n{answer_text(answer, _UNWRAPPED)}"


def copy(text: str, ask_terminal: Callable[[str], None]) -> str:
    """Copy ``text`` and return a sentence that says where to.

    ``ask_terminal`` has the terminal copy it (OSC 52), which no terminal confirms: a file is
    written as well then. Takes up to some seconds; meant for a thread.
    """
    program = clipboard.copy_by_program(text, clipboard.programs(os.environ))
    if program:
        return f"Copied ({program})."
    ask_terminal(text)
    file = cache_dir() / "copied.txt"
    if clipboard.save_copy(text, file):
        return f"Asked the terminal to copy it. If it does not paste: it is also in {file}"
    return "Asked the terminal to copy it; whether it did cannot be known."


def export(answers: Sequence[Answer], kind: str, folder: Path | None = None) -> Path:
    """Write a conversation as ``Markdown`` or ``JSON`` and return the file. Raises ``OSError``."""
    if kind == "Markdown":
        title = f"# {safe(' '.join(answers[0].question.split()))}\n"
        text = "\n".join([title, *(answer_markdown(answer) for answer in answers)])
    else:
        text = json.dumps([a.to_dict() for a in answers], ensure_ascii=False, indent=2) + "\n"
    return write(text, kind, folder)


def write(text: str, kind: str, folder: Path | None = None) -> Path:
    """Write ``text`` to a new file in ``folder`` (else the current one) and return it.

    Raises ``OSError``.
    """
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    ending = "md" if kind == "Markdown" else "json"
    for number in count(1):
        name = f"kutip-{stamp}{f'-{number}' if number > 1 else ''}.{ending}"
        path = (folder or Path.cwd()) / name
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        return path
    raise AssertionError("numbers never end")
