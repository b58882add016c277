import json
from pathlib import Path

import numpy as np
import pytest

from index.encoders.weights import LARGEST, VALUES, EightBitTensors, linear_map


def test_bytes_stand_for_small_floats() -> None:
    assert VALUES[[0b0_0111_000, 0b1_0111_000, 0b0_1000_100]].tolist() == [1, -1, 3]
    assert VALUES[[0b0_0000_001, 0b0_1111_110]].tolist() == [2**-9, 448]
    assert np.isfinite(VALUES).all()


def test_a_linear_map_is_near_its_floats() -> None:
    rng = np.random.default_rng(0)
    stored = rng.integers(0, 127, (8, 8)) | rng.integers(0, 2, (8, 8)) << 7
    numbers, scales = linear_map(stored.astype(np.uint8))
    expected = VALUES[stored].T
    assert numbers.dtype == np.int8
    assert np.abs(numbers).max() == LARGEST
    assert (np.abs(numbers * scales - expected) <= scales / 2 * 1.0001).all()


def test_smoothing_is_multiplied_in() -> None:
    stored = np.arange(32, dtype=np.uint8).reshape(4, 8)
    smoothing = np.linspace(0.5, 4, 8, dtype=np.float32)
    numbers, scales = linear_map(stored, smoothing)
    expected = (VALUES[stored] * smoothing).T
    assert (np.abs(numbers * scales - expected) <= scales / 2 * 1.0001).all()


def test_a_map_of_zeros_stays_one() -> None:
    numbers, scales = linear_map(np.zeros((2, 4), np.uint8))
    assert not numbers.any()
    assert np.isfinite(scales).all()


def test_other_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    header = json.dumps(
        {name: {"shape": [2, 3], "data_offsets": [0, end]} for name, end in (("x", 6), ("y", 12))}
    ).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(range(12)))
    tensors = EightBitTensors(path)
    assert tensors["x"].tolist() == [[0, 1, 2], [3, 4, 5]]
    with pytest.raises(ValueError, match="no matrix of bytes"):
        tensors["y"]
    with pytest.raises(KeyError):
        tensors["z"]
