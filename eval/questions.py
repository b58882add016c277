"""Questions with their gold answers: read from JSON lines, checked and placed in the articles."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.types import Article, Span

KINDS = ("who", "when", "where", "how many", "why", "what")


@dataclass(frozen=True, slots=True)
class Gold:
    """One stretch of an article that answers a question."""

    article: str
    """Article id."""
    text: str
    """The sentence or sentences that answer, word for word."""
    answer: str
    """The shortest answer; stands inside ``text``."""
    span: Span | None = None
    """Where ``text`` lies in ``Article.text``; ``None`` when it was not placed or not found."""

    @property
    def place(self) -> Span | None:
        """Where ``answer`` lies in ``Article.text``; ``None`` when ``span`` is."""
        if self.span is None:
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
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it."""
        return bool(self.gold)


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read a JSON-lines file, one question a line. ``InputError`` names the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the questions cannot be read ({error})") from None
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: {_said(error)}") from None
    check_ids(questions, path)
    return tuple(questions)


def check_ids(questions: Sequence[Question], path: Path) -> None:
    """Raise ``InputError`` if there is no question, or if two of them share an id."""
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise InputError(f"{path}: two questions have the id {question.id!r}")
        seen.add(question.id)
    if not seen:
        raise InputError(f"{path}: no question in it")


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
    return row | ({"note": question.note} if question.note else {})


def write_questions(path: Path, questions: Iterable[Question]) -> None:
    """Write ``questions`` so that ``read_questions`` gives them back."""
    rows = (json.dumps(to_row(question), ensure_ascii=False) + "\n" for question in questions)
    path.write_text("".join(rows), encoding="utf-8")


def place(question: Question, articles: Mapping[str, Article]) -> Question:
    """The question with each gold text found in its article, white space apart.

    Of several places the one nearest to the old span counts. A text that is not found, or whose
    article is not there, keeps ``span`` ``None``: the question stays, and nothing can match it.
    """
    return replace(question, gold=tuple(_placed(gold, articles) for gold in question.gold))


def digest(questions: Iterable[Question]) -> str:
    """Hex digest of the questions and their gold, in order."""
    rows = [json.dumps(to_row(question), sort_keys=True) for question in questions]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _placed(gold: Gold, articles: Mapping[str, Article]) -> Gold:
    article = articles.get(gold.article)
    text = article.text if article else ""
    near = gold.span.start if gold.span else 0
    if text[near : near + len(gold.text)] == gold.text and gold.text:
        return replace(gold, span=Span(near, near + len(gold.text)))
    places = [match.span() for match in re.finditer(_loose(gold.text), text)]
    if not places:
        return replace(gold, span=None)
    start, end = min(places, key=lambda found: (abs(found[0] - near), found[0]))
    found = text[start:end]
    inner = re.search(_loose(gold.answer), found)
    return Gold(gold.article, found, inner.group() if inner else found, Span(start, end))


def _loose(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))


def _question(row: Mapping[str, Any]) -> Question:
    gold = tuple(_gold(item) for item in row["gold"])
    if bool(row.get("answerable", bool(gold))) != bool(gold):
        raise ValueError('"answerable" contradicts "gold"')
    if row.get("kind", "") not in ("", *KINDS):
        raise ValueError(f'"kind" must be one of {", ".join(KINDS)}, not {row["kind"]!r}')
    history = tuple(row.get("history", ()))
    if not str(row["question"]).strip():
        raise ValueError('"question" is empty')
    return Question(
        id=row["id"],
        text=row["question"],
        lang=row["lang"],
        kind=row.get("kind", ""),
        history=history,
        followup=row.get("followup", bool(history)),
        pair=row.get("pair", ""),
        gold=gold,
        note=row.get("note", ""),
    )


def _gold(row: Mapping[str, Any]) -> Gold:
    text, answer = row["text"], row["answer"]
    if text.count(answer) != 1:
        raise ValueError(f"the answer {answer!r} must stand once in {text!r}")
    span = row.get("span")
    return Gold(row["article"], text, answer, Span(*span) if span else None)


def _gold_row(gold: Gold) -> dict[str, Any]:
    return {
        "article": gold.article,
        "text": gold.text,
        "answer": gold.answer,
        "span": list(gold.span) if gold.span else None,
    }


def _said(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
