"""First questions, made from what the articles themselves say and kept only if they are answered.

Simple patterns over names: who holds an office, what happened at a place, what somebody said, how
many died. Each question is asked before it is shown, so a suggestion never leads to an empty
answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

import regex

from index.types import Article
from qa.types import Answer, Verdict

_ARTICLES = 200
"""Articles read for suggestions: enough for a first screen, quick in any library."""

_NAME = r"\p{Lu}[\p{L}’-]+"
_NAMES = rf"{_NAME}(?:\s{_NAME})*"

_OFFICES = {
    "presiden": ("the president", "presiden"),
    "perdana menteri": ("the prime minister", "perdana menteri"),
    "menteri luar negeri": ("the foreign minister", "menteri luar negeri"),
    "gubernur": ("the governor", "gubernur"),
    "president": ("the president", "presiden"),
    "prime minister": ("the prime minister", "perdana menteri"),
    "foreign minister": ("the foreign minister", "menteri luar negeri"),
    "governor": ("the governor", "gubernur"),
}
_OFFICE = regex.compile(
    rf"\b(?i:({'|'.join(sorted(_OFFICES, key=len, reverse=True))}))(?:\sof)?\s({_NAME})"
    rf"(?=,?\s{_NAME})"
)
_PLACE = regex.compile(rf"\b(?:di|ke|dari|in|near)\s({_NAME}(?:\s{_NAME})?)")
_SPEAKER = regex.compile(
    rf"\b(?:kata|ujar|tutur|tegas|ucap|said|according to)\s({_NAMES})"
    rf"|({_NAMES})\s(?:mengatakan|menyatakan|menegaskan|said|told)\b"
)
_DEATHS = regex.compile(
    r"\b\d[\d.,]*\s(?:\p{L}+\s){0,3}?(?:tewas|meninggal|killed|dead|died|deaths)\b"
)


def candidates(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Questions worth trying, each in English and in Indonesian, the likeliest first."""
    texts = [article.text for article in articles[:_ARTICLES]]
    return list(_woven([_offices(texts), _places(texts), _speakers(texts), _deaths(texts)]))


def suggest(
    articles: Sequence[Article], ask: Callable[[str], Answer], most: int = 4
) -> Iterator[str]:
    """Up to ``most`` questions that ``ask`` answers, each from another passage.

    They alternate between English and Indonesian when the articles are Indonesian, to show that
    the two need not agree.
    """
    mixed = any(article.lang in ("id", "ms") for article in articles[:_ARTICLES])
    shown: set[tuple[str, int]] = set()
    for english, indonesian in candidates(articles):
        question = indonesian if mixed and len(shown) % 2 else english
        answer = ask(question)
        if answer.verdict is not Verdict.ANSWERED:
            continue
        first = answer.quotes[0]
        place = (first.article.id, first.span.start)
        if place in shown:
            continue
        shown.add(place)
        yield question
        if len(shown) == most:
            return


def _offices(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    found = Counter(
        (_OFFICES[match[1].casefold()], match[2])
        for text in texts
        for match in _OFFICE.finditer(text)
    )
    for ((english, indonesian), place), _ in _ranked(found):
        yield f"Who is {english} of {place}?", f"Siapa {indonesian} {place}?"


def _places(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    found = Counter(match[1] for text in texts for match in _PLACE.finditer(text))
    for place, _ in _ranked(found):
        yield f"What happened in {place}?", f"Apa yang terjadi di {place}?"


def _speakers(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    # Titles come before the name: of "Menteri Luar Negeri Antony Blinken" the last two words stay.
    found = Counter(
        " ".join((match[1] or match[2]).split()[-2:])
        for text in texts
        for match in _SPEAKER.finditer(text)
    )
    for name, _ in _ranked(Counter({n: c for n, c in found.items() if " " in n})):
        yield f"What did {name} say?", f"Apa kata {name}?"


def _deaths(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    if any(_DEATHS.search(text) for text in texts):
        yield "How many people were killed?", "Berapa orang yang tewas?"


def _ranked(found: Counter) -> list:  # type: ignore[type-arg]
    """Most frequent first; ties in alphabetical order, so that the screen never wavers."""
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:4]


def _woven(sources: Iterable[Iterable[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """One of each source in turn."""
    for row in zip_longest(*sources):
        yield from (question for question in row if question)
