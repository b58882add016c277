"""The encoder's weights: eight-bit floats on disk, whole numbers where they are multiplied.

The file is one that sentence-transformers reads, too, in the safetensors format: an eight-byte
length, a JSON header with the byte range of each tensor, and the bytes
(https://github.com/huggingface/safetensors#format).
"""

from __future__ import annotations

import json
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


def linear_map(
    matrix: NDArray[np.uint8], smoothing: Float32Array | None = None
) -> tuple[NDArray[np.int8], Float32Array]:
    """A matrix as whole numbers, and what one is worth in each column.

    ``matrix`` has a row for each output, as PyTorch has it; the results have the shapes
    ``(inputs, outputs)`` and ``(outputs,)``. ``smoothing``, shape ``(inputs,)``, is what each
    input is divided by before it comes here.
    """
    values = _PAIRS.take(np.ascontiguousarray(matrix).view("<u2")).view(np.float32)
    if smoothing is not None:
        values *= smoothing
    scales = np.maximum(np.maximum(values.max(1), -values.min(1)), _SMALLEST) / LARGEST
    values *= (1 / scales)[:, None]
    numbers = np.empty(matrix.shape[::-1], np.int8)
    numbers.T[:] = np.rint(values, out=values)
    return numbers, scales


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
_SMALLEST = VALUES[1]
# Two floats for every two bytes: half as many to look up. The first byte is the lower one.
_PAIRS = np.stack([np.tile(VALUES, 256), np.repeat(VALUES, 256)], 1).view(np.complex64).ravel()
