"""Dates as Indonesian and English articles write them."""

import pytest

from index.cleaning import parse_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Selasa, 20 September 2022, 12:34 WIB", "2022-09-20"),
        ("Jumat, 7 Agustus 2020 | 09:00", "2020-08-07"),
        ("21 Okt 2020 10:20 WIB", "2020-10-21"),
        ("Kamis (6/10/2020)", "2020-10-06"),
        ("20-09-2022", "2022-09-20"),
        ("20.09.2022", "2022-09-20"),
        ("10/21/2025 20:43", "2025-10-21"),
        ("2022-09-20T12:34:00+07:00", "2022-09-20"),
        ("September 20, 2022", "2022-09-20"),
        ("20th of September, 2022", "2022-09-20"),
        ("Sept. 20, 2022", "2022-09-20"),
        ("1 Mei 2021 dan 2 Mei 2021", "2021-05-01"),
        ("31 Februari 2022", None),
        ("45/13/2022", None),
        ("(19/9)", None),
        ("27 September", None),
        ("COPYRIGHT © ANTARA 2020", None),
        ("6.600 orang pada 1994", None),
        ("", None),
    ],
)
def test_dates_with_their_year(text: str, date: str | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Senin (19/9)", "2022-09-19"),
        ("Senin (28/09)", "2022-09-28"),
        ("27 September lalu", "2022-09-27"),
        ("September 27", "2022-09-27"),
        ("Selasa (6/10/2020)", "2020-10-06"),
        ("17.30", None),
        ("31/2", None),
    ],
)
def test_a_date_without_a_year_needs_a_known_year(text: str, date: str | None) -> None:
    assert parse_date(text, known_year=2022) == date


def test_in_english_a_numeric_date_may_be_ambiguous() -> None:
    assert parse_date("3/4/2020", lang="en") is None
    assert parse_date("4/4/2020", lang="en") == "2020-04-04"
    assert parse_date("13/4/2020", lang="en") == "2020-04-13"
    assert parse_date("4/13/2020", lang="en") == "2020-04-13"
    assert parse_date("3/4/2020", lang="id") == "2020-04-03"
