"""Helpers for tests, yours as well as ours: an encoder that needs no model, and tiny libraries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.arrays import Float32Array
    from index.types import Encoder

_WORD = re.compile(r"\w+")


class FakeEncoder:
    """An encoder made of nothing but a hash: deterministic, instant, the same on every machine.

    Each word has a fixed direction, and a text is the unit sum of its words' directions. Texts
    that share words are therefore close and other texts are nearly orthogonal, which is all that a
    test of ranking needs. It knows no synonyms and no languages.
    """

    def __init__(self, dim: int = 64, name: str | None = None) -> None:
        """``dim`` must be a positive multiple of 8; ``name`` is what a library remembers it by."""
        if dim <= 0 or dim % 8:
            raise ValueError(f"dim must be a positive multiple of 8, not {dim}")
        self.dim = dim
        self.name = name or f"fake-{dim}"

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``."""
        rows = [self.encode_question(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``; a text without words gets a fixed one."""
        total = np.zeros(self.dim, dtype=np.float32)
        for word in _WORD.findall(text.casefold()) or [""]:
            digest = hashlib.shake_128(word.encode()).digest(self.dim // 8)
            total += np.unpackbits(np.frombuffer(digest, dtype=np.uint8)).astype(np.float32) * 2 - 1
        norm = float(np.linalg.norm(total))
        if norm == 0.0:  # words that cancel each other out
            total[0] = norm = 1.0
        unit: Float32Array = (total / np.float32(norm)).astype(np.float32)
        return unit


def make_library(
    folder: str | Path, articles: Mapping[str, str], encoder: Encoder | str | None = None
) -> Path:
    """Write ``articles`` (file name: text) below ``folder`` and make a library of them.

    Returns the library's path, ``folder/library``; the files lie in ``folder/articles``, so that
    an article's id is its file name. The encoder is a ``FakeEncoder`` unless one is given.
    Calling it again on the same folder brings files and library up to ``articles``.
    """
    from index.library import Library

    source = Path(folder) / "articles"
    source.mkdir(parents=True, exist_ok=True)
    for stale in source.rglob("*"):
        if stale.is_file() and stale.relative_to(source).as_posix() not in articles:
            stale.unlink()
    for name, text in articles.items():
        file = source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    path = Path(folder) / "library"
    library = Library.open_or_create(path, encoder=encoder or FakeEncoder())
    library.sync([source])
    return path
