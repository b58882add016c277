"""First questions come from the articles and are answered by them."""

from __future__ import annotations

from dataclasses import replace

from chat_fake import KREMLIN, answer, quote

from index.types import Article
from qa.tui.suggestions import candidates, suggest
from qa.types import Answer, Verdict

ENGLISH = Article(
    id="en.txt",
    lang="en",
    sha256="2" * 64,
    text="The president of Azerbaijan, Ilham Aliyev, spoke in Baku on Monday. At least 40 people "
    "were killed in May. “It is over,” said State Department Spokesman Ned Price.",
)
INDONESIAN = replace(
    KREMLIN,
    text="Presiden Rusia Vladimir Putin tiba di Moskow pada Jumat. “Sudah selesai,” kata Juru "
    "Bicara Kementerian Luar Negeri. “Belum,” ujar Menteri Antony Blinken.",
)


def asked(article: Article) -> list[str]:
    return [candidate.question for candidate in candidates([article])]


def test_questions_are_made_of_offices_places_speakers_and_deaths() -> None:
    assert set(asked(ENGLISH)) == {
        "How many people were killed?",
        "Who is the president of Azerbaijan?",
        "What did Ned Price say?",
        "What happened in Baku?",
    }


def test_indonesian_articles_are_asked_in_indonesian_where_names_differ() -> None:
    assert set(asked(INDONESIAN)) == {
        "Siapa presiden Rusia?",
        "Apa yang terjadi di Moskow?",
        "What did Antony Blinken say?",
        INDONESIAN.title,
    }


def test_only_questions_that_are_rightly_answered_are_suggested() -> None:
    right = quote(ENGLISH, "The president of Azerbaijan, Ilham Aliyev, spoke in Baku on Monday.")
    wrong = quote(ENGLISH, "At least 40 people were killed in May.")

    def ask(question: str) -> Answer:
        if "killed" in question:
            return answer(question, verdict=Verdict.RELATED)
        if "Ned" in question:
            return answer(question, (right,), confidence=0.1)
        return answer(question, (right if "president" in question else wrong,))

    assert list(suggest([ENGLISH], ask)) == ["Who is the president of Azerbaijan?"]


def test_no_sentence_answers_two_suggestions() -> None:
    same = quote(ENGLISH, ENGLISH.text)
    assert len(list(suggest([ENGLISH], lambda question: answer(question, (same,))))) == 1


def test_an_empty_library_suggests_nothing() -> None:
    assert list(suggest([], answer)) == []
