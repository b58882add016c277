from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import UNKNOWN_LANG
from qa.values.amounts import amounts, contradicts, coordinated, counted
from qa.values.numbers import digits, numbers

ID_DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
EN_BELOW_20 = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def indonesian(number: int) -> str:
    """The number in words, as schools teach it."""
    if number < 10:
        return ID_DIGITS[number]
    if number < 12:
        return ("sepuluh", "sebelas")[number - 10]
    if number < 20:
        return f"{ID_DIGITS[number - 10]} belas"
    for power, word, one in (
        (10**9, "miliar", "satu miliar"), (10**6, "juta", "satu juta"), (1000, "ribu", "seribu"),
        (100, "ratus", "seratus"), (10, "puluh", ""),
    ):  # fmt: skip
        if number >= power:
            many, rest = divmod(number, power)
            head = one if many == 1 and one else f"{indonesian(many)} {word}"
            return f"{head} {indonesian(rest)}" if rest else head
    raise AssertionError(number)


def english(number: int, link: str = " ") -> str:
    """The number in words; ``link`` follows "hundred"."""
    if number < 20:
        return EN_BELOW_20[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{EN_TENS[tens]}-{EN_BELOW_20[rest]}" if rest else EN_TENS[tens]
    for power, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= power:
            many, rest = divmod(number, power)
            head = f"{english(many, link)} {word}"
            return f"{head} {english(rest, link)}" if rest else head
    many, rest = divmod(number, 100)
    head = f"{EN_BELOW_20[many]} hundred"
    return f"{head}{link}{english(rest)}" if rest else head


def read(text: str, lang: str) -> list[Decimal]:
    return [number.value for number in numbers(text, lang)]


@given(st.one_of(st.integers(0, 2000), st.integers(0, 10**12 - 1)))
def test_a_number_means_the_same_however_it_is_written(number: int) -> None:
    comma = f"{number:,}"
    for text, lang in (
        (str(number), "id"),
        (comma, "en"),
        (comma.replace(",", "."), "id"),
        (indonesian(number), "id"),
        (english(number), "en"),
        (english(number, " and "), "en"),
        (f"Sebanyak {indonesian(number).capitalize()} orang tewas.", "id"),
    ):
        assert read(text, lang) == [number], text


@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from([3, 6, 9]))
def test_digits_and_a_scale_mean_the_number_in_full(whole: int, tenth: int, power: int) -> None:
    value = Decimal(f"{whole}.{tenth}").scaleb(power)
    indonesian_scale = {3: "ribu", 6: "juta", 9: "miliar"}[power]
    english_scale = {3: "thousand", 6: "million", 9: "billion"}[power]
    assert read(f"{whole},{tenth} {indonesian_scale}", "id") == [value]
    assert read(f"{whole}.{tenth} {english_scale}", "en") == [value]
    assert read(f"{indonesian(whole)} koma {indonesian(tenth)} {indonesian_scale}", "id") == [value]


@given(st.lists(st.integers(0, 999), min_size=1, max_size=4))
def test_numbers_apart_stay_apart(several: list[int]) -> None:
    text = ", ".join(f"{number} orang" for number in several)
    assert read(text, "id") == several
    assert read(" dan ".join(map(indonesian, several)), "id") == several


@given(st.text(st.sampled_from("0123456789.,- abpuluhribusekomdan"), max_size=40))
def test_anything_can_be_read(text: str) -> None:
    end = 0
    for number in numbers(text, "id"):
        assert end <= number.span.start < number.span.end <= len(text)
        end = number.span.end


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("30 ribu", "id", 30_000),
        ("setengah juta", "id", 500_000),
        ("dua setengah juta", "id", 2_500_000),
        ("half a million", "en", 500_000),
        ("two and a half million", "en", 2_500_000),
        ("a hundred people", "en", 100),
        ("two dozen", "en", 24),
        ("3 juta 200 ribu", "id", 3_200_000),
        ("30\N{NO-BREAK SPACE}000", "fr", 30_000),
        ("seorang tentara", "id", 1),
    ],
)
def test_ways_of_writing_a_number(text: str, lang: str, value: int) -> None:
    assert read(text, lang) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [("ratusan", 100), ("puluhan ribu", 10_000), ("hundreds of thousands", 10**5)],
)
def test_an_order_of_magnitude_is_no_number(text: str, value: int) -> None:
    assert [number[1:] for number in numbers(text)] == [(value, True)]


