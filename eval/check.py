"""Checks a question file about the sample articles, and writes the spans into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.questions import Question, place, read_questions, write_questions
from eval.sets import SEEDS
from index.types import Article


def problems(path: Path | None = None, *, write: bool = False) -> list[str]:
    """What is wrong with the gold texts of a file (by default seeds-dev), one line each.

    With ``write`` the spans, and the texts as they stand in the cleaned articles, are written
    back; what remains is then what could not be found.
    """
    path = path or SEEDS
    articles = sample_articles_cleaned()
    questions = read_questions(path)
    placed = [place(question, articles) for question in questions]
    if write:
        write_questions(path, placed)
    told = placed if write else questions
    return [line for now, then in zip(told, placed, strict=True) for line in _wrong(now, then)]


def sample_articles_cleaned() -> Mapping[str, Article]:
    """The sample articles as a library stores them, by id."""
    from index.sources import read
    from qa.samples import sample_articles

    folder = sample_articles()
    found = [one for file in sorted(folder.glob("*.txt")) for one in read(file, folder)]
    return {article.id: article for article in found if isinstance(article, Article)}


def _wrong(now: Question, then: Question) -> list[str]:
    lines = []
    for gold, found in zip(now.gold, then.gold, strict=True):
        if found.span is None:
            lines.append(f"{now.id}: {gold.article} does not say: {gold.text}")
        elif (gold.span, gold.text) != (found.span, found.text):
            lines.append(f"{now.id}: {gold.article}: the span should be {list(found.span)}")
    return lines
