"""The kinds of answer, and where in a sentence something of a kind stands.

Patterns for English and Indonesian together: they do not collide, so no language label is needed.
In another language numbers, dates in digits and capitalised names are still found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

import regex

from index.types import Span
from qa.words import FUNCTION_WORDS


class Kind(StrEnum):
    """What a question asks for."""

    PERSON = "person"
    """A person or a body that acts: who, siapa."""
    TIME = "time"
    NUMBER = "number"
    """A count, an amount, a size or an age."""
    DURATION = "duration"
    """How long something lasts or lasted."""
    PLACE = "place"
    REASON = "reason"
    DEFINITION = "definition"
    """What something is: "apa itu OSCE?"."""
    NAME = "name"
    """What something is called: a title, a capital, a currency, "which country mediated?"."""
    OTHER = "other"
    """Anything else, and every question whose language is not read by name."""


_MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    "january|february|march|may|june|july|august|october|december"
)
_DAYS = (
    "senin|selasa|rabu|kamis|jumat|sabtu|minggu|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_ERA = r"(?:\s?(?:SM|M|BC|AD|CE|BCE|Masehi|sebelum\sMasehi|Hijriah))?"
_TIME = re.compile(
    rf"""\b(?:
        \d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{3,4}})?            # 27 September 2020
      | (?:{_MONTHS})\s\d{{1,2}}(?:,\s\d{{4}})?\b(?!\s?(?:orang|people))
      | (?:{_MONTHS})(?:\s(?:\d{{4}}|lalu|last))?           # September 2020, November lalu
      | (?:hari\s)?(?:{_DAYS})(?:\s(?:dini\shari|pagi|siang|sore|malam|lalu))?
      | (?:(?:awal|pertengahan|akhir)\s)?(?:tahun|abad|dekade)\ske-?\s?[\dIVX]+(?-i:{_ERA})
      | (?<=\btahun\s)\d{{1,4}}(?:-an)?(?-i:{_ERA})(?![.,]?\d)  # "1994" of "tahun 1994"
      | (?:pukul|jam)\s\d[\d.:]*(?<!\.)
      | \d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?                  # 19/9, 6/10/2020
      | \d{{1,2}}:\d{{2}}(?:\s(?:GMT|WIB|WITA|WIT|UTC))?
      | (?:\w+\s)?(?:tahun|abad|hari|minggu|pekan|bulan)\s(?:yang\s)?lalu
      | (?:the\s)?(?:\d+(?:st|nd|rd|th)|\w+)\scentury
      | \d{{1,4}}\s(?-i:SM|BC|BCE|Masehi)
      | (?:1\d|20)\d\d(?:-an|s)?(?-i:{_ERA})(?![.,]?\d)     # a year
    )\b""",
    re.I | re.X,
)
_JOIN = regex.compile(r"[\s,(]{1,3}")
_NUMERAL = (
    "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|puluhan|"
    "seratus|ratus|ratusan|seribu|ribu|ribuan|juta|jutaan|miliar|triliun|setengah|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|"
    "thousands?|millions?|billions?"
)
_LONG = (
    "tahun|bulan|pekan|minggu|hari|jam|menit|detik|dekade|abad|"
    "years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries"
)
_UNIT = (
    rf"%|persen|percent|per\scent|derajat(?:\sCelsius)?|°\s?C|°|(?:{_LONG})|"
    r"(?:k|c|m)?m[²³23]|(?:k|c|m)m|m|kg|ton(?:s|nes)?|gram|hektare?|ha|acres?|"
    r"(?:kilo|senti|mili)?met(?:er|re)s?(?:\spersegi)?|mil(?:es?)?(?:\spersegi)?|km\spersegi|"
    r"square\s(?:kilomet(?:re|er)s|miles|met(?:re|er)s)|dolar|rupiah|euros?|dollars?"
)
_DAY = rf"(?:\d{{1,2}}\s)?(?:(?:{_MONTHS})\s)?(?:1\d|20)\d\d"
_AMOUNT = rf"(?:\d+(?:[.,]\d+)*|(?:{_NUMERAL})\b)(?:\s(?:{_NUMERAL})\b)*"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?:Rp\.?|US\$|[$€£])\s?)?(?:{_AMOUNT})(?:\s?(?:{_UNIT})(?!\w))?", re.I
)
_DURATION = re.compile(
    rf"(?<![\w.,])(?P<answer>(?:(?:{_AMOUNT})|beberapa|several)[\s-](?:{_LONG})(?!\w)"
    r"(?!\s(?:yang\s)?lalu|\sago)"
    r"|se(?:tahun|bulan|pekan|minggu|hari|jam|abad)\b(?!-)|ber(?:tahun|bulan|hari|jam|abad)-\w+"
    rf"|{_DAY}\s?(?:-|–|sampai|hingga|to|until)\s?(?:tahun\s)?{_DAY})",
    re.I,
)
_PROPER = (
    r"(?:\p{Lu}\p{L}{0,5}\.\s(?=\p{Lu}))*"  # "H." and "Letkol." belong to the name
    r"\p{Lu}[\w’'-]*(?:\s(?:(?:bin|van|de|von|al|of)\s)?\p{Lu}[\w’'.-]*)*"
)
_NAME = regex.compile(rf"\b{_PROPER}")
_QUOTED = regex.compile(r"[“\"‘](?P<answer>[^“”\"‘’]{2,60}?)[”\"’]")
_INFLECTED = regex.compile(r"(?:Di|Ke|Me|Pe|Se|Ber|Ter)\p{Ll}+(?:an|i|nya)|Juru")
"""A lone capitalised word that opens a sentence and looks like a common word, not a name."""
_CLOCK = frozenset("GMT UTC WIB WITA WIT".split())
_WHERE = (
    r"(?:(?:sebelah|bagian|tepi|tengah|pinggir|lepas\spantai|perbatasan|utara|selatan|timur|barat|"
    r"tenggara|(?:timur|barat)\s(?:laut|daya)|laut|daya|pulau|pegunungan|kepulauan|northern|"
    r"southern|eastern|western|north|south|east|west|the|of)\s)*"
)
_PLACED = regex.compile(
    r"\b(?:di|ke|dari|dekat|sekitar|seluruh|ibu\s?kota|kota|desa|distrik|provinsi|kabupaten|"
    r"kecamatan|pulau|kepulauan|pegunungan|negara|benua|asal|kelahiran|"
    r"in|at|from|near|to|around)\s(?:\p{Ll}+\s){0,2}?"
    rf"(?P<answer>{_WHERE}{_PROPER}(?:,\s{_PROPER})*(?:,?\s(?:dan|and)\s{_PROPER})?)"
)
_REASON = re.compile(
    r"\b(?P<answer>(?:karena|sebab|akibat|lantaran|disebabkan|dikarenakan|dipicu|berkat|demi|agar|"
    r"supaya|guna|sehingga|mengingat|dengan\salasan|alasannya|"
    r"because|due\sto|in\sorder\sto|so\sthat|owing\sto|thanks\sto|caused\sby)\b[^.;:!?\"”]*)",
    re.I,
)
_IS = re.compile(
    r"\b(?:adalah|merupakan|ialah|yaitu|yakni|berarti|artinya|merujuk\s(?:pada|kepada)|"
    r"diartikan\ssebagai|is|are|was|were|means)\s(?:(?:sebuah|seorang|suatu|an?)\s)?"
    r"(?P<answer>[^.;!?]+)",
    re.I,
)
_PATTERNS: dict[Kind, re.Pattern[str] | regex.Pattern[str]] = {
    Kind.DURATION: _DURATION,
    Kind.PLACE: _PLACED,
    Kind.REASON: _REASON,
    Kind.DEFINITION: _IS,
}
"""Kinds whose stretches are the group "answer" of a pattern."""


def candidates(text: str, kind: Kind) -> list[Span]:
    """Where something of ``kind`` stands in ``text``, in order, not overlapping.

    Empty for ``Kind.OTHER``, of which anything might be an instance.
    """
    find = _FINDERS.get(kind)
    if find is not None:
        return find(text)
    pattern = _PATTERNS.get(kind)
    spans = [Span(*m.span("answer")) for m in pattern.finditer(text)] if pattern else []
    return [Span(start, start + len(text[start:end].rstrip(" ."))) for start, end in spans]


def _numbers(text: str) -> list[Span]:
    """Numbers with their units, those in dates left out."""
    spans = [Span(*match.span()) for match in _NUMBER.finditer(text)]
    return _apart(spans, _dates(text))


def _titles(text: str) -> list[Span]:
    """What stands in quotation marks, and names elsewhere."""
    quoted = [Span(*match.span("answer")) for match in _QUOTED.finditer(text)]
    return sorted(quoted + _apart(_names(text), quoted))


def _names(text: str) -> list[Span]:
    return [span for match in _NAME.finditer(text) if (span := _name(text, *match.span()))]


def _name(text: str, start: int, end: int) -> Span | None:
    """The name without a function word that is capitalised only because it opens the sentence."""
    while True:
        first = regex.match(r"[\w’'-]+\.?\s?", text, pos=start, endpos=end)
        if first is None:
            return None
        if first[0].strip().casefold() not in FUNCTION_WORDS:  # "A." is an initial
            break
        start = first.end()
    name = text[start:end].rstrip(".")
    opens = not text[:start].strip("“\"'( ")
    if _TIME.fullmatch(name) or name in _CLOCK or (opens and _INFLECTED.fullmatch(name)):
        return None
    return Span(start, start + len(name))


def _apart(spans: list[Span], others: list[Span]) -> list[Span]:
    """Those of ``spans`` that overlap none of ``others``."""
    return [s for s in spans if not any(o.start < s.end and s.start < o.end for o in others)]


def _dates(text: str) -> list[Span]:
    """Dates; parts that stand side by side, such as "Selasa dini hari (13/9)", as one."""
    joined: list[Span] = []
    for match in _TIME.finditer(text):
        span = Span(*match.span())
        if joined and (link := _JOIN.fullmatch(text, joined[-1].end, span.start)):
            closed = "(" in link[0] and text[span.end : span.end + 1] == ")"
            joined[-1] = Span(joined[-1].start, span.end + closed)
        else:
            joined.append(span)
    return joined


_FINDERS: dict[Kind, Callable[[str], list[Span]]] = {
    Kind.TIME: _dates,
    Kind.NUMBER: _numbers,
    Kind.PERSON: _names,
    Kind.NAME: _titles,
}
