from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.values import Part, Value, groups, says
from qa.values.countries import country
from qa.values.dates import dates
from qa.values.names import people, places

PARTS = st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=3)
VALUES = st.frozensets(PARTS, min_size=1, max_size=2)


def value(*parts: str) -> Value:
    return frozenset(frozenset(part.split()) for part in parts)


@given(st.lists(VALUES, max_size=5), st.randoms())
def test_grouping_does_not_depend_on_the_order(values: list[Value], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(values) == groups(shuffled)


@given(st.lists(VALUES, max_size=5))
def test_a_value_is_grouped_with_one_that_says_it(values: list[Value]) -> None:
    heads = groups(values)
    assert set(heads) == set(values)
    assert all(says(head, one) for one, head in heads.items())
    assert all(heads[head] == head for head in heads.values())


def test_a_vague_value_joins_the_one_full_value_but_none_of_two() -> None:
    vague, first, second = value("m:9 d:27"), value("m:9 d:27 y:2020"), value("m:9 d:27 y:2021")
    for order in permutations([vague, first]):
        assert groups(order) == {vague: first, first: first}
    for order in permutations([vague, first, second]):
        assert groups(order) == {vague: vague, first: first, second: second}


def test_more_parts_are_another_value() -> None:
    assert not says(value("n:772 soldier", "n:36 civilian"), value("n:36 civilian"))
    assert says(value("n:772 soldier of:AM", "n:36"), value("n:36", "n:772 soldier"))


def stated(text: str, published: str | None = None, lang: str = "id") -> list[str]:
    return sorted(" ".join(sorted(part)) for part in dates(text, lang, published))


@pytest.mark.parametrize(
    ("text", "published", "facts"),
    [
        ("Selasa, 20 September 2022", None, ["day:20 month:9 year:2022"]),
        ("September 20, 2022", None, ["day:20 month:9 year:2022"]),
        ("2022-09-20", None, ["day:20 month:9 year:2022"]),
        ("20/9/2022", None, ["day:20 month:9 year:2022"]),
        ("20 Sept", None, ["day:20 month:9"]),
        ("Senin (19/9)", None, ["day:19 month:9"]),
        ("Senin (19/9)", "2022-09-20", ["day:19 month:9 year:2022"]),
        ("31 Desember", "2023-01-02", ["day:31 month:12 year:2022"]),
        ("27 September", "2022-01-01", ["day:27 month:9"]),
        ("November lalu", "2022-01-01", ["month:11"]),
        ("tahun 1994", None, ["year:1994"]),
        ("1988-1994", None, ["year:1988", "year:1994"]),
        ("1980-an", None, ["decade:1980"]),
        ("1990s", None, ["decade:1990"]),
        ("abad ke-20", None, ["century:20"]),
        ("pukul 17.30 (13:30 GMT)", None, ["clock:17.30 clockGMT:13.30"]),
        ("Selasa (6/10/2020), 17.30 WIB", None, ["clockWIB:17.30 day:6 month:10 year:2020"]),
        ("Mei", None, ["month:5"]),
    ],
)
def test_dates_state_what_they_tell(text: str, published: str | None, facts: list[str]) -> None:
    assert stated(text, published) == facts


@pytest.mark.parametrize(
    "text", ["Jumat", "hari Minggu lalu", "kemarin", "31/2", "they may go", "1.994 orang", "12,30"]
)
def test_what_is_no_date(text: str) -> None:
    assert stated(text) == []
    assert stated(text, "2022-09-20") == []


def test_an_english_date_in_digits_may_be_either_way_round() -> None:
    assert stated("3/4/2020", lang="en") == ["year:2020"]
    assert stated("3/24/2020", lang="en") == ["day:24 month:3 year:2020"]


def one(found: frozenset[Part]) -> Part:
    (part,) = found
    return part


@pytest.mark.parametrize(
    ("titled", "plain"),
    [
        ("Presiden Vladimir Putin", "Vladimir Putin"),
        ("Presiden Rusia Vladimir Putin", "Vladimir Putin"),
        ("Russian President Vladimir Putin", "Vladimir Putin"),
        ("Menteri Luar Negeri AS Antony Blinken", "Antony Blinken"),
        ("US Secretary of State Antony Blinken", "Antony Blinken"),
        ("Juru Bicara Kementerian Luar Negeri AS Ned Price", "Ned Price"),
        ("Wakil Menteri Luar Negeri Rusia, Andrey Rudenko", "Andrey Rudenko"),
        ("Sekjen PBB Antonio Guterres", "Antonio Guterres"),
        ("Dr. Anna Berg", "Anna Berg"),
        ("Moskow", "Rusia"),
        ("Kremlin", "Russia"),
    ],
)
def test_a_name_is_the_same_with_its_title(titled: str, plain: str) -> None:
    assert one(people(titled)) == one(people(plain))


@pytest.mark.parametrize(
    ("full", "short"),
    [("Vladimir Putin", "Putin"), ("Presiden Recep Tayyip Erdogan", "Tayyip Erdogan")],
)
def test_a_full_name_says_the_short_one(full: str, short: str) -> None:
    assert one(people(short)) < one(people(full))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Kementerian Pertahanan Armenia", "Armenia"),
        ("Menteri Luar Negeri Armenia Ararat Mirzoyan", "Armenia"),
        ("Presiden Azerbaijan", "Azerbaijan"),
        ("Menteri Kesehatan", "Menteri Pertahanan"),
        ("Amerika Serikat, Prancis, dan Rusia", "Rusia"),
    ],
)
def test_an_office_or_a_body_is_more_than_its_country(text: str, other: str) -> None:
    assert not says(people(text), people(other))
    assert not says(people(other), people(text))


def test_several_names_are_several_parts() -> None:
    named = people("Amerika Serikat, Prancis, dan Rusia")
    assert named == people("Russia, France and the United States")
    assert len(named) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "—",
        "dan",
        "etnis Armenia",
        "Blinken menjamu Ararat Mirzoyan dan Jeyhun Bayramov",
        "Dewan Keamanan Armenia telah meminta bantuan untuk melindungi diri",
    ],
)
def test_what_names_nobody(text: str) -> None:
    assert people(text) == frozenset()


def test_a_place_says_its_part_and_its_country_is_one_in_any_language() -> None:
    assert one(places("Jenewa")) < one(places("di Jenewa, Swiss"))
    assert places("di dalam Azerbaijan") == places("Azerbaijan")
    assert places("Jerman") == places("Germany")
    assert places("NEW YORK") == places("New York")
    assert places("Moskow") != places("Rusia")
    assert one(places("Ganja")) < one(places("kota Ganja"))
    for text in ("di sana", "pasukan Armenia", "Menteri Luar Negeri Azerbaijan Jeyhun Bayramov"):
        assert places(text) == frozenset()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Armenian", "AM"), ("Azerbaijani", "AZ"), ("Ukrainian", "UA"), ("AS", "US"), ("as", None),
        ("us", None), ("Indiana", None), ("Roman", None), ("Amerika Serikat", "US"),
        ("Turkish", "TR"), ("Moskow", None), ("Nigerian", "NG"), ("", None),
    ],
)  # fmt: skip
def test_countries_are_known_by_name_and_adjective(name: str, code: str | None) -> None:
    assert country(name) == code


def test_a_capital_stands_for_its_government_when_asked_to() -> None:
    assert country("Yerevan", capitals=True) == "AM"
