"""Turns a trained student into the bundled encoder: one directory, no torch needed to run it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.graph import Graph
from training.quantize import FULL, REDUCED, quantize
from training.student import Student
from training.tensors import write_tensors

NAME = "kutip-en-id-1"
LONGEST = 256
"""Pieces that the encoder reads of a text."""
TENSORS = "model.safetensors"


def export(student: Student, out: Path) -> None:
    """Write the encoder's files to the directory ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    config = student.model.config
    places = write_tensors(tensors(student), out / TENSORS)
    graph = Graph(places, config.num_attention_heads, config.layer_norm_eps)
    model = graph.build(config.num_hidden_layers, config.hidden_size, TENSORS)
    (out / "model.onnx").write_bytes(model.SerializeToString())
    student.tokenizer.no_truncation()
    student.tokenizer.no_padding()
    student.tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    digest = hashlib.sha256((out / TENSORS).read_bytes()).hexdigest()
    about = {"name": f"{NAME}-{digest[:8]}", "dim": config.hidden_size, "longest": LONGEST}
    (out / "model.json").write_text(json.dumps(about, indent=2) + "\n")


def tensors(student: Student) -> dict[str, NDArray[Any]]:
    """The weights by the names that the graph uses: large ones as numbers and scales."""
    state = {name: value.float().numpy() for name, value in student.model.state_dict().items()}
    out: dict[str, NDArray[Any]] = {}

    def put(name: str, matrix: NDArray[np.float32]) -> None:
        """A linear map, laid out for ``input @ weight``."""
        numbers, out[f"{name}.scale"] = quantize(matrix, REDUCED)
        out[f"{name}.q"] = numbers.T

    out["words.q"], scales = quantize(state["embeddings.word_embeddings.weight"], FULL)
    out["words.scale"] = scales[:, None]
    positions = state["embeddings.position_embeddings.weight"][:LONGEST]
    out["positions"] = positions + state["embeddings.token_type_embeddings.weight"][0]
    out["norm.weight"] = state["embeddings.LayerNorm.weight"]
    out["norm.bias"] = state["embeddings.LayerNorm.bias"]
    for number in range(student.model.config.num_hidden_layers):
        old, new = f"encoder.layer.{number}", f"layer.{number}"
        heads = [f"{old}.attention.self.{part}" for part in ("query", "key", "value")]
        put(f"{new}.qkv", np.concatenate([state[f"{head}.weight"] for head in heads]))
        out[f"{new}.qkv.bias"] = np.concatenate([state[f"{head}.bias"] for head in heads])
        for part, source in (
            ("out", f"{old}.attention.output"),
            ("up", f"{old}.intermediate"),
            ("down", f"{old}.output"),
        ):
            put(f"{new}.{part}", state[f"{source}.dense.weight"])
            out[f"{new}.{part}.bias"] = state[f"{source}.dense.bias"]
            if part != "up":
                out[f"{new}.{part}.norm.weight"] = state[f"{source}.LayerNorm.weight"]
                out[f"{new}.{part}.norm.bias"] = state[f"{source}.LayerNorm.bias"]
    return out
