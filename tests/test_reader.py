"""The bundled reader: it points into a passage, and nothing around a passage changes where to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import EncoderError
from index.types import Span
from qa.asked import read
from qa.assistant import Assistant
from qa.attributions import asks_for_speaker
from qa.features import describe
from qa.reader import FOLDER, Reader, whole_words
from qa.testing import FakeEncoder, make_library

BRIDGE = (
    "Jembatan Ampera dibangun pada tahun 1962 di Palembang. Pembangunannya selesai pada tahun "
    "1965, dan jembatan itu diresmikan oleh Letnan Jenderal Ahmad Yani."
)
RICE = "Harga beras naik di pasar Tanah Abang, dan pedagang mengeluh karena pembeli berkurang."
QUESTION = "Kapan Jembatan Ampera dibangun?"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize("question", [QUESTION, "When was the Ampera Bridge built?"])
def test_the_answer_is_found_in_either_language(reader: Reader, question: str) -> None:
    found = reader.read(question, [BRIDGE])[0].best()
    assert found is not None
    assert "1962" in BRIDGE[slice(*found.span)]


def test_a_passage_that_does_not_answer_has_lower_odds(reader: Reader) -> None:
    right, wrong = (reading.best() for reading in reader.read(QUESTION, [BRIDGE, RICE]))
    assert right is not None
    assert wrong is not None
    assert reader.probability(right.odds) > reader.probability(wrong.odds)


def test_no_other_passage_changes_a_reading(reader: Reader) -> None:
    alone = reader.read(QUESTION, [BRIDGE])[0].best()
    assert reader.read(QUESTION, [RICE * 5, BRIDGE, RICE])[1].best() == alone


def test_a_translated_question_counts_as_much_as_the_question(reader: Reader) -> None:
    english = "When was the Ampera Bridge built?"
    (own,), (other,) = reader.read(english, [BRIDGE]), reader.read(QUESTION, [BRIDGE])
    both, alone = reader.read(english, [BRIDGE, RICE], [QUESTION, None])
    mean = (own.windows[0].scores + other.windows[0].scores) / 2
    np.testing.assert_allclose(both.windows[0].scores, mean, atol=1e-4)
    assert alone.best() == reader.read(english, [RICE])[0].best()


def test_the_best_answer_of_a_stretch_lies_inside_it(reader: Reader) -> None:
    reading = reader.read(QUESTION, [BRIDGE])[0]
    second = Span(BRIDGE.index("Pembangunannya"), len(BRIDGE))
    found = reading.best(second)
    assert found is not None
    assert second.start <= found.span.start < found.span.end <= second.end
    assert reading.best(Span(3, 3)) is None


def test_the_end_of_a_long_passage_is_read(reader: Reader) -> None:
    text = RICE * 25 + " " + BRIDGE
    found = reader.read(QUESTION, [text])[0].best()
    assert found is not None
    assert text[slice(*found.span)].find("1962") >= 0


@pytest.mark.parametrize("text", ["", " ", "\u200b", "1", "?" * 3000, "é" * 700, "</s> <s>"])
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    found = reader.read("Kapan? " * 200, [text])[0].best()
    assert found is None or 0 <= found.span.start < found.span.end <= len(text)


def test_probability_is_even_at_the_threshold_and_never_overflows(reader: Reader) -> None:
    even = json.loads((FOLDER / "model.json").read_text("utf-8"))["even"]
    assert reader.probability(even) == pytest.approx(0.5)
    assert 0 <= reader.probability(-1e9) < 1e-9
    assert 1 - 1e-9 < reader.probability(1e9) <= 1


def test_it_takes_less_than_45_megabytes() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 45e6


def test_a_damaged_reader_is_one_clear_error(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "reader")
    (tmp_path / "reader" / "network1.onnx").write_bytes(b"nothing")
    with pytest.raises(EncoderError, match=r"cannot be loaded .*install Kutip again"):
        Reader(tmp_path / "reader")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        Reader(tmp_path / "missing")


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_span_grows_to_whole_words_and_no_further(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    if start == end:
        return
    grown = whole_words(text, Span(start, end))
    assert grown.start <= start < end <= grown.end
    assert text[grown.start : start].isalnum() or grown.start == start
    assert text[end : grown.end].isalnum() or grown.end == end


SAID = "“Dengan mediasi Rusia, gencatan senjata diumumkan,” kata Kementerian Pertahanan Armenia."


@pytest.mark.parametrize(
    ("question", "lit"),
    [
        ("Siapa yang menengahi gencatan senjata?", False),
        ("Who mediated the ceasefire?", False),
        ("Siapa yang mengatakan bahwa gencatan senjata diumumkan?", True),
    ],
)
def test_who_says_a_thing_is_no_answer_to_who_did_it(
    tmp_path: Path, question: str, lit: bool
) -> None:
    helper = Assistant.open(make_library(tmp_path, {"a.txt": SAID + "\n"}), FakeEncoder())
    reading = read(question, helper.retriever)
    hits = helper.retriever.search(question)
    readings = Reader.load().read(question, [hit.passage.text for hit in hits])
    (candidate,) = describe(reading, hits, None, readings)
    assert candidate.answer is not None
    found = hits[0].passage.article.text[slice(*candidate.answer)]
    assert ("Kementerian Pertahanan" in found) == lit


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who accused Armenia of shelling?", True),
        ("Menurut siapa korban bertambah?", True),
        ("What did the ministry state?", True),
        ("In which state did it happen?", True),
        ("Siapa yang menembak lebih dulu?", False),
        ("When did the fighting begin?", False),
    ],
)
def test_questions_about_speech_are_told(question: str, asks: bool) -> None:
    assert asks_for_speaker(question) == asks
