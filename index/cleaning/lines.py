"""A raw text as numbered lines; hard-wrapped prose is put back into whole paragraphs."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from index.cleaning.characters import lines_of, without_escapes

_WRAP_MIN, _WRAP_MAX = 40, 120
_BREAKS_MIN = 3
"""How many line breaks show that a text was broken inside its sentences, at least."""
_BROKEN = 0.5
"""Share of them after which a sentence goes on in small letters, at least."""
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟۔।॥։][\"'”’»)\]」』*_]*$|[,;]?[\"”»]$")
_INNER_END = re.compile(r"[.!?][\"”’»)]* +[\"“‘«(\[A-ZÀ-Þ]|[。！？]")
_PROSE_END = re.compile(r"[.!?…。！？؟۔।॥։][\"'”’»)\]」』]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the raw text, tidied."""

    number: int
    """In the raw text, from 1; the first one, when wrapped lines were joined."""
    text: str
    """Empty for a blank line."""

    @property
    def words(self) -> int:
        """Number of words, as white space separates them."""
        return len(self.text.split())

    @property
    def is_sentence(self) -> bool:
        """Whether the line reads as prose: it holds or ends a sentence."""
        return self.is_sentence_end or bool(_INNER_END.search(self.text))

    @property
    def is_sentence_end(self) -> bool:
        """Whether a sentence, or a clause that a colon or semicolon closes, ends with the line."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def is_body(self) -> bool:
        """Whether the line is surely prose: a sentence of some length."""
        return (len(self.text) >= 60 and self.is_sentence) or len(self.text) >= 200


def ends_as_prose(line: Line) -> bool:
    """Whether the line ends with a sentence mark, perhaps in quotes or brackets."""
    return bool(_PROSE_END.search(line.text))


def split_lines(raw: str) -> list[Line]:
    """The lines of ``raw``; the raw lines of a hard-wrapped paragraph come back as one."""
    lines = [
        Line(number, text)
        for number, raw_line in enumerate(without_escapes(raw).split("\n"), start=1)
        for text in lines_of(raw_line)
    ]
    if _is_wrapped(lines):
        return _unwrapped(lines)
    blocks = itertools.groupby(lines, key=lambda line: bool(line.text))
    return [line for _, block in blocks for line in _without_breaks(list(block))]


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines were broken at a fixed width, and not where sentences or items end.

    A line broken at a width is one that the next line's first word would have made too long.
    """
    width = max((len(line.text) for line in lines), default=0)
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return False
    pairs = [(a.text, b.text) for a, b in itertools.pairwise(lines) if a.text and b.text]
    broken = sum(_is_full(first, second, width) for first, second in pairs)
    return len(pairs) >= 3 and broken >= 0.8 * len(pairs)


def _is_full(text: str, following: str, width: int) -> bool:
    return len(text) + 1 + len(following.split(maxsplit=1)[0]) > width


def _unwrapped(lines: list[Line]) -> list[Line]:
    width = max(len(line.text) for line in lines)
    joined: list[Line] = []
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], Line(0, "")], strict=True):
        parts.append(line.text)
        if line.text and following.text and _is_full(line.text, following.text, width):
            continue
        joined.append(Line(line.number - len(parts) + 1, " ".join(parts)))
        parts = []
    return joined


def _without_breaks(block: list[Line]) -> list[Line]:
    """Lines that stand together; those broken inside sentences, at whatever width, are joined.

    Most lines of such prose go on in small letters on the next one; a menu or a list does not.
    """
    pairs = list(itertools.pairwise(block))
    broken = sum(not a.is_sentence_end and b.text[:1].islower() for a, b in pairs)
    prose = any(ends_as_prose(line) for line in block)
    if len(pairs) < _BREAKS_MIN or broken < _BROKEN * len(pairs) or not prose:
        return block
    joined = [block[0]]
    for line, following in pairs:
        if line.is_sentence_end:
            joined.append(following)
        else:
            joined[-1] = Line(joined[-1].number, f"{joined[-1].text} {following.text}")
    return joined
