"""Which encoder turns text into vectors; only the chosen one imports its heavy library."""

from __future__ import annotations

import json
from pathlib import Path

from index.errors import EncoderError
from index.types import BUNDLED, Encoder

FOLDER = Path(__file__).parent / "models" / "encoder"


def load_encoder(spec: str | None = None, *, download: bool = True) -> Encoder:
    """The bundled encoder for ``None`` or ``BUNDLED``, else a sentence-transformers model.

    ``spec`` is then a directory, which never touches the network, or the name of a model on the
    Hugging Face hub, which is downloaded unless it is already in the cache; with
    ``download=False`` it must be in the cache, and no connection is made.

    Raises ``EncoderError`` when it cannot be loaded.
    """
    if spec is None or spec == BUNDLED:
        from index.encoders.bundled import BundledEncoder

        return BundledEncoder(FOLDER)
    from index.encoders.hub import HubEncoder

    return HubEncoder(spec, download=download)


def encoder_name(spec: str | None = None) -> str:
    """``Encoder.name`` for a spec; that of the bundled encoder is read without loading it.

    Raises ``EncoderError``.
    """
    if spec is not None and spec != BUNDLED:
        return load_encoder(spec).name
    try:
        name: str = json.loads((FOLDER / "model.json").read_text("utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"the bundled encoder in {FOLDER} cannot be read; install Kutip again"
        ) from error
    return name
