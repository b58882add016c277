"""Writes a library: reads files, cuts passages, scores, encodes, and commits a new snapshot."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import Float32Array
from index.encoder import encoder_name, load_encoder
from index.errors import EncoderError
from index.journal import Journal
from index.lexical import LexicalIndex
from index.passages import passages
from index.snapshot import LANG, Manifest, Snapshot
from index.store import file_table
from index.tokens import terms
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
        return load_encoder(self.spec)


@dataclass(frozen=True, slots=True)
class Content:
    """What a snapshot is to hold."""

    articles: Collection[Article]
    sources: dict[str, Any]
    """The content of sources.json."""
    choice: EncoderChoice


def write_snapshot(
    directory: Path, content: Content, old: Snapshot | None, report: ProgressCallback
) -> Manifest:
    """Write every file of a snapshot but its manifest into an empty directory.

    Passages and vectors of articles that ``old`` holds unchanged are taken from there. Articles
    are kept in the order of their ids, so that the content alone decides the passage numbers.
    """
    ordered = sorted(content.articles, key=lambda article: article.id)
    kept = _unchanged(ordered, old)
    spans = [
        [old.passage(number).span for number in kept[article.id]]
        if old is not None and article.id in kept
        else passages(article.text)
        for article in ordered
    ]
    langs = tuple(sorted({article.lang for article in ordered}))
    table = np.array(
        [
            (row, span.start, span.end, ordinal, langs.index(article.lang))
            for row, article in enumerate(ordered)
            for ordinal, span in enumerate(spans[row], start=1)
        ],
        dtype=np.int64,
    ).reshape(-1, 5)
    np.save(directory / "passages.npy", table)
    _write_articles(directory, ordered)
    (directory / "sources.json").write_text(json.dumps(content.sources), "utf-8")
    texts = [
        article.text[span.start : span.end]
        for article, of_article in zip(ordered, spans, strict=True)
        for span in of_article
    ]
    _write_lexical(directory, texts, [langs[code] for code in table[:, LANG]], report)
    reuse = (old, _reusable(ordered, spans, kept))
    name = _write_dense(directory, texts, content.choice, reuse, report)
    return Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        digest=_digest(ordered, spans, name),
        encoder=content.choice.spec,
        encoder_name=name,
        articles=len(ordered),
        passages=len(table),
        langs=langs,
        files=file_table(directory),
    )


def _unchanged(articles: Iterable[Article], old: Snapshot | None) -> dict[str, range]:
    """For each article that the old snapshot holds with the same text: its old passages."""
    if old is None:
        return {}
    rows = {article.id: row for row, article in enumerate(old.articles)}
    return {
        article.id: old.passages_of(rows[article.id])
        for article in articles
        if article.id in rows and old.articles[rows[article.id]].text == article.text
    }


def _reusable(
    articles: Sequence[Article], spans: Sequence[Sequence[Span]], kept: dict[str, range]
) -> list[int]:
    """For each new passage its number in the old snapshot, or -1."""
    numbers: list[int] = []
    for article, of_article in zip(articles, spans, strict=True):
        numbers.extend(kept.get(article.id, [-1] * len(of_article)))
    return numbers


def _write_articles(directory: Path, articles: Iterable[Article]) -> None:
    offsets = [0]
    with (directory / "articles.jsonl").open("wb") as file:
        for article in articles:
            line = json.dumps(asdict(article), ensure_ascii=False).encode() + b"\n"
            offsets.append(offsets[-1] + file.write(line))
    np.save(directory / "articles.npy", np.array(offsets, dtype=np.int64))


def _write_lexical(
    directory: Path, texts: Sequence[str], langs: Sequence[str], report: ProgressCallback
) -> None:
    from index.bm25 import freeze

    analysed = []
    for number, (text, lang) in enumerate(zip(texts, langs, strict=True)):
        if number % 1000 == 0:
            report(Progress("indexing words", number, len(texts)))
        analysed.append(terms(text, lang))
    LexicalIndex.save(freeze(analysed, langs), directory)
    report(Progress("indexing words", len(texts), len(texts)))


def _write_dense(
    directory: Path,
    texts: Sequence[str],
    choice: EncoderChoice,
    reuse: tuple[Snapshot | None, Sequence[int]],
    report: ProgressCallback,
) -> str | None:
    """Write the vectors and return the name of their encoder; ``None`` when there is none.

    ``reuse``: the old snapshot, and for each text the number of its old passage, or -1.
    """
    old, numbers = reuse
    name = choice.name()
    if name is None or not texts:
        return name
    from index.dense import DenseIndex

    missing = list(range(len(texts)))
    vectors: Float32Array | None = None
    if old is not None and old.manifest.encoder_name == name and old.dense_path.exists():
        previous = DenseIndex.open(old.dense_path)
        again = np.array([number for number in numbers if number >= 0], dtype=np.int64)
        missing = [row for row, number in enumerate(numbers) if number < 0]
        if len(again):
            old_vectors = previous.vectors(again)
            vectors = np.empty((len(texts), old_vectors.shape[1]), dtype=np.float32)
            vectors[[row for row, number in enumerate(numbers) if number >= 0]] = old_vectors
    if missing:
        library = directory.parent.parent
        fresh = _encode(choice.load(), [texts[row] for row in missing], library, report)
        if vectors is None:
            vectors = np.empty((len(texts), fresh.shape[1]), dtype=np.float32)
        vectors[missing] = fresh
    assert vectors is not None
    DenseIndex.build(vectors).save(directory / "dense.faiss")
    return name


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


def _digest(
    articles: Sequence[Article], spans: Sequence[Sequence[Span]], encoder: str | None
) -> str:
    digest = blake2b(repr(encoder).encode(), digest_size=16)
    for article, of_article in zip(articles, spans, strict=True):
        digest.update(repr((asdict(article), of_article)).encode())
    return digest.hexdigest()
