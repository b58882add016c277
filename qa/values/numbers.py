"""Numbers as English and Indonesian write them: in digits, in words, or in both.

Libraries that were weighed (2026-11): number-parser, text2num and quantulum3 know no Indonesian,
and Babel, which does, reads digits alone and takes 0.1 s to import.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import regex

from index.types import UNKNOWN_LANG, Span

POINT_GROUPS = frozenset("id de es it nl pt tr el da ro hr sl sr is vi ca gl eu".split())
"""Languages that write 30.000 for thirty thousand; others write 30,000."""

_UNITS = {
    word: Decimal(value)
    for value, words in (
        (0, "zero nol"), (1, "one satu se seorang"), (2, "two dua"), (3, "three tiga"),
        (4, "four empat"), (5, "five lima"), (6, "six enam"), (7, "seven tujuh"),
        (8, "eight delapan"), (9, "nine sembilan"), (10, "ten sepuluh"), (11, "eleven sebelas"),
        (12, "twelve"), (13, "thirteen"), (14, "fourteen"), (15, "fifteen"), (16, "sixteen"),
        (17, "seventeen"), (18, "eighteen"), (19, "nineteen"), (20, "twenty"), (30, "thirty"),
        (40, "forty"), (50, "fifty"), (60, "sixty"), (70, "seventy"), (80, "eighty"),
        (90, "ninety"),
    )
    for word in words.split()
}  # fmt: skip
_TENS = {"puluh": 10, "ratus": 100, "hundred": 100, "dozen": 12}
"""What multiplies the digit before it."""
_SCALES = {
    word: 10**power
    for power, words in (
        (3, "ribu rb thousand"), (6, "juta jt million mn"), (9, "miliar milyar billion bn"),
        (12, "triliun trillion"),
    )
    for word in words.split()
}  # fmt: skip
_VAGUE = {
    word: value
    for value, words in (
        (10, "belasan puluhan tens dozens"), (100, "ratusan hundreds"),
        (1000, "ribuan thousands"), (10**6, "jutaan millions"), (10**9, "miliaran billions"),
    )
    for word in words.split()
}  # fmt: skip
_ONES = {"seratus": "ratus", "seribu": "ribu", "sejuta": "juta", "semiliar": "miliar"}
_HALVES = ("half", "setengah")
_POINTS = ("koma", "point")
_LINKS = ("and", "of", "a")
"""English words inside a number: "a hundred and five", "half a million", "tens of thousands"."""

_PIECE = regex.compile(r"(?<!\p{L})\d+(?:[.,\u00a0\u202f]\d+)*|\p{L}+")
_GAP = regex.compile(r"[\s-]?\s*")


class Number(NamedTuple):
    """A number that stands in a text."""

    span: Span
    value: Decimal
    vague: bool
    """Whether only its order of magnitude is told: "hundreds", "puluhan ribu"."""


def numbers(text: str, lang: str = UNKNOWN_LANG) -> list[Number]:
    """The numbers in ``text``, in order; ``lang`` (ISO 639-1) tells what "." and "," mean."""
    found: list[Number] = []
    run = _Run(lang)
    for piece in _PIECE.finditer(text):
        attached = run.end is None or _GAP.fullmatch(text, run.end, piece.start()) is not None
        if not attached or not run.take(piece):
            found += run.read()
            run = _Run(lang)
            run.take(piece)
    return found + run.read()


def digits(text: str, lang: str = UNKNOWN_LANG) -> Decimal | None:
    """The value of digits with separators; ``None`` when they follow no convention.

    The language's convention is tried first, then the other. Without a language, groups of three
    are taken for thousands.
    """
    point_first = lang in POINT_GROUPS
    orders = ((".", ","), (",", ".")) if point_first else ((",", "."), (".", ","))
    plain = regex.sub(r"[\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    for group, point in orders:
        grouped = rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?"
        if regex.fullmatch(grouped, plain):
            return Decimal(plain.replace(group, "").replace(point, "."))
        if lang != UNKNOWN_LANG and regex.fullmatch(rf"\d+\{point}\d+", plain):
            return Decimal(plain.replace(point, "."))
    if regex.fullmatch(r"\d+[.,]\d+", plain):
        return Decimal(plain.replace(",", "."))
    return Decimal(plain) if plain.isdecimal() else None


class _Run:
    """A number being read, piece by piece."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.start: int | None = None
        self.end: int | None = None
        """End of the last piece taken, a link among them."""
        self.closed = 0
        """End of the last piece that counts."""
        self.total = self.group = Decimal(0)
        """What is complete (whole thousands, millions); what stands below the next scale."""
        self.last: Decimal | None = None
        """A digit or teen that a "hundred" may still multiply."""
        self.scale = 10**15
        self.vague = self.linked = False
        self.fraction: int | None = None
        """How many decimal places were read after "koma"."""

    def take(self, piece: regex.Match[str]) -> bool:
        """Add a piece; whether it continues the number."""
        word = piece[0].casefold()
        if word in _ONES and self.last is None:
            taken = self._count(Decimal(1), True) and self._word(_ONES[word])
        elif word[0].isdigit():
            value = digits(word, self.lang)
            taken = value is not None and self._count(value, False)
        else:
            taken = self._link(word) or self._word(word)
        if taken:
            self.start = piece.start() if self.start is None else self.start
            self.end = piece.end()
            self.closed = self.closed if self.linked else piece.end()
        return taken

    def read(self) -> list[Number]:
        """What was read: one number or none."""
        if self.start is None or not self.closed:
            return []
        value = self.total + self.group + (self.last or 0)
        return [Number(Span(self.start, self.closed), value.normalize() + 0, self.vague)]

    def _link(self, word: str) -> bool:
        opens = self.start is None and word == "a"
        if self.linked and word != "a":
            return False
        inside = self.closed > 0 and word in _LINKS and self.fraction is None
        if inside and word == "of" and not self.vague:
            return False
        if opens or inside:
            self.linked = True
            return True
        return False

    def _word(self, word: str) -> bool:
        if word in _UNITS:
            return self._count(_UNITS[word], True)
        below = self.last is not None or self.group > 0
        if word in _POINTS and below and self.fraction is None:
            self.fraction, self.linked = 0, True
            return True
        taken = self.fraction is None or word in _SCALES
        if not taken:
            return False
        if word in _HALVES:
            self.last = (self.last or 0) + Decimal("0.5")
        elif word in _VAGUE:
            taken = self._start_vague(word)
        elif word == "belas" and self.last is not None and 1 <= self.last <= 9:
            self.last += 10
        elif word in _TENS:
            taken = self._multiply(_TENS[word])
        elif word in _SCALES:
            taken = self._close(_SCALES[word])
        else:
            return False
        self.linked = self.linked and not taken
        return taken

    def _start_vague(self, word: str) -> bool:
        if self.vague and word in ("thousands", "millions", "billions"):
            return self._close(_VAGUE[word])  # hundreds of thousands
        if self.closed:
            return False
        self.vague, self.last = True, Decimal(_VAGUE[word])
        return True

    def _count(self, value: Decimal, spelled: bool) -> bool:
        """Add a number below the next scale: "5", "lima", or the "three" of "twenty three"."""
        if self.fraction is not None:
            if not spelled or value > 9:
                return False
            self.fraction += 1
            self.last = (self.last or 0) + value.scaleb(-self.fraction)
            self.linked = False
            return True
        if self.last is None:
            if self.closed and not spelled and (self.group or value >= self.scale):
                return False  # "lima ratus 20", but "3 juta 200"
            self.last = value
        elif spelled and value < 10 and self.last >= 20 and self.last % 10 == 0 and self.last < 100:
            self.last += value
        else:
            return False
        self.linked = False
        return True

    def _multiply(self, by: int) -> bool:
        if self.last is None and not self.linked:
            return False
        if self.group and self.group < 10 * by:
            return False
        self.group += (self.last or 1) * by
        self.last = None
        return True

    def _close(self, scale: int) -> bool:
        below = self.group + (self.last or 0)
        if scale >= self.scale or not (below or self.linked):
            return False
        self.total += (below or 1) * scale
        self.group, self.last, self.scale, self.fraction = Decimal(0), None, scale, None
        return True
