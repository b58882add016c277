"""A question as the choice of sentences reads it: which words matter, and what would match them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.tokens import token_terms, tokens
from qa.expected import expected
from qa.kinds import Kind
from qa.words import content_words, fold

if TYPE_CHECKING:
    from index.retriever import Retriever
    from index.types import Article, Span


SYNONYM = 0.6
"""What a synonym counts at most, of the word itself."""
CARRIED = 0.5
"""What a word that was carried over from an earlier question counts, of one that was typed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The question's content words against the articles of one language."""

    importance: tuple[float, ...]
    """Share of each content word, by rarity in the library; they sum to 1, or there are none."""
    strengths: Mapping[str, tuple[tuple[int, float], ...]]
    """For a term: the content words it stands for, and how surely (1 is the word itself)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read."""

    text: str
    lang: str
    kind: Kind
    words: tuple[str, ...]
    """Content words in the order asked, case-folded, distinct."""
    wanted: Mapping[str, Wanted]
    """By article language."""

    @property
    def heard(self) -> bool:
        """Whether any content word, or one that stands for it, is in the articles."""
        return any(wanted.strengths for wanted in self.wanted.values())


@dataclass(frozen=True, slots=True)
class Word:
    """A token of an article, and which words of the question it matches."""

    span: Span
    text: str
    matches: tuple[tuple[int, float], ...]
    """Content words of the question by position, and how surely."""


def read(question: str, retriever: Retriever, typed: str | None = None) -> Asked:
    """Read ``question`` against the vocabulary of the library.

    ``typed`` is what the person typed, where ``question`` has words carried over from before.
    """
    query = retriever.query(question)
    words = tuple(dict.fromkeys(fold(word.text) for word in content_words(question)))
    own_words = {fold(word.text) for word in content_words(question if typed is None else typed)}
    passages = retriever.info.langs
    wanted = {}
    for lang, terms in query.terms.items():
        absent = math.log(1 + (passages[lang] + 0.5) / 0.5)
        origins = query.origins[lang]
        importance: list[float] = []
        strengths: dict[str, list[tuple[int, float]]] = {}
        for position, word in enumerate(words):
            own = {term: terms[term] for term, origin in origins.items() if fold(origin) == word}
            known = {term: weight for term, weight in own.items() if retriever.idf(term, lang) > 0}
            alike: dict[str, float] = {}
            if lang == query.lang:
                itself = token_terms(word, lang)
                alike = {term: weight for term, weight in known.items() if term not in itself}
                known = {term: weight for term, weight in known.items() if term in itself}
            rarity = absent if own else 0.0  # the lexicon gives no terms where it sees no topic
            if weighted := known or alike:
                total = sum(weighted.values())
                rarity = sum(w * retriever.idf(t, lang) for t, w in weighted.items()) / total
            importance.append(rarity if word in own_words else rarity * CARRIED)
            matching = _strengths(alike, SYNONYM) | _strengths(known, 1.0)
            for term, strength in matching.items():
                strengths.setdefault(term, []).append((position, strength))
        whole = sum(importance) or 1.0
        wanted[lang] = Wanted(
            tuple(share / whole for share in importance),
            {term: tuple(pairs) for term, pairs in strengths.items()},
        )
    return Asked(question, query.lang, expected(question), words, wanted)


def _strengths(weights: Mapping[str, float], most: float) -> dict[str, float]:
    top = max(weights.values(), default=1.0)
    return {term: most * weight / top for term, weight in weights.items()}


def match(asked: Asked, article: Article, span: Span) -> list[Word]:
    """The words of ``span`` of an article, each with what it matches."""
    strengths = asked.wanted[article.lang].strengths if article.lang in asked.wanted else {}
    found = []
    for text, (start, end) in tokens(article.text[span.start : span.end]):
        best: dict[int, float] = {}
        for term in token_terms(text, article.lang):
            for position, strength in strengths.get(term, ()):
                best[position] = max(strength, best.get(position, 0.0))
        place = type(span)(span.start + start, span.start + end)
        found.append(Word(place, text, tuple(sorted(best.items()))))
    return found


def coverage(asked: Asked, lang: str, words: list[Word]) -> float:
    """Which share of the question these words match, weighted by rarity; 0 to 1."""
    best: dict[int, float] = {}
    for word in words:
        for position, strength in word.matches:
            best[position] = max(strength, best.get(position, 0.0))
    importance = asked.wanted[lang].importance if lang in asked.wanted else ()
    return sum(importance[position] * strength for position, strength in best.items())
