"""The dense arm: cosines by FAISS. The only module that imports faiss."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from index.arrays import Bytes, Float32Array, Float64Array, Int64Array

FLAT_UP_TO = 20_000
"""Passages up to which vectors are kept as float32; beyond, as float16 (recall 0.999 or more at
half the memory, measured)."""


class DenseIndex:
    """Exact search over unit vectors. Read-only, safe to share between threads."""

    def __init__(self, index: faiss.Index, content: Bytes | None = None) -> None:
        self._index = index
        self._content = content  # what the index is a view of must live as long as it does

    @classmethod
    def build(cls, vectors: Float32Array) -> DenseIndex:
        """Index unit rows, shape ``(passages, dim)``; the row number is the passage number."""
        count, dim = vectors.shape
        description = "Flat" if count <= FLAT_UP_TO else "SQfp16"
        index = faiss.index_factory(dim, description, faiss.METRIC_INNER_PRODUCT)
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def open(cls, content: Bytes) -> DenseIndex:
        """A view of the bytes that ``save`` wrote; adding to a view would abort the process.

        Bytes instead of a path, since the file may be gone by now while it is still mapped.
        """
        reader = faiss.ZeroCopyIOReader(  # type: ignore[attr-defined]  # its stubs lack it
            faiss.swig_ptr(content), content.size
        )
        return cls(faiss.read_index(reader, faiss.IO_FLAG_READ_ONLY), content)

    def save(self, path: Path) -> None:
        """Write the index to one file. Raises ``OSError``, which ``faiss.write_index`` does not."""
        path.write_bytes(faiss.serialize_index(self._index).data)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, question: Float32Array, k: int, among: Int64Array | None = None
    ) -> tuple[Int64Array, Float64Array]:
        """The ``k`` passages nearest to a unit vector, best first: numbers and cosines.

        ``among`` limits the search to those passage numbers. Equal cosines go to the lower number.
        """
        k = min(k, len(self) if among is None else len(among))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0)
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(among)  # FAISS keeps no reference to it
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        cosines, numbers = self._index.search(question[None, :], k, params=parameters)
        found = numbers[0] >= 0  # faiss pads with -1, which Python would take for the last row
        numbers, exact = numbers[0][found], cosines[0][found].astype(np.float64)
        order = np.lexsort((numbers, -exact))
        return numbers[order], exact[order]

    def cosines(self, question: Float32Array, numbers: Int64Array) -> Float64Array:
        """Cosine of a unit vector with each of the given passages, shape ``(len(numbers),)``."""
        if len(numbers) == 0:
            return np.empty(0)
        return (self.vectors(numbers) @ question).astype(np.float64)

    def vectors(self, numbers: Int64Array) -> Float32Array:
        """The stored vectors of the given passages, shape ``(len(numbers), dim)``."""
        vectors: Float32Array = self._index.reconstruct_batch(numbers)
        return vectors
