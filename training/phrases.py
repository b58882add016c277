"""Learns the phrases that ``index.translation`` puts a question into the other language with.

From the questions that were written in both languages, and parallel text translated by people:
words are aligned both ways, the alignments joined and phrases taken that are aligned only with one
another (Koehn, Och and Marcu 2003, "Statistical Phrase-Based Translation", sections 3.1 and 4.5).
The glossary helps out with words that are rare there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.tokens import token_terms, tokens
from index.translation import COSTS, LONGEST, Phrases, plain
from training.alignment import DIAGONAL, Table, align
from training.readings import translated_pairs
from training.written import read_glossary

Pairs = list[tuple[str, str]]
Words = list[list[str]]
Counts = dict[str, dict[str, float]]
"""Phrase to how often it is aligned with each phrase of the other language."""

MOST_WORDS = 30
"""Sentences are cut to this many words."""
TEXT_WEIGHT = 0.5
"""What a phrase of a sentence counts for beside one of a question."""
WIDEST = 6
"""Most words of a translation."""
OFTEN = 2.0
"""How often a phrase has to be there with its translation, counted as above."""
LIKELY = 0.2
"""How likely the translation of several words has to be."""
SAME = 0.15
"""How likely a word has to be itself in the other language to be taken for a name."""
BACK = 0.3
"""Power of p(phrase | translation) in the choice of a translation."""
GLOSSARY = 0.3
"""Probability of the first equivalent in the glossary."""
DOUBTFUL = 0.2
"""Probability below which a word's translation gives way to the glossary's."""


def learn_phrases(data: Path, out: Path) -> None:
    """Write the phrases of both directions to ``out``, an .npz that ``index.translation`` reads."""
    questions, sentences = translated_pairs(data)
    english, indonesian = (
        [words(pair[side]) for pair in [*questions, *sentences]] for side in (0, 1)
    )
    weights = [1.0] * len(questions) + [TEXT_WEIGHT] * len(sentences)
    forward, backward = count_phrases(english, indonesian, weights)
    glossary = read_glossary()
    known = {word for sentence in english for word in sentence}
    save(
        {
            ("en", "id"): likeliest(forward, in_glossary(glossary, known)),
            ("id", "en"): likeliest(backward, turned(glossary)),
        },
        out,
    )


def words(text: str) -> list[str]:
    """The words of a sentence as the translator takes them."""
    return [plain(token.text) for token in tokens(text)][:MOST_WORDS]


def count_phrases(
    english: Words, indonesian: Words, weights: Sequence[float]
) -> tuple[Counts, Counts]:
    """How often phrases are aligned, from English and from Indonesian."""
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    left, right = (
        [[known.setdefault(word, len(known)) for word in sentence] for sentence in side]
        for known, side in zip(numbers, (english, indonesian), strict=True)
    )
    table = align(left, right)
    key = table.source * len(numbers[1]) + table.target
    forward: Counts = defaultdict(lambda: defaultdict(float))
    backward: Counts = defaultdict(lambda: defaultdict(float))
    for row, (source, target) in enumerate(zip(left, right, strict=True)):
        if not source or not target:
            continue
        entries = np.array(source)[:, None] * len(numbers[1]) + np.array(target)
        links = joined_links(np.searchsorted(key, entries), table)
        for (a, b), (c, d) in aligned_spans(links, len(source), len(target)):
            one, other = " ".join(english[row][a:b]), " ".join(indonesian[row][c:d])
            if b - a <= LONGEST:
                forward[one][other] += weights[row]
            if d - c <= LONGEST:
                backward[other][one] += weights[row]
    return forward, backward


def joined_links(entries: NDArray[np.int64], table: Table) -> set[tuple[int, int]]:
    """Which words of a sentence pair belong together: "grow-diag".

    ``entries``, shape ``(source words, target words)``, are rows of the table. From the links that
    both directions agree on it grows by neighbours that one has, for words that have none yet.
    """
    rows, columns = entries.shape
    across = (np.arange(rows)[:, None] + 0.5) / rows - (np.arange(columns) + 0.5) / columns
    prior = np.exp(-DIAGONAL * np.abs(across))
    of_target = (table.forward[entries] * prior).argmax(0).tolist()
    of_source = (table.backward[entries] * prior).argmax(1).tolist()
    one = {(row, column) for column, row in enumerate(of_target)}
    other = {(row, column) for row, column in enumerate(of_source)}
    links, either = one & other, one | other
    lone = [{row for row, _ in links}, {column for _, column in links}]
    fresh = list(links)
    while fresh:
        row, column = fresh.pop()
        for near in [(row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
            alone = near[0] not in lone[0] or near[1] not in lone[1]
            if near in either and near not in links and alone:
                links.add(near)
                lone[0].add(near[0])
                lone[1].add(near[1])
                fresh.append(near)
    return links


def aligned_spans(
    links: set[tuple[int, int]], rows: int, columns: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Spans of both sides that are linked only with one another, at most ``WIDEST`` words each.

    A word without a link may join the Indonesian side at its ends.
    """
    of_row: dict[int, list[int]] = defaultdict(list)
    of_column: dict[int, list[int]] = defaultdict(list)
    for row, column in links:
        of_row[row].append(column)
        of_column[column].append(row)
    for begin in range(rows):
        if not of_row[begin]:
            continue
        low, high = columns, -1
        for end in range(begin + 1, min(rows, begin + WIDEST) + 1):
            low, high = min([low, *of_row[end - 1]]), max([high, *of_row[end - 1]])
            if not of_row[end - 1] or high - low >= WIDEST:
                continue
            linked = (row for column in range(low, high + 1) for row in of_column[column])
            if all(begin <= row < end for row in linked):
                before = [low - 1] if low and not of_column[low - 1] else []
                after = [high + 2] if high + 1 < columns and not of_column[high + 1] else []
                for first in [low, *before]:
                    for last in [high + 1, *after]:
                        yield (begin, end), (first, last)


