from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from eval.check import problems
from eval.known import SEEDS, SEEDS_TEST
from eval.placing import place
from eval.question_file import read_questions
from eval.questions import KINDS, Gold, Question, digest, to_row
from eval.sets import Choice, load_set
from eval.stored import stored
from index.errors import InputError
from index.types import Article, Span
from qa.samples import sample_articles

ROW = {
    "id": "q1",
    "lang": "en",
    "kind": "when",
    "question": "When did it end?",
    "history": [],
    "answerable": True,
    "gold": [{"article": "a", "text": "It ended in 1994.", "answer": "1994", "span": [0, 17]}],
}

OWN = (SEEDS, SEEDS_TEST)


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def article(text: str, name: str = "a") -> Article:
    return Article(name, text, "en", "0" * 64)


def test_a_written_question_reads_back_the_same(tmp_path: Path) -> None:
    questions = read_questions(written(tmp_path, ROW))
    assert read_questions(written(tmp_path, *map(to_row, questions))) == questions
    assert questions[0].gold[0].place == Span(12, 16)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": 3}, '"question" must be text'),
        ({"followup": True}, 'no "history" to follow'),
        ({"histroy": []}, '"histroy" is no key of a question'),
        ({"answers": [" "]}, "is blank"),
        ({"gold": [{"text": "It ended."}]}, '"article" is missing'),
        ({"gold": [{"article": "a", "text": "It ended.", "span": [5, 2]}]}, "is no span"),
        ({"kind": "whence"}, '"kind" must be one of'),
        ({"answerable": False}, '"answerable" contradicts "gold"'),
        ({"gold": [{"article": "a", "text": "It ended.", "answer": "1994"}]}, "must stand once"),
        ({"gold": [{"article": "a", "text": "1994, 1994", "answer": "1994"}]}, "must stand once"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    path = written(tmp_path, ROW, ROW | {"id": "q2"} | change)
    with pytest.raises(InputError, match=rf"questions\.jsonl:2: .*{told}"):
        read_questions(path)


def test_a_missing_field_a_double_id_and_an_empty_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r':1: "question" is missing'):
        read_questions(written(tmp_path, {k: v for k, v in ROW.items() if k != "question"}))
    with pytest.raises(InputError, match=r':1: there is no "gold"'):
        read_questions(written(tmp_path, {"question": "When?"}))
    with pytest.raises(InputError, match="two questions have the id 'q1'"):
        read_questions(written(tmp_path, ROW, ROW))
    with pytest.raises(InputError, match="no question in it"):
        read_questions(written(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        read_questions(tmp_path / "missing.jsonl")


def test_gold_is_found_again_after_white_space_and_place_have_changed() -> None:
    question = Question("q", "When?", "en", gold=(Gold("a", "It  ended\nin 1994.", "1994"),))
    gold = place(question, {"a": article("A heading.\n\nIt ended in 1994. So.")}.get).gold[0]
    assert gold == Gold("a", "It ended in 1994.", "1994", Span(12, 29))
    assert gold.place == Span(24, 28)


def test_of_several_places_the_one_nearest_to_the_old_span_is_taken() -> None:
    text = "1994 was early. Then came 1994 again."
    question = Question("q", "When?", "en", gold=(Gold("a", "1994", "1994", Span(24, 28)),))
    assert place(question, {"a": article(text)}.get).gold[0].span == Span(26, 30)


def test_gold_that_is_not_there_keeps_the_question_but_loses_its_place() -> None:
    question = Question("q", "When?", "en", gold=(Gold("a", "1994", "1994", Span(0, 4)),))
    for articles in ({"a": article("It ended in 1995.")}, {}):
        placed = place(question, articles.get)
        assert placed.answerable
        assert placed.gold[0].place is None


def test_the_digest_depends_on_the_gold() -> None:
    question = Question("q", "When?", "en", gold=(Gold("a", "1994", "1994"),))
    other = Question("q", "When?", "en", gold=(Gold("a", "1995", "1995"),))
    assert digest([question]) == digest([question]) != digest([other])


@pytest.mark.parametrize("path", OWN)
def test_every_gold_text_about_the_samples_is_its_span_and_holds_its_answer(path: Path) -> None:
    with stored(load_set(Choice(path.stem))) as articles:
        found = {article.id: article.text for article in articles.articles}
    for question in read_questions(path):
        for gold in question.gold:
            assert gold.span is not None
            assert gold.place is not None
            text = found[gold.article]
            assert text[gold.span.start : gold.span.end] == gold.text, question.id
            assert text[gold.place.start : gold.place.end] == gold.answer, question.id
    assert problems(Choice(path.stem)) == []


@pytest.mark.parametrize("path", OWN)
def test_the_questions_about_the_samples_are_what_they_promise(path: Path) -> None:
    questions = read_questions(path)
    assert all(count >= 70 for count in Counter(q.lang for q in questions).values())
    assert {q.kind for q in questions} == set(KINDS)
    unanswerable = [q for q in questions if not q.answerable]
    notes = Counter((q.lang, q.note) for q in unanswerable if not q.history)
    assert all(
        notes[lang, note] >= 6
        for lang in ("en", "id")
        for note in ("close to the topic", "foreign to the articles")
    )
    assert sum(q.followup for q in questions) >= 14
    assert all(q.history for q in questions if q.followup)
    assert sum(len({gold.article for gold in q.gold}) > 1 for q in questions) >= 16


def test_no_question_is_in_both_sets() -> None:
    asked = [{(q.text.casefold(), q.history) for q in read_questions(path)} for path in OWN]
    assert not asked[0] & asked[1]
    assert load_set(Choice("seeds-test")).questions == read_questions(SEEDS_TEST)


@pytest.mark.parametrize("path", OWN)
def test_translations_of_one_question_share_their_gold(path: Path) -> None:
    pairs = defaultdict(list)
    for question in read_questions(path):
        pairs[question.pair].append(question)
    for twins in pairs.values():
        assert sorted(q.lang for q in twins) == ["en", "id"]
        assert twins[0].gold == twins[1].gold
        assert twins[0].followup == twins[1].followup


def test_check_finds_a_moved_span_and_a_changed_sentence_and_mends_the_first(
    tmp_path: Path,
) -> None:
    first = next(q for q in read_questions(SEEDS) if q.gold)
    row = to_row(first)
    row["gold"][0]["span"] = [0, 5]
    moved = written(tmp_path, row)
    choice = Choice(str(moved), articles=[sample_articles()])
    assert "the span should be" in problems(choice)[0]
    assert problems(choice, write=True) == []
    assert read_questions(moved) == (first,)
    row["gold"][0]["text"] = "tidak " + row["gold"][0]["text"]
    written(tmp_path, row)
    assert "does not say" in problems(choice, write=True)[0]
