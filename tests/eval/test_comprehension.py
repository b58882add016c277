"""The reader judged alone, on a file of two paragraphs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cli import main
from eval.comprehension import read_all, record, table

BRIDGE = "Jembatan Ampera dibangun pada tahun 1962 di Palembang."


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    def item(name: str, question: str, answer: str | None) -> dict[str, object]:
        gold = [{"text": answer, "answer_start": BRIDGE.index(answer)}] if answer else []
        return {"id": name, "question": question, "is_impossible": not gold, "answers": gold}

    asked = [
        item("1", "Kapan Jembatan Ampera dibangun?", "1962"),
        item("2", "Siapa presiden Prancis?", None),
    ]
    paragraphs = [{"context": BRIDGE, "qas": asked}, {"context": "Kosong.", "qas": []}]
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}), "utf-8")
    return path


def test_every_question_is_read_in_its_own_paragraph(squad: Path) -> None:
    rows = read_all(squad)
    assert [row.given.paragraph.text for row in rows] == [BRIDGE, BRIDGE]
    assert [row.reading.golds for row in rows] == [("1962",), ()]
    assert rows[0].reading.no_answer < rows[1].reading.no_answer
    assert "1962" in rows[0].reading.prediction


def test_the_record_counts_every_question(squad: Path) -> None:
    found = record(read_all(squad))
    figures = found["languages"]["id"]
    assert (figures["n"], figures["answerable"]) == (2, 1)
    assert figures["AUROC"] == 1.0
    assert figures["best-EM"] == 100.0
    assert figures["EM-low"] <= figures["EM"] <= figures["EM-high"]
    assert "id" in table(found).text()


def test_the_command_prints_figures_or_says_what_it_needs(
    squad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main(["read", str(squad), "--json", "-"])
    assert not done.value.code
    assert json.loads(capsys.readouterr().out)["languages"]["id"]["n"] == 2
    with pytest.raises(SystemExit) as done:
        main(["read"])
    assert done.value.code == 2
    assert "--data" in capsys.readouterr().err
