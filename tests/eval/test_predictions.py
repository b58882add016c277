"""Predictions of a reader, read from the files that the official script takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.predictions import score
from index.errors import InputError

CONTEXT = "The old train left Bandung in 1994 and reached Jakarta at night."
DATA = [
    {
        "context": CONTEXT,
        "qas": [
            {
                "id": "when",
                "question": "When did it leave?",
                "answers": [{"text": "1994", "answer_start": 30}],
            },
            {
                "id": "where",
                "question": "Where did it go?",
                "answers": [{"text": "Jakarta", "answer_start": 47}],
            },
            {"id": "who", "question": "Who drove?", "answers": [], "is_impossible": True},
        ],
    }
]


def saved(folder: Path, name: str, data: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_scores_worked_by_hand(tmp_path: Path) -> None:
    data = saved(tmp_path, "set.json", DATA)
    said = saved(tmp_path, "said.json", {"when": "in 1994", "who": "a driver"})
    table, found = score(data, said)
    assert found["missing"] == 1
    figures = found["languages"]["en"]
    assert figures["EM"] == 0
    assert figures["F1"] == pytest.approx(100 * (2 / 3) / 3)
    assert (figures["HasAns n"], figures["NoAns n"]) == (2, 1)
    assert "best EM" not in figures
    assert "1 questions have no prediction" in table.text()


def test_doubts_and_a_threshold_refuse_questions(tmp_path: Path) -> None:
    data = saved(tmp_path, "set.json", DATA)
    said = saved(tmp_path, "said.json", {"when": "1994", "where": "Bandung", "who": "a driver"})
    doubts = saved(tmp_path, "doubts.json", {"when": 0.1, "where": 0.2, "who": 0.9})
    figures = score(data, said, doubts, 0.5)[1]["languages"]["en"]
    assert figures["EM"] == pytest.approx(100 * 2 / 3)
    assert figures["NoAns EM"] == 100
    assert (figures["best EM"], figures["best EM at"]) == (pytest.approx(100 * 2 / 3), 0.1)


@pytest.mark.parametrize(
    ("predictions", "told"),
    [({"nobody": "x"}, "'nobody'"), (["x"], "one JSON object"), ({"when": 3}, "one JSON object")],
)
def test_wrong_predictions_are_named(tmp_path: Path, predictions: Any, told: str) -> None:
    data = saved(tmp_path, "set.json", DATA)
    with pytest.raises(InputError, match=told):
        score(data, saved(tmp_path, "said.json", predictions))
    with pytest.raises(InputError, match="cannot be read"):
        score(data, tmp_path / "missing.json")
