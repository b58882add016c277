"""What a ranker receives: the question's words as terms of each language that the library holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from index.language import detect_question
from index.lexicon import Lexicon
from index.tokens import Terms, token_terms, tokens
from index.translation import Translation, Translator

SAID_WEIGHT = 0.3
"""Weight of a word of the translated question, beside those of the lexicon, which sum to 1 for
each word of the question. Chosen on dev."""


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
    translations: Mapping[str, str] = field(default_factory=dict)
    """The question in other article languages, roughly, and in its own with short forms written
    out; only where the translator knows the languages and has something else to say."""


def read_question(
    question: str,
    langs: Collection[str],
    lexicon: Lexicon | None,
    translator: Translator | None,
    own: Terms = token_terms,
) -> Query:
    """Analyse a question for articles in ``langs``, whose words were indexed as ``own`` says.

    Every word is taken as it is, in the forms of the article language (names and numbers are the
    same in both). Where the lexicon knows the languages it translates the word, or adds words of
    the same meaning, and leaves out words that carry no topic ("who", "the"). The translator adds
    what a word is called in its place.
    """
    lang = detect_question(question, prefer=langs)
    terms: dict[str, dict[str, float]] = {}
    origins: dict[str, dict[str, str]] = {}
    translations: dict[str, str] = {}
    words = tokens(question)
    for target in sorted(langs):
        weights, words_of = terms.setdefault(target, {}), origins.setdefault(target, {})
        for word in words:
            for term, weight in _expand(word.text, (lang, target), lexicon, own):
                weights[term] = weights.get(term, 0.0) + weight
                words_of.setdefault(term, word.text)
        translation = translator(question, lang, target) if translator else None
        if translation and lexicon:
            if translation.text:
                translations[target] = translation.text
            for term, head in _said(translation, (lang, target), lexicon, own):
                weights[term] = weights.get(term, 0.0) + SAID_WEIGHT
                words_of.setdefault(term, head)
        for word in words:  # a term that is itself in the question stands for nothing else
            for term in own(word.text, target):
                if term in words_of:
                    words_of[term] = word.text
    return Query(question, lang, terms, origins, translations)


def _said(
    translation: Translation, langs: tuple[str, str], lexicon: Lexicon, own: Terms
) -> Iterator[tuple[str, str]]:
    """Terms of a translation, and the word of the question each stands for.

    That is the last of its phrase that carries a topic: the head of an English one.
    """
    source, target = langs
    for part in translation.parts:
        heads = [word for word in part.words if lexicon.carries_topic(word, source)]
        for token in tokens(part.said) if heads else ():
            if lexicon.carries_topic(token.text, target):
                for term in own(token.text, target):
                    yield term, heads[-1]


def _expand(
    word: str, langs: tuple[str, str], lexicon: Lexicon | None, own: Terms
) -> Iterable[tuple[str, float]]:
    """What a word of the question stands for; ``langs``: of the question and of the articles."""
    source, target = langs
    itself = [(term, 1.0) for term in own(word, target)]
    if lexicon is None:
        return itself
    if langs in lexicon.pairs:
        return lexicon.expand(word, source, target, own)
    if source == target:
        if not lexicon.carries_topic(word, source):
            return ()
        return itself + lexicon.synonyms(word, source)
    return itself
