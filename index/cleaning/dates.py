"""Reads dates as Indonesian and English articles write them; never guesses a year."""

from __future__ import annotations

import datetime
import re

import regex

from index.months import MONTHS

_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DAY = r"(?P<day>\d{1,2})"
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d{2})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DAY_NAME_YEAR = re.compile(
    rf"\b{_DAY}(?:st|nd|rd|th)?[\s.\-]+(?:of\s+)?(?P<name>{_NAME})\b\.?,?[\s\-]+{_YEAR}\b", re.I
)
_NAME_DAY_YEAR = re.compile(
    rf"\b(?P<name>{_NAME})\b\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}\b", re.I
)
_NUMERIC = re.compile(rf"(?<![\d/.\-]){_DAY}([/.\-])(?P<month>\d{{1,2}})\2{_YEAR}(?!\d)")
_DAY_NAME = re.compile(rf"\b{_DAY}(?:st|nd|rd|th)?\s+(?P<name>{_NAME})\b", re.I)
_NAME_DAY = re.compile(rf"\b(?P<name>{_NAME})\s+{_DAY}(?:st|nd|rd|th)?\b", re.I)
_DAY_MONTH = re.compile(rf"(?<![\d/]){_DAY}/(?P<month>\d{{1,2}})(?![\d/])")


def parse_date(text: str, *, lang: str = "id", known_year: int | None = None) -> str | None:
    """The first date that ``text`` states, as ``YYYY-MM-DD``; ``None`` when it states none.

    A date without a year ("(19/9)", "27 September") counts only with ``known_year``. "3/4/2020"
    is 3 April; with ``lang="en"`` it is ambiguous and so no date, unless one number exceeds 12.
    """
    for pattern in (_ISO, _DAY_NAME_YEAR, _NAME_DAY_YEAR, _NUMERIC):
        match = pattern.search(text)
        if match:
            ambiguous = pattern is _NUMERIC and lang == "en"
            return _date(match, int(match["year"]), ambiguous=ambiguous)
    if known_year is not None:
        for pattern in (_DAY_NAME, _NAME_DAY, _DAY_MONTH):
            match = pattern.search(text)
            if match:
                ambiguous = pattern is _DAY_MONTH and lang == "en"
                return _date(match, known_year, ambiguous=ambiguous)
    return None


def _date(match: re.Match[str], year: int, *, ambiguous: bool) -> str | None:
    """The matched date when it exists in the calendar."""
    fields = match.groupdict()
    day = int(fields["day"])
    name = fields.get("name")
    month = MONTHS[name.lower()] if name else int(fields["month"])
    if month > 12 >= day and not name:  # "10/21/2025": the month comes first
        day, month = month, day
    elif ambiguous and day <= 12 and month != day:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


_DATE_WORDS = regex.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum[’']?at|sabtu|minggu|ahad|(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|mon|tue|wed|thu|fri|sat|sun|wib|wita|wit|gmt|utc|am|pm|pukul|jam|pada|at|on|"
    r"diterbitkan|dipublikasikan|diperbarui|diunggah|dibuat|terbit|tayang|rilis|published|updated|"
    r"posted|last|date|tanggal)\b|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|[\d\p{P}\p{S}\s]+",
    regex.IGNORECASE,
)
_WITH_MONTH_NAME = regex.compile(rf"(?i)\b(?:\d{{1,2}}(?:st|nd|rd|th)?[\s\-]+)?(?:{_NAME})\b\.?")
DATE_LINE_MAX = 120
"""Longest line that is a date and nothing else; code points."""


def is_date(line: str) -> bool:
    """Whether a line is a date with its year, perhaps a weekday, a time and a label."""
    if len(line) > DATE_LINE_MAX or parse_date(line) is None:
        return False
    return not _DATE_WORDS.sub("", _WITH_MONTH_NAME.sub("", line))
