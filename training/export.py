"""Turns a trained student into the bundled encoder.

The directory is a sentence-transformers model, and beside it an ONNX graph over the same file of
weights, for running without torch.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.graph import Graph
from training.student import Student
from training.tensors import find_tensor, write_tensors

NAME = "kutip-en-id-1"
LONGEST = 256
"""Pieces that the encoder reads of a text."""
TENSORS = "model.safetensors"
WORDS = "embeddings.word_embeddings.weight"
SPREAD = 64.0
"""What the embeddings are multiplied by, so that they fall where eight-bit floats are fine; the
layer norm right behind them takes it out again."""

_MODULES = "sentence_transformers.models"


def export(student: Student, out: Path) -> None:
    """Write the encoder's files to the directory ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    config = student.model.config
    weights = spread_weights(student)
    write_tensors(small_tensors(weights), out / TENSORS)
    arrays = {name: tensor.float().numpy() for name, tensor in weights.items()}
    graph = Graph(arrays, config.num_attention_heads, config.layer_norm_eps)
    words = find_tensor(out / TENSORS, WORDS)
    model = graph.build(config.num_hidden_layers, LONGEST, words)
    (out / "model.onnx").write_bytes(model.SerializeToString())
    student.tokenizer.no_truncation()
    student.tokenizer.no_padding()
    student.tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    digest = hashlib.sha256((out / "model.onnx").read_bytes())
    digest.update((out / TENSORS).read_bytes())
    about = {
        "name": f"{NAME}-{digest.hexdigest()[:8]}",
        "dim": config.hidden_size,
        "longest": LONGEST,
    }
    _write(out / "model.json", about)
    for name, value in sentence_transformers_files(student).items():
        _write(out / name, value)


def spread_weights(student: Student) -> dict[str, Tensor]:
    """The weights by the names of ``transformers.BertModel``, the embeddings spread."""
    return {
        name: value * SPREAD if name.endswith("_embeddings.weight") else value
        for name, value in student.model.state_dict().items()
    }


def small_tensors(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as eight-bit floats, vectors as they are.

    The pooler of BERT, which nothing uses, is there because the model is not complete without.
    """
    dim = weights[WORDS].shape[1]
    pooler = {"pooler.dense.weight": torch.zeros(dim, dim), "pooler.dense.bias": torch.zeros(dim)}
    return {
        name: tensor.to(torch.float8_e4m3fn) if tensor.ndim == 2 else tensor
        for name, tensor in (weights | pooler).items()
    }


def sentence_transformers_files(student: Student) -> dict[str, Any]:
    """What a sentence-transformers model directory says about itself: file name to JSON value."""
    config = student.model.config
    kept: tuple[str, ...] = (
        "hidden_size",
        "intermediate_size",
        "layer_norm_eps",
        "max_position_embeddings",
    )
    kept += ("num_attention_heads", "num_hidden_layers", "type_vocab_size", "vocab_size")
    modules = [
        ("0", "", "Transformer"),
        ("1", "1_Pooling", "Pooling"),
        ("2", "2_Normalize", "Normalize"),
    ]
    special = {
        f"{name}_token": f"[{name.upper()}]" for name in ("unk", "sep", "pad", "cls", "mask")
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "pad_token_id": 0,
            **{name: getattr(config, name) for name in kept},
        },
        "modules.json": [
            {"idx": int(index), "name": index, "path": path, "type": f"{_MODULES}.{kind}"}
            for index, path, kind in modules
        ],
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": config.hidden_size,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": LONGEST,
            **special,
        },
    }


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", "utf-8")
