from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.sets import Choice, load_set
from eval.squad import Paragraph, read_paragraphs, read_squad
from index.errors import InputError
from index.types import Span

CONTEXT = "Kereta itu berangkat dari Bandung pada tahun 1994 dan tiba di Jakarta pada malam hari."
ASKED = {
    "id": "x1",
    "question": "Kapan kereta itu berangkat?",
    "answers": [{"text": "1994", "answer_start": 45}, {"text": "1994", "answer_start": 45}],
}
REFUSED = {"id": "x2", "question": "Siapa masinisnya?", "is_impossible": True, "answers": []}


def saved(folder: Path, data: Any, name: str = "set.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_squad_2_with_its_titles_and_unanswerable_questions(tmp_path: Path) -> None:
    data = {
        "version": "v2.0",
        "data": [
            {"title": "Kereta", "paragraphs": [{"context": CONTEXT, "qas": [ASKED, REFUSED]}]}
        ],
    }
    questions, paragraphs = read_squad(saved(tmp_path, data))
    assert paragraphs == (Paragraph("p00000", CONTEXT, "Kereta"),)
    assert [(q.id, q.lang, q.answerable) for q in questions] == [
        ("x1", "id", True),
        ("x2", "id", False),
    ]
    assert [(gold.article, gold.text, gold.span) for gold in questions[0].gold] == [
        ("p00000", "1994", Span(45, 49))
    ]
    assert CONTEXT[45:49] == "1994"


def test_a_list_of_paragraphs_with_questions_in_two_languages(tmp_path: Path) -> None:
    asked = ASKED | {"question_en": "When did the train leave?"}
    data = [{"context": CONTEXT, "qas": [asked], "passage_id": "p7"}]
    questions, paragraphs = read_squad(saved(tmp_path, data), lang="id")
    assert [p.id for p in paragraphs] == ["p7"]
    assert [(q.id, q.lang, q.pair) for q in questions] == [
        ("x1.id", "id", "x1"),
        ("x1.en", "en", "x1"),
    ]
    assert questions[1].text == "When did the train leave?"
    assert questions[0].gold == questions[1].gold


@pytest.mark.parametrize(
    "data",
    [{"rows": []}, [{"qas": []}], [{"context": CONTEXT, "qas": [{"id": "x"}]}], [], "text", 3],
)
def test_what_is_no_squad_file_is_an_error_that_names_it(tmp_path: Path, data: Any) -> None:
    with pytest.raises(InputError, match=r"set\.json"):
        read_squad(saved(tmp_path, data))


def test_a_missing_file_and_broken_json_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_squad(tmp_path / "missing.json")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.json:1: not valid JSON"):
        read_squad(tmp_path / "broken.json")


def test_paragraphs_are_read_from_gzipped_lines(tmp_path: Path) -> None:
    lines = (
        json.dumps({"id": "p1", "text": "Satu."}) + "\n\n" + json.dumps({"id": 2, "text": "Dua."})
    )
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode()))
    assert read_paragraphs(path) == (Paragraph("p1", "Satu.", None), Paragraph("2", "Dua.", None))
    with pytest.raises(InputError, match=r"set\.json:1: 'id' is missing"):
        read_paragraphs(saved(tmp_path, {"text": "no id"}))


def test_a_squad_file_is_a_set_over_its_own_paragraphs(tmp_path: Path) -> None:
    path = saved(tmp_path, [{"context": CONTEXT, "qas": [ASKED], "passage_id": "p7"}])
    source = load_set(Choice(str(path)))
    assert (source.name, source.unit) == ("set", "article")
    assert source.originals == {"p7": CONTEXT}
    assert json.loads(source.files["paragraphs.jsonl"])["text"] == CONTEXT


def test_idk_mrc_dev_without_its_data_says_where_to_point(tmp_path: Path) -> None:
    for data in (None, tmp_path):
        with pytest.raises(InputError, match="--data"):
            load_set(Choice("idk-mrc-dev", data))


def test_idk_mrc_dev_takes_all_paragraphs_and_both_languages(tmp_path: Path) -> None:
    asked = ASKED | {"question_en": "When did the train leave?"}
    saved(
        tmp_path,
        [{"context": CONTEXT, "qas": [asked], "passage_id": "p1"}],
        "idk_mrc_valid_en.json",
    )
    rows = [{"id": "p1", "text": CONTEXT}, {"id": "p2", "text": "Yang lain."}]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "idk_mrc_passages.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    source = load_set(Choice("idk-mrc-dev", tmp_path))
    assert list(source.originals) == ["p1", "p2"]
    assert [q.lang for q in source.questions] == ["id", "en"]


def test_an_unknown_set_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match="seeds-dev, idk-mrc-dev"):
        load_set(Choice("squad"))
