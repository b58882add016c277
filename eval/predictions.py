"""Predictions of any reader for a SQuAD-like file, scored as the official script does."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.judging import shortest_answers
from eval.squad import read_squad
from eval.squad_measures import Reading, best_threshold, score_squad
from eval.table import NOTHING, Table
from index.errors import InputError


def score(
    data: Path, predictions: Path, doubts: Path | None = None, threshold: float = 1.0
) -> tuple[Table, dict[str, Any]]:
    """The scores by language of the question: as a table, and as plain JSON values.

    ``predictions`` maps question ids to answers, ``doubts`` to probabilities of no answer (0.0
    when left out). ``InputError`` for files that are not that, or of other questions.
    """
    questions, _ = read_squad(data)
    ids = {question.id for question in questions}
    said = _mapping(predictions, str, ids)
    unsure = _mapping(doubts, (int, float), ids) if doubts else {}
    rows: dict[str, list[Reading]] = {}
    for question in questions:
        golds = tuple(shortest_answers(question))
        reading = Reading(said.get(question.id, ""), golds, float(unsure.get(question.id, 0.0)))
        rows.setdefault(question.lang, []).append(reading)
    if len(rows) > 1:
        rows["all"] = [reading for found in rows.values() for reading in found]
    found = {lang: _figures(one, threshold, doubts is not None) for lang, one in rows.items()}
    missing = len(ids - said.keys())
    remarks = [f"threshold {threshold:g}; percent, as evaluate-v2.0.py prints them"]
    if missing:
        remarks.append(f"{missing} questions have no prediction and count as unanswered")
    header = ("lang", *next(iter(found.values())))
    cells = tuple((lang, *map(_cell, figures.values())) for lang, figures in found.items())
    table = Table(f"Reading comprehension: {data.name}", header, cells, tuple(remarks))
    return table, {"threshold": threshold, "missing": missing, "languages": found}


def _figures(readings: list[Reading], threshold: float, with_best: bool) -> dict[str, float | None]:
    scored = score_squad(readings, threshold)
    found = {
        "n": scored.n,
        "EM": scored.exact,
        "F1": scored.f1,
        "HasAns n": scored.answerable_n,
        "HasAns EM": scored.answerable_exact,
        "HasAns F1": scored.answerable_f1,
        "NoAns n": scored.unanswerable_n,
        "NoAns EM": scored.unanswerable_exact,
    }
    if with_best:
        best = best_threshold(readings)
        found |= {"best EM": best.exact, "best EM at": best.exact_threshold}
        found |= {"best F1": best.f1, "best F1 at": best.f1_threshold}
    return {name: None if math.isnan(value) else value for name, value in found.items()}


def _mapping(path: Path, kind: type | tuple[type, ...], ids: set[str]) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as JSON ({error})") from None
    if not isinstance(found, dict) or not all(isinstance(one, kind) for one in found.values()):
        raise InputError(f'{path}: should be one JSON object, {{"question id": value}}')
    unknown = sorted(found.keys() - ids)
    if unknown:
        raise InputError(f"{path}: no question has the id {unknown[0]!r} ({len(unknown)} such)")
    return found


def _cell(value: float | None) -> str:
    if value is None:
        return NOTHING
    return str(value) if isinstance(value, int) else f"{value:.2f}"
