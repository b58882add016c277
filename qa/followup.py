"""Fills in what a follow-up question leaves out, from the questions before it.

No model: word lists and a few rules, so that the same conversation always reads the same way.
The rules lean towards leaving a question alone, because words carried over wrongly pollute a new
topic, while a follow-up that was missed is typed again in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from index.tokens import tokens
from qa.types import Turn
from qa.words import FUNCTION_WORDS, QUESTION_WORDS, content_words, fold, is_greeting

CARRIED_MAX = 12
"""How many words are carried over at most."""
SHORT = 2
"""Up to how many content words a question that opens with "and" or "dan" leans on the last one."""

_STRONG = regex.compile(
    r"^(?:(?:and|so|but|dan|lalu|terus|then|oh)[,\s]+)?"
    r"(?:what about|how about|and for|bagaimana dengan|bagaimana kalau|gimana dengan|"
    r"kalau(?! begitu)|sedangkan|sementara)\b[\s,]*",
    regex.I,
)
_WEAK = regex.compile(
    r"^(?:and|also|so|then|but|or|dan|lalu|terus|kemudian|tapi|tetapi|atau|juga)\b[\s,]+", regex.I
)
_PERSONS = frozenset(
    "he she him her his hers they them their theirs ia dia mereka beliau there sana situ".split()
)
_THINGS = frozenset("it its tersebut".split())
_OWNERS = frozenset("its their his her".split())
_POINTERS = frozenset("this that these those ini itu".split())
_EXPLETIVE = regex.compile(
    r"\b(?:is|was|isn't|wasn't) it (?:true|possible|likely|known|clear|the case)|"
    r"\b(?:does|did|will|would) it take|\bit take|time is it|"
    r"\bthere (?:is|are|was|were|been|be)|\b(?:is|are|was|were) there",
    regex.I,
)
_NAMELESS = regex.compile(r"\b(?:who|whom|which|siapa(?:kah)?|(?<!di |ke |dari )mana)\b", regex.I)
"""A question that asks for somebody it cannot name: the names in it are not who is meant later."""
_NOT_POSSESSED = frozenset(
    """
    hanya tanya bertanya punya mempunyai biasanya akhirnya awalnya sebenarnya sebaiknya seharusnya
    misalnya adanya umumnya sebelumnya sesudahnya setelahnya selanjutnya berikutnya rupanya
    sepertinya kiranya sekiranya seandainya khususnya terutamanya pertanyaannya artinya maksudnya
    lainnya sepenuhnya satu-satunya setidaknya pastinya tentunya karenanya banyaknya nyonya
    """.split()
)
"""Words in -nya that refer to nothing said before."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    start: int
    end: int
    name: bool
    """Capitalised, and not only because it opens the question."""
    content: bool


def resolve(question: str, history: Sequence[Turn | str] = ()) -> str:
    """``question`` as it is to be searched: filled in if it leans on ``history``, else unchanged.

    ``history`` is oldest first; a turn whose answer is known counts as that answer read it.
    """
    previous = ""
    for turn in history:
        asked = turn if isinstance(turn, str) else turn.question
        if is_greeting(asked):
            continue
        answer = None if isinstance(turn, str) else turn.answer
        previous = _fill_in(asked, previous) if answer is None else answer.asked_as
    return _fill_in(question, previous)


def _fill_in(question: str, previous: str) -> str:
    words, before = _words(question), _words(previous)
    if not words or not any(word.content for word in before) or is_greeting(question):
        return question
    content = [word for word in words if word.content]
    asks = any(word.folded in QUESTION_WORDS for word in words)
    strong, weak = _STRONG.match(question), _WEAK.match(question)
    marker = strong or weak
    if marker and not _asks(question[marker.end() :]) and len(content) <= 2 * SHORT:
        return _swap(question[marker.end() :], previous, before)
    if not content and asks:
        return _append(question, words, before)
    if marker and len(content) <= SHORT:
        new_name = any(word.name for word in words)
        return _append(question, words, [w for w in before if not (new_name and w.name)])
    if _refers(question, words):
        names = [word for word in before if word.name]
        about_names = names and not _NAMELESS.search(previous) and not _things(words)
        return _append(question, words, names if about_names else before)
    return question


