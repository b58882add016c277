from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from index.sentences import sentences
from index.tokens import tokens
from index.types import Article, Hit, Passage, Span
from qa.asked import Asked, Wanted, Word
from qa.claims import COMPARED_MAX, claimed
from qa.expected import expected
from qa.features import Candidate
from qa.quotes import QUOTES_MAX, Ranked
from qa.types import Claim, Quote


def asked(question: str, lang: str = "id") -> Asked:
    tenths = Wanted((0.1,) * 10, {})
    return Asked(question, lang, expected(question), (), {"id": tenths, "en": tenths})


def item(
    text: str, answer: str, score: float = 5.0, *, day: str | None = None, tenths: int = 10
) -> Ranked:
    """The first sentence of an article of its own, with the stretch of it that answers.

    It matches so many tenths of the question.
    """
    name = f"{text[:12]} {day}"
    article = Article(name, text, "id", "0" * 64, published=day)
    span = sentences(text)[0]
    matches = tuple((position, 0.6) for position in range(tenths))
    words = tuple(Word(Span(*place), word, matches) for word, place in tokens(text))
    place = Span(text.index(answer), text.index(answer) + len(answer)) if answer else None
    hit = Hit(Passage(0, article, Span(0, len(text)), 1), 1, 1.0, 1, 1)
    return Ranked(score, Candidate(hit, span, words, place, {}))


def told(question: str, *items: Ranked) -> list[tuple[str, tuple[int, ...]]]:
    _, claims = claimed(asked(question), items)
    return [(claim.value, claim.quotes) for claim in claims]


SOLDIERS = "Berapa tentara Armenia yang tewas?"
OLD = item("Baku melaporkan lebih dari 550 tentara Armenia tewas.", "550", 5.0, day="2020-09-28")
NEW = item(
    "Setidaknya 49 tentara Armenia  dan 50 tentara Azerbaijan tewas.", "49", 4.5, day="2022-09-20"
)
SAME = item("Sebanyak lima ratus lima puluh tentara Armenia gugur kemarin.", "lima ratus", 4.0)
BOTH = item("Yerevan melaporkan 772 tentara Armenia dan 36 warga sipil tewas.", "772", 3.5)


def test_values_are_told_apart_newest_first_and_those_without_a_date_last() -> None:
    assert told(SOLDIERS, OLD, NEW, SAME, BOTH) == [
        ("Setidaknya 49 tentara Armenia", (1,)),
        ("lebih dari 550 tentara Armenia", (0, 2)),
        ("772 tentara Armenia", (3,)),
    ]


def test_each_value_names_its_places_its_speakers_and_its_sources() -> None:
    quotes, claims = claimed(asked(SOLDIERS), [OLD, NEW, SAME, BOTH])
    agreed = claims[1]
    assert [place_of(quotes, agreed, n) for n in (0, 1)] == [
        "lebih dari 550 tentara Armenia",
        "lima ratus lima puluh tentara Armenia",
    ]
    assert agreed.said_by == ("Baku", None)
    assert agreed.sources == ((0,), (2,))


def place_of(quotes: tuple[Quote, ...], claim: Claim, number: int) -> str:
    return quotes[claim.quotes[number]].article.text[slice(*claim.places[number])]


def test_groups_do_not_depend_on_the_order_of_the_quotes() -> None:
    found = set()
    for order in permutations([OLD, NEW, SAME, BOTH]):
        ranked = [one._replace(score=9.0 - place) for place, one in enumerate(order)]
        quotes, claims = claimed(asked(SOLDIERS), ranked)
        found.add(
            frozenset(
                frozenset(quotes[number].article.id for number in claim.quotes) for claim in claims
            )
        )
    assert len(found) == 1


