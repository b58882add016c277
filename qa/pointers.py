"""Finds the pronouns that point out of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.tokens import tokens
from index.types import Span
from qa import pronouns
from qa.pronouns import PRONOUNS, Points
from qa.words import FUNCTION_WORDS, QUESTION_WORDS, content_words, fold

CLOSE = 3
"""Up to how many content words before a final "itu" or "that" leave it open what is meant."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question."""

    text: str
    folded: str
    span: Span
    name: bool
    """Capitalised, and not only because it opens the question."""
    content: bool

    @property
    def little(self) -> bool:
        """Whether it is a function word, and no question word."""
        return self.folded in FUNCTION_WORDS and self.folded not in QUESTION_WORDS


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pronoun that points out of its question."""

    points: Points
    span: Span
    """The words that a name takes the place of."""
    lead: str = ""
    """What the name needs before it: "in ", "pada "."""
    tail: str = ""
    """What it needs after it: "'s"."""


def words_of(text: str) -> list[Word]:
    """The words of a question, in order."""
    content = {word.span for word in content_words(text)}
    return [
        Word(
            word,
            fold(word),
            span,
            name=span in content and place > 0 and word[:1].isupper(),
            content=span in content,
        )
        for place, (word, span) in enumerate(tokens(text))
    ]


def pointers(question: str) -> Iterator[Pointer]:
    """The pronouns that point out of the question, in order."""
    words = words_of(question)
    idle = [match.span() for match in pronouns.IDLE.finditer(question)]
    for place, word in enumerate(words):
        idles = any(start <= word.span.start < end for start, end in idle)
        if idles or (place and word.text[:1].isupper()):  # "His Dark Materials"
            continue
        before, after = words[:place], words[place + 1 :]
        if word.folded in pronouns.POINTERS:
            found = _itu(word, before, after) or _that(word, before, after)
        else:
            found = _placed(word, before, after) or _owning(word, before, after)
        if found is not None:
            yield found


def _placed(word: Word, before: Sequence[Word], after: Sequence[Word]) -> Pointer | None:
    """ "there" and "then", and what they are in Indonesian."""
    last = before[-1].folded if before else ""
    points = PRONOUNS.get(word.folded)
    if points is Points.PLACE:
        bare = word.folded == "there" and last not in pronouns.PREPOSITIONS_OF_PLACE
        return Pointer(points, word.span, "in " if bare else "")
    if points is Points.TIME and last in pronouns.BEFORE_DATES:
        return Pointer(points, word.span)
    return Pointer(points, word.span, "on ") if points is Points.TIME and not after else None


def _owning(word: Word, before: Sequence[Word], after: Sequence[Word]) -> Pointer | None:
    """ "he", "they", "it" and words in -nya, unless they may mean something in the question."""
    points = PRONOUNS.get(word.folded)
    owned = bool(after) and (after[0].content or after[0].folded in pronouns.EXPLAINS)
    named = any(earlier.name for earlier in before)
    said = sum(earlier.content for earlier in before) > 1
    stem = word.text.removesuffix("nya")
    if points in (Points.PLACE, Points.TIME):
        return None
    if points is None:
        joined = any(earlier.folded in pronouns.CONJUNCTIONS for earlier in before)
        if named or (said and joined) or _relative(before) or not _possessed(word.folded, owned):
            return None  # "banjir dan dampaknya", "gua yang letaknya"
        points = Points.PERSON if word.folded.startswith("di") else Points.THING  # "dikatakannya"
    elif word.folded in pronouns.POSSESSIVES and owned:
        return None if named or said else Pointer(points, word.span, tail="'s")
    elif named and (after or points is Points.PERSON):
        return None
    elif points is Points.GROUP and before and before[-1].folded == "of":
        points = Points.THING  # "how many of them": of what was counted
    lead = f"{stem} " if points is Points.PERSON and stem != word.text else ""
    return Pointer(points, word.span, lead)


def _possessed(word: str, owned: bool) -> bool:
    """Whether -nya points back: "penyebabnya" does, "terjadinya" before its owner does not."""
    stem = word.removesuffix("nya")
    if stem == word or len(stem) < 3 or word in pronouns.NOT_POSSESSED:
        return False
    return stem in FUNCTION_WORDS or not owned


def _relative(before: Sequence[Word]) -> bool:
    """Whether "yang" has tied what follows to something in the question: "gua yang letaknya"."""
    yang = next((place for place, word in enumerate(before) if word.folded == "yang"), None)
    if yang is None:
        return False
    return yang == len(before) - 1 or any(word.content for word in before[:yang])


def _itu(word: Word, before: Sequence[Word], after: Sequence[Word]) -> Pointer | None:
    """ "itu" and "ini" behind what they point to."""
    if word.folded not in ("ini", "itu") or not before:
        return None
    noun = before[-1]
    if noun.folded in pronouns.OF_TIME:
        if word.folded in pronouns.NOW:
            return None
        led_in = len(before) > 1 and before[-2].little
        return Pointer(Points.TIME, Span(noun.span.start, word.span.end), "" if led_in else "pada ")
    if noun.folded in pronouns.OF_PLACE:
        return Pointer(Points.PLACE, word.span)
    close = not after and sum(earlier.content for earlier in before) <= CLOSE
    if noun.little or (close and not any(earlier.name for earlier in before)):
        return Pointer(Points.THING, word.span)
    return None


def _that(word: Word, before: Sequence[Word], after: Sequence[Word]) -> Pointer | None:
    """ "that" and "this", alone at the end or before what they point to."""
    if word.folded in ("ini", "itu") or not before:
        return None
    last = before[-1].folded
    if not after:
        close = sum(earlier.content for earlier in before) <= CLOSE
        return Pointer(Points.THING, word.span) if close else None
    noun = after[0]
    now = word.folded in pronouns.NOW and noun.folded in pronouns.OF_TIME
    if last not in pronouns.LEADS_TO_THAT or now:
        return None
    whole = Span(word.span.start, noun.span.end)
    if noun.folded in pronouns.OF_TIME:
        return Pointer(Points.TIME, whole, "" if last in pronouns.BEFORE_DATES else "on ")
    if noun.folded in pronouns.OF_PLACE:
        return Pointer(Points.PLACE, whole)
    return None if noun.little else Pointer(Points.THING, word.span)  # not "that of"
