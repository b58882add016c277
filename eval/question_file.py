"""Files of questions, one JSON row a line, as ``qa-eval make`` starts them and ``run`` reads them.

    {"articles": ["../my-articles"]}
    {"id": "q1", "question": "Who signed it?", "lang": "en",
     "gold": [{"article": "a.txt", "text": "Sari signed it in May.", "answer": "Sari"}]}
    {"id": "q2", "question": "Who sang?", "gold": []}

(each row on one line). The first row is optional: it names the files, folders or library that the
questions are about, relative to the file. ``"gold": []`` is a question that they do not answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.lines import lines_of
from eval.questions import Question, from_row
from index.errors import InputError


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """What stands in such a file."""

    path: Path
    questions: tuple[Question, ...]
    """Those that are written; rows with a blank question are only in ``blank``."""
    lines: Mapping[str, int]
    """Question id to its line, from 1."""
    blank: tuple[int, ...]
    """Lines of the rows whose question is still to be written."""
    problems: tuple[str, ...]
    """What is wrong with rows: ``PATH:LINE: why``."""
    articles: tuple[Path, ...]
    """What the first row says that the questions are about."""


def scan(path: Path) -> QuestionFile:
    """Read a file with everything that is wrong in it. ``InputError`` if it cannot be read."""
    questions: dict[str, Question] = {}
    lines: dict[str, int] = {}
    blank, problems = list[int](), list[str]()
    articles: tuple[Path, ...] = ()
    for number, line in lines_of(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TypeError("not a JSON object")
            if "articles" in row and "question" not in row:
                articles = _named(row, path)
                continue
            question = from_row(row, f"q{number}")
            if question.id in lines:
                raise ValueError(f"two questions have the id {question.id!r}")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(f"{path}:{number}: {_said(error)}")
            continue
        lines[question.id] = number
        if question.text:
            questions[question.id] = question
        else:
            blank.append(number)
    return QuestionFile(
        path, tuple(questions.values()), lines, tuple(blank), tuple(problems), articles
    )


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file, blank ones left out.

    Raises ``InputError`` for the first row that is wrong, or when there is no question.
    """
    found = scan(path)
    if found.problems:
        raise InputError(found.problems[0])
    if not found.questions:
        raise InputError(f"{path}: no question in it")
    return found.questions


def check_ids(questions: Sequence[Question], path: Path) -> None:
    """Raise ``InputError`` if there is no question, or if two of them share an id."""
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise InputError(f"{path}: two questions have the id {question.id!r}")
        seen.add(question.id)
    if not seen:
        raise InputError(f"{path}: no question in it")


def _named(row: Mapping[str, Any], path: Path) -> tuple[Path, ...]:
    names = row["articles"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError('"articles" must be a list of paths')
    return tuple(path.parent / name for name in names)


def _said(error: Exception) -> str:
    return f'"{error.args[0]}" is missing' if isinstance(error, KeyError) else str(error)
