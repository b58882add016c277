from __future__ import annotations

import time
from dataclasses import replace

import pytest

from index.types import Article, Hit, Passage, Span
from qa.followup import CARRIED_MAX, favour, resolve
from qa.types import Answer, Quote, Turn, Verdict

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
    ("Berapa korban pada 2020?", "dan pada 2016?", "Berapa korban pada 2016?"),
    ("Apa isi pasal nomor 12?", "dan nomor 33?", "Apa isi pasal nomor 33?"),
    ("Who won in 2016 and 2020?", "And in 2012?", "Who won in 2012 and 2020?"),
    ("Who spoke on 19 September 2022?", "And on 20 September?", "Who spoke on 20 September 2022?"),
    ("What did the Kremlin say?", "What about Peskov?", "What did Peskov say?"),
    (
        "Apa yang dikatakan Kementerian Luar Negeri AS?",
        "siapa juru bicaranya?",
        "siapa juru bicaranya? (dikatakan Kementerian Luar Negeri AS)",
    ),
    (
        "What is the role of Dmitry Peskov?",
        "Why does he believe Moscow can help?",
        "Why does Dmitry Peskov believe Moscow can help?",
    ),
    (
        "Apa jabatan Dmitry Peskov?",
        "Mengapa menurutnya Moskow bisa membantu?",
        "Mengapa menurut Dmitry Peskov Moskow bisa membantu?",
    ),
    (
        "Who is the president of Azerbaijan?",
        "How old is he?",
        "How old is he? (president Azerbaijan)",
    ),
    (
        "What happened in Kalbajar?",
        "How many soldiers were wounded there?",
        "How many soldiers were wounded in Kalbajar?",
    ),
    ("What happened in Kalbajar?", "Who lives there?", "Who lives in Kalbajar?"),
    ("Apa yang terjadi di Kalbajar?", "Siapa tinggal di sana?", "Siapa tinggal di Kalbajar?"),
    (
        "Apa yang terjadi di Kalbajar?",
        "Siapa pemilik wilayah itu menurut hukum?",
        "Siapa pemilik wilayah Kalbajar menurut hukum?",
    ),
    (
        "What did Aliyev claim on 20 October?",
        "What else happened then?",
        "What else happened on 20 October?",
    ),
    (
        "Apa kata Aliyev pada 20 Oktober?",
        "Apa yang terjadi pada hari itu?",
        "Apa yang terjadi pada 20 Oktober?",
    ),
    (
        "When did the attack start?",
        "Which towns did it hit?",
        "Which towns did it hit? (attack start)",
    ),
    ("Who led the attack?", "When did that raid end?", "When did that raid end? (led attack)"),
    (
        "How many deaths did Yerevan report?",
        "How many of them were civilians?",
        "How many of them were civilians? (deaths Yerevan report)",
    ),
    (
        "What did Armenia and Azerbaijan sign?",
        "What did they promise?",
        "What did Armenia, Azerbaijan promise?",
    ),
    (
        "Berapa lama perang itu berlangsung?",
        "Berapa yang tewas?",
        "Berapa yang tewas? (lama perang berlangsung)",
    ),
    ("Where did they meet?", "On what date?", "On what date? (meet)"),
    (WHO, "Kapan itu diumumkan?", "Kapan itu diumumkan? (mediated ceasefire)"),
    ("Why did Blinken go to Geneva?", "And Bayramov?", "Why did Bayramov go to Geneva?"),
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
    "What is it called when reservists are called up?",
    "How far is it from Baku to Yerevan?",
    "Do they speak English in Armenia?",
    "How many regencies are there in Indonesia?",
    "How many people lost their lives in the flood?",
    "Who is the pope?",
    "Apa syaratnya supaya perang berakhir?",
    "Apa gua yang letaknya tidak jauh dari laut?",
    "What audio device is sold to this day?",
    "Siapa presiden Indonesia saat ini?",
    "Apa judul buku kedua His Dark Materials?",
    "Wie heißt er?",
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


TEXT = (
    "Presiden Azerbaijan Ilham Aliyev berpidato di Baku pada Selasa (20/10). "
    "Perdana Menteri Armenia Nikol Pashinyan dan Menteri Luar Negeri AS Antony Blinken bertemu. "
    "Rusia menengahi gencatan senjata di Jenewa, kata juru bicara kepresidenan Dmitry Peskov."
)


def turn(question: str, quoted: str, lit: str = "", speaker: str = "") -> Turn:
    """A turn that was answered with the sentence of TEXT that begins with ``quoted``."""
    article = Article("a", TEXT, "id", "0" * 64)
    start = TEXT.index(quoted)
    span = Span(start, TEXT.index(". ", start) + 1 if ". " in TEXT[start:] else len(TEXT))
    hit = Hit(Passage(0, article, Span(0, len(TEXT)), 1), 1, 1.0, 1, 1)

    def place(words: str) -> Span | None:
        return Span(TEXT.index(words), TEXT.index(words) + len(words)) if words else None

    quote = Quote(article, span, (), hit, 1.0, answer=place(lit), speaker=place(speaker))
    return Turn(question, answer(question, (quote,)))


