"""Questions with their gold answers, as values and as rows of a JSON-lines file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.types import Span

KINDS = ("who", "when", "where", "how many", "why", "what")
KEYS = frozenset(
    "id lang kind question history followup pair answerable gold answers values over note".split()
)
"""What a row may hold; only "question" and one of "gold", "answers", "answerable" must be there."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One stretch of an article that answers a question."""

    article: str
    """Article id."""
    text: str = ""
    """The sentence or sentences that answer, word for word; empty when the article was only
    judged as a whole."""
    answer: str = ""
    """The shortest answer; stands inside ``text``. Empty when it was not named."""
    span: Span | None = None
    """Where ``text`` lies in ``Article.text`` (for an empty text: all of it); ``None`` when it was
    not placed or not found."""
    grade: int = 1
    """How relevant, from 1; only sets with graded judgements have more than one grade."""

    @property
    def place(self) -> Span | None:
        """Where ``answer`` lies in ``Article.text``; ``None`` when that is not known."""
        if self.span is None or not self.answer:
            return None
        start = self.span.start + self.text.index(self.answer)
        return Span(start, start + len(self.answer))


@dataclass(frozen=True, slots=True)
class Question:
    """One question and everything that the articles have to say to it."""

    id: str
    text: str
    lang: str
    """ISO 639-1 code of the question."""
    kind: str = ""
    """One of ``KINDS``, or empty when not known."""
    history: tuple[str, ...] = ()
    """Earlier questions of the conversation, oldest first."""
    followup: bool = False
    """Whether the question cannot be understood without its history."""
    pair: str = ""
    """Shared by the translations of one question; empty when there are none."""
    gold: tuple[Gold, ...] = ()
    """Everything that answers it; empty when the articles do not say."""
    answers: tuple[str, ...] = ()
    """Answers that are right wherever an article holds them; ``eval.placing`` makes them gold."""
    values: tuple[tuple[int, ...], ...] = ()
    """Positions in ``gold`` that assert one value, by value; empty when the set does not say."""
    over: str = ""
    """Language of the only passages that it is put to; empty for all passages."""
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it, as far as the set says."""
        return bool(self.gold or self.answers)


def to_row(question: Question) -> dict[str, Any]:
    """The question as a row of a JSON-lines file."""
    row: dict[str, Any] = {
        "id": question.id,
        "lang": question.lang,
        "kind": question.kind,
        "question": question.text,
        "history": list(question.history),
        "followup": question.followup,
        "pair": question.pair,
        "answerable": question.answerable,
        "gold": [_gold_row(gold) for gold in question.gold],
    }
    seldom = {
        "answers": list(question.answers),
        "values": [list(group) for group in question.values],
        "over": question.over,
        "note": question.note,
    }
    return row | {key: value for key, value in seldom.items() if value}


def from_row(row: Mapping[str, Any], name: str) -> Question:
    """The question of a row; ``name`` is its id unless the row has one.

    The language is detected when the row does not state it. Raises ``ValueError``, ``KeyError``
    or ``TypeError`` for a row that is wrong; a blank question is no error here.
    """
    unknown = sorted(row.keys() - KEYS)
    if unknown:
        raise ValueError(
            f'"{unknown[0]}" is no key of a question (keys: {", ".join(sorted(KEYS))})'
        )
    if not row.keys() & {"gold", "answers", "answerable"}:
        raise ValueError('there is no "gold"; for a question without an answer write "gold": []')
    gold = tuple(_gold(item) for item in _list(row, "gold"))
    answers = tuple(_text(answer, "answers") for answer in _list(row, "answers"))
    if not all(map(str.strip, answers)):
        raise ValueError('one of the "answers" is blank')
    if bool(row.get("answerable", bool(gold or answers))) != bool(gold or answers):
        raise ValueError('"answerable" contradicts "gold"')
    if row.get("kind", "") not in ("", *KINDS):
        raise ValueError(f'"kind" must be one of {", ".join(KINDS)}, not {row["kind"]!r}')
    history = tuple(_text(turn, "history") for turn in _list(row, "history"))
    if row.get("followup") and not history:
        raise ValueError('"followup" is true but there is no "history" to follow')
    values = tuple(tuple(group) for group in row.get("values", ()))
    if values and sorted(n for group in values for n in group) != list(range(len(gold))):
        raise ValueError('"values" must hold each position of "gold", from 0, once')
    text = _text(row["question"], "question").strip()
    return Question(
        id=str(row.get("id", "")) or name,
        text=text,
        lang=row.get("lang") or _lang(text),
        kind=row.get("kind", ""),
        history=history,
        followup=bool(row.get("followup", history)),
        pair=row.get("pair", ""),
        gold=gold,
        answers=answers,
        values=values,
        over=row.get("over", ""),
        note=row.get("note", ""),
    )


def digest(questions: Iterable[Question]) -> str:
    """Hex digest of the questions and their gold, in order."""
    total = hashlib.sha256()
    for number, question in enumerate(questions):
        row = json.dumps(to_row(question), sort_keys=True)
        total.update(f"\n{row}".encode() if number else row.encode())
    return total.hexdigest()


def _gold(row: Mapping[str, Any]) -> Gold:
    text, answer = row.get("text", ""), row.get("answer", "")
    if answer and text.count(answer) != 1:
        raise ValueError(
            f"the answer {answer!r} must stand once in {text!r}; shorten the text to its sentence"
        )
    span = row.get("span")
    if span and not 0 <= span[0] < span[1]:
        raise ValueError(f"{span} is no span: it must be two numbers, start and end")
    return Gold(row["article"], text, answer, Span(*span) if span else None, row.get("grade", 1))


def _gold_row(gold: Gold) -> dict[str, Any]:
    row = {
        "article": gold.article,
        "text": gold.text,
        "answer": gold.answer,
        "span": list(gold.span) if gold.span else None,
    }
    return row if gold.grade == 1 else row | {"grade": gold.grade}


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise TypeError(f'"{key}" must be a list, not {value!r}')
    return value


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f'"{key}" must be text, not {value!r}')
    return value


def _lang(text: str) -> str:
    from index.language import detect_question  # the model for rare cases is heavy

    return detect_question(text)
