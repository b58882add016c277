"""Turns a trained student into the bundled encoder, and a trained reader into the bundled one.

The encoder's directory is a sentence-transformers model, and beside it an ONNX graph over the same
file of weights, for running without torch. The reader's holds a graph alone: its word pieces and
their embeddings are the encoder's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.graph import Graph
from training.reader import ANSWER_MAX, LONGEST_QUESTION, Reader
from training.student import Student
from training.tensors import find_tensor, write_tensors

NAME = "kutip-en-id-1"
READER_NAME = "kutip-reader-1"
LONGEST = 256
"""Pieces that the encoder reads of a text."""
READER_LONGEST = 384
"""Pieces that the reader reads of a question and a paragraph together."""
TENSORS = "model.safetensors"
WORDS = "embeddings.word_embeddings.weight"
SPREAD = 64.0
"""What the embeddings are multiplied by, so that they fall where eight-bit floats are fine; the
layer norm right behind them takes it out again."""
DELICATE = (
    "attention.self.value.weight",
    *(f".{layer}.output.dense.weight" for layer in range(12)),
)
"""Matrices that are kept in 16 bits. With all in eight, a sentence's vector had a cosine as low as
0.97 with the unrounded one; with these, 0.99."""

_MODULES = "sentence_transformers.models"


def export(student: Student, out: Path) -> None:
    """Write the encoder's files to the directory ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    config = student.model.config
    weights = spread_weights(student.model.state_dict())
    replace(out / TENSORS, lambda part: write_tensors(small_tensors(weights), part))
    words = find_tensor(out / TENSORS, WORDS)
    model = _graph(weights, config).encoder(config.num_hidden_layers, LONGEST, words)
    replace(out / "model.onnx", lambda part: part.write_bytes(model.SerializeToString()))
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


def export_reader(readers: Sequence[Reader], even: float, encoder: Path, out: Path) -> None:
    """Write the reader, of one network or more, that shares the exported encoder's embeddings.

    ``even`` is the log-odds from which its answers are taken, see ``training.reader.even_odds``.
    Raises ``ValueError`` when a network was trained with other embeddings.
    """
    out.mkdir(parents=True, exist_ok=True)
    graphs = {network_file(n): _network(reader, encoder) for n, reader in enumerate(readers, 1)}
    digest = hashlib.sha256()
    for file, graph in graphs.items():
        replace(out / file, partial(Path.write_bytes, data=graph))
        digest.update(graph)
    about = {
        "name": f"{READER_NAME}-{digest.hexdigest()[:8]}",
        "networks": list(graphs),
        "longest": READER_LONGEST,
        "longest_question": LONGEST_QUESTION,
        "longest_answer": ANSWER_MAX,
        "even": round(even, 3),
        "words": words_digest(encoder),
    }
    _write(out / "model.json", about)


def network_file(number: int) -> str:
    """Name of the file of one of the reader's networks; they are numbered from 1."""
    return f"network{number}.onnx"


def _network(reader: Reader, encoder: Path) -> bytes:
    words = find_tensor(encoder / TENSORS, WORDS)
    state = reader.state_dict()
    body = {name.removeprefix("body."): state[name] for name in state if name.startswith("body.")}
    weights = spread_weights(body)
    shipped = np.memmap(encoder / words.file, np.uint8, "r", words.offset, words.shape)
    own = weights[WORDS].to(torch.float8_e4m3fn).view(torch.uint8).numpy()
    if not np.array_equal(shipped, own):
        raise ValueError(f"the reader's word embeddings are not those of {encoder}; train it again")
    head = {name: value for name, value in state.items() if name.startswith("head.")}
    config = reader.body.config
    model = _graph(weights | head, config).reader(config.num_hidden_layers, READER_LONGEST, words)
    data: bytes = model.SerializeToString()
    return data


def words_digest(encoder: Path) -> str:
    """Digest of the encoder's vocabulary and word embeddings: what a reader of it relies on."""
    words = find_tensor(encoder / TENSORS, WORDS)
    table = np.memmap(encoder / words.file, np.uint8, "r", words.offset, words.shape)
    digest = hashlib.sha256((encoder / "tokenizer.json").read_bytes())
    digest.update(table.tobytes())
    return digest.hexdigest()[:8]


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside ``path``, then put it in its place: programs that have the old one
    mapped into memory keep it."""
    part = path.with_name(path.name + ".part")
    write(part)
    part.replace(path)


def _graph(weights: dict[str, Tensor], config: Any) -> Graph:
    arrays = {name: tensor.float().numpy() for name, tensor in weights.items()}
    return Graph(arrays, config.num_attention_heads, config.layer_norm_eps)


def spread_weights(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights by the names of ``transformers.BertModel``, the embeddings spread."""
    return {
        name: value * SPREAD if name.endswith("_embeddings.weight") else value
        for name, value in weights.items()
    }


def small_tensors(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as eight-bit floats, but for those where that costs most; vectors as they are.

    The pooler of BERT, which nothing uses, is there because the model is not complete without.
    """
    dim = weights[WORDS].shape[1]
    pooler = {"pooler.dense.weight": torch.zeros(dim, dim), "pooler.dense.bias": torch.zeros(dim)}
    return {
        name: tensor.to(_small_type(name)) if tensor.ndim == 2 else tensor
        for name, tensor in (weights | pooler).items()
    }


def _small_type(name: str) -> torch.dtype:
    return torch.float16 if name.endswith(DELICATE) else torch.float8_e4m3fn


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
