"""Array files: the very bytes of numpy, and an error that says what is wrong."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.arrays import mapped, union, write_array


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12, dtype=np.int64).reshape(-1, 3),
        np.arange(12, dtype=np.float32).reshape(3, 4).T,
        np.array([b"0123456789abcde\0"], dtype="V16"),
        np.array([], dtype="V16"),
        np.empty((0, 5), dtype=np.int64),
        np.linspace(0, 1, 7).astype(np.float16),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_written_as_numpy_would(tmp_path: Path, array: np.ndarray[Any, Any]) -> None:
    write_array(tmp_path / "ours.npy", array)
    np.save(tmp_path / "theirs.npy", np.ascontiguousarray(array))
    assert (tmp_path / "ours.npy").read_bytes() == (tmp_path / "theirs.npy").read_bytes()
    read = mapped(tmp_path / "ours.npy")
    assert (read.dtype, read.tolist()) == (array.dtype, array.tolist())
    with pytest.raises(ValueError, match="read-only"):
        read[...] = array


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_named() -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        write_array(Path("/dev/full"), np.zeros(100_000))
    assert raised.value.errno == errno.ENOSPC


def test_a_union_is_in_order_and_holds_each_number_once() -> None:
    found = union(np.array([5, 1]), np.array([], np.int64), np.array([1, 3]))
    assert (found.tolist(), found.dtype) == ([1, 3, 5], np.int64)
    assert union().tolist() == []
    assert union().dtype == np.int64
