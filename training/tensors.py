"""The file of tensors (safetensors format), and where in it a tensor lies.

The format is an eight-byte length, a JSON header with the byte range of each tensor, and the
bytes: https://github.com/huggingface/safetensors#format.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import save_file
from torch import Tensor

SPREAD = 64.0
"""What the embeddings are multiplied by, so that they fall where eight-bit floats are fine; the
layer norm right behind them takes it out again."""


class Place(NamedTuple):
    """Where a tensor lies."""

    file: str
    """Name of the file."""
    shape: tuple[int, ...]
    offset: int
    """Bytes from the start of the file."""
    length: int
    """Bytes."""


def eight_bit(embeddings: Tensor) -> Tensor:
    """Embeddings as they are after shipping."""
    return (embeddings * SPREAD).to(torch.float8_e4m3fn).float() / SPREAD


def write_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    """Save the tensors under their names."""
    contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
    save_file(contiguous, path, metadata={"format": "pt"})
    path.chmod(0o644)  # save_file makes it readable by its owner only


def find_tensor(path: Path, name: str) -> Place:
    """The place of one tensor of a file."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[name]
    begin, end = entry["data_offsets"]
    return Place(path.name, tuple(entry["shape"]), 8 + size + begin, end - begin)
