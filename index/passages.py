"""Cuts an article into passages: paragraphs as spans, tiny ones joined, long ones split."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from index.sentences import PARAGRAPH, sentences
from index.types import Span


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a passage may be; code points of alphabetic text."""

    min_chars: int = 200
    """A shorter passage is joined with the paragraph after it while both fit."""
    max_chars: int = 1200
    """A longer paragraph is split; about 170 Indonesian words, which fit 256 word pieces."""


SIZES = Sizes()
MARKS_MAX = 16
"""Most accents on one letter that a cut within a word spares."""
DENSE_FACTOR = 3
"""How many letters a character of an unspaced script (Chinese, Thai) counts for."""

_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def passages(text: str, sizes: Sizes = SIZES) -> list[Span]:
    """Spans of ``text`` that together cover everything but white space, in order.

    A span never starts or ends in white space. A paragraph longer than ``sizes.max_chars`` is
    split into parts of about equal length at sentence ends; a sentence that is itself longer is
    cut at spaces, or within a word when there is no space.
    """
    if not 0 <= sizes.min_chars <= sizes.max_chars or sizes.max_chars < 1:
        raise ValueError(f"need 0 <= min_chars <= max_chars and max_chars >= 1, got {sizes}")
    dense = len(_DENSE.findall(text)) * 2 > len(text)
    factor = DENSE_FACTOR if dense else 1
    low, high = sizes.min_chars // factor, max(1, sizes.max_chars // factor)
    pieces: list[Span] = []
    for match in PARAGRAPH.finditer(text):
        paragraph = Span(match.start(), match.start() + len(match.group().rstrip()))
        if paragraph.end - paragraph.start <= high:
            pieces.append(paragraph)
        else:
            pieces.extend(_parts(text, paragraph, high))
    return _joined(pieces, low, high)


def _joined(pieces: list[Span], low: int, high: int) -> list[Span]:
    """Join a piece shorter than ``low`` with its successor, the last with its predecessor."""
    joined: list[Span] = []
    for piece in pieces:
        if joined:
            last = joined[-1]
            tiny = last.end - last.start < low
            if tiny and piece.end - last.start <= high:
                joined[-1] = Span(last.start, piece.end)
                continue
        joined.append(piece)
    if len(joined) > 1:
        before, last = joined[-2:]
        if last.end - last.start < low and last.end - before.start <= high:
            joined[-2:] = [Span(before.start, last.end)]
    return joined


def _parts(text: str, paragraph: Span, high: int) -> Iterator[Span]:
    """Parts of a long paragraph, each at most ``high`` long and of about equal length."""
    count = -(-(paragraph.end - paragraph.start) // high)
    target = (paragraph.end - paragraph.start) / count
    begin = end = paragraph.start
    for sentence in sentences(text, paragraph):
        for piece in _pieces(text, sentence, high):
            # Close the part when the piece would not fit, or leave it further from the target.
            over, under = piece.end - begin - target, target - (end - begin)
            if end > begin and (piece.end - begin > high or over > under):
                yield Span(begin, end)
                begin = piece.start
            end = piece.end
    yield Span(begin, end)


def _pieces(text: str, sentence: Span, high: int) -> Iterator[Span]:
    """The sentence itself, or stretches of it of about equal length, at most ``high``."""
    begin, end = sentence
    parts = -(-(end - begin) // high)
    reach = min(high, -(-(end - begin) // parts) + high // 16)  # some play to find a space in
    while end - begin > high:
        cut = text.rfind(" ", begin + reach // 2, begin + reach + 1)
        if cut < 0:
            last = begin + reach
            near = range(last, max(begin, last - MARKS_MAX), -1)
            cut = next((at for at in near if not _joins(text[at])), last)
        yield Span(begin, begin + len(text[begin:cut].rstrip()))
        begin = cut
        while text[begin].isspace():
            begin += 1
    yield Span(begin, end)


def _joins(char: str) -> bool:
    """Whether ``char`` belongs to the character before it (combining mark, joiner)."""
    return bool(unicodedata.combining(char)) or char in "\u200c\u200d\ufe0e\ufe0f"
