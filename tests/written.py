"""What the tests of writing share: an encoder that counts, and the bytes of a library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.arrays import Float32Array
from index.snapshot import open_snapshot
from qa.testing import FakeEncoder


class CountingEncoder(FakeEncoder):
    """Remembers which passages it was asked to encode."""

    def __init__(self, dim: int = 64, name: str | None = None) -> None:
        super().__init__(dim, name)
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        self.encoded += texts
        return super().encode_passages(texts)


def files_of(library: Path) -> dict[str, bytes]:
    """The bytes of the snapshot, but for the moment at which it was made."""
    directory = open_snapshot(library).directory
    files = {file.name: file.read_bytes() for file in directory.iterdir()}
    manifest = json.loads(files.pop("manifest.json"))
    return files | {"manifest": json.dumps({**manifest, "created": ""}).encode()}
