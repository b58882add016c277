"""Countries by their English and Indonesian names, adjectives and, for governments, capitals.

``countries.tsv`` holds the names of CLDR (through Babel 2.18, Unicode Licence 3.0) and, added by
hand, other names in use, irregular adjectives, and the capitals that news names for a government.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

FILE = "countries.tsv"
"""A country a line: ISO 3166 code, names, capitals; tab between them, ";" between names."""
_ENDING = re.compile(r"(?:n|an|ian|ean|i|ese)s?")
"""What makes "Armenian" of "Armenia", "Ukrainian" of "Ukrain(e)"."""
_SHORT = 3
"""Up to this length a name is an abbreviation and must stand in capitals: "AS", not "as"."""


_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


class _Names(NamedTuple):
    countries: Mapping[str, str]
    """Name to code; folded, unless it is an abbreviation."""
    capitals: Mapping[str, str]


def country(name: str, *, capitals: bool = False) -> str | None:
    """The ISO 3166 code of the country that ``name`` names, as noun or adjective; else ``None``.

    With ``capitals`` a capital stands for its country, as it does for who acts: "Moskow".
    """
    name = name.replace("’", "'").strip()
    if not name[:1].isupper():
        return None
    known = _names()
    key = _key(name)
    code = known.countries.get(key)
    if code is None and capitals:
        code = known.capitals.get(key)
    return code or _adjective(key, known.countries)


def countries(text: str) -> frozenset[str]:
    """The countries that ``text`` names, by noun, adjective or capital."""
    words = [word.group().removesuffix("'s").removesuffix("’s") for word in _WORD.finditer(text)]
    names = [*words, *(" ".join(pair) for pair in pairwise(words))]
    return frozenset(code for name in names if (code := country(name, capitals=True)))


def _adjective(key: str, names: Mapping[str, str]) -> str | None:
    for end in range(len(key) - 1, _SHORT, -1):
        if not _ENDING.fullmatch(key, end):
            continue
        if code := names.get(key[:end]) or next(
            (names[stem] for vowel in "aey" if (stem := key[:end] + vowel) in names), None
        ):
            return code
    return None


def _key(name: str) -> str:
    return name if len(name) <= _SHORT else name.casefold()


@cache
def _names() -> _Names:
    countries: dict[str, str] = {}
    capitals: dict[str, str] = {}
    text = (Path(__file__).parent / FILE).read_text("utf-8")
    for line in text.splitlines():
        code, names, seats = line.split("\t")
        for table, row in ((countries, names), (capitals, seats)):
            table.update((_key(name), code) for name in row.split(";") if name)
    return _Names(countries, capitals)
