"""The one tokenizer: what is indexed, what is asked and what is lit all come through here.

A *token* is a stretch of text that a reader would call a word or number; a token yields one or
more *terms*, the strings that the lexical arm matches. "Nagorno-Karabakh" is one token with the
terms of the whole and of both parts; "6.600" and "6,600" share the term "6600".
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import regex
import Stemmer

from index.types import Span

Terms: TypeAlias = Callable[[str, str], tuple[str, ...]]
"""From a token and a language code to its terms."""

SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ms": "indonesian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 code to the Snowball algorithm for it; a language that is absent is not stemmed."""

_UNSPACED_SCRIPTS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTERS = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED_SCRIPTS}]]+"
_WORD = regex.compile(
    rf"""
    [{_UNSPACED_SCRIPTS}]+
  | {_LETTERS} (?: (?: ['’\-‐‑] | (?<=\p{{Nd}})[.,:/](?=\p{{Nd}}) ) {_LETTERS} )*
    """,
    regex.VERBOSE | regex.VERSION1,
)
_UNSPACED = regex.compile(f"[{_UNSPACED_SCRIPTS}]")
_JOINER = re.compile(r"['’\-‐‑.,:/]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_ACCENT = re.compile("[\u0300-\u036f]")
_stemmers = threading.local()  # a Stemmer object must not be shared between threads


class Token(NamedTuple):
    """A word or number where it stands in a text."""

    text: str
    span: Span


def tokens(text: str) -> list[Token]:
    """The words and numbers of ``text``, in order, as they are written."""
    return [Token(m.group(), Span(m.start(), m.end())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 17)
def token_terms(token: str, lang: str) -> tuple[str, ...]:
    """The terms of one token in a language: distinct, the whole before its parts."""
    if _UNSPACED.match(token):
        pairs = [token[i : i + 2] for i in range(len(token) - 1)] or [token]
        return tuple(dict.fromkeys(pairs))
    folded = token.casefold()
    parts = [part for part in _JOINER.split(folded) if part]
    if len(parts) == 1:
        return (_term(folded, lang),)
    whole = re.sub("[.,]", "", folded) if _THOUSANDS.fullmatch(folded) else "-".join(parts)
    return tuple(dict.fromkeys([_fold(whole), *(_term(part, lang) for part in parts)]))


def terms(text: str, lang: str) -> list[str]:
    """All terms of ``text``, in order; this is what BM25 counts."""
    return [term for match in _WORD.finditer(text) for term in token_terms(match.group(), lang)]


def _term(word: str, lang: str) -> str:
    algorithm = SNOWBALL.get(lang)
    if algorithm is None or word.isdigit():
        return _fold(word)
    cache: dict[str, Stemmer.Stemmer] = _stemmers.__dict__
    stemmer = cache.get(algorithm)
    if stemmer is None:
        stemmer = cache[algorithm] = Stemmer.Stemmer(algorithm)
    return _fold(stemmer.stemWord(word))


def _fold(term: str) -> str:
    """Drop accents, so that "Erdoğan" and "Erdogan" are one term."""
    return term if term.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", term))
