"""What each part brings, in Markdown: the system with it beside the system without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from eval.compare import Side, differences
from eval.stats import holm
from eval.summary import ALL, Contrast, contrast, groups, languages, systems
from eval.table import NOTHING, Table, corrected_for, p_text

Run: TypeAlias = Mapping[str, Any]

MEASURE = "nDCG@10"
UNCLEANED = "hybrid-no-cleaning"
_ONLY_STEMS = (
    "The lexicon speaks in stems. Without stemming, its translations find only words that are "
    "their own stem: what stemming alone brings is the line without the lexicon."
)
_UNJUDGED = "What cleaning takes out was never judged: an answer found in it counts as wrong."
PARTS = (
    ("the encoder", "hybrid", "lexical"),
    ("the words (BM25 and lexicon)", "hybrid", "dense"),
    ("the lexicon", "hybrid", "hybrid-no-lexicon"),
    ("the lexicon, for words alone", "lexical", "lexical-no-lexicon"),
    ("the translated question, for meaning alone", "dense", "dense-no-lexicon"),
    ("stemming, for words without the lexicon", "lexical-no-lexicon",
     "lexical-no-lexicon-no-stemming"),
    ("stemming, for words with the lexicon", "lexical", "lexical-no-stemming"),
    ("stemming", "hybrid", "hybrid-no-stemming"),
    ("cleaning", "hybrid", UNCLEANED),
    ("the reader, putting what it read in order", "hybrid-read", "hybrid"),
    ("vectors of single sentences", "hybrid", "hybrid-no-sentences"),
    ("measured weights, against reciprocal rank fusion", "hybrid", "hybrid-rrf"),
    ("measured weights, against the mean of min-max scores", "hybrid", "hybrid-minmax"),
    ("stemming and a sound IDF, against rank-bm25 as it comes", "lexical-no-lexicon", "rank_bm25"),
    ("two languages, against a model of English", "dense", "all-MiniLM-L6-v2"),
)  # fmt: skip
"""A part, the system with it, and the system that differs in it alone."""
PARTS_OF_ANSWERS = (
    ("the reader", "hybrid", "hybrid-noreader"),
    ("cleaning", "hybrid", UNCLEANED),
)
"""The same for answers."""
OF_PARTS = ("Quote-Success@1", "Quote-Success@3", "EM", "F1", "refused")


def brought(run: Run) -> str:
    """What each part brings to the ranking, in nDCG@10, by language; empty when nothing is."""
    parts = languages(run)
    met = {part: [contrast(chosen, *part[1:], MEASURE) for _, chosen in parts] for part in PARTS}
    shown = {part: cells for part, cells in met.items() if any(cells)}
    corrected = iter(holm([one.p for cells in shown.values() for one in cells if one]))
    rows = [
        (
            what,
            f"{with_it} − {without}",
            *(NOTHING if one is None else _difference(one, next(corrected)) for one in cells),
        )
        for (what, with_it, without), cells in shown.items()
    ]
    if not rows:
        return ""
    header = ("part", MEASURE, *(lang for lang, _ in parts))
    told = [_correction(sum(one is not None for cells in shown.values() for one in cells))]
    told += [_ONLY_STEMS] if any("stemming" in part[2] for part in shown) else []
    told += [_UNJUDGED] if any(part[2] == UNCLEANED for part in shown) else []
    return f"{Table('', header, tuple(rows)).grid()}\n\n{' '.join(told)}"


def brought_to_answers(run: Run) -> str:
    """What each part brings to the answers, by language; empty when nothing is."""
    asked = systems(run, "answers")
    known = [part for part in PARTS_OF_ANSWERS if {part[1], part[2]} <= set(asked)]
    found = [
        (what, one)
        for what, with_it, without in known
        for one in differences(Side(run, without), Side(run, with_it))
        if one.measure in OF_PARTS and (one.group != ALL or len(groups(run)) == 1)
    ]
    if not found:
        return ""
    rows = [
        (
            what,
            one.measure if one.measure != "refused" else "refusal recall",
            one.group,
            str(one.n),
            f"{one.before:.3f}",
            f"{one.after:.3f}",
            f"{one.after - one.before:+.3f}, {p_text(p)}",
        )
        for (what, one), p in zip(found, holm([one.p for _, one in found]), strict=True)
    ]
    header = ("part", "measure", "lang", "n", "without it", "with it", "difference")
    told = [_correction(len(rows)), *([_UNJUDGED] if UNCLEANED in asked else [])]
    return f"{Table('', header, tuple(rows)).grid()}\n\n{' '.join(told)}"


def _difference(one: Contrast, p: float) -> str:
    bounds = f"[{one.difference.low:+.3f}, {one.difference.high:+.3f}]"
    return f"{one.difference.value:+.3f} {bounds}, {p_text(p)}"


def _correction(comparisons: int) -> str:
    return f"p by paired randomisation, {corrected_for(comparisons)}."
