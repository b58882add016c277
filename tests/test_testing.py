"""The helpers that are shipped for other people's tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.retriever import Retriever
from index.types import Encoder
from qa.testing import FakeEncoder, make_library


def test_the_fake_encoder_is_an_encoder_of_unit_vectors() -> None:
    encoder: Encoder = FakeEncoder()
    rows = encoder.encode_passages(["the cat sat", "a cat sat down", "rain in Bandung", ""])
    assert rows.shape == (4, encoder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0)
    assert rows[0] @ rows[1] > 0.4 > abs(rows[0] @ rows[2])
    assert encoder.encode_passages([]).shape == (0, encoder.dim)


def test_the_fake_encoder_never_changes() -> None:
    [vector] = FakeEncoder(8).encode_passages(["Word word"])
    assert (vector > 0).tolist() == [True, False, False, False, True, False, True, False]
    assert FakeEncoder(8).name == FakeEncoder(8).name != FakeEncoder(16).name
    assert FakeEncoder(name="mine").name == "mine"


@pytest.mark.parametrize("dim", [0, -8, 12])
def test_a_dimension_that_makes_no_sense(dim: int) -> None:
    with pytest.raises(ValueError, match="multiple of 8"):
        FakeEncoder(dim)


def test_words_that_cancel_each_other_out_still_give_a_unit_vector() -> None:
    encoder = FakeEncoder(8)
    words = [f"w{number}" for number in range(2000)]
    first = encoder.encode_question(words[0])
    opposite = next(w for w in words if np.allclose(encoder.encode_question(w), -first))
    assert np.linalg.norm(encoder.encode_question(f"{words[0]} {opposite}")) == 1.0


def test_a_tiny_library_follows_its_texts(tmp_path: Path) -> None:
    path = make_library(tmp_path, {"a.txt": "Hujan turun.", "sub/b.txt": "Salju turun."})
    assert [article.id for article in Retriever.open(path).articles] == ["a.txt", "sub/b.txt"]
    again = make_library(tmp_path, {"a.txt": "Hujan reda."})
    assert again == path
    [article] = Retriever.open(path).articles
    assert article.text == "Hujan reda."
    hits = Retriever.open(path, encoder=FakeEncoder()).search("hujan")
    assert hits[0].dense_rank == 1
