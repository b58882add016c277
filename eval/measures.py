"""The measures of rankings and quotes. Every question counts: none is dropped for want of a hit."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from eval.questions import Gold
from index.errors import InputError
from qa.types import Quote

if TYPE_CHECKING:
    from index.types import Passage, Span

RANKING = ("Success@1", "Success@5", "RR@10", "nDCG@10", "R@100")
"""The ranking measures that tables show, by the names of ir_measures."""
DEPTH = 100
"""How many hits a ranking must hold for them."""


class Places(NamedTuple):
    """Where the things that should be found stand in one ranking."""

    found: tuple[tuple[int, int], ...]
    """Rank, from 1, and grade of each that the ranking holds, by rank."""
    grades: tuple[int, ...]
    """How relevant each of them is, from 1, found or not."""


def rank_measures(
    placed: Mapping[str, Places], names: Sequence[str] = RANKING
) -> dict[str, dict[str, float]]:
    """The measures called ``names`` by question id, then by name, as ir_measures computes them.

    The keys of ``placed`` decide which questions count: one that found nothing scores 0.
    ``InputError`` if a name is none of ir_measures', looks further than ``DEPTH``, or if the
    extra "eval" is not installed.
    """
    try:
        import ir_measures
    except ImportError:
        raise InputError('qa-eval needs ir-measures: pip install "kutip[eval]"') from None
    wanted = {_parsed(name): name for name in names}
    distinct = dict.fromkeys(placed.values())  # equal places, equal values: few are computed
    judged, run = [], []
    for number, (found, grades) in enumerate(distinct):
        at, missed = dict(found), Counter(grades) - Counter(grade for _, grade in found)
        judged += [ir_measures.Qrel(str(number), f"at {rank}", at[rank]) for rank in at]
        judged += [
            ir_measures.Qrel(str(number), f"missed {one}", grade)
            for one, grade in enumerate(missed.elements())
        ]
        run += [  # the score keeps the order; after the last relevant one nothing matters
            ir_measures.ScoredDoc(str(number), f"at {rank}", float(-rank))
            for rank in range(1, max(at, default=0) + 1)
        ]
    values = [dict.fromkeys(names, 0.0) for _ in distinct]
    for metric in ir_measures.iter_calc(list(wanted), judged, run) if judged and names else ():
        values[int(metric.query_id)][wanted[metric.measure]] = float(metric.value)
    known = dict(zip(distinct, values, strict=True))
    return {question: dict(known[places]) for question, places in placed.items()}


def _parsed(name: str) -> Any:
    import ir_measures

    try:
        measure = ir_measures.parse_measure(name)
    except (ValueError, NameError, SyntaxError, KeyError) as error:
        raise InputError(f"ir_measures knows no measure {name!r} ({error})") from None
    if measure.params.get("cutoff", DEPTH + 1) > DEPTH:
        raise InputError(f"{name}: name a depth of at most {DEPTH}, as in nDCG@10")
    return measure


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

    The same words elsewhere do not count: "1994" must be the "1994" of a gold sentence. Where the
    gold names no shortest answer, a quote from any part of its text counts.
    """
    return any(_holds(quote.span, gold) for gold in golds if gold.article == quote.article.id)


def _holds(quoted: Span, gold: Gold) -> bool:
    place = gold.place
    if place is not None:
        return quoted.start <= place.start and place.end <= quoted.end
    if gold.span is None or not gold.text:
        return False
    return quoted.start < gold.span.end and gold.span.start < quoted.end


def quote_precision(quotes: Sequence[Quote], golds: Sequence[Gold]) -> float | None:
    """Share of the quoted characters that lie in a gold text; ``None`` without quotes.

    A character that is quoted twice counts twice.
    """
    quoted = sum(quote.span.end - quote.span.start for quote in quotes)
    if not quoted:
        return None
    gold = sum(len(_covered(_of(quote.article.id, golds), quote.span)) for quote in quotes)
    return gold / quoted


def quote_recall(quotes: Sequence[Quote], golds: Sequence[Gold]) -> float:
    """Share of the characters of a gold text that are quoted: of that gold text with most of them.

    One of the gold texts is enough, since each of them answers. 0.0 when none was placed.
    """
    shares = [0.0]
    for gold in golds:
        if gold.span is not None:
            spans = [quote.span for quote in quotes if quote.article.id == gold.article]
            covered = len(_covered(spans, gold.span))
            shares.append(covered / (gold.span.end - gold.span.start))
    return max(shares)


def verbatim(quote: Quote, original: str) -> bool:
    """Whether a quote stands word for word in the text that its article was made from.

    White space, Unicode composition (NFC) and characters that nobody sees, such as direction
    marks, apart: cleaning folds the first two and drops the last.
    """
    return _visible(quote.text) in _visible(original)


def _of(article: str, golds: Sequence[Gold]) -> list[Span]:
    return [gold.span for gold in golds if gold.span is not None and gold.article == article]


def _covered(spans: Sequence[Span], within: Span) -> set[int]:
    """The places of ``within`` that lie in any of ``spans``."""
    return {
        place
        for span in spans
        for place in range(max(within.start, span.start), min(within.end, span.end))
    }


def _visible(text: str) -> str:
    seen = (
        char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf"
    )
    return " ".join("".join(seen).split())
