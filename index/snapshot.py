"""A library as it was at one moment, opened read-only.

<snapshot>/
  manifest.json         format, encoder, languages, sizes and digests of the other files
  sources.json          which files were read, with their digests
  articles.jsonl        one article a line, text included: the only copy
  articles.npy          byte offset of each line, int64
  article-digests.npy   BLAKE2b digest of each line, 16 bytes
  passages.npy          article row, start, end, ordinal, language: int64, one row a passage
  lexical-*.npy         frozen BM25 columns (index.lexical)
  dense.faiss           vectors (index.dense); absent in a library without an encoder
  sentence*.npy         vectors of the single sentences (index.sentence_vectors); likewise

Every file is mapped when a snapshot is opened, so that it stays whole for a reader even when a
writer has since removed it.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, overload

import numpy as np

from index.arrays import Bytes, Int64Array, mapped
from index.errors import InputError, LibraryCorrupt, LibraryIncompatible, LibraryNotFound
from index.lexical import LexicalIndex
from index.sentence_vectors import SentenceVectors
from index.types import Article, LibraryInfo, Passage, Span

FORMAT = 2
"""Raised when older snapshots can no longer be read."""

ARTICLES, OFFSETS, DIGESTS = "articles.jsonl", "articles.npy", "article-digests.npy"
SOURCES, PASSAGES, VECTORS = "sources.json", "passages.npy", "dense.faiss"
"""File names in a snapshot."""

ARTICLE, START, END, ORDINAL, LANG = range(5)
"""Columns of passages.npy."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself."""

    created: str
    """ISO 8601 moment, UTC."""
    digest: str
    """Identifies the content: equal digests, equal answers."""
    encoder: str | None
    """What to pass to ``load_encoder``; ``None`` in a library without vectors."""
    encoder_name: str | None
    """``Encoder.name`` of the vectors."""
    articles: int
    passages: int
    langs: tuple[str, ...]
    """Languages of the passages, in the order of the language column."""
    files: dict[str, tuple[int, str]]
    """Size in bytes and BLAKE2b digest of every other file of the snapshot."""
    format: int = FORMAT