def test_every_claim_refers_to_quotes_of_the_answer() -> None:
    quotes, claims = claimed(asked(SOLDIERS), [OLD, NEW, SAME, BOTH])
    for claim in claims:
        assert len(claim.quotes) == len(claim.places) == len(claim.said_by)
        assert sorted(claim.quotes) == sorted(n for source in claim.sources for n in source)
        for number, place in zip(claim.quotes, claim.places, strict=True):
            span = quotes[number].span
            assert span.start <= place.start < place.end <= span.end


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many were killed?", "772 tentara Armenia dan 36 warga sipil"),
        ("Berapa warga sipil tewas?", "36 warga sipil"),
        ("How many soldiers died?", "772 tentara Armenia"),
        ("Berapa korban tewas?", "772 tentara Armenia dan 36 warga sipil"),
    ],
)
def test_of_amounts_that_and_joins_those_count_that_the_question_may_mean(
    question: str, value: str
) -> None:
    assert told(question, BOTH) == [(value, (0,))]


def test_the_answer_is_moved_to_the_amount_that_is_meant() -> None:
    (quote,), _ = claimed(asked("Berapa warga sipil tewas?"), [BOTH])
    assert quote.answer is not None
    assert quote.article.text[slice(*quote.answer)] == "36 warga sipil"
    assert any(
        lit.start <= quote.answer.start < quote.answer.end <= lit.end for lit in quote.highlights
    )


def test_a_count_of_the_other_side_is_left_out_where_there_is_one_of_the_side_asked_for() -> None:
    question = "How many soldiers did Azerbaijan lose?"
    assert told(question, NEW, BOTH) == [("50 tentara Azerbaijan", (0,))]
    assert told(question, BOTH) == [("772 tentara Armenia", (0,))]


def test_two_speakers_in_one_sentence_assert_two_values() -> None:
    text = (
        "Baku mengklaim bahwa lebih dari 550 tentara Armenia tewas, "
        "sementara Yerevan mengatakan bahwa ratusan prajurit Azerbaijan tewas."
    )
    _, claims = claimed(asked("How many were killed?"), [item(text, "ratusan")])
    assert [(claim.value, claim.said_by) for claim in claims] == [
        ("ratusan prajurit Azerbaijan", ("Yerevan",)),
        ("lebih dari 550 tentara Armenia", ("Baku",)),
    ]
    once = item("Sebanyak 12 orang tewas, sementara 5 orang hilang.", "12")
    assert told("Berapa orang tewas?", once) == [("Sebanyak 12 orang"[9:], (0,))]


def test_dates_names_and_places_are_compared_too() -> None:
    assert told(
        "Kapan perang pecah?",
        item("Perang pecah pada Minggu (27/9).", "27/9", day="2020-10-09"),
        item("Perang pecah pada 27 September 2020 di sana.", "27 September 2020"),
        item("Perang itu pecah pada Jumat.", "Jumat"),
    ) == [("27/9", (0, 1))]
    assert told(
        "Tahun berapa perang usai?",
        item("Perang usai pada 12 Mei 1994.", "12 Mei 1994"),
        item("Perang itu usai pada tahun 1994.", "tahun 1994"),
        item("Perang usai tahun 1995 menurut dia.", "tahun 1995"),
    ) == [("12 Mei 1994", (0, 1)), ("tahun 1995", (2,))]
    assert told(
        "Siapa presiden Rusia?",
        item("Putin adalah presiden Rusia.", "Putin"),
        item("Presiden Rusia Vladimir Putin berpidato.", "Presiden Rusia Vladimir Putin"),
    ) == [("Presiden Rusia Vladimir Putin", (0, 1))]
    assert told(
        "Di mana mereka bertemu?",
        item("Mereka bertemu di Jenewa.", "Jenewa"),
        item("Pertemuan di Jenewa, Swiss, batal.", "Jenewa, Swiss"),
        item("Mereka bertemu di Wina kemarin.", "Wina"),
    ) == [("Jenewa, Swiss", (0, 1)), ("Wina", (2,))]
    assert told(
        "Berapa lama perang berlangsung?",
        item("Perang berlangsung enam minggu.", "enam minggu"),
        item("Perang itu berlangsung selama 6 pekan.", "6 pekan"),
    ) == [("enam minggu", (0, 1))]


BAKU = item("Baku melaporkan 63 warga sipil tewas.", "63")
YEREVAN = item("Yerevan melaporkan 36 warga sipil tewas.", "36", 4.9)


