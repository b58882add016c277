"""Points in time as facts: year, month, day, clock time, decade, century.

A weekday alone, "yesterday" or "last week" is no date. A year is added only where the day of
publication leaves no doubt about it.
"""

from __future__ import annotations

import datetime

import regex

from index.months import MONTHS
from index.types import UNKNOWN_LANG
from qa.values import Part

NEAR_DAYS = 31
"""A day and month without a year that lie this near to the publication are of that time."""

_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>1\d{3}|20\d{2})(?!\d|[.,]\d|[’']?s\b|-an\b)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE = regex.compile(
    rf"""
      (?<!\d)(?P<year>1\d{{3}}|20\d{{2}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)
    | (?<![\d/])(?P<day>\d{{1,2}})[/](?P<month>\d{{1,2}})(?:[/](?P<year>\d{{4}}))?(?![\d/])
    | \b{_DAY}[\s-]+(?:of\s+)?{_MONTH}(?:,?[\s-]+{_YEAR})?
    | \b{_MONTH}\s+{_DAY}(?!\d|[:.]\d)(?:,?\s+{_YEAR})?
    | \b{_MONTH}(?:,?\s+{_YEAR})?
    | \b(?P<decade>1\d{{2}}|20\d)0(?:[’']?s|-an)\b
    | \babad\s+(?:ke-?\s?)?(?P<century>\d{{1,2}})\b
    | \b(?P<century>\d{{1,2}})(?:st|nd|rd|th)\s+century\b
    | (?<![\d.:,])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?![\d:]|[.,]\d)
      (?:\s*(?P<zone>GMT|UTC|WIB|WITA|WIT)\b)?
    | \b(?<![\d.,]){_YEAR}
    """,
    regex.I | regex.X,
)

_LOWER = frozenset("may mar mac des".split())
"""Months that are common words in small letters."""


def dates(text: str, lang: str = UNKNOWN_LANG, published: str | None = None) -> frozenset[Part]:
    """The points in time that ``text`` states; empty without one.

    ``published`` is the day of publication (``YYYY-MM-DD``). "3/4/2020" is 3 April, but with
    ``lang="en"`` it may be either and states the year alone.
    """
    found = [_facts(match, lang) for match in _DATE.finditer(text)]
    parts: list[set[str]] = []
    for facts in filter(None, found):
        if parts and _fits(parts[-1], facts):
            parts[-1] |= facts  # "Selasa (6/10), 17.30", or a clock in two zones
        else:
            parts.append(facts)
    return frozenset(frozenset(_dated(facts, published)) for facts in parts)


def _facts(match: regex.Match[str], lang: str) -> set[str]:
    got = {name: text for name, text in match.groupdict().items() if text}
    if name := got.get("name"):
        if name in _LOWER:
            return set()
        got["month"] = str(MONTHS[name.casefold()])
    elif "month" in got and int(got["month"]) > 12 >= int(got["day"]):
        got["day"], got["month"] = got["month"], got["day"]
    elif "month" in got and lang == "en" and "-" not in match[0] and _either(got):
        got = {"year": got["year"]} if "year" in got else {}
    if "day" in got and not _exists(got):
        return set()
    facts = {f"{key}:{int(got[key])}" for key in ("year", "month", "day", "century") if key in got}
    if "decade" in got:
        facts.add(f"decade:{got['decade']}0")
    if "hour" in got:
        zone = got.get("zone", "").upper().replace("UTC", "GMT")
        facts.add(f"clock{zone}:{int(got['hour']):02}.{got['minute']}")
    return facts


def _either(got: dict[str, str]) -> bool:
    return int(got["day"]) <= 12 and got["day"] != got["month"]


def _exists(got: dict[str, str]) -> bool:
    try:
        datetime.date(int(got.get("year", 2000)), int(got["month"]), int(got["day"]))
    except ValueError:
        return False
    return True


def _fits(facts: set[str], more: set[str]) -> bool:
    """Whether ``more`` tells of the same moment what ``facts`` leave open: clocks only."""
    return not {f.partition(":")[0] for f in facts} & {f.partition(":")[0] for f in more} and all(
        fact.startswith("clock") for fact in more
    )


def _dated(facts: set[str], published: str | None) -> set[str]:
    """``facts`` with the year, where a day and month lie near the publication."""
    known = dict(fact.split(":", 1) for fact in facts)
    if published is None or "year" in known or not {"month", "day"} <= known.keys():
        return facts
    day = datetime.date.fromisoformat(published)
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            then = datetime.date(year, int(known["month"]), int(known["day"]))
        except ValueError:  # 29 February
            continue
        if abs((then - day).days) <= NEAR_DAYS:
            return facts | {f"year:{year}"}
    return facts
