"""The conversations of followups-dev: well made, and followed as well as is claimed."""

from __future__ import annotations

from collections import Counter

from eval.check import problems
from eval.known import FOLLOWUPS, SEEDS
from eval.question_file import read_questions
from eval.sets import Choice
from qa.followup import resolve

TURNS = read_questions(FOLLOWUPS)
ALONE = [question for question in read_questions(SEEDS) if not question.followup]


def test_every_gold_text_is_its_span_and_holds_its_answer() -> None:
    assert problems(Choice("followups-dev")) == []


def test_half_of_the_turns_follow_up_and_half_change_the_subject_in_both_languages() -> None:
    counts = Counter((question.lang, question.followup) for question in TURNS)
    assert all(counts[lang, followup] >= 20 for lang in ("en", "id") for followup in (True, False))
    assert all(question.history and question.note for question in TURNS)
    asked = {question.text.casefold() for question in read_questions(SEEDS)}
    assert not [question.id for question in TURNS if question.text.casefold() in asked]


def test_few_follow_ups_are_missed_and_few_new_topics_polluted() -> None:
    changed = {question.id: resolve(question.text, question.history) for question in TURNS}
    missed = [q.text for q in TURNS if q.followup and changed[q.id] == q.text]
    false = [q.text for q in TURNS if not q.followup and changed[q.id] != q.text]
    assert missed == ["Who would take part?"]
    assert false == ["How about the weather in Jakarta tomorrow?"]


def test_a_question_that_stands_alone_is_left_alone_whatever_was_asked_before() -> None:
    before = [question.text for question in ALONE[::29]]
    polluted = [
        (earlier, question.text)
        for question in ALONE
        for earlier in before
        if resolve(question.text, [earlier]) != question.text
    ]
    assert polluted == []
