"""The one sentence splitter: spans of whole sentences, for quoting, cutting and lighting.

A boundary is a sentence mark, any closing quotes and brackets, then white space. Chinese and
Japanese marks need no white space. A full stop is no boundary after an abbreviation, an initial
or a list number, nor before a lower-case word. Two rules are for quotations:

* a direct quotation of up to ``QUOTATION_MAX`` code points is never split, so that no sentence
  carries an opening quote without its closing one, nor loses "kata Price" ("Price said");
* a longer one is split at its sentences, and the last of them keeps the attribution.

Thai, Lao, Khmer and Burmese have few or no sentence marks: a paragraph is one sentence, cut at
spaces only when it is longer than ``UNMARKED_MAX``. The work is linear in the text.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator

import regex

from index.abbreviations import MAY_END, NEVER_END, STARTERS
from index.types import Span

QUOTATION_MAX = 300
"""Longest quotation or bracketed remark that is kept in one sentence; code points."""
UNMARKED_MAX = 400
"""Longest sentence in a script without sentence marks; code points."""

_PARAGRAPH = regex.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", regex.DOTALL)
_MARK = regex.compile(
    r"""
    (?P<wide>[。！？｡]+) [」』”’"'）〉》】\]]*                  # no white space needed
  | (?P<mark>[.!?…‼⁇⁈⁉؟۔।॥։።។။]+) (?P<close>["'”’“»)\]›]*) (?=(?P<space>\s+)(?P<next>.))
    """,
    regex.VERBOSE | regex.DOTALL,
)
_PAIRED = regex.compile(r"[\"“”„«»「」『』()]")
_CLOSERS = {"“": '”"', "„": '“”"', "«": "»", "「": "」", "『": "』", '"': '"”', "(": ")"}
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}.\-’']*$")
_NEXT_WORD = regex.compile(r"[\p{L}\p{M}’']+")
_ATTRIBUTION = regex.compile(
    r"[^.!?\"“”\n]{0,60}?\b(?:said|says|asked|told|added|wrote|replied|"
    r"(?:kata|ujar|tutur|ucap|tanya|tambah|jelas|ungkap|tegas|imbuh|sambung|lanjut|papar)(?:nya)?|"
    r"berkata|bertanya|mengatakan|menjawab)\b"
)
_UNMARKED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """Whole sentences of ``text`` (or of ``span`` in it), in order, without overlap.

    Together they cover every character that is not white space; each is trimmed of white space
    and none crosses a blank line. Spans count in ``text``, also when ``span`` is given.
    """
    start, end = span or Span(0, len(text))
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        found.extend(_split(paragraph.group(), paragraph.start()))
    return found


def _split(paragraph: str, offset: int) -> Iterator[Span]:
    """Sentences of one paragraph that starts at ``offset`` of the text."""
    kept_whole = _pairs(paragraph)
    starts = [first for first, _ in kept_whole]
    begin = 0
    for match in _MARK.finditer(paragraph):
        cut = match.end()
        nearest = bisect.bisect_left(starts, cut) - 1
        if nearest >= 0 and cut < kept_whole[nearest][1]:
            continue
        if match["mark"] and not _ends(paragraph, begin, match):
            continue
        yield from _trimmed(paragraph, begin, cut, offset)
        begin = cut
    yield from _trimmed(paragraph, begin, len(paragraph), offset)


def _pairs(paragraph: str) -> list[tuple[int, int]]:
    """Quotations and bracketed remarks short enough to keep whole: outermost, in order."""
    pairs: list[tuple[int, int]] = []
    opened, closers = -1, ""
    for match in _PAIRED.finditer(paragraph):
        at, char = match.start(), match.group()
        if opened >= 0 and at - opened >= QUOTATION_MAX:
            # Never closed in reach: a quotation over several paragraphs, or a stray mark. A
            # straight quote that closes such a long quotation must not open another.
            long_straight = char in closers and closers != ")"
            opened, closers = -1, ""
            if long_straight:
                continue
        if opened >= 0 and char in closers:
            pairs.append((opened, at + 1))
            opened, closers = -1, ""
        elif opened < 0 and char in _CLOSERS:
            opened, closers = at, _CLOSERS[char]
        elif closers == ")" and char in _CLOSERS and char != "(":
            opened, closers = at, _CLOSERS[char]  # a quotation outranks an open bracket
    return pairs


def _ends(paragraph: str, begin: int, match: regex.Match[str]) -> bool:
    """Whether this mark, with white space after it, ends a sentence that starts at ``begin``."""
    following: str = match["next"]
    if following.islower():
        return False
    after_quote = any(char in '"”»' for char in match["close"])
    if after_quote and _ATTRIBUTION.match(paragraph, match.end("space")):
        return False
    if match["mark"] != "." or match["close"]:
        return True
    return not _abbreviates(paragraph, begin, match)


def _abbreviates(paragraph: str, begin: int, match: regex.Match[str]) -> bool:
    """Whether the single full stop of ``match`` belongs to the word before it."""
    dot = match.start("mark")
    last = _LAST_WORD.search(paragraph[max(begin, dot - 24) : dot])
    word = last.group() if last else ""
    if not word:
        return False
    upcoming = _NEXT_WORD.match(paragraph, match.end("space"))
    next_word = upcoming.group() if upcoming else ""
    folded = word.casefold()
    if word.isdigit():
        lone = not paragraph[begin : dot - len(word)].strip(' (["“')
        return (lone and len(word) <= 3) or next_word.casefold() in _GERMAN_MONTHS
    if folded in NEVER_END:
        return True
    initial = len(word) == 1 and word.isupper()
    if initial or folded in MAY_END or regex.fullmatch(r"\p{L}{1,3}(?:\.\p{L}{1,3})+", word):
        return next_word not in STARTERS
    return False


_GERMAN_MONTHS = frozenset(
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)


def _trimmed(paragraph: str, begin: int, end: int, offset: int) -> Iterator[Span]:
    """The stretch as a span of the text, without white space around; cut if unmarked and long."""
    stretch = paragraph[begin:end]
    body = stretch.strip()
    if not body:
        return
    first = begin + len(stretch) - len(stretch.lstrip())
    last = first + len(body)
    if len(body) > UNMARKED_MAX and len(_UNMARKED.findall(body)) > len(body) // 2:
        while last - first > UNMARKED_MAX:
            space = paragraph.rfind(" ", first + 1, first + UNMARKED_MAX)
            if space < 0:
                break
            cut = space
            while paragraph[cut - 1].isspace():
                cut -= 1
            yield Span(offset + first, offset + cut)
            first = space + 1
            while paragraph[first].isspace():
                first += 1
    yield Span(offset + first, offset + last)
