"""Eight-bit weights: whole numbers, with one float scale a row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FULL = 127
"""Largest number of a table that is only looked up."""
REDUCED = 63
"""Largest weight that is multiplied: processors without VNNI instructions add two products of an
unsigned and a signed byte in 16 bits, and 2 * 255 * 63 still fits."""


def quantize(
    matrix: NDArray[np.float32], largest: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Numbers from ``-largest`` to ``largest``, and the scale of each row, shape ``(rows,)``."""
    scales = np.maximum(np.abs(matrix).max(1) / largest, 1e-12).astype(np.float32)
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales
