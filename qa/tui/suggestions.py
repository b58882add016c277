"""First questions, made from what the articles themselves say and kept only if they are answered.

Simple patterns over names: who holds an office, what happened at a place, what somebody said, how
many died. Each question is asked before it is shown, and its answer must name what it was made
from, so a suggestion never leads to an empty or a wrong answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import regex

from index.types import Article
from qa.types import Answer, Verdict

_ARTICLES = 200
"""Articles read for suggestions: enough for a first screen, quick in any library."""
_TRIED = 12
"""Questions asked to find those that are shown."""
_TITLES = 4
"""Titles that are tried after those."""
_SURE = 0.4
"""Least confidence of an answer that is worth suggesting."""

_NAME = r"\p{Lu}[\p{L}’-]+"
_OFFICES = {
    "id": "presiden|perdana menteri|menteri luar negeri|menteri pertahanan|gubernur|raja",
    "en": "president|prime minister|foreign minister|defen[cs]e minister|governor|king|queen",
}
_OFFICE = {
    "id": regex.compile(rf"\b((?i:{_OFFICES['id']})) ({_NAME}) ({_NAME} {_NAME})"),
    "en": regex.compile(rf"\b((?i:{_OFFICES['en']})) of ({_NAME}), ({_NAME} {_NAME})"),
}
_PLACE = {
    "id": regex.compile(rf"\p{{Ll}} di ({_NAME})(?! {_NAME})"),
    "en": regex.compile(rf"\p{{Ll}} in ({_NAME})(?! {_NAME})"),
}
_SPEAKER = {
    "id": regex.compile(rf"\b(?:kata|ujar|tutur|tegas|ucap) ((?:{_NAME} )*{_NAME})"),
    "en": regex.compile(rf"\b(?:said|according to) ((?:{_NAME} )*{_NAME})"),
}
_DEATHS = {
    "id": regex.compile(r"\b\d[\d.,]* (?:\p{L}+ ){0,3}?(?:tewas|meninggal|gugur)\b"),
    "en": regex.compile(r"\b\d[\d.,]* (?:\p{L}+ ){0,3}?(?:killed|dead|died|deaths)\b"),
}
_OF_OFFICE = frozenset(
    "kementerian departemen juru bicara menteri presiden perdana luar negeri pertahanan kepala "
    "ministry department spokesman spokeswoman minister president prime foreign defence".split()
)
"""Words that are of an office and not of a person's name."""

_MONTHS = frozenset(
    "januari februari maret april mei juni juli agustus september oktober november desember "
    "january february march may june july august october december".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question worth trying."""

    question: str
    expected: tuple[str, ...] = ()
    """What the first quote of a right answer must hold."""
    article: str | None = None
    """Id of the article that a right answer must quote first."""


def candidates(articles: Sequence[Article]) -> list[Candidate]:
    """Questions worth trying, of every kind in turn.

    In the language of the articles where names are spelt differently in others; what somebody said
    and how many died are asked in English, to show that question and article need not agree.
    """
    texts: dict[str, list[str]] = {"id": [], "en": []}
    for article in articles[:_ARTICLES]:
        texts["id" if article.lang in ("id", "ms") else "en"].append(article.text)
    kinds = [
        kind(lang, texts[lang])
        for lang in texts
        for kind in (_deaths, _offices, _speakers, _places)
    ]
    made = [candidate for row in zip_longest(*kinds) for candidate in row if candidate]
    return [*made[:_TRIED], *_titles(articles)]


def suggest(
    articles: Sequence[Article], ask: Callable[[str], Answer], most: int = 4
) -> Iterator[str]:
    """Up to ``most`` questions that ``ask`` answers, each from another sentence."""
    places: set[tuple[str, int]] = set()
    for candidate in candidates(articles):
        answer = ask(candidate.question)
        if answer.verdict is not Verdict.ANSWERED or answer.confidence < _SURE:
            continue
        first = answer.quotes[0]
        place = (first.article.id, first.span.start)
        if candidate.article not in (None, first.article.id):
            continue
        if place in places or not all(part in first.text for part in candidate.expected):
            continue
        places.add(place)
        yield candidate.question
        if len(places) == most:
            return


def _offices(lang: str, texts: Iterable[str]) -> Iterator[Candidate]:
    found = _counted(_OFFICE[lang], texts)
    for office, place, name in found:
        asked = "Siapa {} {}?" if lang == "id" else "Who is the {} of {}?"
        yield Candidate(asked.format(office.lower(), place), (place, name.split()[-1]))


def _places(lang: str, texts: Iterable[str]) -> Iterator[Candidate]:
    for (place,) in _counted(_PLACE[lang], texts):
        if place.casefold() not in _MONTHS:
            asked = "Apa yang terjadi di {}?" if lang == "id" else "What happened in {}?"
            yield Candidate(asked.format(place), (place,))


def _speakers(lang: str, texts: Iterable[str]) -> Iterator[Candidate]:
    for (words,) in _counted(_SPEAKER[lang], texts):
        name = words.split()[-2:]  # titles come before a name
        if len(name) == 2 and not {word.casefold() for word in name} & _OF_OFFICE:
            yield Candidate(f"What did {' '.join(name)} say?", (name[-1],))


def _deaths(lang: str, texts: Iterable[str]) -> Iterator[Candidate]:
    if any(_DEATHS[lang].search(text) for text in texts):
        yield Candidate("How many people were killed?")


def _titles(articles: Sequence[Article]) -> Iterator[Candidate]:
    """What to ask of articles that say nothing of the kinds above."""
    titled = (article for article in articles if article.title)
    for article in islice(titled, _TITLES):
        yield Candidate(" ".join(str(article.title).split()), article=article.id)


def _counted(pattern: regex.Pattern[str], texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of all matches, the most frequent first; equal ones in alphabetical order."""
    found = Counter(match.groups() for text in texts for match in pattern.finditer(text))
    return [groups for groups, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