def test_what_somebody_says_is_asked_of_them_alone() -> None:
    assert told("How many civilians died by Baku's own count?", YEREVAN, BAKU) == [
        ("63 warga sipil", (1,))
    ]
    assert len(told("How many civilians died in Baku?", YEREVAN, BAKU)) == 2
    assert len(told("How many civilians died, according to Moscow?", YEREVAN, BAKU)) == 2


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Siapa yang menyerang Azerbaijan?", "Azerbaijan"),
        ("Siapa menteri pertahanan Azerbaijan?", "Armenia"),
        ("Siapa menteri pertahanan Azerbaijan?", "Kementerian Pertahanan"),
    ],
)
def test_a_name_that_cannot_answer_asserts_nothing(question: str, answer: str) -> None:
    assert told(question, item(f"Menurut {answer} itu benar.", answer)) == []


def test_who_holds_an_office_elsewhere_is_no_answer() -> None:
    assert told(
        "Who is the foreign minister of Armenia?",
        item("Menteri Luar Negeri Armenia Ararat Mirzoyan berpidato.", "Ararat Mirzoyan"),
        item("Menteri Luar Negeri AS Antony Blinken menjamu mereka.", "Antony Blinken"),
        item("Kemarin Zohrab Mnatsakanyan bertemu mereka.", "Zohrab Mnatsakanyan"),
    ) == [("Ararat Mirzoyan", (0,)), ("Zohrab Mnatsakanyan", (2,))]


def test_reprints_count_as_one_source() -> None:
    text = (
        "Sebanyak dua belas orang tewas dalam pertempuran di perbatasan pada hari Senin itu. "
        "Kedua pihak saling menuduh melanggar gencatan senjata yang disepakati bulan lalu."
    )
    again = item(text, "dua belas", day="2022-09-21")
    (claim,) = claimed(asked("Berapa orang tewas?"), [item(text, "dua belas"), again])[1]
    assert claim.quotes == (1, 0)
    assert claim.sources == ((1, 0),)


def test_what_matches_less_of_the_question_asserts_nothing() -> None:
    other = item("Perang lain menewaskan 30 ribu orang.", "30 ribu", 4.9, tenths=7)
    quotes, claims = claimed(asked("Berapa orang tewas?"), [BOTH._replace(score=5.0), other])
    assert len(quotes) == 2
    assert [claim.quotes for claim in claims] == [(0,)]


def test_what_matches_through_the_lexicon_is_weighed_less_finely() -> None:
    english = item("The quake killed 310 people.", "310")
    article = replace(english.candidate.hit.passage.article, lang="en")
    passage = replace(english.candidate.hit.passage, article=article)
    hit = replace(english.candidate.hit, passage=passage)
    english = english._replace(candidate=replace(english.candidate, hit=hit))
    near = item("Gempa menewaskan 162 orang.", "162", 4.9, tenths=5)
    far = item("Perang menewaskan 12 orang.", "12", 4.8, tenths=3)
    assert told("Berapa orang tewas akibat gempa?", english, near, far) == [
        ("310 people", (0,)),
        ("162 orang", (1,)),
    ]


def test_more_quotes_are_shown_only_as_far_as_they_assert_something() -> None:
    many = [
        item(f"Di kota ke-{n} tercatat {n * 10} orang tewas.", str(n * 10), 5 - n / 10)
        for n in range(2, 14)
    ]
    quotes, claims = claimed(asked("Berapa orang tewas?"), many)
    assert len(quotes) == len(claims) == COMPARED_MAX
    silent = [one._replace(candidate=replace_answer(one)) for one in many]
    quotes, claims = claimed(asked("Berapa orang tewas?"), silent)
    assert len(quotes) == QUOTES_MAX
    assert claims == ()


def replace_answer(one: Ranked) -> Candidate:
    found = one.candidate
    return Candidate(found.hit, found.span, found.words, None, found.features)


@pytest.mark.parametrize(
    "question", ["Mengapa perang pecah?", "Apa itu OSCE?", "Wer hat gewonnen?"]
)
def test_other_questions_claim_nothing(question: str) -> None:
    quotes, claims = claimed(asked(question), [BOTH, OLD])
    assert len(quotes) == 2
    assert claims == ()


def test_nothing_found_claims_nothing() -> None:
    assert claimed(asked(SOLDIERS), []) == ((), ())