def _asks(fragment: str) -> bool:
    """Whether a question word stands in what is left of a question after "and"."""
    return any(word.folded in QUESTION_WORDS for word in _words(fragment))


def _refers(question: str, words: list[_Word]) -> bool:
    """Whether a pronoun points out of the question."""
    if _EXPLETIVE.search(question):
        return False
    content = sum(word.content for word in words)
    for place, word in enumerate(words):
        before, following = words[:place], words[place + 1 :]
        owner_said = sum(earlier.content for earlier in before) > 1
        owned = word.folded in _OWNERS or word.folded.endswith("nya")
        if any(earlier.name for earlier in before) or (owner_said and owned):
            return False  # it may well mean that: "a flood and its impact"
        if (
            word.folded in _PERSONS
            or word.folded in _THINGS
            or (content <= SHORT + 1 and _points(word.folded, before, following))
            or _possessed(word.folded, owned=bool(following and following[0].content))
        ):
            return True
    return False


def _points(word: str, before: list[_Word], following: list[_Word]) -> bool:
    """Whether "this" or "itu" stands for something: last of all, or "itu" after a little word."""
    if word not in _POINTERS:
        return False
    last = before[-1].folded if before else ""
    little = last in FUNCTION_WORDS and last not in QUESTION_WORDS
    return not following or (word in ("ini", "itu") and little)


def _possessed(word: str, owned: bool) -> bool:
    """Whether -nya points back: "penyebabnya" does, "terjadinya" before its owner does not."""
    stem = word.removesuffix("nya")
    if stem == word or len(stem) < 3 or word in _NOT_POSSESSED:
        return False
    return stem in FUNCTION_WORDS or not owned


def _things(words: list[_Word]) -> bool:
    return any(word.folded in _THINGS or word.folded in _POINTERS for word in words)


def _append(question: str, words: list[_Word], before: Sequence[_Word]) -> str:
    """The question, and in brackets the content words it lacks."""
    have = {word.folded for word in words}
    carried: dict[str, str] = {}
    for word in before:
        if word.content and word.folded not in have:
            carried.setdefault(word.folded, word.text)
    if not carried:
        return question
    return f"{question} ({' '.join(list(carried.values())[:CARRIED_MAX])})"


def _swap(fragment: str, previous: str, before: list[_Word]) -> str:
    """The previous question about what the fragment names instead.

    A single name gives way to the fragment; otherwise the fragment is added at the end.
    """
    fragment = fragment.strip(" ?!.,")
    stem = previous.rstrip(" ?!.")
    names = [word for word in before if word.name]
    together = names and all(
        previous[left.end : right.start].isspace() for left, right in pairwise(names)
    )
    if not together:
        return f"{stem} {fragment}?"
    start, end = names[0].start, names[-1].end
    led_in = next((word for word in reversed(before) if word.end <= start), None)
    if led_in is not None and led_in.folded in ("a", "an", "the"):
        start = led_in.start
    if len(_words(fragment)) == 1:
        return f"{stem[:start]}{fragment}{stem[end:]}?"
    if led_in is not None and led_in.folded in FUNCTION_WORDS and end == len(stem):
        start = led_in.start  # "menurut Yerevan" goes as a whole
    rest = f"{stem[:start].rstrip()}{stem[end:]}".rstrip()
    return f"{rest} {fragment}?"


def _words(text: str) -> list[_Word]:
    content = {word.span for word in content_words(text)}
    return [
        _Word(
            word,
            fold(word),
            *span,
            name=span in content and place > 0 and word[:1].isupper(),
            content=span in content,
        )
        for place, (word, span) in enumerate(tokens(text))
    ]
