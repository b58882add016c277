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

from index.arrays import write_array
from index.lexical import LexicalIndex
from index.passages import passages
from index.sentences import sentences
from index.snapshot import (
    ARTICLE,
    ARTICLES,
    DIGESTS,
    LANG,
    OFFSETS,
    PASSAGES,
    SOURCES,
    Manifest,
    Snapshot,
    line_digest,
)
from index.store import file_table
from index.tokens import terms
from index.types import Article, Progress, ProgressCallback, Span
from index.vectors import EncoderChoice, Texts, write_vectors


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
    write_array(directory / PASSAGES, table)
    _write_articles(directory, ordered)
    (directory / SOURCES).write_text(json.dumps(content.sources), "utf-8")
    texts = [
        article.text[span.start : span.end]
        for article, of_article in zip(ordered, spans, strict=True)
        for span in of_article
    ]
    _write_lexical(directory, texts, [langs[code] for code in table[:, LANG]], report)
    inner = [
        sentences(article.text, span)
        for article, of_article in zip(ordered, spans, strict=True)
        for span in of_article
    ]
    owners = [ordered[row] for row in table[:, ARTICLE]]
    name = write_vectors(directory, Texts(texts, owners, inner), content.choice, old, report)
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


def _write_articles(directory: Path, articles: Iterable[Article]) -> None:
    offsets, digests = [0], []
    with (directory / ARTICLES).open("wb") as file:
        for article in articles:
            line = json.dumps(asdict(article), ensure_ascii=False).encode() + b"\n"
            offsets.append(offsets[-1] + file.write(line))
            digests.append(line_digest(line))
    write_array(directory / OFFSETS, np.array(offsets, dtype=np.int64))
    write_array(directory / DIGESTS, np.array(digests, dtype="V16"))


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


def _digest(
    articles: Sequence[Article], spans: Sequence[Sequence[Span]], encoder: str | None
) -> str:
    digest = blake2b(repr(encoder).encode(), digest_size=16)
    for article, of_article in zip(articles, spans, strict=True):
        digest.update(repr((asdict(article), of_article)).encode())
    return digest.hexdigest()
