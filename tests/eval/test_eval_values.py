from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.check import problems
from eval.known import SEEDS_VALUES
from eval.question_file import read_questions
from eval.questions import Gold, Question, from_row, to_row
from eval.sets import Choice
from eval.values import value_groups
from index.types import Article, Hit, Passage, Span
from qa.types import Answer, Claim, Quote, Verdict

TEXT = "Baku melaporkan 63 warga sipil tewas. Yerevan melaporkan 36 warga sipil tewas."
ARTICLE = Article("a", TEXT, "id", "0" * 64)
OTHER = Article("b", TEXT, "id", "1" * 64)


def gold(article: str, answer: str) -> Gold:
    return Gold(article, TEXT, answer, Span(0, len(TEXT)))


QUESTION = Question(
    "q",
    "Berapa warga sipil tewas?",
    "id",
    gold=(gold("a", "63"), gold("b", "63"), gold("a", "36")),
    values=((0, 1), (2,)),
)


def claim(*held: tuple[int, str]) -> Claim:
    """A claim that quotes, by number, assert in these words."""
    places = [Span(TEXT.index(words), TEXT.index(words) + len(words)) for _, words in held]
    return Claim(held[0][1], tuple(number for number, _ in held), tuple(places))


def reply(*claims: Claim) -> Answer:
    quotes = [
        Quote(one, Span(0, len(TEXT)), (), Hit(Passage(0, one, Span(0, 1), 1), 1, 1.0, 1, 1), 1.0)
        for one in (ARTICLE, OTHER)
    ]
    return Answer(
        question="",
        asked_as="",
        verdict=Verdict.ANSWERED,
        confidence=1.0,
        mode="hybrid",
        quotes=tuple(quotes),
        claims=claims,
        hits=(),
        seconds=0.0,
    )


SIXTY_THREE = claim((0, "63 warga sipil"), (1, "63 warga"))
THIRTY_SIX = claim((0, "36 warga sipil"))


@pytest.mark.parametrize(
    ("claims", "figures"),
    [
        ([SIXTY_THREE, THIRTY_SIX], (2, 2, 2)),
        ([THIRTY_SIX, claim((0, "63"))], (2, 2, 2)),
        ([SIXTY_THREE], (1, 2, 1)),
        ([], (0, 2, 0)),
        ([claim((0, "63"), (0, "36"))], (0, 2, 1)),
        ([claim((0, "63")), claim((1, "63")), THIRTY_SIX], (1, 2, 3)),
        ([SIXTY_THREE, THIRTY_SIX, claim((0, "tewas"))], (2, 2, 3)),
        ([claim((0, "63"), (1, "tewas")), THIRTY_SIX], (1, 2, 2)),
        ([claim((0, "6")), THIRTY_SIX], (1, 2, 2)),
    ],
)
def test_groups_are_right_when_nothing_is_missing_merged_split_or_added(
    claims: list[Claim], figures: tuple[int, int, int]
) -> None:
    found = value_groups(QUESTION, reply(*claims))
    assert found == figures
    assert found.all_right == (len(set(figures)) == 1)


def test_a_question_without_groups_is_not_measured() -> None:
    assert value_groups(Question("q", "Berapa?", "id", gold=QUESTION.gold), reply()) is None


def row(**changes: Any) -> dict[str, Any]:
    return {**to_row(QUESTION), **changes}


def test_the_groups_are_read_back_as_they_were_written() -> None:
    assert from_row(json.loads(json.dumps(row())), "q") == QUESTION


@pytest.mark.parametrize("values", [[[0]], [[0, 1], [1, 2]], [[0, 1, 2, 3]]])
def test_the_groups_hold_each_gold_answer_once(values: list[list[int]]) -> None:
    with pytest.raises(ValueError, match='"values" must hold each position'):
        from_row(row(values=values), "q")


def test_the_questions_about_values_are_sound() -> None:
    assert problems(Choice("seeds-values")) == []
    questions = read_questions(Path(SEEDS_VALUES))
    assert all(question.values for question in questions)
    assert sum(question.kind == "how many" for question in questions) >= 16
