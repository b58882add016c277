"""Finds the gold of questions in the articles of a library."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from eval.questions import Gold, Question
from index.cleaning.characters import tidy
from index.types import Article, Span

Find = Callable[[str], Article | None]
"""From an article id to the article, ``None`` when there is none."""


def place(question: Question, find: Find) -> Question:
    """The question with each gold text found in its article, white space apart.

    Of several places the one nearest to the old span counts. A text that is not found, or whose
    article is not there, keeps ``span`` ``None``: the question stays, and nothing can match it.
    """
    return replace(
        question, gold=tuple(_placed(gold, find(gold.article)) for gold in question.gold)
    )


def place_answers(
    questions: Sequence[Question], articles: Iterable[Article]
) -> tuple[Question, ...]:
    """The questions, with each of their ``answers`` made gold wherever an article holds it.

    An answer is found as whole words, case and white space apart. The articles are read once, one
    at a time. A question keeps its answers, and so stays answerable, when none is found.
    """
    patterns = {
        answer: (max(tidy(answer).casefold().split(), key=len), _words(tidy(answer)))
        for question in questions
        for answer in question.answers
    }
    if not patterns:
        return tuple(questions)
    found: dict[str, list[Gold]] = defaultdict(list)
    for article in articles:
        folded = article.text.casefold()
        for answer, (longest, pattern) in patterns.items():
            if longest in folded:  # a hundred times quicker than the pattern, and mostly no
                found[answer] += [
                    Gold(article.id, match.group(), match.group(), Span(*match.span()))
                    for match in pattern.finditer(article.text)
                ]
    return tuple(
        replace(
            question,
            gold=question.gold + tuple(gold for one in question.answers for gold in found[one]),
        )
        for question in questions
    )


def places(text: str, within: str) -> list[Span]:
    """Where a text stands in another, white space apart."""
    return [Span(*match.span()) for match in re.finditer(_loose(text), within)]


def _placed(gold: Gold, article: Article | None) -> Gold:
    if article is None:
        return replace(gold, span=None)
    if not gold.text:
        return replace(gold, span=Span(0, len(article.text)))
    near = gold.span.start if gold.span else 0
    if article.text[near : near + len(gold.text)] == gold.text:
        return replace(gold, span=Span(near, near + len(gold.text)))
    spans = places(gold.text, article.text)
    if not spans:
        return replace(gold, span=None)
    start, end = min(spans, key=lambda span: (abs(span.start - near), span.start))
    text = article.text[start:end]
    inner = re.search(_loose(gold.answer), text) if gold.answer else None
    answer = inner.group() if inner else text if gold.answer else ""
    return replace(gold, text=text, answer=answer, span=Span(start, end))


def _loose(text: str) -> str:
    return r"\s+".join(map(re.escape, tidy(text).split()))


def _words(answer: str) -> re.Pattern[str]:
    """The answer as whole words, in scripts that put spaces between words."""
    start = r"(?<!\w)" if _bounded(answer[:1]) else ""
    end = r"(?!\w)" if _bounded(answer[-1:]) else ""
    return re.compile(start + _loose(answer) + end, re.IGNORECASE)


def _bounded(char: str) -> bool:
    return char.isdigit() or char.lower() != char.upper()
