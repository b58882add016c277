"""Passage vectors that are kept between runs, on the disk and mapped from there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.arrays import Float32Array
    from index.types import Encoder

_KEY = 16
"""Bytes of a text's digest, which stands before its vector in the file."""


class KeptVectors:
    """An encoder that keeps the passage vectors it has made in a file, for the next run.

    A library is built afresh for every run, so that no change of the code is missed; only the
    vectors, which depend on nothing but encoder and text, are taken from the last one. Each batch
    is appended as soon as it is there, so that a run that is cut short need not begin again.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self.dim = encoder.dim
        self.encode_question = encoder.encode_question
        self._encoder = encoder
        self._record = np.dtype([("key", f"V{_KEY}"), ("vector", np.float32, (encoder.dim,))])
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"vectors-{_digest(f'{encoder.name} {encoder.dim}').hex()}.bin"
        self._records = self._mapped()
        self._rows = {key.tobytes(): row for row, key in enumerate(self._records["key"])}

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``."""
        keys = [_digest(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            self._append(list(new), self._encoder.encode_passages(list(new.values())))
        rows: Float32Array = self._records["vector"][[self._rows[key] for key in keys]]
        return rows

    def _append(self, keys: Sequence[bytes], vectors: Float32Array) -> None:
        records = np.empty(len(keys), dtype=self._record)
        records["key"] = np.array(keys, dtype=f"V{_KEY}")
        records["vector"] = vectors
        first = len(self._records)
        self._rows.update((key, first + place) for place, key in enumerate(keys))
        with self._file.open("ab") as file:
            file.write(records.tobytes())
        self._records = self._mapped()

    def _mapped(self) -> np.ndarray:
        """The records in the file; one that was cut short is dropped from it."""
        size = self._file.stat().st_size if self._file.exists() else 0
        whole = size // self._record.itemsize
        if not whole:
            self._file.write_bytes(b"")
            return np.empty(0, dtype=self._record)
        if size % self._record.itemsize:
            with self._file.open("r+b") as file:
                file.truncate(whole * self._record.itemsize)
        return np.memmap(self._file, dtype=self._record, mode="r", shape=(whole,))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
