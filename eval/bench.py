"""Builds the library of a set in a temporary folder, and places the questions in it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from eval.questions import Question, place
from eval.sets import Source
from index.errors import InputError

if TYPE_CHECKING:
    from index.arrays import Float32Array
    from index.retriever import Retriever
    from index.types import Encoder, ProgressCallback


SAVED_EVERY = 1024
"""New vectors after which they are written to the file."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A set, ready to be run."""

    source: Source
    questions: tuple[Question, ...]
    """Those of the source, their gold placed in the library's articles."""
    retriever: Retriever
    plain: Retriever
    """The same library without the lexicon."""

    @property
    def lost(self) -> tuple[str, ...]:
        """Ids of questions with a gold text that no article of the library holds."""
        return tuple(q.id for q in self.questions if any(gold.span is None for gold in q.gold))


class KeptVectors:
    """An encoder that keeps the passage vectors it has made in a file, for the next run.

    A library is built afresh for every run, so that no change of the code is missed; only the
    vectors, which depend on nothing but encoder and text, are taken from the last one.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self.dim = encoder.dim
        self.encode_question = encoder.encode_question
        self._encoder = encoder
        self._file = folder / f"vectors-{_key(f'{encoder.name} {encoder.dim}')}.npz"
        self._rows: dict[str, Float32Array] = self._read()
        self._used: set[str] = set()
        self._unsaved = 0

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            vectors = self._encoder.encode_passages(list(new.values()))
            self._rows.update(zip(new, vectors, strict=True))
        self._used.update(keys)
        self._unsaved += len(new)
        if self._unsaved >= SAVED_EVERY:
            self.save()  # a run that is cut short need not begin again
        rows = [self._rows[key] for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def save(self) -> None:
        """Write the vectors that were asked for; the file then holds no others."""
        keys, self._unsaved = sorted(self._used), 0
        if keys == sorted(self._read()):
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new.npz")
        np.savez(fresh, keys=np.array(keys), vectors=np.stack([self._rows[key] for key in keys]))
        fresh.replace(self._file)

    def _read(self) -> dict[str, Float32Array]:
        try:
            with self._file.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        except (
            OSError,
            EOFError,
            ValueError,
            KeyError,
            BadZipFile,
        ):  # none yet, or one that was cut short
            return {}


@contextmanager
def prepared(
    source: Source, encoder: Encoder, cache: Path, progress: ProgressCallback | None = None
) -> Iterator[Bench]:
    """The set with its library built; the library is removed again at the end.

    ``cache`` is a folder that passage vectors are kept in between runs.
    """
    from index.library import Library
    from index.retriever import Retriever

    kept = KeptVectors(encoder, cache / source.name)
    with tempfile.TemporaryDirectory(prefix="qa-eval-") as folder:
        articles, library = Path(folder, "articles"), Path(folder, "library")
        articles.mkdir()
        for name, raw in source.files.items():
            (articles / name).write_bytes(raw)
        changes = Library.create(library, encoder=kept).add([articles], progress=progress)
        if changes.skipped:
            skipped = changes.skipped[0]
            raise InputError(f"{source.name}: {skipped.path} was skipped ({skipped.reason})")
        kept.save()
        retriever = Retriever.open(library, encoder=kept)
        plain = Retriever.open(library, encoder=kept, lexicon=False)
        found = {article.id: article for article in retriever.articles}
        questions = tuple(place(question, found) for question in source.questions)
        yield Bench(source, questions, retriever, plain)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
