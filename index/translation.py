"""A question in the language of the articles, phrase by phrase: rough, but near enough to compare.

The phrases were learnt from parallel text (``training/phrases.py`` says how). A question is cut
into the known phrases that are likeliest together, and each gives its likeliest translation, in
the same order: monotone decoding of Koehn, Och and Marcu 2003, "Statistical Phrase-Based
Translation", without a language model. An Indonesian question is put into Indonesian with its short
forms written out. It is never shown: the encoder and the reader take it beside the question as it
was asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from index import short_forms
from index.lexicon import POSSESSIVE, TABLE_OF
from index.tokens import tokens

MODEL = Path(__file__).parent / "models" / "phrases-en-id.npz"

LONGEST = 4
"""Words of a phrase, at most."""
PER_PHRASE = 1.0
"""What each phrase costs beside its own cost: few long phrases are better than many short ones."""
UNKNOWN = 1.2
"""Cost of a word that is left as it stands."""
COSTS = 32.0
"""A phrase costs -ln p(translation | phrase); the file has it in these parts of 1."""


class Part(NamedTuple):
    """A phrase of a question."""

    words: tuple[str, ...]
    """As they were asked."""
    said: str
    """In the other language, in lower case; may be empty. In the same one, its other form."""


class Translation(NamedTuple):
    """A question in the other language, or in the same with its short forms written out."""

    text: str
    """Empty where it would be the question again."""
    parts: tuple[Part, ...]
    """All of the question; in the same language only phrases that have another form."""


class Phrases:
    """The phrases of one direction: their translations and what they cost."""

    def __init__(self, find: Callable[[str], tuple[str, float] | None]) -> None:
        """``find`` gives the translation of a phrase in lower case and its cost, if it is known."""
        self._find = find

    @staticmethod
    def read(path: Path, source: str, target: str) -> Phrases:
        """The phrases from ``source`` to ``target`` in a file of them."""
        import numpy as np

        from index.arrays import ONE_AT_A_TIME
        from index.lines import Lines

        with ONE_AT_A_TIME, np.load(path) as arrays:
            name = f"{source}_{target}"
            texts = Lines(arrays[f"{name}_phrases"])  # sorted phrases, then their translations
            costs = arrays[f"{name}_costs"]

        @lru_cache(maxsize=10_000)
        def find(phrase: str) -> tuple[str, float] | None:
            number = texts.find(phrase, len(costs))
            if number is None:
                return None
            return texts[len(costs) + number], float(costs[number]) / COSTS

        return Phrases(find)

    def translate(self, text: str) -> tuple[Part, ...]:
        """``text`` in the other language, phrase by phrase; unknown words stay as they are."""
        words = [token.text for token in tokens(text)]
        costs, last = [0.0], [Part((), "")]  # of the best way to each place, and its last phrase
        for end in range(1, len(words) + 1):
            ways = []
            for begin in range(max(0, end - LONGEST), end):
                phrase = tuple(words[begin:end])
                if (found := self._look_up(phrase)) is not None:
                    said, cost = found
                    ways.append((costs[begin] + PER_PHRASE + cost, Part(phrase, said)))
            least, part = min(ways)
            costs.append(least)
            last.append(part)
        parts: list[Part] = []
        end = len(words)
        while end:
            parts.append(last[end])
            end -= len(last[end].words)
        return tuple(reversed(parts))

    def _look_up(self, words: tuple[str, ...]) -> tuple[str, float] | None:
        phrase = " ".join(map(plain, words))
        unknown = (phrase, UNKNOWN) if len(words) == 1 else None
        return self._find(phrase) or unknown


def plain(word: str) -> str:
    """A word as the phrases have it: in lower case, without the English genitive."""
    return POSSESSIVE.sub("", word.casefold())


class Translator:
    """Translates questions between the languages of the lexicon."""

    def __init__(self, path: Path = MODEL) -> None:
        self._path = path
        self._phrases = cache(lambda source, target: Phrases.read(path, source, target))
        self._translated = lru_cache(maxsize=64)(self._translate)
        self._in_full = lru_cache(maxsize=64)(written_out)

    @staticmethod
    @cache
    def load() -> Translator:
        """The bundled translator; each direction is read once, when first used."""
        return Translator()

    def __call__(self, question: str, source: str, target: str) -> Translation | None:
        """The question in language ``target``.

        ``None`` for languages that it does not know, and where there is nothing to say otherwise.
        """
        tables = TABLE_OF.get(source), TABLE_OF.get(target)
        if tables == ("id", "id"):
            return self._in_full(question)
        if None in tables or tables[0] == tables[1]:
            return None
        return self._translated(question, *tables)

    def _translate(self, question: str, source: str, target: str) -> Translation:
        parts = self._phrases(source, target).translate(question)
        mark = "?" if question.rstrip().endswith("?") else ""
        return Translation(" ".join(part.said for part in parts if part.said) + mark, parts)


def written_out(question: str) -> Translation | None:
    """An Indonesian question with its short forms written out; ``None`` if nothing has two forms.

    Phrases that have short forms are among the parts, but stay as they are in the text, which is
    empty when there is nothing else.
    """
    words = tokens(question)
    parts: list[Part] = []
    text, copied, place = "", 0, 0
    while place < len(words):
        part = _other_form(tuple(word.text for word in words[place : place + short_forms.LONGEST]))
        if part and part.said == short_forms.full_form(part.words[0]):
            start, end = words[place].span
            text, copied = f"{text}{question[copied:start]}{part.said}", end
        parts += [part] if part else []
        place += len(part.words) if part else 1
    return Translation(text + question[copied:] if copied else "", tuple(parts)) if parts else None


def _other_form(words: tuple[str, ...]) -> Part | None:
    """The other form of the longest phrase that ``words`` begin with."""
    for count in range(len(words), 0, -1):
        if found := short_forms.short_forms(" ".join(words[:count])):
            return Part(words[:count], found)
    found = short_forms.full_form(words[0])
    return Part(words[:1], found) if found else None