def answer(asked_as: str, quotes: tuple[Quote, ...] = ()) -> Answer:
    verdict = Verdict.ANSWERED if quotes else Verdict.NONE
    return Answer(asked_as, asked_as, verdict, 0.5, "lexical", quotes, (), (), 0.0)


@pytest.mark.parametrize(
    ("before", "question", "asked_as"),
    [
        (
            turn("Who is the president of Azerbaijan?", "Presiden", "Ilham Aliyev"),
            "How old is he?",
            "How old is Ilham Aliyev?",
        ),
        (
            turn("Siapa presiden Azerbaijan?", "Presiden", "Presiden Azerbaijan Ilham Aliyev"),
            "Kapan dia berpidato?",
            "Kapan Ilham Aliyev berpidato?",
        ),
        (
            turn("Which villages were taken?", "Presiden"),
            "When did he say so?",
            "When did Ilham Aliyev say so? (villages taken)",
        ),
        (
            turn("Who mediated the truce?", "Rusia", "Rusia", "Dmitry Peskov"),
            "Why does he think so?",
            "Why does Dmitry Peskov think so?",
        ),
        (
            turn("Apa kata Aliyev di Baku?", "Presiden"),
            "What did he demand?",
            "What did Ilham Aliyev demand?",
        ),
        (
            turn("Who met?", "Perdana", "Nikol Pashinyan"),
            "What did they discuss?",
            "What did Nikol Pashinyan, Antony Blinken discuss?",
        ),
        (
            turn("Who mediated the truce?", "Rusia", "Rusia"),
            "Where did they meet?",
            "Where did Rusia meet?",
        ),
        (
            turn("Where was the truce agreed?", "Rusia", "Jenewa"),
            "Was Blinken there?",
            "Was Blinken in Jenewa?",
        ),
        (
            turn("When was the speech?", "Presiden", "Selasa (20/10)"),
            "Siapa yang memimpin sejak saat itu?",
            "Siapa yang memimpin sejak Selasa (20/10)?",
        ),
        (
            turn("Siapa yang bertemu?", "Perdana", "Perdana Menteri Armenia Nikol Pashinyan"),
            "Apa jabatannya?",
            "Apa jabatannya? (Nikol Pashinyan bertemu)",
        ),
    ],
)
def test_a_pronoun_gives_way_to_what_the_answer_named(
    before: Turn, question: str, asked_as: str
) -> None:
    assert resolve(question, [before]) == asked_as


def test_a_pronoun_may_point_two_turns_back_but_not_beyond() -> None:
    named = turn("Who is the president of Azerbaijan?", "Presiden", "Ilham Aliyev")
    other = Turn("How many died?", answer("How many died?"))
    assert resolve("How old is he?", [named, other]) == "How old is Ilham Aliyev?"
    assert resolve("How old is he?", [named, other, other, other]) == "How old is he? (died)"


def test_the_article_under_discussion_moves_up_in_a_follow_up() -> None:
    said = turn("Who met?", "Perdana")
    article = said.answer.quotes[0].article if said.answer else None
    assert article is not None
    hits = [
        Hit(Passage(n, replace(article, id=name), Span(0, 5), n), n, score, n, n)
        for n, (name, score) in enumerate([("b", 1.0), ("a", 0.9), ("a", 0.1)], 1)
    ]
    moved = favour(hits, [said, "Kapan?"])
    assert [(hit.passage.number, hit.rank) for hit in moved] == [(2, 1), (1, 2), (3, 3)]
    assert favour(hits, ["Who met?"]) == hits
    assert favour([], [said]) == []


def test_words_are_carried_on_through_the_conversation() -> None:
    assert resolve("Kenapa?", [SIAPA, "Kapan?"]) == "Kenapa? (menengahi gencatan senjata)"


def test_a_turn_counts_as_its_answer_read_it() -> None:
    read = Turn("when?", answer("when did rain fall?"))
    assert resolve("where?", [Turn(WHO), read]) == "where? (rain fall)"
    assert resolve("where?", [Turn(WHO), Turn("when?")]) == "where? (mediated ceasefire)"


def test_what_is_put_in_the_place_of_something_carried_over_stays_in_its_brackets() -> None:
    history = ["What happened in Goris?", "Who brokered it?"]
    assert resolve("and Jermuk?", history) == "Who brokered it? (happened Jermuk)"
    history = [SIAPA, "Kapan?"]
    assert resolve("dan sebelumnya?", history) == "Kapan? (menengahi gencatan senjata sebelumnya)"


def test_a_new_topic_starts_the_conversation_again() -> None:
    history = [WHO, "Where did heavy rain fall?"]
    assert resolve("when?", history) == "when? (heavy rain fall)"


def test_the_words_carried_over_are_limited() -> None:
    long = " ".join(f"word{n}" for n in range(100))
    assert resolve("when?", [long]).count("word") == CARRIED_MAX


def test_a_question_of_nothing_but_pronouns_takes_no_time() -> None:
    began = time.process_time()
    resolve("dia " * 500, ["Siapa " + "Baku " * 300])
    assert time.process_time() - began < 1