@pytest.mark.parametrize("text", ["", "ribu", "a dog and a cat", "km2", "hundred", "and of a"])
def test_what_is_no_number(text: str) -> None:
    assert numbers(text, "en") == []


def test_separators_go_by_the_language() -> None:
    assert digits("6.600", "id") == 6600
    assert digits("6.600", "en") == Decimal("6.6")
    assert digits("6.600", UNKNOWN_LANG) == digits("6,600", UNKNOWN_LANG) == 6600
    assert digits("2.5", "id") == digits("2,5", "en") == Decimal("2.5")
    assert digits("1.234,5", "en") == Decimal("1234.5")
    assert digits("1.2.3", "id") is None


def facts(text: str, lang: str = "id") -> list[set[str]]:
    return [set(amount.part) for amount in amounts(text, lang)]


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("49 tentara Armenia tewas", "forty-nine Armenian soldiers died"),
        ("lebih dari 30 ribu orang", "more than 30,000 people"),
        ("7 kilometer persegi", "7 km²"),
        ("2,5 persen", "2.5%"),
        ("US$2,5 juta", "2.5 million dollars"),
        ("36 warga sipil", "36 civilians"),
        ("30 derajat Celsius", "30°C"),
        ("50 tentara Korea Selatan", "50 South Korean troops"),
    ],
)
def test_an_amount_is_the_same_in_both_languages(indonesian: str, english: str) -> None:
    assert facts(indonesian) == facts(english, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("200 tentara", "200 warga sipil"),
        ("7 km2", "7 persen"),
        ("7 km2", "7 km"),
        ("Rp200", "US$200"),
        ("50 tentara Armenia", "50 tentara Azerbaijan"),
        ("ratusan orang", "100 orang"),
        ("20 desa", "20 gudang"),
    ],
)
def test_units_are_kept_apart(one: str, other: str) -> None:
    assert not facts(one)[0] <= facts(other)[0]
    assert not facts(other)[0] <= facts(one)[0]


def test_an_amount_is_shown_with_its_bound_and_its_unit() -> None:
    text = "Laporan menyebutkan, setidaknya 49 tentara Armenia  dan 50 tentara Azerbaijan tewas."
    found = amounts(text, "id")
    shown = [text[slice(*amount.span)] for amount in found]
    assert shown == ["setidaknya 49 tentara Armenia", "50 tentara Azerbaijan"]
    assert coordinated(text, found) == [found]


def test_amounts_of_two_clauses_are_not_joined() -> None:
    text = "Baku melaporkan 550 tentara tewas, sementara 200 orang hilang."
    found = amounts(text, "id")
    assert coordinated(text, found) == [[found[0]], [found[1]]]


@pytest.mark.parametrize(
    ("question", "wanted", "side"),
    [
        ("How many Armenian troops were killed?", {"person", "soldier", "of:AM"}, set()),
        ("How many soldiers did Azerbaijan lose?", {"person", "soldier"}, {"of:AZ"}),
        ("Berapa jumlah korban tewas?", {"person"}, set()),
        ("How many were killed?", set(), set()),
        ("Berapa tentara tewas antara Armenia dan Azerbaijan?", {"person", "soldier"}, set()),
        ("Who won?", set(), set()),
    ],
)
def test_what_a_question_wants_counted(question: str, wanted: set[str], side: set[str]) -> None:
    assert counted(question, "en") == (wanted, side)


def test_another_unit_contradicts_the_question_but_people_may_be_soldiers() -> None:
    soldiers, _ = counted("How many Armenian soldiers died?")
    people, _ = counted("How many people died?")
    by_text = {text: amounts(text, "en")[0].part for text in (
        "49 soldiers", "49 Azerbaijani soldiers", "36 civilians", "400 people", "20 villages", "5"
    )}  # fmt: skip
    against = {text for text, part in by_text.items() if contradicts(soldiers, part)}
    assert against == {"49 Azerbaijani soldiers", "36 civilians", "20 villages"}
    assert {text for text, part in by_text.items() if contradicts(people, part)} == {"20 villages"}
