"""Reading comprehension: the reader is given the right paragraph, as SQuAD 2.0 asks it.

This judges ``qa.reader`` alone, with the question translated or in full where Kutip does that;
``eval.run`` judges the whole path, from an open library.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.calibration import auroc
from eval.squad import Given, read_given
from eval.squad_measures import Reading, best_threshold, score_squad, scores
from eval.stats import interval
from eval.table import Table, percent
from index.language import detect
from index.translation import Translator
from qa.reader import Reader

REFUSED_FROM = 0.5
"""A question is refused when "no answer" is likelier than this; the reader's own threshold, chosen
when it was trained, is what makes it even."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader said to one question."""

    given: Given
    reading: Reading
    seconds: float


def read_all(path: Path, tick: Callable[[int, int], None] | None = None) -> list[Read]:
    """Read the own paragraph of every question of a SQuAD-like file."""
    reader = Reader.load()
    found = []
    given = read_given(path)
    for done, item in enumerate(given):
        if tick:
            tick(done, len(given))
        text, lang = item.paragraph.text, item.paragraph.lang or detect(item.paragraph.text)
        begun = time.perf_counter()
        said = Translator.load()(item.question.text, item.question.lang, lang)
        best = reader.read(item.question.text, [text], [(said and said.text) or None])[0].best()
        seconds = time.perf_counter() - begun
        answer = text[slice(*best.span)] if best else ""
        doubt = 1 - reader.probability(best.odds) if best else 1.0
        golds = tuple(gold.text for gold in item.question.gold)
        found.append(Read(item, Reading(answer, golds, doubt), seconds))
    return found


def record(rows: Sequence[Read]) -> dict[str, Any]:
    """The measures by language of the question, in percent; AUROC from 0 to 1; seconds.

    "-low" and "-high" are the bounds of a 95 % interval.
    """
    return {
        "reader": Reader.load().name,
        "languages": {
            lang: _measured([row for row in rows if row.given.question.lang == lang])
            for lang in sorted({row.given.question.lang for row in rows})
        },
    }


def _measured(rows: Sequence[Read]) -> dict[str, Any]:
    readings = [row.reading for row in rows]
    scored, best = score_squad(readings, REFUSED_FROM), best_threshold(readings)
    times = sorted(row.seconds for row in rows)
    each = scores(readings, REFUSED_FROM)
    bounds = {
        f"{name}-{end}": 100 * bound
        for place, name in enumerate(("EM", "F1"))
        for end, bound in zip(
            ("low", "high"), interval([pair[place] for pair in each]), strict=True
        )
    }
    found = {
        "n": scored.n,
        "answerable": scored.answerable_n,
        "EM": scored.exact,
        "F1": scored.f1,
        "EM-answerable": scored.answerable_exact,
        "F1-answerable": scored.answerable_f1,
        "refused": scored.unanswerable_exact,
        "best-EM": best.exact,
        "best-F1": best.f1,
        "AUROC": auroc([bool(r.golds) for r in readings], [1 - r.no_answer for r in readings]),
        "p50": times[len(times) // 2],
        "p95": times[min(len(times) - 1, int(len(times) * 0.95))],
    } | bounds
    return {name: None if math.isnan(value) else round(value, 4) for name, value in found.items()}


def table(found: dict[str, Any]) -> Table:
    """The figures of a record, a row for each language."""
    names = ("EM", "F1", "EM-answerable", "F1-answerable", "refused", "best-EM", "best-F1")
    rows = [
        (
            lang,
            f"{figures['n']} ({figures['answerable']})",
            *(percent(figures, name) for name in names),
            "–" if figures["AUROC"] is None else f"{figures['AUROC']:.3f}",
            f"{figures['p50'] * 1000:.0f} / {figures['p95'] * 1000:.0f}",
        )
        for lang, figures in found["languages"].items()
    ]
    return Table(
        f"Reading comprehension, given the right paragraph: {found['reader']}",
        ("language", "n (answerable)", *names, "AUROC", "p50 / p95 ms"),
        tuple(rows),
        (
            "EM, F1: at the reader's own threshold, which was chosen on other questions; "
            "best: at the threshold that is best for these.",
        ),
    )
