"""Questions with their paragraphs for contrastive training, also in other words and in English."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import count

from index.lexicon import Lexicon
from index.tokens import Token, terms, token_terms, tokens
from training.corpus import Example, Pair
from training.ranking import Bm25

SEED = 20261120
NEIGHBOURS = 3
"""Questions that join a batch because their paragraphs resemble one already in it."""
REPLACED = 0.3
"""Share of a question's topic words that ``OtherWords`` replaces, where it can."""

QUESTION_WORDS = {
    "siapa": "who", "siapakah": "who", "apa": "what", "apakah": "what", "kapan": "when",
    "kapankah": "when", "dimana": "where", "dimanakah": "where", "mana": "where",
    "manakah": "which", "berapa": "how many", "berapakah": "how many", "mengapa": "why",
    "kenapa": "why", "bagaimana": "how", "bagaimanakah": "how", "yang": "the", "di": "in",
    "dari": "of", "adalah": "is", "oleh": "by", "untuk": "for", "dan": "and",
}  # fmt: skip
"""What the lexicon leaves out, since it carries no topic, but an English question begins with."""


class OtherWords:
    """Puts words of the same meaning in place of some of an Indonesian question's."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, list[tuple[str, float]]] = {}

    def __call__(self, question: str, rng: random.Random) -> str:
        """Each topic word is replaced with the probability ``REPLACED``; names stay."""
        out, end = [], 0
        for token in tokens(question):
            out.append(question[end : token.span.start])
            out.append(self._other(token, rng) or token.text)
            end = token.span.end
        return "".join([*out, question[end:]])

    def _other(self, token: Token, rng: random.Random) -> str | None:
        if token.text[:1].isupper() or rng.random() > REPLACED:
            return None
        if token.text not in self._known:
            self._known[token.text] = self._lexicon.synonyms(token.text, "id")
        found = self._known[token.text]
        if not found:
            return None
        return rng.choices([term for term, _ in found], [weight for _, weight in found])[0]


class WordByWord:
    """Turns an Indonesian question into English words, each by itself, in the same order."""

    def __init__(self, lexicon: Lexicon, pairs: list[Pair]) -> None:
        self._lexicon = lexicon
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for pair in pairs:
            for token in tokens(pair.en):
                forms[token_terms(token.text, "en")[0]][token.text.casefold()] += 1
        self._form = {term: counter.most_common(1)[0][0] for term, counter in forms.items()}

    def __call__(self, question: str, rng: random.Random | None = None) -> str:
        """The likeliest translation of each word; with ``rng`` any, the likelier the oftener.

        Unknown words stay, function words go.
        """
        words = []
        for token in tokens(question):
            translated = self._lexicon.translate(token.text, "id", "en")
            if token.text.casefold() in QUESTION_WORDS:
                words.append(QUESTION_WORDS[token.text.casefold()])
            elif translated:
                terms_, weights = zip(*translated, strict=True)
                squares = [weight**2 for weight in weights]
                term = rng.choices(terms_, squares)[0] if rng else terms_[0]
                words.append(self._form.get(term, term))
            elif self._lexicon.carries_topic(token.text, "id"):
                words.append(token.text)
        return " ".join(words) + "?"


def neighbours(examples: list[Example]) -> list[list[int]]:
    """For each question, others whose paragraphs BM25 takes for its answer, the likeliest first."""
    contexts = list(dict.fromkeys(example.context for example in examples))
    asked: dict[str, list[int]] = defaultdict(list)
    for row, example in enumerate(examples):
        asked[example.context].append(row)
    bm25 = Bm25([terms(context, "id") for context in contexts])
    out: list[list[int]] = []
    for begin in range(0, len(examples), 500):
        part = examples[begin : begin + 500]
        scores = bm25.scores([[(t, 1.0) for t in set(terms(e.question, "id"))] for e in part])
        best = (-scores).argpartition(2 * NEIGHBOURS, axis=1)[:, : 2 * NEIGHBOURS]
        for example, row, columns in zip(part, scores, best, strict=True):
            ranked = sorted(columns.tolist(), key=lambda column: -row[column])
            out.append(
                [
                    q
                    for c in ranked
                    if contexts[c] != example.context
                    for q in asked[contexts[c]][:2]
                ]
            )
    return out


def batches(
    examples: list[Example], near: list[list[int]], size: int, first: int = 0
) -> Iterator[list[int]]:
    """Rows without end: a batch is made of random questions, each followed by its neighbours.

    ``first`` numbers the first epoch; each number stands for another order.
    """
    for epoch in count(first):
        rng = random.Random(SEED + epoch)
        order = list(range(len(examples)))
        rng.shuffle(order)
        used: set[int] = set()
        batch: list[int] = []
        for seed in order:
            if seed in used:
                continue
            fresh = [row for row in near[seed] if row not in used][:NEIGHBOURS]
            used.update([seed, *fresh])
            batch += [seed, *fresh]
            while len(batch) >= size:
                yield batch[:size]
                batch = batch[size:]