class ArticleTable(Sequence[Article]):
    """The articles of a snapshot, parsed and checked when asked for.

    An article that is not as it was written raises ``LibraryCorrupt``: it is never quoted.
    """

    def __init__(self, directory: Path) -> None:
        self._file = directory / ARTICLES
        self._offsets = mapped(directory / OFFSETS)
        self._digests = mapped(directory / DIGESTS)
        self._bytes: mmap.mmap | bytes = b""
        with self._file.open("rb") as file:
            if self._offsets[-1] > 0:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._row = lru_cache(maxsize=4096)(self._parse)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, row: int) -> Article: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Article]: ...
    def __getitem__(self, row: int | slice) -> Article | Sequence[Article]:
        """The article in a row, or the articles in a slice."""
        if isinstance(row, slice):
            return [self._row(number) for number in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self._row(row % len(self))

    def _parse(self, row: int) -> Article:
        start, end = self._offsets[row : row + 2]
        line = self._bytes[start:end]
        if line_digest(line) != self._digests[row].tobytes():
            what = f"line {row + 1} of {self._file} is not as it was written"
            raise LibraryCorrupt(f"{what}; {_mend(self._file.parent)}")
        return Article(**json.loads(line))


class Snapshot:
    """A library as it was at one moment. Read-only, safe to share between threads.

    Raises ``LibraryCorrupt`` when a file is missing or does not have the size that was written.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.manifest = read_manifest(directory)
        for name, (size, _) in self.manifest.files.items():
            file = directory / name
            if not file.is_file() or file.stat().st_size != size:
                raise LibraryCorrupt(f"{file} is missing or cut short; {_mend(directory)}")
        self.articles = ArticleTable(directory)
        self.table: Int64Array = mapped(directory / PASSAGES)
        self.lexical = LexicalIndex.open(directory, self.manifest.passages)
        self.vectors: Bytes | None = None
        self.sentences: SentenceVectors | None = None
        if VECTORS in self.manifest.files:
            self.vectors = np.memmap(directory / VECTORS, dtype=np.uint8, mode="r")
            self.sentences = SentenceVectors(directory)

    @property
    def info(self) -> LibraryInfo:
        """The library in figures."""
        counts = np.bincount(self.table[:, LANG], minlength=len(self.manifest.langs))
        return LibraryInfo(
            path=str(self.directory.parent.parent),
            articles=self.manifest.articles,
            passages=self.manifest.passages,
            langs={lang: int(n) for lang, n in zip(self.manifest.langs, counts, strict=True)},
            encoder=self.manifest.encoder_name,
            digest=self.manifest.digest,
            created=self.manifest.created,
        )

    def row(self, article_id: str) -> int:
        """The row of an article. Raises ``InputError`` when no article has the id."""
        row = bisect_left(self.articles, article_id, key=lambda article: article.id)
        if row == len(self.articles) or self.articles[row].id != article_id:
            raise InputError(f"no article has the id {article_id!r}; 'qa index list' shows the ids")
        return row

    def passage(self, number: int) -> Passage:
        """The passage of a row."""
        row, start, end, ordinal, _ = (int(value) for value in self.table[number])
        return Passage(number, self.articles[row], Span(start, end), ordinal)

    def passages_of(self, row: int) -> range:
        """Numbers of the passages of the article in a row; they follow one another."""
        column = self.table[:, ARTICLE]
        return range(
            int(np.searchsorted(column, row, "left")), int(np.searchsorted(column, row, "right"))
        )

    def sources(self) -> dict[str, Any]:
        """The content of sources.json."""
        content: dict[str, Any] = json.loads((self.directory / SOURCES).read_text("utf-8"))
        return content


def exists(library: Path) -> bool:
    """Whether a complete library lies at the path."""
    return (library / "CURRENT").is_file()


def open_snapshot(library: Path) -> Snapshot:
    """Open what CURRENT names.

    Raises ``LibraryNotFound``, ``LibraryCorrupt`` or ``LibraryIncompatible``.
    """
    for attempt in (1, 2):
        directory = current(library)
        try:
            return Snapshot(directory)
        except (LibraryCorrupt, FileNotFoundError, ValueError) as error:
            # a writer may have replaced the snapshot between the two steps
            if attempt == 1 and exists(library) and current(library) != directory:
                continue
            if isinstance(error, LibraryCorrupt):
                raise
            raise LibraryCorrupt(
                f"{directory} cannot be read ({error}); {_mend(directory)}"
            ) from error
    raise AssertionError("unreachable")


def current(library: Path) -> Path:
    """Directory of the snapshot that counts. Raises as ``open_snapshot`` does."""
    if not exists(library):
        raise LibraryNotFound(
            f"there is no library at {library}; make one with 'qa index add PATH…'"
        )
    name = (library / "CURRENT").read_text("utf-8").strip()
    if not name or Path(name).name != name:
        raise LibraryCorrupt(
            f"{library / 'CURRENT'} names no snapshot; delete the library and add the articles "
            "again"
        )
    return library / "snapshots" / name


def read_manifest(directory: Path) -> Manifest:
    """What a snapshot says of itself. Raises ``LibraryCorrupt`` or ``LibraryIncompatible``."""
    file = directory / "manifest.json"
    try:
        content = json.loads(file.read_text("utf-8"))
        form = content["format"]
        if form == FORMAT:
            files = {name: (size, digest) for name, (size, digest) in content["files"].items()}
            return Manifest(**{**content, "files": files, "langs": tuple(content["langs"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryCorrupt(
            f"{file} cannot be read; delete the library and add the articles again"
        ) from error
    raise LibraryIncompatible(
        f"{directory} has library format {form}, this version reads format {FORMAT}; "
        "delete the library and add the articles again, or use the Kutip that wrote it"
    )


def _mend(directory: Path) -> str:
    """What to do about a damaged file of a snapshot."""
    library = directory.parent.parent
    return f"'qa index check --repair --library {library}' mends what can be mended"


def line_digest(line: bytes) -> bytes:
    """BLAKE2b digest of one line of articles.jsonl, 16 bytes."""
    return blake2b(line, digest_size=16).digest()


def file_digest(file: Path) -> str:
    """BLAKE2b digest of a file's bytes, as hex."""
    digest = blake2b(digest_size=16)
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
