from __future__ import annotations

import pytest

from qa.followup import CARRIED_MAX, resolve
from qa.types import Answer, Turn, Verdict

WHO = "Who mediated the ceasefire?"
SIAPA = "Siapa yang menengahi gencatan senjata?"

FOLLOW_UPS = [
    (WHO, "when?", "when? (mediated ceasefire)"),
    (SIAPA, "Kapan?", "Kapan? (menengahi gencatan senjata)"),
    (SIAPA, "kenapa begitu?", "kenapa begitu? (menengahi gencatan senjata)"),
    (WHO, "and Baku?", "Who mediated the ceasefire Baku?"),
    ("Berapa warga tewas menurut Yerevan?", "Dan Baku?", "Berapa warga tewas menurut Baku?"),
    (
        "How many civilians did Yerevan report dead?",
        "And on the Azerbaijani side?",
        "How many civilians did report dead on the Azerbaijani side?",
    ),
    (
        "Mobilisasi apa yang diumumkan Azerbaijan?",
        "Bagaimana dengan Armenia?",
        "Mobilisasi apa yang diumumkan Armenia?",
    ),
    ("What did the Kremlin say?", "What about Peskov?", "What did Peskov say?"),
    (
        "Apa yang dikatakan Kementerian Luar Negeri AS?",
        "siapa juru bicaranya?",
        "siapa juru bicaranya? (Kementerian Luar Negeri AS)",
    ),
    (
        "What is the role of Dmitry Peskov?",
        "Why does he believe Moscow can help?",
        "Why does he believe Moscow can help? (Dmitry Peskov)",
    ),
    (
        "Apa jabatan Dmitry Peskov?",
        "Mengapa menurutnya Moskow bisa membantu?",
        "Mengapa menurutnya Moskow bisa membantu? (Dmitry Peskov)",
    ),
    (
        "Who is the president of Azerbaijan?",
        "How old is he?",
        "How old is he? (president Azerbaijan)",
    ),
    (
        "What happened in Kalbajar?",
        "How many soldiers were wounded there?",
        "How many soldiers were wounded there? (Kalbajar)",
    ),
    (
        "Siapa yang datang dari Armenia?",
        "Lalu dari Azerbaijan siapa?",
        "Lalu dari Azerbaijan siapa? (datang)",
    ),
    (
        "Siapa yang menengahi kesepakatan damai?",
        "Berapa yang tewas sebelum itu tercapai?",
        "Berapa yang tewas sebelum itu tercapai? (menengahi kesepakatan damai)",
    ),
]

NEW_TOPICS = [
    "Who is Blinken?",
    "Where is Goris?",
    "gencatan senjata Gaza",
    "apa itu OSCE?",
    "Apa penyebab terjadinya perang?",
    "Is it true that Armenia attacked first?",
    "How long does it take to reach Goris?",
    "Were there talks in Geneva?",
    "Who said that peace was near?",
    "Did Pashinyan say he would resign?",
    "Siapa presiden Indonesia dan siapa wakilnya?",
    "What is the definition of a flood and its impact?",
    "Apa definisi dari banjir dan dampaknya?",
    "Biasanya kapan hujan turun?",
    "And which three powers called for peace together?",
    "Apa yang dijanjikan WHO?",
    "halo",
    "thank you",
]


@pytest.mark.parametrize(("before", "question", "asked_as"), FOLLOW_UPS)
def test_a_follow_up_is_filled_in(before: str, question: str, asked_as: str) -> None:
    assert resolve(question, [before]) == asked_as


@pytest.mark.parametrize("question", NEW_TOPICS)
@pytest.mark.parametrize("before", [WHO, SIAPA])
def test_a_new_topic_is_left_alone(before: str, question: str) -> None:
    assert resolve(question, [before]) == question


@pytest.mark.parametrize(("_", "question", "__"), FOLLOW_UPS)
def test_without_a_conversation_nothing_is_filled_in(_: str, question: str, __: str) -> None:
    assert resolve(question) == question
    assert resolve(question, ["hello"]) == question


def test_words_are_carried_on_through_the_conversation() -> None:
    assert resolve("Kenapa?", [SIAPA, "Kapan?"]) == "Kenapa? (menengahi gencatan senjata)"


def test_a_turn_counts_as_its_answer_read_it() -> None:
    answer = Answer(
        question="when?",
        asked_as="when did rain fall?",
        verdict=Verdict.NONE,
        confidence=0.0,
        mode="lexical",
        quotes=(),
        claims=(),
        hits=(),
        seconds=0.0,
    )
    assert resolve("where?", [Turn(WHO), Turn("when?", answer)]) == "where? (rain fall)"
    assert resolve("where?", [Turn(WHO), Turn("when?")]) == "where? (mediated ceasefire)"


def test_a_new_topic_starts_the_conversation_again() -> None:
    history = [WHO, "Where did heavy rain fall?"]
    assert resolve("when?", history) == "when? (heavy rain fall)"


def test_the_words_carried_over_are_limited() -> None:
    long = " ".join(f"word{n}" for n in range(100))
    assert resolve("when?", [long]).count("word") == CARRIED_MAX
