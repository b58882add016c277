"""The encoder that comes with Kutip: English and Indonesian, 384 dimensions, ONNX Runtime."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from tokenizers import Tokenizer

from index.errors import EncoderError

# Since 1.29 ONNX Runtime collects usage data below the home directory and sends it to its makers,
# unless this is set before it is imported. Kutip opens no connection.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

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
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                folder / "model.onnx", _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the two libraries raise bare Exceptions
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EncoderError(
                f"the encoder in {folder} cannot be loaded ({reason}); install Kutip again"
            ) from error
        self.name: str = about["name"]
        self.dim: int = about["dim"]
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(about["longest"])

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``; a long text counts up to 256 pieces."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
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
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return cast("Float32Array", vectors)


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    options.log_severity_level = 3  # errors only: the screen belongs to the answer
    # Threads that spin between operators would take the processor from everything else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
