"""Breaking text into lines by the cells that it takes on a screen.

A Chinese character takes two cells and a combining accent none; counting characters would break
lines too late, and cutting between an accent and its letter would change the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

from index.types import Span

_PIECE = re.compile(r"\s+|\S+")
_JOINER = "\u200d"
_CLOSING = {"Pe", "Pf", "Po"}
"""Unicode categories of the marks that no line should begin with."""


def wrap(text: str, width: int) -> list[Span]:
    """The lines of ``text``, each at most ``width`` cells wide, as spans of it.

    Lines break at spaces, between wide characters, and within a word only where it is wider than
    a line. The spaces at a break belong to no line. A newline always breaks. At least one line.
    """
    width = max(width, 2)
    lines: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        lines += _lines(paragraph, width, start)
        start += len(paragraph) + 1
    return lines


def fill(text: str, width: int, first: str = "", rest: str | None = None) -> str:
    """``text`` wrapped to ``width`` cells, lines led by ``first`` and then by ``rest``.

    ``rest`` is as many spaces as ``first`` is wide, unless given.
    """
    rest = " " * cell_len(first) if rest is None else rest
    room = width - max(cell_len(first), cell_len(rest))
    lines = (text[start:end] for start, end in wrap(text, room))
    return "\n".join(((rest if n else first) + line).rstrip() for n, line in enumerate(lines))


def _lines(paragraph: str, width: int, offset: int) -> Iterator[Span]:
    begin = end = None
    used = gap = 0
    for start, stop, cells in _atoms(paragraph, width):
        if cells < 0:  # white space
            gap = -cells
        elif end is None:
            begin, end, used, gap = start, stop, cells, 0
        elif used + gap + cells > width:
            assert begin is not None
            yield Span(offset + begin, offset + end)
            begin, end, used, gap = start, stop, cells, 0
        else:
            end, used, gap = stop, used + gap + cells, 0
    yield Span(offset + (begin or 0), offset + (end or 0))


def _atoms(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """What a line break never divides: (start, end, cells); white space has negative cells."""
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        word = piece[0]
        cells = cell_len(word)
        if word.isspace():
            yield start, end, -cells
        elif cells <= width and cells == len(word):
            yield start, end, cells
        else:
            yield from _parts(word, start, width)


def _parts(word: str, offset: int, width: int) -> Iterator[tuple[int, int, int]]:
    """A word that holds wide characters, or is wider than a line, cut where it may be cut."""
    start = used = 0
    wide_before = False
    for at, end in _graphemes(word):
        cells = cell_len(word[at:end])
        wide = cells > 1
        closing = unicodedata.category(word[at]) in _CLOSING
        if at > start and (((wide or wide_before) and not closing) or used + cells > width):
            yield offset + start, offset + at, used
            start, used = at, 0
        used += cells
        wide_before = wide or (closing and wide_before)
    yield offset + start, offset + len(word), used


def _graphemes(word: str) -> Iterator[tuple[int, int]]:
    """Characters together with the accents and joined characters that follow them."""
    start = 0
    for at in range(1, len(word)):
        if cell_len(word[at]) and word[at - 1] != _JOINER:
            yield start, at
            start = at
    yield start, len(word)
