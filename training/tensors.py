"""The file of tensors (safetensors format), and where in it each tensor lies.

The format is an eight-byte length, a JSON header with the byte range of each tensor, and the
bytes: https://github.com/huggingface/safetensors#format.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto
from safetensors.numpy import save_file

_ONNX_TYPES = {"I8": TensorProto.INT8, "F32": TensorProto.FLOAT}


class Place(NamedTuple):
    """Where a tensor lies in its file."""

    shape: tuple[int, ...]
    onnx_type: int
    offset: int
    """Bytes from the start of the file."""
    length: int
    """Bytes."""


def write_tensors(tensors: dict[str, NDArray[Any]], path: Path) -> dict[str, Place]:
    """Save the tensors and say where each lies."""
    contiguous = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
    save_file(contiguous, path, metadata={"format": "pt"})
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
    return {
        name: Place(
            tuple(entry["shape"]),
            _ONNX_TYPES[entry["dtype"]],
            8 + size + entry["data_offsets"][0],
            entry["data_offsets"][1] - entry["data_offsets"][0],
        )
        for name, entry in header.items()
        if name != "__metadata__"
    }
