"""The encoder's weights: eight-bit floats on disk, whole numbers where they are multiplied.

The file is one that sentence-transformers reads, too, in the safetensors format: an eight-byte
length, a JSON header with the byte range of each tensor, and the bytes
(https://github.com/huggingface/safetensors#format).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float32Array

LARGEST = 63
"""Largest whole number that stands for a weight. Processors without VNNI instructions add two
products of an unsigned and a signed byte in 16 bits; 2 * 255 * 63 still fits."""


class EightBitTensors:
    """The matrices of a file, as the bytes that stand for their eight-bit floats; read-only."""

    def __init__(self, path: Path) -> None:
        """Read the header; raises ``OSError`` or ``ValueError`` when it is not such a file."""
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            self._header: dict[str, Any] = json.loads(file.read(size))
        self._path, self._begin = path, 8 + size

    def __getitem__(self, name: str) -> NDArray[np.uint8]:
        """A matrix, mapped from the file; raises ``KeyError`` or ``ValueError``."""
        entry = self._header[name]
        begin, end = entry["data_offsets"]
        rows, columns = entry["shape"]
        if end - begin != rows * columns:
            raise ValueError(f"{name} in {self._path} is no matrix of bytes")
        return np.memmap(
            self._path, np.uint8, "r", offset=self._begin + begin, shape=(rows, columns)
        )


def linear_map(parts: Sequence[NDArray[np.uint8]]) -> tuple[NDArray[np.int8], Float32Array]:
    """Matrices side by side as whole numbers, and what one is worth in each column.

    ``parts`` hold a row for each output, as PyTorch does; the results have the shapes
    ``(inputs, outputs)`` and ``(1, outputs)``.
    """
    outputs = sum(map(len, parts))
    numbers = np.empty((parts[0].shape[1], outputs), np.int8)
    scale = np.empty((1, outputs), np.float32)
    at = 0
    for part in parts:
        columns = slice(at, at + len(part))
        at += len(part)
        # Without its sign the byte grows with the size of what it stands for.
        scale[0, columns] = np.maximum(VALUES[(part & 127).max(1)], _SMALLEST) / LARGEST
        values = np.take(VALUES, part)
        values /= scale[0, columns, None]
        numbers.T[columns] = np.rint(values, out=values)
    return numbers, scale


def _values() -> Float32Array:
    """What each byte stands for as a float of 4 exponent and 3 mantissa bits.

    Micikevicius et al. 2022, "FP8 Formats for Deep Learning", E4M3; "not a number" counts as 0.
    """
    byte = np.arange(256)
    exponent, fraction = byte >> 3 & 15, byte & 7
    size = np.where(exponent > 0, (8 + fraction) * 2.0 ** (exponent - 10), fraction * 2.0**-9)
    size[(byte & 127) == 127] = 0
    return np.where(byte & 128, -size, size).astype(np.float32)


VALUES = _values()
_SMALLEST = float(VALUES[1])
