"""People, bodies and places by name, with and without their titles."""

from __future__ import annotations

import regex

from qa.values import Part, Value
from qa.values.countries import country
from qa.words import FUNCTION_WORDS, fold

FIELDS = frozenset(
    """
    luar negeri pertahanan keuangan kesehatan dalam pendidikan perdagangan kehakiman ekonomi energi
    pertanian penerangan umum utama muda tinggi negara kabinet parlemen kepresidenan kota
    foreign defence defense finance interior health state general trade energy
    """.split()
)
"""What an office is concerned with."""
TITLES = frozenset(
    """
    presiden perdana menteri menlu menhan menkeu menkes mendagri wakil wapres pm raja ratu pangeran
    sultan gubernur bupati walikota wali ketua kepala direktur sekretaris jenderal sekjen juru
    bicara jubir duta besar dubes konsul kolonel letnan mayor kapten marsekal laksamana brigadir
    komisaris komandan panglima senator hakim jaksa pengacara profesor prof dokter dr ir hj haji
    ustaz kiai kh pendeta paus uskup tuan nyonya bapak ibu pak bu mantan calon
    president prime minister vice deputy secretary king queen prince princess governor mayor
    chairman chairwoman chair chief head director spokesman spokeswoman spokesperson ambassador
    colonel lieutenant major captain admiral marshal brigadier commissioner commander judge justice
    attorney representative premier chancellor professor doctor reverend pope bishop sir lord lady
    mr mrs ms miss former acting
    """.split()
)
"""Words of offices and forms of address; they say nothing of who it is."""
BODIES = frozenset(
    """
    kementerian dewan pemerintah departemen kedutaan badan komisi partai lembaga komite kantor
    mahkamah pengadilan kepolisian tentara angkatan universitas bank organisasi perserikatan uni
    ministry council government department embassy agency commission party committee office court
    police army navy force university organization organisation union group association company
    """.split()
)
"""Words that make a name one of a body, which is more than the names in it."""
_GEOGRAPHY = frozenset(
    """
    kota ibu desa negara provinsi wilayah daerah distrik kabupaten kecamatan pulau gunung sungai
    laut perbatasan sebelah bagian utara selatan timur barat tengah tenggara
    city capital town village country province region district island mountain river sea border
    north south east west northern southern eastern western central near
    """.split()
)
"""Common words that a place may be told with."""
NAME_MAX = 10
"""Longest name with its title, in words."""
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}’'.-]*")
_AND = regex.compile(r",?\s+(?:dan|serta|and)\s+", regex.I)
_BODY, OFFICE = "body:", "office:"


def people(text: str) -> frozenset[Part]:
    """Who is named in ``text``: one part for each of several, joined by "and" or commas.

    Empty when one of them is no name. A capital stands for its government: "Moskow" is "Rusia".
    An office beside the name of who holds it is no part: "wakil menteri, Andrey Rudenko".
    """
    parts: set[Part] = set()
    for among in _AND.split(text):
        found = [_person(one) for one in among.split(",")]
        if not all(found):
            return frozenset()
        named = [part for part in found if not any(fact.startswith(OFFICE) for fact in part)]
        parts.update(named or found)
    return frozenset(parts)


def places(text: str) -> frozenset[Part]:
    """The place in ``text`` as one part; "Jenewa, Swiss" says "Jenewa". Empty without a name."""
    words = [word for word in _WORD.findall(text) if word not in FUNCTION_WORDS]
    named = [word for word in words if word not in _GEOGRAPHY]
    if not named or len(words) > NAME_MAX or not all(map(_places, named)):
        return frozenset()
    return frozenset({_tokens(words)})


def repeats(value: Value, question: str) -> bool:
    """Whether a name only repeats what ``question`` names, or names no person for an office.

    "Azerbaijan" is no answer to "who fought Azerbaijan?", nor to "who is the defence minister?".
    """
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(question)]
    seats = {f"in:{code}" for word in words if (code := country(word, capitals=True))}
    named = frozenset(map(_bare, words)) | _tokens(words) | seats
    office = any(_bare(word) in TITLES for word in words)
    return all(part <= named or (office and _impersonal(part)) for part in value)


def office_before(text: str, name: int) -> str:
    """The office, with its country, that stands right before the name at ``name`` in ``text``."""
    words = list(_WORD.finditer(text, 0, name))
    start = name
    while words and text[words[-1].end() : start] == " ":
        word = words.pop()
        if word[0].islower() and _bare(word[0]) not in TITLES | FIELDS | BODIES:
            break
        start = word.start()
    told = text[start:name]
    return told if any(_bare(word) in TITLES for word in told.split()) else ""


def _impersonal(part: Part) -> bool:
    return all(fact.startswith(("in:", _BODY, OFFICE)) for fact in part)


def _places(word: str) -> bool:
    """Whether a word may be the name of a place."""
    return not word.islower() and _bare(word) not in TITLES | (FIELDS - {"kota", "negara"})


def _person(text: str) -> Part:
    """Who is named, as facts; empty when it is no name."""
    words = _little_off(_WORD.findall(text))
    if not words or len(words) > NAME_MAX or any(map(_common, words)):
        return frozenset()
    whole = " ".join(words)
    if code := country(whole, capitals=True):
        return frozenset({f"in:{code}"})
    at = 0 if _bare(words[0]) in FIELDS else _country_at(words, 0)
    titled = words[at:] if at < len(words) and _bare(words[at]) in TITLES | FIELDS else words
    if _bare(titled[0]) in TITLES or titled is not words:
        name = _untitled(titled)
        return _tokens(name) if name else frozenset({OFFICE + whole.casefold()})
    if any(_bare(word) in BODIES for word in words):
        return frozenset({_BODY + whole.casefold()})
    return _tokens(words)


def _common(word: str) -> bool:
    """Whether a word stands in no name or title."""
    known = TITLES | FIELDS | BODIES | FUNCTION_WORDS
    return word.islower() and _bare(word) not in known


def _untitled(words: list[str]) -> list[str]:
    """What is left of ``words`` behind the title and the country or body it belongs to."""
    at = 0
    while at < len(words):
        word, folded = words[at], _bare(words[at])
        little = folded in FUNCTION_WORDS and word.islower()
        abbreviation = word.isupper() and len(word) > 1
        if folded in TITLES or folded in FIELDS or folded in BODIES or little or abbreviation:
            at += 1
        elif width := _country_at(words, at):
            at += width
        else:
            break
    return words[at:]


def _country_at(words: list[str], at: int) -> int:
    """How many of ``words`` from ``at`` on name a country."""
    return next((n for n in (3, 2, 1) if country(" ".join(words[at : at + n]))), 0)


def _tokens(words: list[str]) -> Part:
    """Words as facts, in no order; names of countries as their codes."""
    facts: set[str] = set()
    at = 0
    while at < len(words):
        if width := _country_at(words, at):
            facts.add(f"in:{country(' '.join(words[at : at + width]))}")
        else:
            facts.add(_bare(words[at]))
        at += width or 1
    return frozenset(facts)


def _little_off(words: list[str]) -> list[str]:
    """``words`` without function words around them: "di dalam Azerbaijan" is "Azerbaijan"."""
    while len(words) > 1 and fold(words[0]) in FUNCTION_WORDS and not words[0].isupper():
        words = words[1:]
    while words and fold(words[-1]) in FUNCTION_WORDS and words[-1].islower():
        words = words[:-1]
    return words


def _bare(word: str) -> str:
    return fold(word).removesuffix("'s").strip(".'")
