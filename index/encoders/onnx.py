"""Runs the bundled models: ONNX graphs and their tokenizer, on the CPU."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from tokenizers import Tokenizer

# Since 1.29 ONNX Runtime collects usage data below the home directory and sends it to its makers,
# unless this is set before it is imported. Kutip opens no connection.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float32Array


class Pieces(NamedTuple):
    """A text as the models read it."""

    ids: list[int]
    """Numbers of its word pieces."""
    offsets: list[tuple[int, int]]
    """Where each piece begins and ends in the text, in code points."""


class Splitter:
    """Splits texts into word pieces; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Read ``tokenizer.json``; raises what ``tokenizers`` raises, a bare ``Exception``."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.first = cast("int", self._tokenizer.token_to_id("[CLS]"))
        self.last = cast("int", self._tokenizer.token_to_id("[SEP]"))

    @staticmethod
    @cache
    def load(path: Path) -> Splitter:
        """The splitter of a file, read once however many models share it."""
        return Splitter(path)

    def __call__(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text."""
        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Pieces(encoding.ids, encoding.offsets) for encoding in found]

    def marked(self, pieces: Pieces, longest: int) -> list[int]:
        """The first pieces with [CLS] before and [SEP] behind, ``longest`` in all."""
        return [self.first, *pieces.ids[: longest - 2], self.last]


class Graph:
    """An ONNX graph with one output; safe to use from several threads."""

    def __init__(self, path: Path, threads: int | None = None) -> None:
        """Load the graph; raises what ``onnxruntime`` raises, a bare ``Exception``.

        ``threads`` work on one run together, by default one for each processor.
        """
        self._session = onnxruntime.InferenceSession(
            path, _options(threads or os.cpu_count() or 1), providers=["CPUExecutionProvider"]
        )

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> Float32Array:
        """The output for ``inputs``, by their names."""
        (output,) = self._session.run(None, dict(inputs))
        return cast("Float32Array", output)


def read_tensor(path: Path, name: str) -> NDArray[np.uint8]:
    """The bytes of a matrix of eight-bit numbers, mapped from a safetensors file, read-only.

    The format is an eight-byte length, a JSON header with the byte range of each tensor, and the
    bytes: https://github.com/huggingface/safetensors#format. Raises ``OSError``, ``KeyError`` or
    ``ValueError`` when the file is not such a one.
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[name]
    begin, end = entry["data_offsets"]
    rows, columns = entry["shape"]
    if end - begin != rows * columns:
        raise ValueError(f"{name} in {path} is no matrix of bytes")
    return np.memmap(path, np.uint8, "r", offset=8 + size + begin, shape=(rows, columns))


def reason(error: Exception) -> str:
    """What went wrong, in one line."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only: the screen belongs to the answer
    # Threads that spin between operators would take the processor from everything else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
