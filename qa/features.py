"""What is known of a sentence as an answer: numbers from 0 to about 1 that a person can read.

All of them are language-neutral, so that weights fitted on Indonesian questions serve English
ones: a word that matches through the lexicon counts as a match, whatever language it is in.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from index.sentences import sentences
from index.types import Hit, Mode, Passage, Span
from qa.asked import Asked, Word, coverage, match
from qa.attributions import asks_for_speaker, attributions
from qa.kinds import Kind, candidates

if TYPE_CHECKING:
    from index.retriever import Retriever
    from qa.reader import Found, Reading

NEAR = 6
"""How many words on either side of a possible answer count as its neighbourhood."""
Cosines: TypeAlias = Callable[[Passage], Mapping[Span, float]]
"""Cosine of the question with each sentence of a passage."""
SURE = -1.0
"""Log-odds from which the reader's stretch is taken rather than one of the expected kind.

Chosen on seeds-dev out of five; the better ones differ by less than their intervals."""
CLOSE = 1.5
"""By how many log-odds less the reader may hold of a stretch of the expected kind. Chosen on
seeds-dev, like ``SURE``."""
ODDS_MAX = 12.0
"""Log-odds beyond which a reader's being surer says nothing more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may become a quote."""

    hit: Hit
    span: Span
    """In ``Article.text``."""
    words: tuple[Word, ...]
    answer: Span | None
    """The likeliest stretch to answer, in ``Article.text``: the reader's, or without a reader one
    of the expected kind; ``None`` when there is none."""
    features: dict[str, float]


def describe(
    asked: Asked,
    hits: Sequence[Hit],
    cosines: Cosines | None,
    readings: Sequence[Reading] | None = None,
) -> list[Candidate]:
    """Every sentence of the passages in ``hits``, in their order, with its features.

    Without ``cosines`` the features ``cosine`` and ``passage_cosine`` are absent, and without
    ``readings``, one for each hit, those whose names begin with ``reader``.
    """
    found: list[Candidate] = []
    top = hits[0].score if hits else 0.0
    for hit in hits:
        article = hit.passage.article
        spans = sentences(article.text, hit.passage.span)
        words = [match(asked, article, span) for span in spans]
        whole = coverage(asked, article.lang, [word for some in words for word in some])
        for span, own in zip(spans, words, strict=True):
            answer, near = _answer(asked, hit, span, own)
            features = {
                "coverage": coverage(asked, article.lang, own),
                "distinct": _distinct(asked, article.lang, own, words),
                "passage_coverage": whole,
                "pairs": _pairs(own, len(asked.words)),
                "score": hit.score / top if top > 0 else 0.0,
                "asks": float(article.text[span.start : span.end].rstrip('”" ').endswith("?")),
                "near": near,
                "lacks_kind": float(asked.kind is not Kind.OTHER and answer is None),
                f"has_{asked.kind.value}": float(answer is not None),
            }
            found.append(Candidate(hit, span, tuple(own), answer, features))
    if cosines is not None:
        _add_cosines(found, cosines)
    if readings is None:
        return found
    return _read(found, hits, readings, speakers=asks_for_speaker(asked.text))


def cosines_for(asked: Asked, retriever: Retriever, mode: Mode) -> Cosines | None:
    """Where ``describe`` finds the cosines; ``None`` when the dense arm has no part."""
    if mode == "lexical" or retriever.encoder is None:
        return None
    return partial(retriever.sentence_cosines, asked.text)


def _answer(asked: Asked, hit: Hit, span: Span, words: list[Word]) -> tuple[Span | None, float]:
    """The stretch of the expected kind with most of the question around it, and how much that is.

    A stretch that only repeats words of the question is no answer to it; among equals, the one
    next to such a word is.
    """
    article = hit.passage.article
    best: Span | None = None
    most = (-1.0, 0)
    matching = [number for number, word in enumerate(words) if word.matches]
    for start, end in candidates(article.text[span.start : span.end], asked.kind):
        place = Span(span.start + start, span.start + end)
        inside = [
            number
            for number, word in enumerate(words)
            if word.span.start < place.end and place.start < word.span.end
        ]
        if not inside or all(words[number].matches for number in inside):
            continue
        around = words[max(0, inside[0] - NEAR) : inside[-1] + 1 + NEAR]
        away = min((abs(number - at) for number in inside for at in matching), default=0)
        found = (coverage(asked, article.lang, around), -away)
        if found > most:
            best, most = place, found
    return best, max(most[0], 0.0)


