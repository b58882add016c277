"""Paragraphs that a search finds for a question and that do not answer it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.tokens import terms
from training.ranking import Bm25
from training.readings import Reading

FOUND = 8
"""Most paragraphs kept for a question."""
PART = 500
"""Questions that are searched at a time."""


def hard_negatives(readings: Sequence[Reading], work: Path) -> list[list[str]]:
    """For each reading the paragraphs of others that BM25 ranks first.

    Left out are its own paragraph and those that contain its answer. What was found is kept in
    ``work``, where training that goes on finds it.
    """
    contexts = list(dict.fromkeys(reading.context for reading in readings))
    key = sha256("\n".join([f"{r.question} {r.context}" for r in readings]).encode()).hexdigest()
    kept = work / f"negatives-{key[:8]}.json"
    if not kept.is_file():
        kept.write_text(json.dumps(_search(readings, contexts)), "utf-8")
    found: list[list[int]] = json.loads(kept.read_text("utf-8"))
    return [[contexts[number] for number in row] for row in found]


def _search(readings: Sequence[Reading], contexts: Sequence[str]) -> list[list[int]]:
    bm25 = Bm25([terms(context, "id") for context in contexts])
    out: list[list[int]] = []
    for begin in range(0, len(readings), PART):
        part = readings[begin : begin + PART]
        words = [[(term, 1.0) for term in set(terms(r.question, "id"))] for r in part]
        scores = bm25.scores(words)
        best = np.argpartition(-scores, 2 * FOUND, axis=1)[:, : 2 * FOUND]
        for reading, row, columns in zip(part, scores, best, strict=True):
            ranked = sorted(columns.tolist(), key=lambda column: -row[column])
            wrong = [column for column in ranked if _is_wrong(contexts[column], reading)]
            out.append(wrong[:FOUND])
    return out


def _is_wrong(text: str, reading: Reading) -> bool:
    answer = reading.answer.casefold()
    return text != reading.context and not (answer and answer in text.casefold())
