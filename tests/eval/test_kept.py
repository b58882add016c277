from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.bench import prepared
from eval.kept import KeptVectors
from eval.source import Source
from qa.testing import FakeEncoder

SOURCE = Source("made-up", (), "passage", {"train.txt": b"The old train left Bandung in 1994.\n"})


class Counting(FakeEncoder):
    calls = 0

    def encode_passages(self, texts: Sequence[str]) -> Any:
        self.calls += len(texts)
        return super().encode_passages(texts)


def test_vectors_are_kept_between_runs(tmp_path: Path) -> None:
    encoder = Counting()
    with prepared(SOURCE, encoder, tmp_path):
        once = encoder.calls
    assert once > 0
    with prepared(SOURCE, encoder, tmp_path):
        assert encoder.calls == once
    other = Counting(name="another")
    with prepared(SOURCE, other, tmp_path):
        assert other.calls == once


@pytest.mark.parametrize("cut", [1, 100, 280, 400])
def test_a_file_that_was_cut_short_gives_the_same_vectors(tmp_path: Path, cut: int) -> None:
    words = ["satu", "dua", "satu", "tiga"]
    for _ in range(3):
        kept = KeptVectors(FakeEncoder(), tmp_path)
        np.testing.assert_array_equal(
            kept.encode_passages(words), FakeEncoder().encode_passages(words)
        )
        file = next(tmp_path.glob("*.bin"))
        file.write_bytes(file.read_bytes()[:cut])


def test_nothing_to_encode_gives_no_rows(tmp_path: Path) -> None:
    assert KeptVectors(FakeEncoder(), tmp_path).encode_passages([]).shape == (0, 64)


def test_a_run_that_is_cut_short_keeps_every_batch(tmp_path: Path) -> None:
    encoder = Counting()
    kept = KeptVectors(encoder, tmp_path)
    for text in ("satu", "dua", "tiga"):
        kept.encode_passages([text])
    KeptVectors(encoder, tmp_path).encode_passages(["satu", "dua", "tiga", "empat"])
    assert encoder.calls == 4
