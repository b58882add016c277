"""The encoder that comes with Kutip: English and Indonesian, 384 dimensions, ONNX Runtime."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from index.encoders.onnx import Graph, Splitter, reason
from index.errors import EncoderError

if TYPE_CHECKING:
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
            self._split = Splitter.load(folder / "tokenizer.json")
            self._graph = Graph(folder / "model.onnx")
        except Exception as error:  # the two libraries raise bare Exceptions
            raise EncoderError(
                f"the encoder in {folder} cannot be loaded ({reason(error)}); install Kutip again"
            ) from error
        self.name: str = about["name"]
        self.dim: int = about["dim"]
        self._longest: int = about["longest"]

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``; a long text counts up to 256 pieces."""
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

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``."""
        return cast("Float32Array", self.encode_passages([text])[0])

    def _run(self, pieces: list[list[int]], length: int) -> Float32Array:
        ids = np.zeros((len(pieces), length), np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(pieces):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        return self._graph({"input_ids": ids, "attention_mask": mask})