def likeliest(counts: Counts, spare: dict[str, str]) -> dict[str, tuple[str, float]]:
    """The best translation of each phrase and its probability, if need be from ``spare``.

    Left out are phrases whose words give the same translation piece by piece, and names.
    """
    totals: dict[str, float] = defaultdict(float)
    for row in counts.values():
        for said, often in row.items():
            totals[said] += often
    chosen: dict[str, tuple[str, float]] = {}
    for phrase, row in counts.items():
        total = sum(row.values())
        if " " not in phrase and row.get(phrase, 0.0) >= SAME * total:
            chosen[phrase] = phrase, row[phrase] / total
        elif total >= OFTEN:
            _, said = max(
                (often / total * (often / totals[said]) ** BACK, said)
                for said, often in row.items()
            )
            if row[said] >= OFTEN and (" " not in phrase or row[said] >= LIKELY * total):
                chosen[phrase] = said, row[said] / total
    for word, said in spare.items():
        if chosen.get(word, ("", 0.0))[1] < DOUBTFUL:
            chosen[word] = said, GLOSSARY
    kept: dict[str, tuple[str, float]] = {}
    costs: dict[str, tuple[str, float]] = {}
    shorter = Phrases(costs.get)  # sees each phrase as it is kept
    for phrase in sorted(chosen, key=lambda phrase: (phrase.count(" "), phrase)):
        said, probability = chosen[phrase]
        if " ".join(part.said for part in shorter.translate(phrase)) == said:
            continue
        kept[phrase] = chosen[phrase]
        costs[phrase] = said, -math.log(probability)
    return kept


def in_glossary(glossary: dict[str, list[str]], known: set[str]) -> dict[str, str]:
    """The first equivalent of every word of the glossary, and of other forms of it."""
    stems = {token_terms(word, "en")[0]: said[0] for word, said in reversed(glossary.items())}
    forms = {word: stems[stem] for word in known if (stem := token_terms(word, "en")[0]) in stems}
    return forms | {word: said[0] for word, said in glossary.items()}


def turned(glossary: dict[str, list[str]]) -> dict[str, str]:
    """For each equivalent the word that names it earliest."""
    places: dict[str, tuple[int, str]] = {}
    for word, equivalents in glossary.items():
        for place, said in enumerate(equivalents):
            if " " not in said:
                places.setdefault(said, (place, word))
                places[said] = min(places[said], (place, word), key=lambda found: found[0])
    return {said: word for said, (_, word) in places.items()}


def save(tables: dict[tuple[str, str], dict[str, tuple[str, float]]], out: Path) -> None:
    """Write the phrases, then their translations, as one UTF-8 text; costs in bytes."""
    arrays: dict[str, NDArray[np.uint8]] = {}
    for (source, target), table in tables.items():
        phrases = sorted(table)
        lines = "\n".join([*phrases, *(table[phrase][0] for phrase in phrases)])
        costs = [min(255, round(-math.log(table[phrase][1]) * COSTS)) for phrase in phrases]
        arrays[f"{source}_{target}_phrases"] = np.frombuffer(lines.encode(), np.uint8)
        arrays[f"{source}_{target}_costs"] = np.array(costs, np.uint8)
    # Not compressed: that would take longer to undo than all else that an answer looks up here.
    np.savez(out, allow_pickle=False, **arrays)
