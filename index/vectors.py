"""Encodes what a library holds, and only what was not encoded before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import Float32Array
from index.encoder import encoder_name, load_encoder
from index.errors import EncoderError
from index.journal import Journal
from index.sentence_vectors import SentenceVectors
from index.snapshot import VECTORS, Snapshot
from index.types import BUNDLED, GIVEN, Article, Encoder, Progress, ProgressCallback, Span

BATCH = 64
"""Passages encoded between two reports of progress."""


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """Which encoder a library is to use, without loading it before there is something to encode."""

    spec: str | None
    """What ``load_encoder`` takes, ``GIVEN``, or ``None`` for a library without vectors."""
    given: Encoder | None = None
    """The encoder of a ``GIVEN`` choice; ``None`` when the caller did not pass it this time."""
    known_name: str | None = None
    """Name under which the library has it already."""

    def name(self) -> str | None:
        """Name of the encoder; ``None`` for a library without vectors."""
        if self.given is not None:
            return self.given.name
        if self.spec == BUNDLED:  # may have changed with a new version of this package
            return encoder_name(BUNDLED)
        return self.known_name or (None if self.spec is None else self.load().name)

    def load(self) -> Encoder:
        """The encoder itself. Raises ``EncoderError``."""
        if self.given is not None:
            return self.given
        if self.spec == GIVEN:
            raise EncoderError(
                f"the library was made with the encoder object {self.known_name!r}; pass it again"
            )
        return load_encoder(self.spec, download=self.known_name is None)


@dataclass(frozen=True, slots=True)
class Texts:
    """What is to have vectors, one entry a passage."""

    passages: Sequence[str]
    articles: Sequence[Article]
    sentences: Sequence[Sequence[Span]]
    """Spans of the article's text."""

    def of_sentences(self) -> list[str]:
        """The text of every sentence, in order."""
        return [
            article.text[span.start : span.end]
            for article, spans in zip(self.articles, self.sentences, strict=True)
            for span in spans
        ]


def write_vectors(
    directory: Path,
    texts: Texts,
    choice: EncoderChoice,
    old: Snapshot | None,
    report: ProgressCallback,
) -> str | None:
    """Write the vectors of passages and sentences and return the name of their encoder.

    ``None`` when there is no encoder. A text that ``old`` holds keeps its vector, wherever it
    stands now.
    """
    name = choice.name()
    if name is None or not texts.passages:
        return name
    from index.dense import DenseIndex

    inner = texts.of_sentences()
    passages, sentences = _known(old) if old and old.manifest.encoder_name == name else ({}, {})
    new = [text for text in texts.passages if text not in passages]
    new += [text for text in inner if text not in passages and text not in sentences]
    new = list(dict.fromkeys(new))
    if new:
        fresh = _encode(choice.load(), new, directory.parent.parent, report)
        passages.update(zip(new, fresh, strict=True))
    sentences.update((text, passages[text]) for text in inner if text in passages)
    DenseIndex.build(_stack(passages[text] for text in texts.passages)).save(directory / VECTORS)
    SentenceVectors.save(texts.sentences, _stack(sentences[text] for text in inner), directory)
    return name


def _known(old: Snapshot) -> tuple[dict[str, Float32Array], dict[str, Float32Array]]:
    """Vectors of the passages and of the sentences of a snapshot, by their text."""
    if old.vectors is None or old.sentences is None:
        return {}, {}
    from index.dense import DenseIndex

    all_passages = [old.passage(number) for number in range(old.manifest.passages)]
    vectors = DenseIndex.open(old.vectors).vectors(np.arange(len(all_passages)))
    passages = {p.text: vector for p, vector in zip(all_passages, vectors, strict=True)}
    sentences = {
        all_passages[number].article.text[span.start : span.end]: vector
        for number, span, vector in old.sentences.rows()
    }
    return passages, sentences


def _stack(vectors: Iterable[Float32Array]) -> Float32Array:
    return np.stack(list(vectors))


def _encode(
    encoder: Encoder, texts: Sequence[str], library: Path, report: ProgressCallback
) -> Float32Array:
    """Encode in batches of like length, since a batch costs what its longest text costs."""
    vectors = np.empty((len(texts), encoder.dim), dtype=np.float32)
    with Journal(library, encoder) as journal:
        todo = []
        for row in sorted(range(len(texts)), key=lambda row: -len(texts[row])):
            known = journal.find(texts[row])
            if known is None:
                todo.append(row)
            else:
                vectors[row] = known
        for start in range(0, len(todo), BATCH):
            report(Progress("encoding passages", len(texts) - len(todo) + start, len(texts)))
            rows = todo[start : start + BATCH]
            batch = [texts[row] for row in rows]
            vectors[rows] = encoder.encode_passages(batch)
            journal.add(batch, vectors[rows])
    report(Progress("encoding passages", len(texts), len(texts)))
    return vectors