def _distinct(asked: Asked, lang: str, own: list[Word], of_passage: list[list[Word]]) -> float:
    """How much of the question this sentence matches and most of its passage does not."""
    holders: Counter[int] = Counter()
    for words in of_passage:
        holders.update({position for word in words for position, _ in word.matches})
    rare = [
        Word(word.span, word.text, tuple(m for m in word.matches if holders[m[0]] * 2 <= many))
        for word in own
        if (many := max(2, len(of_passage)))
    ]
    return coverage(asked, lang, rare)


def _pairs(words: list[Word], count: int) -> float:
    """Share of neighbouring content words of the question that stand together in the sentence."""
    if count < 2:
        return 0.0
    together: set[frozenset[int]] = set()
    for left in range(len(words)):
        for right in range(left + 1, min(left + 4, len(words))):
            for a, _ in words[left].matches:
                together.update(
                    frozenset((a, b)) for b, _ in words[right].matches if abs(a - b) == 1
                )
    return min(1.0, len(together) / (count - 1))


def _add_cosines(found: list[Candidate], cosines: Cosines) -> None:
    """Add cosines of question and sentence, and of question and passage."""
    for candidate in found:
        passage = candidate.hit.cosine if candidate.hit.cosine is not None else 0.0
        candidate.features["passage_cosine"] = passage
        candidate.features["cosine"] = cosines(candidate.hit.passage).get(candidate.span, passage)


def _read(
    found: list[Candidate], hits: Sequence[Hit], readings: Sequence[Reading], *, speakers: bool
) -> list[Candidate]:
    """The candidates with what the reader makes of them.

    Without ``speakers``, "kata Menteri X" is no answer: who says a thing is not who did it.
    ``reader`` is how sure it is that the sentence answers, rather than that its passage does not;
    ``reader_share`` and ``reader_passage`` are what the sentence has of all that speaks for any
    sentence, and for any of its passage.
    """
    of_hit = {id(hit): reading for hit, reading in zip(hits, readings, strict=True)}
    best = [_best(candidate, of_hit[id(candidate.hit)], speakers) for candidate in found]
    powers = [math.exp(min(ODDS_MAX, b.odds)) if b else 0.0 for b in best]
    total = sum(powers) or 1.0
    totals: defaultdict[int, float] = defaultdict(float)
    for candidate, power in zip(found, powers, strict=True):
        totals[id(candidate.hit)] += power
    return [
        replace(
            candidate,
            answer=_likelier(answer, candidate, of_hit[id(candidate.hit)]),
            features=candidate.features
            | {
                "reader": max(-1.0, min(1.0, answer.odds / ODDS_MAX)) if answer else -1.0,
                "reader_share": power / total,
                "reader_passage": power / (totals[id(candidate.hit)] or 1.0),
            },
        )
        for candidate, answer, power in zip(found, best, powers, strict=True)
    ]


def _likelier(read: Found | None, candidate: Candidate, reading: Reading) -> Span | None:
    """The reader's stretch, or one of the expected kind.

    That one is taken where the reader rather believes in none, and where it hardly prefers its own:
    then the words around decide, "ditengahi Rusia memungkinkan Azerbaijan …".
    """
    of_kind = candidate.answer
    if read is None or of_kind is None:
        return of_kind if read is None else read.span
    if read.odds < SURE:
        return of_kind
    apart = of_kind.end <= read.span.start or read.span.end <= of_kind.start
    offset = candidate.hit.passage.span.start
    other = reading.best(Span(of_kind.start - offset, of_kind.end - offset))
    close = apart and other is not None and read.odds - other.odds < CLOSE
    return of_kind if close else read.span


def _best(candidate: Candidate, reading: Reading, speakers: bool) -> Found | None:
    """The reader's best stretch of a sentence, in ``Article.text``."""
    offset = candidate.hit.passage.span.start
    start, end = candidate.span.start - offset, candidate.span.end - offset
    found: list[Found] = []
    for said in () if speakers else attributions(reading.text, Span(start, end)):
        if said.speaker is not None and said.speaker.start >= start:
            found += _inside(reading, Span(start, said.speaker.start))
            start = said.speaker.end
    found += _inside(reading, Span(start, end))
    if not found:
        return None
    best = max(found, key=lambda item: item.odds)
    return best._replace(span=Span(best.span.start + offset, best.span.end + offset))


def _inside(reading: Reading, span: Span) -> list[Found]:
    best = reading.best(span)
    return [] if best is None else [best]
