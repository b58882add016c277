"""Amounts: a number with what it counts, in English and Indonesian."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import regex

from index.tokens import token_terms
from index.types import UNKNOWN_LANG, Span
from qa.kinds import Kind, candidates
from qa.values import Part
from qa.values.countries import countries, country
from qa.values.numbers import numbers
from qa.words import FUNCTION_WORDS, fold

_UNITS = {
    word: facts.split("+")
    for facts, words in {
        "person": "orang jiwa nyawa korban warga penduduk rakyat people person persons victim "
        "victims casualties casualty resident residents inhabitants life lives",
        "person+soldier": "tentara prajurit serdadu pasukan personel soldier soldiers troop troops "
        "serviceman servicemen servicewomen",
        "person+civilian": "sipil civilian civilians",
        "person+militant": "militan kombatan militant militants fighter fighters combatants",
        "person+child": "anak anak-anak bocah child children",
        "person+woman": "perempuan wanita woman women",
        "person+man": "pria laki-laki lelaki man men",
        "person+police": "polisi policeman policemen",
        "%": "% persen percent pct",
        "year": "tahun year years", "month": "bulan month months", "day": "hari day days",
        "week": "minggu pekan week weeks", "hour": "jam hour hours",
        "minute": "menit minute minutes",
        "second": "detik second seconds", "decade": "dekade dasawarsa decade decades",
        "km": "km kilometer kilometers kilometre kilometres", "m": "m meter meters metre metres",
        "cm": "cm sentimeter centimeter centimeters centimetre centimetres",
        "km2": "km2 km²", "m2": "m2 m²", "ha": "ha hektar hektare hectare hectares",
        "square": "persegi square", "mile": "mil mile miles", "degree": "derajat degree degrees °",
        "celsius": "celsius °c", "fahrenheit": "fahrenheit °f",
        "kg": "kg kilogram kilograms", "tonne": "ton tonne tonnes tons",
        "litre": "liter litre litres",
        "IDR": "rp rupiah idr", "USD": "us$ $ dolar dollar dollars usd", "EUR": "€ euro euros eur",
        "GBP": "£ poundsterling pounds gbp",
        "village": "desa kampung village villages", "town": "kota town towns city cities",
        "house": "rumah house houses home homes", "country": "negara country countries",
    }.items()
    for word in words.split()
}  # fmt: skip
_BEFORE = regex.compile(r"(?:(?<!\w)(?:Rp|US\$|USD|IDR|EUR)\.?|[$€£])\s?$")
_BOUND = regex.compile(
    r"(?<!\w)(?:(?:lebih|kurang)\s(?:banyak\s)?dari|setidaknya|sedikitnya|sekitar|hampir|sekurang-"
    r"kurangnya|paling\s(?:sedikit|banyak)|(?:more|less|fewer)\sthan|at\s(?:least|most)|about|"
    r"around|nearly|almost|approximately|over|some|up\sto)\s+$",
    regex.I,
)
_WORD = regex.compile(r"\s*(%|°[CF]?|€|[\p{L}\p{N}][\p{L}\p{N}²³'’-]*)")
_PASSED = frozenset("more other further additional new lagi lainnya buah unit ekor".split())
"""Words between a number and what it counts, or after it, that tell nothing of either."""
_ENDS = frozenset(
    """
    tewas meninggal gugur luka terluka cedera hilang terbunuh dibunuh menjadi dalam
    killed dead died wounded injured hurt missing lost dying disingkirkan
    """.split()
)
"""Words after a number that are not what it counts: "63 died"."""
_HOW_MANY = regex.compile(
    r"\b(?:how (?:many|much)|berapa(?:kah)?)(?: (?:banyak|jumlah|besar))?(?: of the)?\b", regex.I
)
_REACH = 6
"""How many words after a number are read at most."""
_COORDINATED = regex.compile(r"\s*(?:,\s*)?(?:dan|serta|and|plus|,)\s+", regex.I)


class Amount(NamedTuple):
    """A number with what it counts."""

    span: Span
    """From "lebih dari" to the last word of the unit."""
    number: Span
    part: Part


def amounts(text: str, lang: str = UNKNOWN_LANG) -> list[Amount]:
    """The amounts in ``text``, in order, not overlapping; numbers of dates are none."""
    times = candidates(text, Kind.TIME)
    found = [
        one
        for one in numbers(text, lang)
        if not any(one.span.start < time.end and time.start < one.span.end for time in times)
    ]
    limits = [*(number.span.start for number in found), len(text)][1:]
    made: list[Amount] = []
    for number, limit in zip(found, limits, strict=True):
        start, end = number.span
        facts = {f"n:{'~' if number.vague else ''}{_plain(number.value)}"}
        if text[start:end].casefold() == "seorang":
            facts.add("person")
        if money := _BEFORE.search(text, made[-1].span.end if made else 0, start):
            facts.update(_UNITS[money[0].strip(" .").casefold()])
            start = money.start()
        unit, end = _unit(text, Span(end, limit), lang)
        if bound := _BOUND.search(text, made[-1].span.end if made else 0, start):
            start = bound.start()
        made.append(Amount(Span(start, end), number.span, frozenset(facts | unit)))
    return made


def coordinated(text: str, found: list[Amount]) -> list[list[Amount]]:
    """``found`` (amounts of ``text``, in order) in runs that "and" or a comma joins."""
    runs = [[amount] for amount in found[:1]]
    for before, after in pairwise(found):
        if _COORDINATED.fullmatch(text, before.span.end, after.span.start):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def counted(question: str, lang: str = UNKNOWN_LANG) -> tuple[Part, Part]:
    """What a question wants counted, and the one country that it names otherwise; may be empty.

    "How many soldiers did Azerbaijan lose?" wants soldiers, perhaps of Azerbaijan.
    """
    asks = _HOW_MANY.search(question)
    facts = _unit(question, Span(asks.end(), len(question)), lang)[0] if asks else set()
    wanted = frozenset(fact for fact in facts if not fact.startswith("="))
    named = frozenset(f"of:{code}" for code in countries(question))
    return wanted, named if len(named) == 1 and not _of(wanted) else frozenset()


def contradicts(wanted: Part, part: Part) -> bool:
    """Whether an amount counts something else than what is ``wanted`` (facts without a number).

    Soldiers are not civilians, and Armenian ones are not Azerbaijani ones; people may be either.
    """
    own, other = kind(wanted), kind(part)
    people = "person" in wanted and "person" in part and {"person"} in (own, other)
    differs = bool(own and other and not own & other) and not people
    return differs or bool(_of(wanted) and _of(part) and not _of(wanted) & _of(part))


def _of(part: Part) -> Part:
    return frozenset(fact for fact in part if fact.startswith("of:"))


def kind(part: Part) -> Part:
    """What is counted; "person" only when nothing narrower is told."""
    told = frozenset(fact for fact in part if not fact.startswith(("of:", "n:")))
    return told - {"person"} or told


def _unit(text: str, after: Span, lang: str) -> tuple[set[str], int]:
    """The facts of the words after a number, and where the last word that counts ends."""
    end, limit = after
    facts: set[str] = set()
    named: list[str] = []
    at = end
    for _ in range(_REACH):
        word = _WORD.match(text, at, limit)
        if word is None:
            break
        folded = fold(word[1])
        if folded in _UNITS:
            facts.update(_UNITS[folded])
            facts -= {"degree"} if len(facts) > 1 else set()
        elif word[1][0].isupper():
            named.append(word[1])
        elif folded in _PASSED and not facts:
            at = word.end()
            continue
        elif facts or folded in FUNCTION_WORDS or folded in _ENDS:
            break
        else:
            facts.add(f"={token_terms(word[1], lang)[0]}")
        at = end = word.end()
        if text[at : at + 1] in tuple(",.;:()[]"):
            break
    if "square" in facts:
        facts = {f"{fact}2" for fact in facts - {"square"}}
    if named:
        whole = country(" ".join(named))
        facts.update(f"of:{code}" for code in ([whole] if whole else _origins(named)))
    return facts, end


def _origins(named: list[str]) -> list[str]:
    return [country(name) or name.casefold() for name in named]


def _plain(value: Decimal) -> str:
    return f"{value:f}"
