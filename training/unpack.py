"""The shipped models as checkpoints again, so that training can go on from them.

The encoder's weights come back from its eight-bit floats, and the reader's from the bytes of its
graphs: what rounding took is lost, which further training makes up for within minutes. The word
embeddings come back exactly.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor

from training.export import TENSORS, WORDS_FILE
from training.reader import checkpoint
from training.tensors import SPREAD

ENCODER_CHECKPOINT = "shipped.pt"
POSITIONS = "embeddings.position_embeddings.weight"


def unpack(encoder: Path, reader: Path, work: Path) -> None:
    """Write ``tokenizer.json``, ``shipped.pt``, ``reader1.pt`` … into ``work``.

    Without the reader when it has other word pieces than the encoder: it could not go on there.
    """
    work.mkdir(parents=True, exist_ok=True)
    pieces = (encoder / "tokenizer.json").read_bytes()
    (work / "tokenizer.json").write_bytes(pieces)
    state = encoder_state(encoder / TENSORS)
    torch.save({"model": state}, work / ENCODER_CHECKPOINT)
    if (reader / "tokenizer.json").read_bytes() != pieces:
        print("the reader is left out: it has other word pieces than the encoder")
        return
    embeddings = _unspread(load_file(reader / WORDS_FILE)) | {POSITIONS: state[POSITIONS]}
    networks = json.loads((reader / "model.json").read_text("utf-8"))["networks"]
    for number, file in enumerate(networks, 1):
        torch.save({"model": reader_state(reader / file, embeddings)}, checkpoint(work, number))


def encoder_state(path: Path) -> dict[str, Tensor]:
    """The encoder's weights by the names of ``transformers.BertModel``."""
    state = _unspread(load_file(path))
    return {name: value for name, value in state.items() if not name.startswith("pooler.")}


def reader_state(path: Path, embeddings: dict[str, Tensor]) -> dict[str, Tensor]:
    """A network's weights; ``embeddings`` gives those of words and of far positions, by name."""
    constants = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}
    body = {
        name: torch.tensor(value)
        for name, value in constants.items()
        if name.startswith(("embeddings.LayerNorm.", "encoder."))
        and name.endswith((".LayerNorm.weight", ".LayerNorm.bias", ".dense.bias"))
    }
    for name in [n.removesuffix(".numbers") for n in constants if n.endswith(".numbers")]:
        body[f"{name}.weight"] = _matrix(constants, name)
    for name in [name for name in constants if name.endswith(".biases")]:
        biases = torch.tensor(constants[name]).chunk(3)
        for part, bias in zip(("query", "key", "value"), biases, strict=True):
            body[f"{name.removesuffix('biases')}attention.self.{part}.bias"] = bias.clone()
    near = torch.tensor(constants["positions"]) / SPREAD
    body[POSITIONS] = torch.cat([near, embeddings[POSITIONS][len(near) :]])
    kinds = torch.tensor(constants["kind_table"]) / SPREAD
    body["embeddings.token_type_embeddings.weight"] = kinds
    head = {
        "head.weight": torch.tensor(constants["head"]).T.contiguous(),
        "head.bias": torch.tensor(constants["head.bias"]),
    }
    return {f"body.{name}": value for name, value in (embeddings | body).items()} | head


def _unspread(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: value.float() / (SPREAD if name.endswith("_embeddings.weight") else 1)
        for name, value in tensors.items()
    }


def _matrix(constants: dict[str, NDArray[np.float32]], name: str) -> Tensor:
    """A linear map as PyTorch holds it: a row for each output."""
    matrix = constants[f"{name}.numbers"].astype(np.float32) * constants[f"{name}.scales"]
    return torch.from_numpy(np.ascontiguousarray(matrix.T))
