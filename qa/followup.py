"""Fills in what a follow-up question leaves out, from the conversation before it.

No model: word lists (``qa.pronouns``) and a few rules, so that the same conversation always reads
the same way. A pronoun gives way to the name or the date that it stands for; what else is lacking
is added in brackets. The rules lean towards leaving a question alone, because words carried over
wrongly pollute a new topic, while a follow-up that was missed is typed again in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Hit, Span
from qa import pronouns, referents
from qa.expected import expected
from qa.kinds import Kind
from qa.pointers import Pointer, Word, pointers, words_of
from qa.pronouns import Points
from qa.referents import Name, Told, names_of
from qa.smalltalk import small_talk
from qa.types import Turn
from qa.words import FUNCTION_WORDS, QUESTION_WORDS

CARRIED_MAX = 12
"""How many words are carried over at most."""
SHORT = 2
"""Up to how many content words a question that opens with "and" or "dan" leans on the last one."""
THIN = 5
"""Up to how many words a question with a single content word leans on the last one."""
FAVOURED = 30
"""Among how many passages those of the article under discussion move up."""
SAME_ARTICLE = 0.2
"""What a passage of the article under discussion gains in a follow-up, as a share of the best
score. Chosen on followups-dev."""


def resolve(question: str, history: Sequence[Turn | str] = ()) -> str:
    """``question`` as it is to be searched: filled in if it leans on ``history``, else unchanged.

    ``history`` is oldest first; a turn whose answer is known counts as that answer read it.
    """
    told: list[Told] = []
    for turn in history:
        asked = turn if isinstance(turn, str) else turn.question
        if small_talk(asked):
            continue
        answer = None if isinstance(turn, str) else turn.answer
        told.append(Told(_fill_in(asked, told) if answer is None else answer.asked_as, answer))
    return _fill_in(question, told)


def favour(hits: Sequence[Hit], history: Sequence[Turn | str]) -> list[Hit]:
    """``hits`` for a follow-up: passages of the article that was quoted last move up."""
    answers = [turn.answer for turn in history if isinstance(turn, Turn) and turn.answer]
    article = next((a.quotes[0].article.id for a in reversed(answers) if a.quotes), None)
    gain = SAME_ARTICLE * max((hit.score for hit in hits), default=0.0)
    scored = [
        replace(hit, score=hit.score + gain) if hit.passage.article.id == article else hit
        for hit in hits
    ]
    scored.sort(key=lambda hit: -hit.score)
    return [replace(hit, rank=rank) for rank, hit in enumerate(scored, 1)]


def _fill_in(question: str, turns: Sequence[Told]) -> str:
    words = words_of(question)
    before = words_of(turns[-1].asked) if turns else []
    if not words or not any(word.content for word in before) or small_talk(question):
        return question
    content = [word for word in words if word.content]
    marker = pronouns.SWAPS.match(question) or pronouns.JOINS.match(question)
    if marker and not _asks(words_of(question[marker.end() :])) and len(content) <= 2 * SHORT:
        return _swap(question[marker.end() :], turns[-1].asked)
    if found := list(pointers(question)):
        return _point(question, found, turns)
    if _bare(question, words, content):
        return _append(question, before)
    if marker and len(content) <= SHORT:
        new_name = any(word.name for word in words)
        for turn in reversed(turns):
            carried = [w for w in words_of(turn.asked) if not (new_name and w.name)]
            if (filled := _append(question, carried)) != question:
                return filled
    return question


def _asks(words: Sequence[Word]) -> bool:
    return any(word.folded in QUESTION_WORDS for word in words)


def _bare(question: str, words: Sequence[Word], content: Sequence[Word]) -> bool:
    """Whether next to nothing is asked about: "when?", "on which day?", "berapa yang tewas?"."""
    if not _asks(words) or len(content) >= SHORT or any(w.text[:1].isupper() for w in content):
        return False
    if not content or content[0].folded in pronouns.BARE:
        return True
    whole = expected(question) is Kind.DEFINITION or pronouns.WHO_IS.search(question)
    return len(words) <= THIN and not whole


def _point(question: str, found: Sequence[Pointer], turns: Sequence[Told]) -> str:
    """The question with names in the place of pronouns, and in brackets what is still lacking."""
    filled = question
    lacking = not any(word.content for word in words_of(question))
    meant = {points: referents.find(points, turns) for points in {one.points for one in found}}
    for pointer in reversed(found):
        names = meant[pointer.points]
        lacking = lacking or not names
        if names and not all(name in question for name in names):
            start, end = pointer.span
            name = f"{pointer.lead}{', '.join(names)}{pointer.tail}"
            filled = f"{filled[:start]}{name}{filled[end:]}"
    if not lacking:
        return filled
    last = turns[-1]
    who = referents.find(Points.PERSON, [last]) if pronouns.NAMELESS.search(last.asked) else []
    return _append(filled, words_of(" ".join([*who, last.asked])))


def _append(question: str, before: Sequence[Word]) -> str:
    """The question, and in brackets the content words it lacks."""
    have = {word.folded for word in words_of(question)}
    carried: dict[str, str] = {}
    for word in before:
        if word.content and word.folded not in have:
            carried.setdefault(word.folded, word.text)
    if not carried:
        return question
    return f"{question} ({' '.join(list(carried.values())[:CARRIED_MAX])})"


def _swap(fragment: str, previous: str) -> str:
    """The previous question about what the fragment names instead.

    A number gives way to a number ("in 2020" to "in 2016"), a name to a name, and what ends the
    question, such as "menurut Yerevan", to a fragment of that form; anything else is added at the
    end.
    """
    fragment = fragment.strip(" ?!.,")
    stem = previous.rstrip(" ?!.")
    bracketed = stem.endswith(")")
    added = f"{stem[:-1]} {fragment})" if bracketed else f"{stem} {fragment}?"
    names, new = names_of(stem), words_of(fragment)
    if counted := _counted_alike(words_of(stem), new):
        start, end = counted
        return f"{stem[:start]}{fragment}{stem[end:]}{'' if bracketed else '?'}"
    if not names or not new:
        return added
    if all(word.text[:1].isupper() for word in new):
        old = next((name for name in names if not name.placed), names[0])
        start = _led_in(stem, old, pronouns.ARTICLES)
        return f"{stem[:start]}{fragment}{stem[old.span.end :]}{'' if bracketed else '?'}"
    old = names[-1]
    ends = old.span.end == len(stem)
    if bracketed or not new[0].little or (len(names) > 1 and not ends):
        return added
    start = _led_in(stem, old, FUNCTION_WORDS - QUESTION_WORDS if ends else pronouns.ARTICLES)
    return f"{stem[:start].rstrip()}{stem[old.span.end :]} {fragment}?"


def _counted_alike(words: Sequence[Word], new: Sequence[Word]) -> Span | None:
    """Where ``words`` last have numbers in the places of those in ``new``, after the same word."""
    numbers = [word.text[:1].isdigit() for word in new]
    if not any(numbers):
        return None
    for start in range(len(words) - len(new), -1, -1):
        old = words[start : start + len(new)]
        alike = numbers[0] or old[0].folded == new[0].folded
        if alike and [word.text[:1].isdigit() for word in old] == numbers:
            return Span(old[0].span.start, old[-1].span.end)
    return None


def _led_in(stem: str, name: Name, words: frozenset[str]) -> int:
    """Where the ``words`` begin that stand right before a name; the name itself without any."""
    start = name.span.start
    for word in reversed(words_of(stem[:start])):
        if word.folded not in words:
            break
        start = word.span.start
    return start
