"""What kind of answer a question wants, and where in a sentence something of that kind stands.

Patterns for English and Indonesian are tried together: they do not collide, so a question needs
no language label to be read. A question in another language gets ``Kind.OTHER`` and is answered
without this help.
"""

from __future__ import annotations

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
    """A count, an amount, an age or a length of time."""
    PLACE = "place"
    REASON = "reason"
    DEFINITION = "definition"
    """What something is: "apa itu OSCE?"."""
    OTHER = "other"
    """Anything else, and every question whose language is not read by name."""


_ASKS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.TIME,
        r"when|kapan(?:kah)?|bilamana|(?:tahun|tanggal|bulan|hari|abad|jam|pukul) (?:ke-?)?"
        r"(?:berapa(?:kah)?|apa(?:kah)?)|(?:what|which) (?:year|date|day|month|time|century)",
    ),
    (
        Kind.NUMBER,
        r"how (?:many|much|long|old|far|big|large|tall|high|often)|berapa(?:kah)?",
    ),
    (
        Kind.PLACE,
        r"where|(?:di|ke|dari) ?mana(?:kah)?|"
        r"(?:kota|negara|provinsi|pulau|daerah|wilayah|desa|benua|kabupaten) (?:mana|apa)(?:kah)?|"
        r"(?:what|which) (?:city|country|place|region|province|town|village|island|continent)",
    ),
    (
        Kind.REASON,
        r"why|mengapa(?:kah)?|kenapa|apa(?:kah)? (?:yang )?(?:menjadi )?"
        r"(?:penyebab|sebab|alasan|menyebabkan)\w*|what (?:caused|causes|is the reason)",
    ),
    (Kind.PERSON, r"who(?:m|se)?|who's|siapa(?:kah)?"),
    (
        Kind.DEFINITION,
        r"^(?:what(?:'s| is| are| was| were)|apa(?:kah)?(?: itu| yang di(?:maksud|sebut)| arti)|"
        r"apa(?:kah)?(?= \p{L}+\s*\??$))",
    ),
)
_ASKING = [(kind, regex.compile(rf"\b(?:{asks})(?!\w)", regex.I)) for kind, asks in _ASKS]

_MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    "january|february|march|may|june|july|august|october|december"
)
_DAYS = (
    "senin|selasa|rabu|kamis|jumat|sabtu|minggu|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_TIME = regex.compile(
    rf"""\b(?:
        \d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{3,4}})?            # 27 September 2020
      | (?:{_MONTHS})\s\d{{1,2}}(?:,\s\d{{4}})?\b(?!\s?(?:orang|people))
      | (?:{_MONTHS})(?:\s(?:\d{{4}}|lalu|last))?           # September 2020, November lalu
      | (?:hari\s)?(?:{_DAYS})(?:\s(?:dini\shari|pagi|siang|sore|malam|lalu))?
      | (?:tahun|abad|pukul|jam)\s(?:ke-?)?[\dIVX][\w.:-]*  # tahun 1994, abad ke-20, pukul 17.30
      | \d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?                  # 19/9, 6/10/2020
      | \d{{1,2}}:\d{{2}}(?:\s(?:GMT|WIB|WITA|WIT|UTC))?
      | (?:\w+\s){{0,1}}(?:tahun|abad|hari|minggu|bulan)\s(?:yang\s)?lalu
      | (?:1\d|20)\d\d(?:-an)?(?![.,]\d)                    # a year
    )\b""",
    regex.I | regex.X,
)
_JOIN = regex.compile(r"[\s,(–-]{1,3}")
_NUMERAL = (
    "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|puluhan|"
    "seratus|ratus|ratusan|seribu|ribu|ribuan|juta|jutaan|miliar|triliun|setengah|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|"
    "thousands?|millions?|billions?"
)
_NUMBER = regex.compile(
    rf"\b(?:\d+(?:[.,]\d+)*(?=\D|$)|(?:{_NUMERAL})\b)(?:\s(?:{_NUMERAL}|persen|percent)\b)*%?",
    regex.I,
)
_NAME = regex.compile(r"\b\p{Lu}[\w’'-]*(?:\s(?:(?:bin|van|de|von|al|of)\s)?\p{Lu}[\w’'.-]*)*")
_INFLECTED = regex.compile(r"(?:Di|Ke|Me|Pe|Se|Ber|Ter)\p{Ll}+(?:an|i|nya)|Juru")
"""A lone capitalised word that opens a sentence and looks like a common word, not a name."""
_CLOCK = frozenset("GMT UTC WIB WITA WIT".split())
_PLACED = regex.compile(
    r"\b(?:di|ke|dari|dekat|sekitar|in|at|from|near|to)\s(?:\p{Ll}+\s){0,2}"
    r"(?P<answer>\p{Lu}[\w’'-]*(?:\s\p{Lu}[\w’'-]*)*)"
)
_REASON = regex.compile(
    r"\b(?P<answer>(?:karena|sebab|akibat|lantaran|disebabkan|dikarenakan|demi|agar|supaya|"
    r"because|due to|in order to|so that)\b[^.;:!?\"”]*)",
    regex.I,
)
_IS = regex.compile(
    r"\b(?P<answer>(?:adalah|merupakan|ialah|yaitu|yakni|berarti|artinya|is|are|was|were)\b"
    r"[^.;!?]*)",
    regex.I,
)
_MARKED = {Kind.PLACE: _PLACED, Kind.REASON: _REASON, Kind.DEFINITION: _IS}
"""Kinds that a word before them gives away."""


def expected(question: str) -> Kind:
    """The kind of answer that ``question`` asks for."""
    found = (
        (match.start(), order, kind)
        for order, (kind, asking) in enumerate(_ASKING)
        if (match := asking.search(question))
    )
    return min(found, default=(0, 0, Kind.OTHER))[2]


def candidates(text: str, kind: Kind) -> list[Span]:
    """Where something of ``kind`` stands in ``text``, in order, not overlapping.

    Empty for ``Kind.OTHER``, of which anything might be an instance.
    """
    if kind is Kind.TIME:
        return _joined(text, [Span(*m.span()) for m in _TIME.finditer(text)])
    if kind is Kind.NUMBER:
        times = [m.span() for m in _TIME.finditer(text)]
        spans = [Span(*m.span()) for m in _NUMBER.finditer(text)]
        return [s for s in spans if not any(a < s.end and s.start < b for a, b in times)]
    if kind is Kind.PERSON:
        return [span for m in _NAME.finditer(text) if (span := _name(text, *m.span()))]
    if kind in _MARKED:
        found = [m.span("answer") for m in _MARKED[kind].finditer(text)]
        return [Span(start, start + len(text[start:end].rstrip())) for start, end in found]
    return []


def _name(text: str, start: int, end: int) -> Span | None:
    """The name without a function word that is capitalised only because it opens the sentence."""
    while True:
        first = regex.match(r"[\w’'-]+\s?", text, pos=start, endpos=end)
        if first is None:
            return None
        if first[0].strip().casefold() not in FUNCTION_WORDS:
            break
        start = first.end()
    name = text[start:end].rstrip(".")
    opens = not text[:start].strip("“\"'( ")
    if _TIME.fullmatch(name) or name in _CLOCK or (opens and _INFLECTED.fullmatch(name)):
        return None
    return Span(start, start + len(name))


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Parts of one date that stand side by side, such as "Selasa dini hari (13/9)", as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and _JOIN.fullmatch(text, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
