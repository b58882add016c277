"""Any sentence-transformers model: slower to start, but the user's choice of language and size."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from index.errors import EncoderError

if TYPE_CHECKING:
    from index.arrays import Float32Array

E5_PROMPTS = {"query": "query: ", "document": "passage: "}
"""What the E5 models were trained with (Wang et al. 2022), for copies that do not say so."""

_log = logging.getLogger(__name__)


class HubEncoder:
    """A sentence-transformers model with the prompts that its own configuration states."""

    def __init__(self, spec: str, *, download: bool = True) -> None:
        """Load a directory or a hub model; raises ``EncoderError`` when that fails."""
        local = Path(spec).expanduser()
        is_folder = local.is_dir()
        offline = is_folder or not download
        if offline:
            os.environ["HF_HUB_OFFLINE"] = "1"  # read when the hub library is imported
            os.environ.setdefault("TQDM_DISABLE", "1")  # nothing is fetched: no progress to show
        elif spec.startswith((".", "/", "~")):
            raise EncoderError(f"there is no encoder directory at {spec}; check the path")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                "sentence-transformers is not installed; pip install sentence-transformers"
            ) from error
        if not offline:
            _log.warning("Loading %s from the Hugging Face hub, unless it is cached", spec)
        try:
            self._model = SentenceTransformer(
                str(local) if is_folder else spec, local_files_only=offline
            )
        except Exception as error:  # whatever the hub, torch or a model's own code raises
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EncoderError(
                f"the encoder {spec} cannot be loaded ({reason}); "
                "name a model directory or a sentence-transformers model of the hub"
            ) from error
        self.name = _folder_name(local.resolve()) if is_folder else spec
        self.dim = int(self._model.get_embedding_dimension() or 0)
        if "e5" in self.name.lower() and not any(self._model.prompts.values()):
            self._model.prompts = dict(E5_PROMPTS)

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        vectors = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return cast("Float32Array", np.asarray(vectors, np.float32))

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return cast("Float32Array", np.asarray(vector, np.float32))


def _folder_name(folder: Path) -> str:
    """The directory's name and a digest of its weights and settings."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".bin", ".json", ".safetensors"}:
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.name}-{digest.hexdigest()[:8]}"
