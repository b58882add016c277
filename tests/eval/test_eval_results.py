"""The results in the repository are of the questions in the repository."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import eval as package
from eval.committed import committed
from eval.known import OWN
from eval.question_file import read_questions
from eval.questions import digest
from eval.report import headline, tables

RESULTS = committed(Path(package.__file__).parent / "results").records


@pytest.mark.parametrize("name", sorted(OWN.keys() & RESULTS.keys()))
def test_the_results_of_a_set_of_ours_are_of_its_questions(name: str) -> None:
    run = RESULTS[name]
    assert run["set"]["digest"] == digest(read_questions(OWN[name])), "run make results"
    assert {"lexical", "dense", "hybrid"} <= run["timings"]["ranking"].keys()


def test_there_are_results_of_seeds_dev() -> None:
    assert "seeds-dev" in RESULTS


@pytest.mark.parametrize("run", RESULTS.values(), ids=RESULTS)
def test_kept_results_can_be_shown_hold_every_question_and_no_texts(run: Mapping[str, Any]) -> None:
    assert len(run["rows"]) == run["set"]["questions"]
    assert run["set"]["lost"] == []
    assert not any("question" in row for row in run["rows"])
    for system in run["timings"]["answers"]:
        assert all(system in row["answers"] for row in run["rows"])
    assert run["set"]["name"] in headline(run)
    assert tables(run)


def test_kept_results_are_small() -> None:
    files = (Path(package.__file__).parent / "results").glob("*.json")
    assert all(file.stat().st_size < 300_000 for file in files)
