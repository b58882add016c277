"""The encoder that comes with Kutip: many languages, 384 dimensions, ONNX Runtime."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from index.encoders.onnx import Graph, Splitter, reason
from index.encoders.weights import EightBitTensors, linear_map
from index.errors import EncoderError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float32Array

STEP = 8
"""Texts are padded to a multiple of this many pieces."""
BATCH_PIECES = 512
"""Pieces in a batch, padding included, unless one text alone has more: what fits the cache."""


class BundledEncoder:
    """Mean-pooled unit vectors; safe to use from several threads.

    The vector of a text does not depend on what else is encoded with it: a batch holds texts of
    one padded length only, and inside it every text is computed by itself.
    """

    def __init__(self, folder: Path) -> None:
        """Load the files of ``folder``; raises ``EncoderError`` when that fails."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            self._split = Splitter(folder / "tokenizer.json", about["marks"])
            self._graph = Graph(folder / "model.onnx", _maps(folder, about["maps"]))
        except Exception as error:  # the two libraries raise bare Exceptions
            raise EncoderError(
                f"the encoder in {folder} cannot be loaded ({reason(error)}); install Kutip again"
            ) from error
        self.name: str = about["name"]
        self.dim: int = about["dim"]
        self._longest: int = about["longest"]
        self._prompts: dict[str, str] = about["prompts"]

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``; a long text counts up to 256 pieces."""
        return self._encode([self._prompts["document"] + text for text in texts])

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``."""
        return cast("Float32Array", self._encode([self._prompts["query"] + text])[0])

    def _encode(self, texts: Sequence[str]) -> Float32Array:
        pieces = [self._split.marked(found, self._longest) for found in self._split(texts)]
        by_length: dict[int, list[int]] = defaultdict(list)
        for row, ids in enumerate(pieces):
            by_length[-(-len(ids) // STEP) * STEP].append(row)
        vectors = np.zeros((len(pieces), self.dim), np.float32)
        for length, rows in by_length.items():
            size = max(1, BATCH_PIECES // length)
            for begin in range(0, len(rows), size):
                batch = rows[begin : begin + size]
                vectors[batch] = self._run([pieces[row] for row in batch], length)
        return vectors

    def _run(self, pieces: list[list[int]], length: int) -> Float32Array:
        ids = np.zeros((len(pieces), length), np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(pieces):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        return self._graph({"input_ids": ids, "attention_mask": mask})


def _maps(folder: Path, made_of: Mapping[str, Sequence[str]]) -> dict[str, NDArray[Any]]:
    """The constants of the graph's linear maps, from the weights in the folder."""
    tensors = EightBitTensors(folder / "model.safetensors")
    maps: dict[str, NDArray[Any]] = {}
    for name, parts in made_of.items():
        numbers, scale = linear_map([tensors[part] for part in parts])
        maps |= {f"{name}.weight": numbers, f"{name}.scale": scale}
    return maps
