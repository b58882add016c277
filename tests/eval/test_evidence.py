"""The pages that are written out of committed results."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from made_records import record

from eval.cli.root import cli
from eval.committed import Committed, committed, published
from eval.evidence import outdated, page, reading_table, renew
from eval.findings import failings, ranked
from eval.manual import manual
from eval.parts import PARTS, PARTS_OF_ANSWERS, brought, brought_to_answers
from eval.readme import BEGIN, END, between_markers, tables
from eval.record_file import dump
from eval.results import measure
from eval.summary import contrast
from eval.systems import NAMES
from eval.table import p_text
from index.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
READING = {
    "reader": "kutip-reader",
    "languages": {
        "id": {"EM": 70.0, "F1": 76.0, "refused": 80.0, "best-EM": 71.0, "best-F1": 77.0},
        "en": {"EM": 60.0, "F1": 66.0, "refused": 70.0, "best-EM": 61.0, "best-F1": 67.0},
    },
}


def test_what_a_part_brings_is_a_difference_with_its_interval() -> None:
    text = brought(record())
    line = next(one for one in text.splitlines() if one.startswith("| the encoder "))
    assert "hybrid − lexical" in line
    assert line.count("+1.000 [+1.000, +1.000], p =") == 2  # in both languages
    assert "the lexicon" not in text.replace("BM25 and lexicon", "")  # was not run
    assert brought(record(systems=("hybrid",))) == ""


def test_stemming_and_cleaning_are_parts_with_their_reservations() -> None:
    plain = brought(record())
    assert "stems" not in plain
    assert "never judged" not in plain
    text = brought(record(systems=("lexical", "hybrid", "lexical-no-stemming")))
    assert "| stemming, for words with the lexicon | lexical − lexical-no-stemming | -1.000" in text
    assert "its translations find only words that are their own stem" in text
    assert "never judged" not in text
    text = brought(record(systems=("hybrid", "hybrid-no-cleaning")))
    assert "| cleaning | hybrid − hybrid-no-cleaning | +0.000 [+0.000, +0.000], p = 1.000 |" in text
    assert "What cleaning takes out was never judged" in text


def test_every_part_names_systems_that_there_are() -> None:
    assert {name for part in (*PARTS, *PARTS_OF_ANSWERS) for name in part[1:]} <= set(NAMES)


def test_p_values_of_a_table_are_corrected_for_all_of_them() -> None:
    """Four questions a language, all won: 2 of 16 swaps are as extreme, 0.125 each."""
    one = contrast([row for row in record()["rows"] if row["lang"] == "en"], "hybrid", "lexical")
    assert one is not None
    assert one.p == pytest.approx(0.125, abs=0.02)
    alone = brought(record(systems=("hybrid", "lexical")))
    assert alone.count(f"{p_text(2 * one.p)} |") == 2
    assert "corrected by Holm's method for the 2 comparisons shown." in alone
    # beside the dense arm, which ties: four comparisons, and the smallest p is taken four times
    more = brought(record())
    assert more.count(f"{p_text(4 * one.p)} |") == 2
    assert more.count("p = 1.000 |") == 2
    assert "for the 4 comparisons shown." in more


def test_parts_are_compared_where_both_systems_answered() -> None:
    text = brought_to_answers(record(answers=("hybrid", "hybrid-noreader")))
    first = [one for one in text.splitlines() if "Quote-Success@1" in one]
    assert [line.split(" | ")[:6] for line in first] == [
        ["| the reader", "Quote-Success@1", "en", "4", "0.000", "0.000"],
        ["| the reader", "Quote-Success@1", "id", "4", "0.000", "1.000"],
    ]
    assert first[1].endswith("| +1.000, p = 1.000 |")  # 0.125 by itself, times ten
    assert "for the 10 comparisons shown." in text
    assert "never judged" not in text
    both = brought_to_answers(record(answers=("hybrid", "hybrid-noreader", "hybrid-no-cleaning")))
    assert "| cleaning | refusal recall | id | 2 | 0.000 | 0.000 | +0.000, p = 1.000 |" in both
    assert "for the 20 comparisons shown." in both
    assert "What cleaning takes out was never judged" in both
    assert brought_to_answers(record()) == ""


def test_failings_are_counted() -> None:
    told = "\n".join(failings(record(), "hybrid"))
    assert "**en**: 2 of 2 questions that the articles do not answer were answered" in told
    assert "**en**: 0 of 4 questions that they answer were refused" in told
    assert "4 with a right one further down" in told
    assert "(4), the right passage was among the ten considered 4 times" in told
    assert "**id**: Confidence is 0.50 on average where 0.67" in told
    assert "too low by 0.17" in told


def test_a_hybrid_below_an_arm_is_named() -> None:
    run = record()
    for row in run["rows"]:
        for system, found in (("lexical", [[1, 1]]), ("hybrid", [[2, 1]])):
            if row["ranking"]:
                row["ranking"][system]["found"] = found
    measure(run)
    told = "\n".join(failings(run, "hybrid"))
    assert "fewer right things first than the lexical arm" in told
    assert "after Holm's correction for 6 comparisons" in told  # two arms, two languages and both


def test_every_system_that_was_run_is_a_row() -> None:
    lines = ranked(record()).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| lexical", "| dense", "| **hybrid**"]


def test_published_figures_stand_beside_the_same_questions_only() -> None:
    assert all(one["source"].startswith("https://") or not one["source"] for one in published())
    rows = reading_table("idk-mrc-dev", READING).rows
    assert len(rows) == 2 + len(published())
    assert {row[1] for row in rows[2:]} == {"id"}
    assert len(reading_table("another-set", READING).rows) == 2


def test_the_readme_leaves_out_what_was_not_run() -> None:
    everything = tables(
        Committed(
            {"seeds-dev": record(), "idk-mrc-dev": record("idk-mrc-dev")},
            {"idk-mrc-dev": READING},
        )
    )
    assert "| **hybrid** | 1.000" in everything
    assert "(Indonesian, p = 1.000), paired randomisation, Holm-corrected." in everything
    assert "rank-bm25" not in everything
    assert "| **the bundled reader**, Indonesian questions | 70.0 | 76.0 |" in everything
    assert "48 of 48 quotes stand word for word" in everything
    little = tables(Committed({"seeds-dev": record()}))
    assert "seeds-dev, Indonesian" in little
    assert "idk-mrc-dev" not in little
    assert tables(Committed()) == ""


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    text = f"# Kutip\n\n{BEGIN}\nold\n{END}\nrest\n"
    assert between_markers(text, "new") == f"# Kutip\n\n{BEGIN}\n\nnew\n\n{END}\nrest\n"
    with pytest.raises(InputError, match=r"README\.md"):
        between_markers("# Kutip\n", "new")


def drawn(runs: Mapping[str, Any], folder: Path, formats: Sequence[str]) -> list[Path]:
    """In place of ``eval.plots.draw``, which takes seconds and has its own tests."""
    kinds = ("recall", "speed", "risk-coverage", "reliability")
    files = [folder / f"{name}-{kind}.{formats[0]}" for name in runs for kind in kinds]
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        file.touch()
    return files


def test_pages_are_renewed_and_found_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.plots.draw", drawn)
    folder = tmp_path / "eval" / "results"
    folder.mkdir(parents=True)
    plots = tmp_path / "docs" / "plots"
    plots.mkdir(parents=True)
    (plots / "of-a-set-that-is-gone.svg").touch()
    (folder / "seeds-dev.json").write_text(dump(record(), texts=False), encoding="utf-8")
    (folder / "reading-idk-mrc-dev.json").write_text(json.dumps(READING), encoding="utf-8")
    row = {"what": "a query", "unit": "ms", "kutip": 0.2, "bm25s": 0.4}
    (folder / "speed.json").write_text(json.dumps([row]), encoding="utf-8")
    (tmp_path / "README.md").write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    assert tmp_path / "docs" / "results.md" in outdated(tmp_path, cli)
    written = {file.relative_to(tmp_path).as_posix() for file in renew(tmp_path, cli)}
    assert {"README.md", "docs/results.md", "docs/plots/seeds-dev-recall.svg"} <= written
    assert outdated(tmp_path, cli) == []
    text = (tmp_path / "docs" / "results.md").read_text("utf-8")
    assert "| a query | ms | 0.2 | 0.4 |" in text
    assert "XLM-R large" in text
    assert not (plots / "of-a-set-that-is-gone.svg").exists()
    (plots / "seeds-dev-recall.svg").unlink()
    assert [file.name for file in outdated(tmp_path, cli)] == ["seeds-dev-recall.svg"]


def test_files_that_are_no_results_are_named(tmp_path: Path) -> None:
    for name, text in (("reading-x", "{}"), ("speed", "{}"), ("speed", "{"), ("seeds-dev", "[]")):
        file = tmp_path / f"{name}.json"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=name):
            committed(tmp_path)
        file.unlink()


def test_the_pages_of_this_repository_are_up_to_date() -> None:
    assert outdated(ROOT, cli) == [], "run: qa-eval docs"


def test_every_command_is_on_the_page_about_them() -> None:
    text = manual(cli)
    assert {"run", "compare", "docs"} <= cli.commands.keys()
    for name in cli.commands:
        assert f"\n## qa-eval {name}\n" in text
        assert f"Usage: qa-eval {name} " in text


def test_a_page_without_results_is_its_head_alone() -> None:
    assert "## " not in page(Committed())
