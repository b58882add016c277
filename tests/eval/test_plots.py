"""Plots are the same bytes every time, and hold what they should."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from eval.plots import draw
from index.errors import InputError

SYSTEMS = ("lexical", "dense")


def record() -> dict[str, Any]:
    """A record of eight questions, two languages and two systems."""
    rows = []
    for number in range(8):
        found = {"lexical": [[1 + number, 1]], "dense": [[1, 1]] if number % 2 else []}
        reply = {"right": 1 + number % 2, "confidence": number / 8, "verdict": "answered"}
        rows.append(
            {
                "lang": "id" if number < 4 else "en",
                "over": "",
                "kind": "",
                "pair": number,
                "grades": [1],
                "ranking": {
                    name: {"found": found[name], "nDCG@10": float(bool(found[name]))}
                    for name in SYSTEMS
                },
                "answers": {"hybrid": reply},
            }
        )
    spent = {"p50": 1.0, "p95": 2.0}
    return {
        "set": {"name": "made-up", "unit": "passage"},
        "timings": {
            "ranking": dict.fromkeys(SYSTEMS, spent),
            "answers": {"hybrid": spent},
            "peak_mib": 1.0,
        },
        "rows": rows,
    }


def without_answers() -> dict[str, Any]:
    run = record()
    run["timings"] |= {"answers": {}}
    for row in run["rows"]:
        row["answers"] = {}
    return run


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plots")
    draw({"run": record()}, folder, ["svg"])
    return folder


def test_every_record_has_four_plots(drawn: Path) -> None:
    stems = {"run-risk-coverage", "run-reliability", "run-recall", "run-speed"}
    assert {file.name for file in drawn.iterdir()} == {f"{stem}.svg" for stem in stems}


def test_what_was_not_run_is_not_drawn_and_a_second_drawing_gives_the_same_bytes(
    drawn: Path, tmp_path: Path
) -> None:
    files = draw({"run": without_answers()}, tmp_path)
    assert [file.name for file in files] == [
        "run-recall.svg",
        "run-recall.png",
        "run-speed.svg",
        "run-speed.png",
    ]
    for file in files:
        if file.suffix == ".svg":
            assert file.read_bytes() == (drawn / file.name).read_bytes()
            assert b"<dc:date>" not in file.read_bytes()
        else:
            assert file.read_bytes().startswith(b"\x89PNG")


def test_the_curves_are_named_in_words(drawn: Path) -> None:
    text = (drawn / "run-risk-coverage.svg").read_text("utf-8")
    assert "hybrid, id: AURC" in text
    assert "hybrid, en: AURC" in text
    assert all(f">{name}<" in (drawn / "run-recall.svg").read_text("utf-8") for name in SYSTEMS)


def test_a_folder_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        draw({"run": record()}, tmp_path / "file", ["svg"])


def test_recall_is_of_what_the_library_of_the_system_holds(tmp_path: Path, drawn: Path) -> None:
    other = record()
    for row in other["rows"]:
        row["ranking"]["dense"]["grades"] = [1, 1]
    draw({"run": other}, tmp_path, ["svg"])
    name = "run-recall.svg"
    assert (tmp_path / name).read_bytes() != (drawn / name).read_bytes()


def test_without_matplotlib_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"kutip\[plots\]"):
        draw({"run": record()}, tmp_path)
