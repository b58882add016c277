"""Judgements of whole articles: qrels, as TREC and BEIR write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.lines import lines_of
from eval.questions import Gold, Question
from index.errors import InputError

Qrels = dict[str, dict[str, int]]
"""Question id, then article id, to grade; 0 and below is "not relevant"."""


def read_qrels(path: Path) -> Qrels:
    """Lines of "question 0 article grade" (TREC) or "question article grade" (BEIR, with a header).

    ``InputError`` names file and line of what is neither, or judges one pair twice.
    """
    found: Qrels = {}
    for number, line in lines_of(path):
        fields = line.split("\t") if "\t" in line else line.split()
        if not line.strip() or (number == 1 and fields[0].lower() in ("query-id", "query_id")):
            continue
        if len(fields) not in (3, 4):
            raise InputError(
                f"{path}:{number}: neither 'question 0 article grade' nor 'question article grade'"
            )
        question, article, grade = fields[0], fields[-2], fields[-1]
        try:
            value = int(grade)
        except ValueError:
            raise InputError(f"{path}:{number}: the grade {grade!r} is no whole number") from None
        if article in found.setdefault(question, {}):
            raise InputError(f"{path}:{number}: {question!r} and {article!r} were judged before")
        found[question][article] = value
    if not found:
        raise InputError(f"{path}: no judgement in it")
    return found


def judged_questions(
    texts: Mapping[str, str], qrels: Qrels, path: Path
) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The questions that were judged, in the order of ``texts``, and notes about the others.

    ``path`` is where the judgements came from. ``InputError`` when a judged question has no text:
    leaving it out would make every figure better than it is.
    """
    missing = [name for name in qrels if name not in texts]
    if missing:
        raise InputError(
            f"{path}: {len(missing)} judged questions have no text, for example {missing[0]!r}"
        )
    lang = _lang("\n".join(list(texts.values())[:50]))
    questions = tuple(
        Question(
            id=name,
            text=text,
            lang=lang,
            gold=tuple(
                Gold(article, grade=grade) for article, grade in qrels[name].items() if grade > 0
            ),
        )
        for name, text in texts.items()
        if name in qrels
    )
    told = {
        "questions were not judged and are left out": sum(name not in qrels for name in texts),
        "questions have no relevant article; rankings cannot be judged by them": sum(
            not question.gold for question in questions
        ),
    }
    return questions, tuple(f"{count} {what}" for what, count in told.items() if count)


def _lang(text: str) -> str:
    from index.language import detect

    return detect(text)
