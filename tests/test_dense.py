from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex


def unit_rows(count: int, dim: int = 16, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_equal_to_numpy() -> None:
    vectors, question = unit_rows(500), unit_rows(1, seed=1)[0]
    numbers, cosines = DenseIndex.build(vectors).search(question, 10)
    assert numbers.tolist() == np.argsort(-(vectors @ question))[:10].tolist()
    np.testing.assert_allclose(cosines, np.sort(vectors @ question)[::-1][:10], atol=1e-6)


def test_more_than_there_are() -> None:
    numbers, _ = DenseIndex.build(unit_rows(3)).search(unit_rows(1)[0], 10)
    assert sorted(numbers.tolist()) == [0, 1, 2]


def test_ties_go_to_the_lower_number() -> None:
    vectors = np.repeat(unit_rows(1), 5, axis=0)
    assert DenseIndex.build(vectors).search(vectors[0], 3)[0].tolist() == [0, 1, 2]


def test_among() -> None:
    vectors, question = unit_rows(50), unit_rows(1, seed=2)[0]
    among = np.array([3, 8, 21], dtype=np.int64)
    numbers, _ = DenseIndex.build(vectors).search(question, 10, among)
    assert numbers.tolist() == among[np.argsort(-(vectors[among] @ question))].tolist()
    assert DenseIndex.build(vectors).search(question, 10, among[:0])[0].tolist() == []


def test_saved_and_mapped(tmp_path: Path) -> None:
    vectors, question = unit_rows(50), unit_rows(1, seed=3)[0]
    built = DenseIndex.build(vectors)
    built.save(tmp_path / "dense.faiss")
    opened = DenseIndex.open(np.fromfile(tmp_path / "dense.faiss", np.uint8))
    assert len(opened) == 50
    assert opened.search(question, 5)[0].tolist() == built.search(question, 5)[0].tolist()
    np.testing.assert_array_equal(opened.vectors(np.array([7, 2])), vectors[[7, 2]])
    np.testing.assert_allclose(opened.cosines(question, np.array([7])), vectors[[7]] @ question)


def test_large_libraries_are_kept_as_half_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "FLAT_UP_TO", 10)
    vectors, question = unit_rows(500), unit_rows(1, seed=4)[0]
    index = DenseIndex.build(vectors)
    assert index.search(question, 1)[0][0] == np.argmax(vectors @ question)
    again = DenseIndex.build(index.vectors(np.arange(500)))
    np.testing.assert_array_equal(again.vectors(np.arange(500)), index.vectors(np.arange(500)))
