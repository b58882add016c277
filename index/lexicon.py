"""Question words in the language of the articles: how an English question finds Indonesian words.

The table was learnt from parallel text (``training/lexicon.py`` says how) and speaks in terms, as
``index.tokens`` makes them. Malay reads and writes the Indonesian side.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.tokens import Terms, token_terms, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = Path(__file__).parent / "models" / "lexicon-en-id.npz"

OWN_WEIGHT = 0.3
"""Weight of a translated question word as it stands: it may be a name, or the same word in both."""
UNKNOWN_WEIGHT = 1.0
"""Weight of a question word that the table does not know: most likely a name or a number."""

POSSESSIVE = re.compile(r"['’]s$")
SYNONYM_FROM = 0.05
"""From which probability a word that shares translations with another counts as its synonym."""

TABLE_OF = {"en": "en", "id": "id", "ms": "id"}


class _Table:
    """One direction of the lexicon."""

    def __init__(self, path: Path, source: str, target: str) -> None:
        import numpy as np

        from index.arrays import ONE_AT_A_TIME
        from index.lines import Lines

        with ONE_AT_A_TIME, np.load(path) as arrays:
            # The sources come first among the terms of their language, sorted.
            self._sources, self._terms = (
                Lines(arrays[f"{lang}_terms"]) for lang in (source, target)
            )
            # Row r has the targets from start[r] up to start[r + 1], the likeliest first; a row
            # without any is a word that carries no topic. Weights are in 255ths.
            self._start: NDArray[np.int32] = arrays[f"{source}_{target}_start"]
            self._target: NDArray[np.uint16] = arrays[f"{source}_{target}_target"]
            self._weight: NDArray[np.uint8] = arrays[f"{source}_{target}_weight"]

    def look_up(self, term: str) -> list[tuple[str, float]] | None:
        """Target terms with weights; ``None`` when the term is not in the table."""
        row = self._sources.find(term, len(self._start) - 1)
        if row is None:
            return None
        entries = slice(int(self._start[row]), int(self._start[row + 1]))
        numbers, weights = self._target[entries].tolist(), self._weight[entries].tolist()
        return [(self._terms[n], w / 255) for n, w in zip(numbers, weights, strict=True)]


class Lexicon:
    """Translates single words between the languages of ``pairs``."""

    def __init__(self, path: Path = MODEL) -> None:
        self._path = path
        self._tables: dict[tuple[str, str], _Table] = {}

    @staticmethod
    @cache
    def load() -> Lexicon:
        """The bundled lexicon; each direction is read once, when first used."""
        return Lexicon()

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """(source, target) language codes that ``translate`` knows."""
        return {
            (source, target)
            for source in TABLE_OF
            for target in TABLE_OF
            if TABLE_OF[source] != TABLE_OF[target]
        }

    def translate(self, token: str, source: str, target: str) -> list[tuple[str, float]]:
        """Terms of language ``target`` for one word, with weights that sum to at most 1.

        Empty for a word that the table does not know, for one that carries no topic ("what",
        "the"), and for a pair of languages that is not in ``pairs``.
        """
        return self._translate(token, source, target) or []

    def expand(
        self, question: str, source: str, target: str, terms: Terms = token_terms
    ) -> list[tuple[str, float]]:
        """The whole question as weighted terms of language ``target``, word by word in order.

        Each word gives its translations and, at a lower weight, itself; a word that the table
        does not know only itself; one that carries no topic nothing. ``terms`` makes the terms of
        a word as it stands; translations are always stems.
        """
        weighted: list[tuple[str, float]] = []
        for token in tokens(question):
            word = POSSESSIVE.sub("", token.text)
            translations = self._translate(word, source, target)
            if translations == []:
                continue
            own = UNKNOWN_WEIGHT if translations is None else OWN_WEIGHT
            weighted += [(term, own) for term in terms(word, target)]
            weighted += translations or []
        return weighted

    def carries_topic(self, token: str, lang: str) -> bool:
        """``False`` for function and question words: searching for them only adds noise."""
        other = "en" if TABLE_OF.get(lang) == "id" else "id"
        return self._translate(token, lang, other) != []

    def synonyms(self, token: str, lang: str) -> list[tuple[str, float]]:
        """Terms of ``lang`` that share translations with a word, and how likely they mean it.

        The word goes to the other language and back; what comes back with a probability below
        ``SYNONYM_FROM`` is left out, and so are the word's own terms.
        """
        other = "en" if TABLE_OF.get(lang) == "id" else "id"
        found: dict[str, float] = {}
        for middle, there in self.translate(token, lang, other):
            for term, back in self.translate(middle, other, lang):
                found[term] = found.get(term, 0.0) + there * back
        own = token_terms(token, lang)
        return [(term, p) for term, p in found.items() if p >= SYNONYM_FROM and term not in own]

    def _translate(self, token: str, source: str, target: str) -> list[tuple[str, float]] | None:
        """``None`` when no part of the word is known; empty when all known parts lack a topic."""
        if (source, target) not in self.pairs:
            return None
        table = self._table(TABLE_OF[source], TABLE_OF[target])
        whole, *parts = token_terms(token, source)
        found = table.look_up(whole)
        if found is not None or not parts:
            return found
        each = [looked_up for part in parts if (looked_up := table.look_up(part)) != []]
        if each and not any(each):
            return None
        return [(term, w / len(each)) for looked_up in each for term, w in looked_up or []]

    def _table(self, source: str, target: str) -> _Table:
        table = self._tables.get((source, target))
        if table is None:
            table = self._tables[source, target] = _Table(self._path, source, target)
        return table
