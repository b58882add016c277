"""Finds broken judgements: what is wrong in the rows, and gold that the articles do not hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.placing import place, place_answers, places
from eval.question_file import QuestionFile, scan
from eval.questions import Gold, Question, to_row
from eval.sets import Choice, articles_for, load_set, question_path
from eval.stored import Stored, stored
from index.errors import InputError
from index.types import Article


def problems(choice: Choice, *, write: bool = False) -> list[str]:
    """Everything that is wrong with a set, one line each, with file and line where there is one.

    With ``write`` the spans of a question file, and the gold texts as they stand in the articles,
    are written back first; what is told is then what could not be mended. Raises ``InputError``
    for a set that cannot be read at all.
    """
    path = question_path(choice)
    if path is None:
        source = load_set(choice)
        with stored(source) as articles:
            asked = [(question.id, question) for question in source.questions]
            return list(_gold(asked, articles))
    found = scan(path)
    with stored(articles_for(choice, found)) as articles:
        if write:
            _write(found, [place(question, articles.find) for question in found.questions])
            found = scan(path)
        asked = [(f"{path}:{found.lines[q.id]}", q) for q in found.questions]
        blank = [f"{path}:{line}: the question is still blank" for line in found.blank]
        wrong = [*found.problems, *blank, *_twins(asked), *_gold(asked, articles)]
    if not found.questions and not wrong:
        wrong = [f"{path}: no question in it"]
    return sorted(wrong, key=lambda told: _line(told, path))


def _gold(asked: Sequence[tuple[str, Question]], articles: Stored) -> Iterator[str]:
    """What the articles say against the gold."""
    questions = [question for _, question in asked]
    found = place_answers(
        [place(question, articles.find) for question in questions], articles.articles
    )
    for (where, question), placed in zip(asked, found, strict=True):
        for gold, real in zip(question.gold, placed.gold, strict=False):
            wrong = _wrong(gold, real, articles.find(gold.article))
            if wrong:
                yield f"{where}: {wrong}"
        if question.answers and not placed.gold:
            yield f"{where}: no article holds the answer {' or '.join(question.answers)}"


def _wrong(gold: Gold, real: Gold, article: Article | None) -> str | None:
    """What is wrong with ``gold``, which was found in the article as ``real``."""
    name, span = gold.article, gold.span
    if article is None:
        return f"no article is called {name!r}"
    if real.span is None:
        return f"{name} does not say: {gold.text}"
    if span and span.end > len(article.text):
        return f"{name}: the span {list(span)} is outside of its {len(article.text):,} characters"
    if span and (span, gold.text) != (real.span, real.text):
        return f"{name}: the span should be {list(real.span)}; --write mends it"
    if gold.text and not span and len(places(gold.text, article.text)) > 1:
        return f"{name} says this more than once, and --write adds a span: {gold.text}"
    return None


def _twins(asked: Sequence[tuple[str, Question]]) -> Iterator[str]:
    """Questions asked twice, and translations that do not share their gold."""
    texts: dict[tuple[object, ...], str] = {}
    pairs: dict[str, Question] = {}
    for where, question in asked:
        key = (question.text.casefold(), question.lang, question.history)
        if key in texts:
            yield f"{where}: the same question as {texts[key]}"
        texts.setdefault(key, question.id)
        twin = pairs.setdefault(question.pair, question) if question.pair else question
        if (set(twin.gold), twin.answers) != (set(question.gold), question.answers):
            yield f"{where}: its gold is not that of {twin.id}, its pair"


def _write(found: QuestionFile, questions: Sequence[Question]) -> None:
    """Put the questions back into their lines; every other line stays as it is."""
    lines = found.path.read_text(encoding="utf-8").splitlines(keepends=True)
    for question in questions:
        row = json.dumps(to_row(question), ensure_ascii=False)
        lines[found.lines[question.id] - 1] = row + "\n"
    try:
        found.path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{found.path}: cannot be written ({error.strerror or error})") from None


def _line(told: str, path: Path) -> int:
    number = told.removeprefix(f"{path}:").partition(":")[0]
    return int(number) if number.isdigit() else 0
