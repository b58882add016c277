from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from answering import ARTICLES, assistant, models, weights

import qa
from index.errors import InputError
from index.types import Filters
from qa import scoring
from qa.assistant import QUESTION_MAX, Assistant
from qa.render import answer_text
from qa.scoring import Models
from qa.smalltalk import REPLIES, Talk
from qa.testing import FakeEncoder, make_library
from qa.types import Turn, Verdict


@pytest.fixture(autouse=True)
def fixed_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "load", models)


@pytest.fixture(name="helper")
def _helper(tmp_path: Path) -> Assistant:
    return assistant(tmp_path)


def test_the_sentence_that_answers_comes_first(helper: Assistant) -> None:
    answer = helper.ask("Siapa yang menengahi perundingan?")
    assert answer.verdict is Verdict.ANSWERED
    assert answer.quotes[0].text == "Swiss menengahi perundingan itu."
    assert 0.5 <= answer.confidence <= 1
    assert answer.mode == "hybrid"
    assert answer.hits[0].rank == 1
    assert [(claim.value, len(claim.sources)) for claim in answer.claims] == [("Swiss", 2)]


@pytest.mark.parametrize("question", ["", "  \n\t "])
def test_an_empty_question_is_refused(helper: Assistant, question: str) -> None:
    with pytest.raises(InputError, match="empty"):
        helper.ask(question)


