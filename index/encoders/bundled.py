"""The encoder that comes with Kutip: many languages, 384 dimensions, ONNX Runtime."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from index.arrays import mapped
from index.encoders.onnx import Graph, reason
from index.encoders.pieces import FewPieces, Splitter
from index.encoders.weights import EightBitTensors, linear_map
from index.errors import EncoderError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float32Array

BATCH_PIECES = 512
"""Pieces in a batch, unless one text alone has more: what fits the cache."""


class BundledEncoder:
    """Mean-pooled unit vectors; safe to use from several threads.

    The vector of a text does not depend on what else is encoded with it: a batch holds texts of
    one length only, and inside it every text is computed by itself. Each batch has one thread, and
    there are as many at a time as processors: the operators are too small to be shared out.
    """

    def __init__(self, folder: Path) -> None:
        """Load the files of ``folder``; raises ``EncoderError`` when that fails."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            self._few = FewPieces(folder / "tokenizer.json", about["marks"])
            self._graph = Graph(folder / "model.onnx", _maps(folder, about["maps"]))
        except Exception as error:  # the two libraries raise bare Exceptions
            raise EncoderError(
                f"the encoder in {folder} cannot be loaded ({reason(error)}); install Kutip again"
            ) from error
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, "encoder")
        self._folder = folder
        self._marks: list[str] = about["marks"]
        self.name: str = about["name"]
        self.dim: int = about["dim"]
        self._longest: int = about["longest"]
        self._prompts: dict[str, str] = about["prompts"]

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``; a long text counts up to 256 pieces."""
        found = self._split([self._prompts["document"] + text for text in texts])
        return self._encode([self._split.marked(pieces, self._longest) for pieces in found])

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``."""
        asked = self._prompts["query"] + text
        ids = self._few(asked, self._longest)
        if ids is None:
            ids = self._split.marked(self._split([asked])[0], self._longest)
        return cast("Float32Array", self._encode([ids])[0])

    @cached_property
    def _split(self) -> Splitter:
        """All word pieces: only articles need them."""
        return Splitter(self._folder / "tokenizer.json", self._marks)

    def _encode(self, pieces: Sequence[list[int]]) -> Float32Array:
        by_length: dict[int, list[int]] = defaultdict(list)
        for row, ids in enumerate(pieces):
            by_length[len(ids)].append(row)
        batches = []
        for length, rows in by_length.items():
            size = max(1, BATCH_PIECES // length)
            batches += [rows[begin : begin + size] for begin in range(0, len(rows), size)]
        vectors = np.zeros((len(pieces), self.dim), np.float32)
        run = self._pool.map if len(batches) > 1 else map
        for rows, found in zip(
            batches,
            run(lambda rows: self._run([pieces[row] for row in rows]), batches),
            strict=True,
        ):
            vectors[rows] = found
        return vectors

    def _run(self, pieces: list[list[int]]) -> Float32Array:
        return self._graph({"input_ids": np.array(pieces, np.int64)})


def _maps(folder: Path, rows: Mapping[str, int | None]) -> dict[str, NDArray[Any]]:
    """The constants of the graph's linear maps, from the weights in the folder.

    ``rows`` tells which row of the smoothing the inputs of each map were divided by, if any.
    """
    tensors = EightBitTensors(folder / "model.safetensors")
    smoothing = mapped(folder / "smoothing.npy")
    maps: dict[str, NDArray[Any]] = {
        f"smoothing{row}": 1 / factors for row, factors in enumerate(smoothing)
    }
    for name, row in rows.items():
        factors = None if row is None else smoothing[row]
        numbers, scales = linear_map(tensors[f"{name}.weight"], factors)
        maps |= {f"{name}.numbers": numbers, f"{name}.scales": scales}
    return maps
