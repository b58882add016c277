import gzip
import json
from pathlib import Path

import pytest

from training import written
from training.corpus import ARTICLES, ENCYCLOPEDIA, DataMissing
from training.written import (
    NEWS,
    REWORDED,
    digest,
    english_questions,
    stretches,
    written_questions,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with one article of two stretches in each file."""
    (tmp_path / "text").mkdir()
    for name in ARTICLES:
        row = {"url": f"https://{name}", "text": "Satu dua. " * 40 + "\n\n" + "Tiga empat. " * 40}
        with gzip.open(tmp_path / "text" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    entry = {"title": "Kota", "paragraphs": ["Kota.", " Lima \n enam."]}
    with gzip.open(tmp_path / "text" / f"{ENCYCLOPEDIA}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
    return tmp_path


def write(folder: Path, name: str, rows: list[list[str]]) -> None:
    with gzip.open(folder / name, "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)


def test_a_question_is_found_again_whatever_its_spaces_and_capitals() -> None:
    assert digest("Siapa  dia? ") == digest("siapa dia?")
    assert digest("siapa dia?") != digest("siapa dia")


def test_what_was_written_is_whole() -> None:
    questions = english_questions()
    assert len(questions) > 12_000
    assert all(len(key) == 12 and text.strip() == text != "" for key, text in questions.items())
    assert questions[digest("Kapan Skype mulai dirilis ?")] == "When was Skype first released?"


def test_stretches_are_whole_paragraphs_and_lose_nothing() -> None:
    paragraphs = [f"{number} " + "kata " * 30 for number in range(20)] + ["", "  akhir \n cerita "]
    found = stretches(paragraphs)
    assert " ".join(found).split() == " ".join(paragraphs).split()
    assert all(len(text) <= written.ROOM for text in found)
    assert all(len(text) > written.FULL for text in found[:-1])


def test_answers_are_cut_from_the_articles(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    article = [ARTICLES[1], f"https://{ARTICLES[1]}"]
    rows = [[*article, "1", "apa?", "what?", "5", "10"], [*article, "0", "siapa?", "who?", "", ""]]
    write(tmp_path, NEWS, rows)
    answered, not_said = written_questions(data, NEWS)
    assert (answered.answer, answered.start, answered.english) == ("empat", 5, "what?")
    assert answered.context.startswith("Tiga empat.")
    assert (not_said.answer, not_said.start, not_said.indonesian) == ("", 0, "siapa?")


def test_reworded_questions_are_on_news_and_on_paragraphs_of_wikipedia(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    news = [ARTICLES[0], f"https://{ARTICLES[0]}", "1", "apa?", "what?", "0", "4"]
    entry = [ENCYCLOPEDIA, "Kota", "1", "berapa?", "how many?", "5", "9"]
    write(tmp_path, REWORDED, [news, entry])
    first, second = written_questions(data, REWORDED)
    assert (first.answer, second.answer) == ("Tiga", "enam")
    assert second.context == "Lima enam."


def test_it_says_which_articles_are_missing(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="indosum_dev"):
        written_questions(tmp_path, NEWS)
