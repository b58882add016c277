"""The JSON of an answer, pinned: whoever changes it raises ``SCHEMA`` or only adds to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from answering import assistant, models

from qa import scoring
from qa.types import SCHEMA

GOLDEN = Path(__file__).parent / "golden" / "answer.json"


@pytest.fixture(autouse=True)
def fixed_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "load", models)


def test_the_json_of_an_answer_is_the_golden_one(tmp_path: Path) -> None:
    helper = assistant(tmp_path)
    first = "Siapa yang menengahi perundingan?"
    answer = helper.ask("Berapa warga sipil tewas sebelum itu?", [first], k=2).to_dict(id="q1")
    answer["seconds"] = 0.0
    text = json.dumps(answer, indent=1, ensure_ascii=False, sort_keys=True)
    folder = json.dumps(str(tmp_path / "articles"))[1:-1]
    assert text.replace(folder, "ARTICLES") + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_the_json_has_every_field_of_the_schema(tmp_path: Path) -> None:
    answer = assistant(tmp_path).ask("Siapa yang menengahi perundingan?").to_dict()
    assert answer["schema"] == SCHEMA == 1
    assert list(answer) == [
        "schema", "id", "question", "asked_as", "verdict", "confidence", "mode",
        "quotes", "claims", "hits", "notes", "seconds",
    ]  # fmt: skip
    quote = answer["quotes"][0]
    assert set(quote) == {
        "text", "article", "span", "passage", "highlights", "answer", "speaker", "said_by", "rank",
        "score", "lexical_rank", "dense_rank",
    }  # fmt: skip
    assert set(quote["article"]) == {
        "id", "title", "source", "published", "lang", "path", "sha256",
    }  # fmt: skip
    assert set(answer["hits"][0]) == set(quote) - {"highlights", "answer", "speaker", "said_by"}
    assert json.loads(json.dumps(answer)) == answer
