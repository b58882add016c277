"""Learns the bundled lexicon: terms of one language that stand for a term of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.tokens import terms
from training.alignment import align
from training.corpus import read_countries, read_wordnet
from training.function_words import FUNCTION_WORDS
from training.readings import translated_pairs
from training.written import read_glossary

Weights = dict[str, dict[str, float]]
"""Source term to target terms with weights that sum to 1."""

LONGEST = 40
"""Sentences are cut to this many terms before alignment."""
RAREST = 0.7
"""Expected links below which an aligned pair of terms is left out."""
UNLIKELIEST = 0.03
"""Translation probability below which an aligned pair of terms is left out."""
MOST = 5
"""Aligned targets kept for a term."""
WORDNET_SHARE = 0.3
"""Weight that all WordNet translations of a term have together, beside its aligned ones."""
GLOSSARY_SHARE = 0.5
"""What those of the glossary have of a term's whole weight."""


def learn_lexicon(data: Path, out: Path) -> None:
    """Write both directions to ``out``, an .npz that ``index.lexicon`` reads."""
    questions, sentences = translated_pairs(data)
    forward, backward = aligned_weights(sentences + questions)
    wordnet = read_wordnet(data)
    countries = read_countries(data)
    glossary = read_glossary()
    tables = {
        ("en", "id"): (forward, wordnet, countries, glossary_weights(glossary)),
        ("id", "en"): (backward, _turned(wordnet), _turned(countries), turned_weights(glossary)),
    }
    save(
        {
            langs: complete(
                aligned,
                dictionary_weights(words, langs),
                dictionary_weights(names, langs),
                written,
                tuple(function_terms(lang) for lang in langs),
            )
            for langs, (aligned, words, names, written) in tables.items()
        },
        out,
    )


def aligned_weights(pairs: list[tuple[str, str]]) -> tuple[Weights, Weights]:
    """What the parallel text says: English to Indonesian, and back."""
    numbers: dict[str, dict[str, int]] = {"en": {}, "id": {}}

    def number(text: str, lang: str) -> list[int]:
        known = numbers[lang]
        return [known.setdefault(term, len(known)) for term in terms(text, lang)[:LONGEST]]

    english = [number(text, "en") for text, _ in pairs]
    indonesian = [number(text, "id") for _, text in pairs]
    table = align(english, indonesian)
    names = {lang: np.array(list(known), object) for lang, known in numbers.items()}
    keep = table.count >= RAREST
    en, other = names["en"][table.source[keep]], names["id"][table.target[keep]]
    return (
        _likeliest(en, other, table.forward[keep]),
        _likeliest(other, en, table.backward[keep]),
    )


def dictionary_weights(words: list[tuple[str, str]], langs: tuple[str, str]) -> Weights:
    """Weights from a word list: the terms of all translations of a one-term word, by frequency."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for source, target in words:
        left, right = terms(source, langs[0]), terms(target, langs[1])
        if len(left) == 1:
            for term in right:
                counts[left[0]][term] += 1 / len(right) ** 2
    return {term: _normalised(dict(targets)) for term, targets in counts.items()}


def glossary_weights(glossary: dict[str, list[str]]) -> Weights:
    """Weights from the glossary, for words of one term: an equivalent counts less the later."""
    weights: Weights = {}
    for word, equivalents in glossary.items():
        source = terms(word, "en")
        if len(source) == 1:
            row = weights.setdefault(source[0], {})
            for place, said in enumerate(equivalents):
                targets = terms(said, "id")
                for term in targets:
                    share = 1 / (1 + place / 2) / len(targets)
                    row[term] = max(row.get(term, 0.0), share)
    return {term: _normalised(row) for term, row in weights.items() if row}


def turned_weights(glossary: dict[str, list[str]]) -> Weights:
    """The same from Indonesian to English."""
    weights: Weights = defaultdict(dict)
    for source, row in glossary_weights(glossary).items():
        for target, weight in row.items():
            weights[target][source] = weight
    return {term: _normalised(_top(row)) for term, row in weights.items()}


def function_terms(lang: str) -> set[str]:
    """The terms of words that carry no topic."""
    return set(terms(FUNCTION_WORDS[lang], lang))


def complete(
    aligned: Weights,
    wordnet: Weights,
    countries: Weights,
    glossary: Weights,
    silent: Sequence[set[str]],
) -> Weights:
    """One table: aligned terms helped by WordNet and the glossary, and names of countries.

    Terms of the source language in ``silent[0]`` are left empty; those of the target language in
    ``silent[1]`` are nobody's translation.
    """
    table: Weights = {}
    for term in aligned.keys() | wordnet.keys() | glossary.keys():
        mixed = dict(aligned.get(term, {}))
        for target, weight in _top(wordnet.get(term, {})).items():
            mixed[target] = mixed.get(target, 0.0) + WORDNET_SHARE * weight
        written = glossary.get(term)
        if written:
            share = GLOSSARY_SHARE if mixed else 1.0
            mixed = {t: (1 - share) * weight for t, weight in _normalised(mixed).items()}
            for target, weight in written.items():
                mixed[target] = mixed.get(target, 0.0) + share * weight
        speaking = {target: weight for target, weight in mixed.items() if target not in silent[1]}
        if speaking:
            table[term] = _normalised(speaking)
    return table | countries | {term: {} for term in silent[0]}


def save(tables: dict[tuple[str, str], Weights], out: Path) -> None:
    """Write the tables: terms as one UTF-8 text, targets as numbers, weights in 255ths."""
    arrays: dict[str, NDArray[np.generic]] = {}
    order: dict[str, list[str]] = {}
    for (source, _), table in tables.items():
        sources = sorted(table)
        rest = {
            t
            for (_, lang), other in tables.items()
            if lang == source
            for r in other.values()
            for t in r
        }
        order[source] = sources + sorted(rest - table.keys())
        arrays[f"{source}_terms"] = np.frombuffer("\n".join(order[source]).encode(), np.uint8)
    for (source, target), table in tables.items():
        place = {term: number for number, term in enumerate(order[target])}
        rows = [
            sorted(table[s].items(), key=lambda item: (-item[1], item[0])) for s in sorted(table)
        ]
        kept = [[(place[t], int(w * 255)) for t, w in row if int(w * 255)] for row in rows]
        flat = [entry for row in kept for entry in row]
        name = f"{source}_{target}"
        arrays[f"{name}_start"] = np.cumsum([0, *map(len, kept)], dtype=np.int32)
        arrays[f"{name}_target"] = np.array([number for number, _ in flat], np.uint16)
        arrays[f"{name}_weight"] = np.array([weight for _, weight in flat], np.uint8)
    # Not compressed: that would take longer to undo than all else that an answer looks up here.
    np.savez(out, allow_pickle=False, **arrays)


def _likeliest(
    sources: NDArray[np.object_], targets: NDArray[np.object_], weight: NDArray[np.float64]
) -> Weights:
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for row in np.lexsort((targets, -weight)).tolist():
        chosen = table[sources[row]]
        if weight[row] > UNLIKELIEST and len(chosen) < MOST:
            chosen[targets[row]] = float(weight[row])
    return {term: _normalised(chosen) for term, chosen in table.items() if chosen}


def _normalised(weights: dict[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {term: weight / total for term, weight in weights.items()}


def _top(weights: dict[str, float]) -> dict[str, float]:
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return _normalised(dict(best))


def _turned(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(right, left) for left, right in pairs]
