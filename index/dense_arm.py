"""Encoder and vectors of a snapshot, loaded when first needed, or the reason why there are none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.arrays import Float32Array, Float64Array, Int64Array, union
from index.encoder import encoder_name, load_encoder
from index.errors import EncoderError
from index.query import Query
from index.snapshot import LANG, Snapshot
from index.types import BUNDLED, GIVEN, Encoder, Span

if TYPE_CHECKING:
    from index.dense import DenseIndex

SENTENCE_WEIGHT = 0.5
"""Weight of the nearest sentence of a passage beside the whole of it. Chosen on dev."""


Vectors: TypeAlias = Sequence[Float32Array]
"""A question as unit vectors, each of shape ``(dim,)``: one for each language of the library, in
the order of its manifest."""
TRANSLATION_WEIGHT = 0.5
"""Weight of the translated question beside the question itself, for passages in its language.
Chosen on dev."""


class DenseArm:
    """The dense arm of one snapshot. Safe to share between threads.

    It never raises for want of an encoder: ``possible`` turns false and ``notes`` says why.
    """

    def __init__(self, snapshot: Snapshot, encoder: Encoder | None) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._index: DenseIndex | None = None
        self._sentences = snapshot.sentences
        self._vector = lru_cache(maxsize=64)(self._encode)
        self._reason: str | None = None
        self._translates = False
        self._lock = threading.Lock()
        manifest = snapshot.manifest
        if manifest.encoder_name is None:
            self._reason = "This library has no vectors: it is searched by words alone."
        elif encoder is None and manifest.encoder == GIVEN:
            self._reason = (
                f"Searched by words alone: the library was made with the encoder object "
                f"{manifest.encoder_name!r}; pass it to Retriever.open."
            )
        elif encoder is None and manifest.encoder == BUNDLED:
            self._compare(lambda: encoder_name(BUNDLED))

    @property
    def possible(self) -> bool:
        """Whether there are vectors and, as far as is known, an encoder for them."""
        return self._reason is None and self._snapshot.vectors is not None

    @property
    def ready(self) -> bool:
        """Whether everything is loaded, or never will be."""
        return self._index is not None or not self.possible

    @property
    def notes(self) -> tuple[str, ...]:
        """Why the arm is missing, in words for a person; empty when it is not."""
        return () if self._reason is None else (self._reason,)

    @property
    def encoder(self) -> Encoder | None:
        """The encoder, once loaded."""
        return self._encoder

    def load(self) -> bool:
        """Load encoder and vectors if need be; tell whether the arm can be used."""
        with self._lock:
            if self.ready:
                return self.possible
            try:
                spec = self._snapshot.manifest.encoder
                self._encoder = self._encoder or load_encoder(spec, download=False)
            except EncoderError as error:
                self._reason = f"Searched by words alone: {error}"
                return False
            loaded = self._encoder
            if not self._compare(lambda: loaded.name):
                return False
            self._translates = loaded.name == _bundled_name()
            from index.dense import DenseIndex

            assert self._snapshot.vectors is not None
            self._index = DenseIndex.open(self._snapshot.vectors)
            return True

    def vectors(self, query: Query) -> Vectors:
        """The question as it is compared with passages of each language; only after ``load``.

        With a translation the mean of both, but only of the bundled encoder: others bridge
        languages by their own means, and nobody has measured them with it.
        """
        own = self._vector(query.question)
        said = query.translations if self._translates else {}
        return [
            self._mixed(own, said[lang]) if lang in said else own
            for lang in self._snapshot.manifest.langs
        ]

    def search(self, vectors: Vectors, k: int, among: Int64Array | None) -> Int64Array:
        """Numbers of the ``k`` passages nearest to each vector, ascending; only after ``load``."""
        assert self._index is not None
        distinct = {vector.tobytes(): vector for vector in vectors}.values()
        return union(*(self._index.search(vector, k, among)[0] for vector in distinct))

    def cosines(self, vectors: Vectors, numbers: Int64Array) -> Float64Array:
        """Cosines of a question with the given passages; only after ``load``."""
        assert self._index is not None
        return self._by_lang(self._index.cosines, vectors, numbers)

    def nearness(self, vectors: Vectors, numbers: Int64Array) -> Float64Array:
        """Cosines with the given passages, mixed with those of their nearest sentences."""
        assert self._sentences is not None
        best = self._by_lang(self._sentences.best, vectors, numbers)
        return (1 - SENTENCE_WEIGHT) * self.cosines(vectors, numbers) + SENTENCE_WEIGHT * best

    def sentence_cosines(self, vectors: Vectors, number: int) -> dict[Span, float]:
        """Cosines of a question with the sentences of one passage; only after ``load``."""
        assert self._sentences is not None
        vector = vectors[int(self._snapshot.table[number, LANG])]
        return self._sentences.cosines(vector, number)

    def _by_lang(
        self,
        measure: Callable[[Float32Array, Int64Array], Float64Array],
        vectors: Vectors,
        numbers: Int64Array,
    ) -> Float64Array:
        """``measure`` of each of the passages with the vector for its language."""
        out = np.empty(len(numbers))
        langs = self._snapshot.table[numbers, LANG]
        for lang, vector in enumerate(vectors):
            own = langs == lang
            if own.any():
                out[own] = measure(vector, numbers[own])
        return out

    def _mixed(self, own: Float32Array, translation: str) -> Float32Array:
        other = self._vector(translation)
        both = (1 - TRANSLATION_WEIGHT) * own + TRANSLATION_WEIGHT * other
        unit: Float32Array = both / np.linalg.norm(both)
        return unit

    def _encode(self, question: str) -> Float32Array:
        assert self._encoder is not None
        return self._encoder.encode_question(question)

    def _compare(self, name: Callable[[], str]) -> bool:
        """Check that the encoder is the one that made the vectors."""
        made_by = self._snapshot.manifest.encoder_name
        try:
            now = name()
        except EncoderError as error:
            self._reason = f"Searched by words alone: {error}"
            return False
        if now != made_by:
            self._reason = (
                f"Searched by words alone: the vectors were made by {made_by}, the encoder is now "
                f"{now}; run 'qa index sync' to encode the passages again."
            )
        return self._reason is None


def _bundled_name() -> str | None:
    try:
        return encoder_name(BUNDLED)
    except EncoderError:  # it is damaged, but this library does not need it
        return None
