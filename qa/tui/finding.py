"""Where words stand in a text, and which of the places one is at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from index.types import Span

_MOST = 10_000
"""Places that are counted; nobody walks further."""


class Found:
    """Places in order of the text; none until something is looked for."""

    def __init__(self, places: Sequence[Span] = ()) -> None:
        self.places = places
        self._at = 0
        self._starts = [place.start for place in places]

    @classmethod
    def all(cls, text: str, words: str) -> Found:
        """Every place where ``words`` stand in ``text``, whatever the case and the white space."""
        parts = [re.escape(part) for part in words.split()]
        if not parts:
            return cls()
        places: list[Span] = []
        for match in re.finditer(r"\s+".join(parts), text, re.IGNORECASE):
            places.append(Span(*match.span()))
            if len(places) == _MOST:
                break
        return cls(places)

    @property
    def here(self) -> Span | None:
        """The place one is at; ``None`` when there is none."""
        return self.places[self._at] if self.places else None

    def begin(self, start: int) -> None:
        """Be at the first place on from code point ``start``, else at the very first."""
        at = bisect_left(self._starts, start)
        self._at = at if at < len(self.places) else 0

    def step(self, step: int) -> None:
        """Be some places further; after the last comes the first."""
        if self.places:
            self._at = (self._at + step) % len(self.places)

    def within(self, row: Span) -> Iterator[tuple[Span, bool]]:
        """The places that a stretch of the text touches, and whether one is at it."""
        first = max(bisect_right(self._starts, row.start) - 1, 0)
        for number in range(first, bisect_left(self._starts, row.end)):
            yield self.places[number], number == self._at

    def __str__(self) -> str:
        """ "2 of 7" """
        if not self.places:
            return "not in this article"
        more = "+" if len(self.places) == _MOST else ""
        return f"{self._at + 1:,} of {len(self.places):,}{more}"
