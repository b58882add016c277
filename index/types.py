"""The values that everything passes around: plain, frozen, and free of heavy imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from index.arrays import Float32Array

Mode: TypeAlias = Literal["hybrid", "lexical", "dense"]

UNKNOWN_LANG = "und"
"""Language code of a text whose language is not known (ISO 639-3 "undetermined")."""

BUNDLED = "bundled"
"""Encoder spec of the model that ships with this package."""
GIVEN = "given"
"""Encoder spec of a library that was made with an ``Encoder`` object."""


class Span(NamedTuple):
    """A stretch of ``Article.text``: code points, ``end`` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as stored: its cleaned text, once, and what is known about it."""

    id: str
    """Unique in a library: the row's own id in a .jsonl file, else a path."""
    text: str
    """NFC, cleaned; paragraphs are separated by one blank line. Every span counts in this text."""
    lang: str
    """ISO 639-1 code such as "id" or "en"; ``UNKNOWN_LANG`` when not known."""
    sha256: str
    """Hex digest of the bytes it was read from (a whole file, or one .jsonl row)."""
    title: str | None = None
    """``None`` when the article states no title."""
    source: str | None = None
    """Who published it (agency or site), as stated in the article; ``None`` when unknown."""
    author: str | None = None
    """As stated; ``None`` when unknown."""
    published: str | None = None
    """ISO 8601 date, ``YYYY-MM-DD``; ``None`` when unknown: never guessed."""
    url: str | None = None
    path: str | None = None
    """Absolute path of the file it was read from; ``None`` for text given in memory."""

    @property
    def label(self) -> str:
        """What to call the article on a screen: its title, else its id."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (or a few tiny ones, or part of a long one) of an article."""

    number: int
    """Row of this passage in every array of the library, from 0."""
    article: Article
    span: Span
    ordinal: int
    """Which passage of its article, from 1: the place that a citation names."""

    @property
    def text(self) -> str:
        """The passage, word for word."""
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage of a ranking."""

    passage: Passage
    rank: int
    """From 1."""
    score: float
    """The fused score that orders the ranking; comparable within one ranking only."""
    lexical_rank: int | None
    """Rank in the lexical arm, from 1; ``None`` when no word of the question matched."""
    dense_rank: int | None
    """Rank in the dense arm, from 1; ``None`` when that arm did not run or lies too far down."""
    lexical_score: float = 0.0
    """BM25 score, >= 0."""
    cosine: float | None = None
    """Cosine of question and passage vectors, -1 to 1; ``None`` when the dense arm did not run."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a search may return; an empty field lets everything through."""

    articles: frozenset[str] = frozenset()
    """Article ids."""
    langs: frozenset[str] = frozenset()
    """Language codes."""
    since: str | None = None
    """Earliest publication date, ``YYYY-MM-DD``; articles without a date are left out."""
    until: str | None = None
    """Latest publication date, ``YYYY-MM-DD``; articles without a date are left out."""

    def admits(self, article: Article) -> bool:
        """Whether a search under these filters may return passages of ``article``."""
        if self.articles and article.id not in self.articles:
            return False
        if self.langs and article.lang not in self.langs:
            return False
        if self.since or self.until:
            day = article.published
            return bool(day and (self.since or "") <= day <= (self.until or "9999-12-31"))
        return True


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """A library in figures."""

    path: str
    articles: int
    passages: int
    langs: dict[str, int]
    """Passages by language."""
    encoder: str | None
    """``None`` for a library without vectors."""
    digest: str
    """Equal digests, equal answers."""
    created: str
    """ISO 8601 moment, UTC."""


class Encoder(Protocol):
    """Turns text into unit vectors. Two methods, so that no prefix can be forgotten."""

    @property
    def name(self) -> str:
        """Identifies the weights: two encoders of one name give the same vectors."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Float32Array:
        """Unit rows, shape ``(len(texts), dim)``."""
        ...

    def encode_question(self, text: str) -> Float32Array:
        """A unit vector, shape ``(dim,)``."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work has come."""

    stage: str
    """What is being done, for example "reading" or "encoding"."""
    done: int
    total: int
    """0 when not known."""


ProgressCallback: TypeAlias = Callable[[Progress], None]
"""Called now and then from the working thread; raising in it cancels the work."""
