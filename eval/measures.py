"""The measures. Every question counts in each of them: none is dropped for want of a hit."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import TYPE_CHECKING

from eval.questions import Gold
from index.errors import InputError
from qa.types import Quote

if TYPE_CHECKING:
    from index.types import Passage

RANKING = ("Success@1", "RR@10", "nDCG@10", "R@100")
"""The ranking measures, by the names of ir_measures."""
DEPTH = 100
"""How many hits a ranking must hold for them."""


def rank_measures(
    relevant: Mapping[str, AbstractSet[str]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """The measures of ``RANKING`` by question id, then by name, as ir_measures computes them.

    ``relevant`` (question id to what should be found) is the gold and decides which questions
    count; one without a ranking, or with an empty one, scores 0. ``rankings`` holds distinct
    ids, best first. ``InputError`` if the extra "eval" is not installed.
    """
    try:
        import ir_measures
    except ImportError:
        raise InputError('qa-eval needs ir-measures: pip install "kutip[eval]"') from None
    judged = [
        ir_measures.Qrel(question, unit, 1)
        for question, units in relevant.items()
        for unit in units
    ]
    run = [
        ir_measures.ScoredDoc(question, unit, float(-place))  # keeps the order, ties and all
        for question, units in rankings.items()
        if question in relevant
        for place, unit in enumerate(units)
    ]
    values = {question: dict.fromkeys(RANKING, 0.0) for question in relevant}
    if not judged:
        return values
    wanted = [ir_measures.parse_measure(name) for name in RANKING]
    for metric in ir_measures.iter_calc(wanted, judged, run):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def holds(passage: Passage, golds: Sequence[Gold]) -> bool:
    """Whether a passage overlaps a gold text of its own article by at least one code point."""
    return any(
        gold.span is not None
        and gold.article == passage.article.id
        and passage.span.start < gold.span.end
        and gold.span.start < passage.span.end
        for gold in golds
    )


def answers(quote: Quote, golds: Sequence[Gold]) -> bool:
    """Whether a quote holds a gold answer: the very place in the very article, from end to end.

    The same words elsewhere do not count: "1994" must be the "1994" of a gold sentence.
    """
    return any(
        gold.place is not None
        and gold.article == quote.article.id
        and quote.span.start <= gold.place.start
        and gold.place.end <= quote.span.end
        for gold in golds
    )


def verbatim(quote: Quote, original: str) -> bool:
    """Whether a quote stands word for word in the text that its article was made from.

    White space, Unicode composition (NFC) and characters that nobody sees, such as direction
    marks, apart: cleaning folds the first two and drops the last.
    """
    return _visible(quote.text) in _visible(original)


def _visible(text: str) -> str:
    seen = (
        char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf"
    )
    return " ".join("".join(seen).split())


def auroc(answerable: Sequence[bool], confidences: Sequence[float]) -> float:
    """How often an answerable question is more confident than one without an answer.

    0.5 is chance; ties count half. NaN unless there are questions of both sorts.
    """
    yes, no = sum(answerable), len(answerable) - sum(answerable)
    if not yes or not no:
        return math.nan
    wins, below = 0.0, 0
    pairs = sorted(zip(confidences, answerable, strict=True))
    for _, tied in groupby(pairs, key=lambda pair: pair[0]):
        known = [answer for _, answer in tied]
        unknown = len(known) - sum(known)
        wins += sum(known) * (below + unknown / 2)
        below += unknown
    return wins / (yes * no)
