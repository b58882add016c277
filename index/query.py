"""What a ranker receives: the question's words as terms of each language that the library holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from index.language import detect_question
from index.lexicon import Lexicon
from index.tokens import token_terms, tokens


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the lexical arm reads it."""

    question: str
    lang: str
    """Language of the question."""
    terms: Mapping[str, Mapping[str, float]]
    """For each article language: terms and their weights."""
    origins: Mapping[str, Mapping[str, str]]
    """For each article language: the word of the question that a term stands for."""


def read_question(question: str, langs: Collection[str], lexicon: Lexicon | None) -> Query:
    """Analyse a question for articles in ``langs``.

    Every word is taken as it is, in the forms of the article language (names and numbers are the
    same in both). Where the lexicon knows both languages it decides what a word stands for.
    """
    lang = detect_question(question, prefer=langs)
    terms: dict[str, dict[str, float]] = {}
    origins: dict[str, dict[str, str]] = {}
    words = tokens(question)
    for target in sorted(langs):
        weights, words_of = terms.setdefault(target, {}), origins.setdefault(target, {})
        for word in words:
            if lexicon is not None and (lang, target) in lexicon.pairs:
                weighted = lexicon.expand(word.text, lang, target)
            else:
                weighted = [(term, 1.0) for term in token_terms(word.text, target)]
            for term, weight in weighted:
                weights[term] = weights.get(term, 0.0) + weight
                words_of.setdefault(term, word.text)
    return Query(question, lang, terms, origins)
