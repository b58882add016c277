"""Names for the numpy arrays that appear in signatures, and the files that they are kept in."""

from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Float32Array: TypeAlias = NDArray[np.float32]
Float64Array: TypeAlias = NDArray[np.float64]
Int64Array: TypeAlias = NDArray[np.int64]

ONE_AT_A_TIME = Lock()
"""Held around every ``numpy.load``. It reads the head of a file with ``ast``, which raises
SystemError in some versions of Python 3.11 and 3.12 when two threads are at it
(github.com/python/cpython/issues/106905)."""


def mapped(file: Path) -> NDArray[Any]:
    """The array in a .npy file, mapped read-only. Safe in threads, unlike ``numpy.load`` itself."""
    with ONE_AT_A_TIME:
        array: NDArray[Any] = np.load(file, mmap_mode="r")
        return array


def write_array(file: Path, array: NDArray[Any]) -> None:
    """Write a .npy file. On a full disk the ``OSError`` says so, unlike that of ``numpy.save``."""
    rows = np.ascontiguousarray(array)
    with file.open("wb") as stream:
        head = np.lib.format.header_data_from_array_1_0(rows)
        np.lib.format.write_array_header_1_0(stream, head)
        stream.write(rows.tobytes())


def union(*arrays: NDArray[np.int64]) -> NDArray[np.int64]:
    """All numbers of all arrays, ascending, each once.

    (``numpy.union1d`` costs a process 12 ms of imports.)
    """
    return np.array(sorted({number for array in arrays for number in array.tolist()}), np.int64)
