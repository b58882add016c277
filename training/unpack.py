"""The shipped models as checkpoints again, so that training can go on from them.

The encoder's weights come back from its eight-bit floats, and the reader's from the bytes of its
graph: what rounding took is lost, which further training makes up for within minutes. The word
embeddings come back exactly, so a reader and an encoder that are continued apart still share them.
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

from training.export import SPREAD, TENSORS, WORDS
from training.reader import checkpoint

ENCODER_CHECKPOINT = "shipped.pt"
_LAYER_PARTS = ("attention.output.dense", "intermediate.dense", "output.dense")


def unpack(encoder: Path, reader: Path, work: Path) -> None:
    """Write ``tokenizer.json``, ``start.npy``, ``shipped.pt``, ``reader1.pt`` … into ``work``."""
    work.mkdir(parents=True, exist_ok=True)
    (work / "tokenizer.json").write_bytes((encoder / "tokenizer.json").read_bytes())
    state = encoder_state(encoder / TENSORS)
    np.save(work / "start.npy", state[WORDS].numpy())
    torch.save({"model": state}, work / ENCODER_CHECKPOINT)
    networks = json.loads((reader / "model.json").read_text("utf-8"))["networks"]
    for number, file in enumerate(networks, 1):
        torch.save({"model": reader_state(reader / file, state)}, checkpoint(work, number))


def encoder_state(path: Path) -> dict[str, Tensor]:
    """The encoder's weights by the names of ``transformers.BertModel``."""
    return {
        name: value.float() / (SPREAD if name.endswith("_embeddings.weight") else 1)
        for name, value in load_file(path).items()
        if not name.startswith("pooler.")
    }


def reader_state(path: Path, encoder: dict[str, Tensor]) -> dict[str, Tensor]:
    """The reader's weights; ``encoder`` gives the embeddings of words and of far positions."""
    constants = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}
    body = dict(encoder)
    for name in body:
        if name in constants:
            body[name] = torch.tensor(constants[name])
    for name in {name.rsplit(".attention.", 1)[0] for name in body if ".self.query." in name}:
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        together = _matrix(constants, f"{name}.queries_keys_values").chunk(3)
        biases = torch.tensor(constants[f"{name}.biases"]).chunk(3)
        for part, matrix, bias in zip(parts, together, biases, strict=True):
            body[f"{part}.weight"], body[f"{part}.bias"] = matrix.clone(), bias.clone()
        for part in _LAYER_PARTS:
            body[f"{name}.{part}.weight"] = _matrix(constants, f"{name}.{part}.out")
    near = torch.tensor(constants["positions"]) / SPREAD
    positions = body["embeddings.position_embeddings.weight"].clone()
    positions[: len(near)] = near
    body["embeddings.position_embeddings.weight"] = positions
    kinds = torch.tensor(constants["kind_table"]) / SPREAD
    body["embeddings.token_type_embeddings.weight"] = kinds
    head = {
        "head.weight": torch.tensor(constants["head"]).T.contiguous(),
        "head.bias": torch.tensor(constants["head.bias"]),
    }
    return {f"body.{name}": value for name, value in body.items()} | head


def _matrix(constants: dict[str, NDArray[np.float32]], name: str) -> Tensor:
    """A linear map as PyTorch holds it: a row for each output."""
    matrix = constants[f"{name}.weight"].astype(np.float32) * constants[f"{name}.scale"]
    return torch.from_numpy(np.ascontiguousarray(matrix.T))
