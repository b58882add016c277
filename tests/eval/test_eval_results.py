"""The results in the repository are of the questions in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

import eval as package
from eval.known import SEEDS
from eval.questions import digest, read_questions
from eval.record_file import load
from eval.report import headline, tables

RESULTS = sorted((Path(package.__file__).parent / "results").glob("*.json"))


def test_the_results_of_seeds_dev_are_of_its_questions() -> None:
    run = load(Path(package.__file__).parent / "results" / "seeds-dev.json")
    assert run["set"]["digest"] == digest(read_questions(SEEDS)), (
        "run qa-eval run --no-lexicon --json eval/results/seeds-dev.json"
    )
    assert {"lexical", "dense", "hybrid"} <= run["timings"]["ranking"].keys()


@pytest.mark.parametrize("file", RESULTS, ids=lambda file: file.stem)
def test_kept_results_can_be_shown_and_hold_every_question(file: Path) -> None:
    run = load(file)
    assert len(run["rows"]) == run["set"]["questions"]
    assert run["set"]["lost"] == []
    assert all(row["answers"] for row in run["rows"])
    assert run["set"]["name"] in headline(run)
    assert len(tables(run)) == 2
