"""Sorted lines of text in one array: looked up as they lie, so that loading them costs nothing."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.arrays import Bytes


class Lines:
    """Lines of UTF-8 text, numbered from 0. Safe to share between threads."""

    def __init__(self, text: Bytes) -> None:
        """``text``: the lines, a newline between each two."""
        self._text = text.tobytes()
        self._ends: list[int] = [*np.flatnonzero(text == ord("\n")).tolist(), len(text)]

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        """The line of that number, counted from 0; raises ``IndexError``."""
        return self._line(number).decode("utf-8")

    def find(self, line: str, within: int) -> int | None:
        """The number of ``line``, if it is one of the first ``within``, which are sorted."""
        wanted = line.encode("utf-8", "surrogatepass")  # bytes sort as the code points do
        number = bisect_left(range(within), wanted, key=self._line)
        return number if number < within and self._line(number) == wanted else None

    def _line(self, number: int) -> bytes:
        return self._text[self._ends[number - 1] + 1 if number else 0 : self._ends[number]]
