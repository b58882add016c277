"""Questions as JSON lines in, answers as JSON lines out, one by one and in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from index.errors import InputError, KutipError
from qa.cli import output
from qa.cli.exits import Exit, exit_for
from qa.cli.questions import Search, clean_question
from qa.render.inert import json_text

if TYPE_CHECKING:
    from qa.assistant import Assistant


def answer_batch(name: str, assistant: Assistant, search: Search) -> Exit:
    """Answer the lines of a file. Returns ``OK``, or the code of the worst line."""
    bad, worst = 0, Exit.OK
    with _lines(name) as lines:
        for line in lines:
            if not line.strip():
                continue
            reply, code = _reply(line, assistant, search)
            bad, worst = bad + ("error" in reply), max(worst, code)
            output.put(json_text(reply) + "\n")
            sys.stdout.flush()  # whoever reads may be waiting for this very line
    if bad:
        output.note(f"{bad} line{'s' if bad > 1 else ''} of {name} could not be answered")
    return worst


def _reply(line: bytes, assistant: Assistant, search: Search) -> tuple[dict[str, Any], Exit]:
    """The answer to a line, or its error, and the exit code that it would have by itself.

    Nothing that goes wrong with one question keeps the others from being answered.
    """
    known: Any = None
    try:
        known = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:  # includes bytes that are not UTF-8
        return _error(None, f"not a JSON object on one line: {problem}")
    id_ = known.get("id") if isinstance(known, dict) else None
    if not isinstance(id_, str | int | None):
        return _error(None, '"id" must be a text, a whole number or null')
    try:
        question, history = _read(known)
        answer = assistant.ask(
            question, history, k=search.k, mode=search.mode, filters=search.filters
        )
    except KutipError as problem:
        return _error(id_, str(problem), exit_for(problem))
    except Exception as problem:
        said = f"unexpected {type(problem).__name__}: {problem} (a defect of Kutip)"
        return _error(id_, said, Exit.UNEXPECTED)
    return answer.to_dict(id_), Exit.OK  # type: ignore[arg-type]  # a number goes back as it came


def _error(
    id_: str | int | None, said: str, code: Exit = Exit.INPUT
) -> tuple[dict[str, Any], Exit]:
    return {"id": id_, "error": said}, code


def _read(known: Any) -> tuple[str, list[str]]:
    if not isinstance(known, dict):
        raise InputError('each line must be an object with a "question"')
    question, history = known.get("question"), known.get("history") or []
    if not isinstance(question, str):
        raise InputError('"question" must be a text')
    if not isinstance(history, list):
        raise InputError('"history" must be a list of earlier questions')
    return clean_question(question), [_earlier(item) for item in history]


def _earlier(item: Any) -> str:
    question = item.get("question") if isinstance(item, dict) else item
    if not isinstance(question, str):
        raise InputError('"history" must hold texts, or objects with a "question"')
    return clean_question(question)


@contextmanager
def _lines(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield file
    except FileNotFoundError as problem:
        raise InputError(f"{name} does not exist") from problem