def test_a_question_may_be_long_but_not_endless(helper: Assistant) -> None:
    assert helper.ask("perundingan " * (QUESTION_MAX // 12)).hits
    with pytest.raises(InputError, match="2,001 characters; shorten it to 2,000"):
        helper.ask("x" * (QUESTION_MAX + 1))


def test_k_is_the_number_of_hits(helper: Assistant) -> None:
    assert len(helper.ask("gencatan senjata", k=1).hits) == 1
    assert len(helper.ask("gencatan senjata", k=2).hits) == 2
    with pytest.raises(InputError, match="k is 0"):
        helper.ask("gencatan senjata", k=0)


@pytest.mark.parametrize("question", ["halo", "Terima kasih!", "hello there", "siapa dia?", "???"])
def test_small_talk_gets_no_answer(helper: Assistant, question: str) -> None:
    answer = helper.ask(question)
    assert answer.verdict is Verdict.NONE
    assert answer.quotes == ()
    assert answer.confidence == 0


def test_small_talk_is_answered_as_such_and_nothing_is_searched(helper: Assistant) -> None:
    for said in Talk:
        spoken = {"GREETING": "selamat pagi", "THANKS": "thanks", "FAREWELL": "bye"}
        answer = helper.ask(spoken.get(said.name, "who are you?"))
        assert said.value in answer.notes
        assert answer.hits == ()
        assert "do not say" not in answer_text(answer)
    other = helper.ask("Kapan hujan turun?")
    assert not REPLIES.intersection(other.notes)


def test_small_talk_amid_a_conversation_is_no_follow_up(helper: Assistant) -> None:
    for said in ("siapa kamu?", "what can you do?", "thanks!"):
        assert helper.ask(said, ["Siapa yang menengahi perundingan?"]).asked_as == said
    answer = helper.ask("Kapan?", ["Siapa yang menengahi perundingan?", "who are you?"])
    assert answer.asked_as == "Kapan? (menengahi perundingan)"


@pytest.mark.parametrize("question", ["when?", "siapa dia?", "???"])
def test_a_question_about_nothing_says_so(helper: Assistant, question: str) -> None:
    assert any("what it is about" in note for note in helper.ask(question).notes)


def test_nonsense_gets_no_answer(helper: Assistant) -> None:
    answer = helper.ask("blorf zxqv wub?")
    assert answer.verdict is Verdict.NONE
    assert answer.quotes == ()
    assert any("not recognised" in note for note in answer.notes)
    assert any("no word of the question was found" in note for note in answer.notes)
    assert "do not say" in answer_text(answer)


def test_words_that_no_article_has_are_told(helper: Assistant) -> None:
    assert any("no word" in note for note in helper.ask("Apa warna jerapah?").notes)
    assert not any("no word" in note for note in helper.ask("Kapan hujan turun?").notes)


def test_a_matter_that_is_only_mentioned_is_related(
    helper: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = weights(answered_from=0.999)
    monkeypatch.setattr(scoring, "load", lambda: Models("fake-64", *[strict] * 4))
    answer = helper.ask("Siapa yang menengahi perundingan?")
    assert answer.verdict is Verdict.RELATED
    assert answer.quotes
    assert answer.confidence < 0.999


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    answer = assistant(tmp_path, {}).ask("Siapa yang menengahi perundingan?")
    assert answer.verdict is Verdict.NONE
    assert answer.hits == ()
    assert any("empty" in note for note in answer.notes)


def test_without_vectors_the_answer_is_lexical_and_says_why(tmp_path: Path) -> None:
    library = make_library(tmp_path, ARTICLES, "none")
    answer = Assistant.open(library).ask("Siapa yang menengahi perundingan?")
    assert answer.mode == "lexical"
    assert answer.quotes[0].text == "Swiss menengahi perundingan itu."
    assert answer.notes


def test_the_mode_can_be_chosen(helper: Assistant) -> None:
    answer = helper.ask("Siapa yang menengahi perundingan?", mode="lexical")
    assert answer.mode == "lexical"
    assert answer.hits[0].cosine is None
    assert answer.verdict is Verdict.ANSWERED


def test_another_encoder_is_no_measure_of_sureness(
    helper: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Siapa yang menengahi perundingan?"
    monkeypatch.setattr(scoring, "load", lambda: models("another"))
    assert any("not measured" in note for note in helper.ask(question).notes)
    assert not any("not measured" in n for n in helper.ask(question, mode="lexical").notes)


def test_filters_reach_the_search(helper: Assistant) -> None:
    answer = helper.ask("Siapa menengahi?", filters=Filters(articles=frozenset(["report.txt"])))
    assert {quote.article.id for quote in answer.quotes} == {"report.txt"}


def test_a_follow_up_shows_how_it_was_taken(helper: Assistant) -> None:
    first = helper.ask("Siapa yang menengahi perundingan?")
    for history in ([Turn(first.question, first)], [first.question]):
        answer = helper.ask("Kapan?", history)
        assert answer.question == "Kapan?"
        assert answer.asked_as == "Kapan? (menengahi perundingan)"
        assert "menengahi perundingan" in answer.quotes[0].text
    assert first.asked_as == first.question


def test_an_unknown_language_is_noted(helper: Assistant) -> None:
    assert any("not recognised" in note for note in helper.ask("12 63 7?").notes)


def test_a_language_the_encoder_hardly_knows_is_noted(helper: Assistant) -> None:
    question = "ვინ იყო შუამავალი ამ მოლაპარაკებებში?"
    assert any("'ka'" in note for note in helper.ask(question).notes)


def test_the_same_question_gives_the_same_bytes(helper: Assistant, tmp_path: Path) -> None:
    def told(answering: Assistant) -> str:
        answer = answering.ask("Berapa warga sipil tewas sebelum gencatan senjata?").to_dict()
        return json.dumps(answer | {"seconds": 0}, sort_keys=True)

    again = Assistant.open(tmp_path / "library", FakeEncoder(), reader=False)
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(lambda _: told(helper), range(12)))
    assert answers == {told(again)}


def test_an_answer_takes_little_time(helper: Assistant) -> None:
    helper.ask("Kapan?")
    began = time.perf_counter()
    answer = helper.ask("Siapa yang menengahi perundingan?")
    assert 0 < answer.seconds <= time.perf_counter() - began < 5


def test_importing_the_package_loads_nothing() -> None:
    heavy = ("numpy", "index", "regex", "faiss", "qa.types", "typing")
    probe = "import sys; before = set(sys.modules); import qa; print(set(sys.modules) - before)"
    found = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    ).stdout
    assert not [name for name in heavy if repr(name) in found]


def test_public_names_are_there_and_no_others() -> None:
    assert qa.Assistant is Assistant
    assert qa.Verdict is Verdict
    assert set(qa.__all__) <= set(dir(qa))
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        qa.Nothing  # noqa: B018
