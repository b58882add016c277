"""Vectors of a write that is not finished, so that work cut short is not done twice.

Encoding is the slow part of building a library: hours, for a large one. Each batch is appended to
a file beside the snapshots as soon as it is there; a write that was cancelled or killed finds it
again, and a write that was committed removes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

import numpy as np

from index.arrays import Float32Array
from index.types import Encoder

NAME = "encoded.part"
"""File name of the journal in a library's directory."""

_KEY = 16
"""Bytes of a digest: of the encoder's name at the head of the file, of the text in a record."""


class Journal:
    """Vectors by text, for one encoder; a context manager that closes the file.

    The file is the digest of the encoder's name and then records of a text's digest and its
    vector. What another encoder left, and a record cut short, is dropped.
    """

    def __init__(self, library: Path, encoder: Encoder) -> None:
        self._size = _KEY + 4 * encoder.dim
        self._vectors: dict[bytes, bytes] = {}
        path = library / NAME
        head = _digest(f"{encoder.name} {encoder.dim}")
        content = path.read_bytes() if path.exists() else b""
        if content[:_KEY] != head:
            content = head
        whole = _KEY + (len(content) - _KEY) // self._size * self._size
        for start in range(_KEY, whole, self._size):
            record = content[start : start + self._size]
            self._vectors[record[:_KEY]] = record[_KEY:]
        self._file = path.open("wb" if whole == _KEY else "r+b")
        if whole == _KEY:
            self._file.write(head)
        self._file.truncate(whole)
        self._file.seek(whole)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def find(self, text: str) -> Float32Array | None:
        """The vector of a text, shape ``(dim,)``, if it was encoded before."""
        vector = self._vectors.get(_digest(text))
        return None if vector is None else np.frombuffer(vector, np.float32)

    def add(self, texts: Sequence[str], vectors: Float32Array) -> None:
        """Keep the vectors of some texts, shape ``(len(texts), dim)``."""
        for text, vector in zip(texts, vectors, strict=True):
            self._file.write(_digest(text) + vector.astype(np.float32).tobytes())
        self._file.flush()


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
