"""Ranks the passages of a library for a question; the reading side of a library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.arrays import Float64Array, Int64Array, union
from index.dense_arm import DenseArm
from index.errors import EncoderError, EncoderMismatch, InputError
from index.fusion import DENSE_WEIGHT_CROSS, DENSE_WEIGHT_SAME, fuse
from index.lexical import top
from index.lexicon import Lexicon
from index.query import Query, read_question
from index.snapshot import ARTICLE, LANG, Snapshot, open_snapshot
from index.translation import Translator
from index.types import Article, Encoder, Filters, Hit, LibraryInfo, Mode, Passage, Span

DEPTH = 200
"""How many passages each arm puts forward for fusion."""


class Retriever:
    """One snapshot of a library, open for questions. Safe to share between threads.

    The encoder is loaded when it is first needed. A library whose encoder cannot be loaded, or has
    changed since, is searched by words alone; ``mode`` and ``notes`` say so.
    """

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder | None = None, *, lexicon: bool = True
    ) -> None:
        self._snapshot = snapshot
        self._lexicon = Lexicon.load() if lexicon else None
        self._translator = Translator.load() if lexicon else None
        self._query = lru_cache(maxsize=16)(self._read)  # an answer asks for it a dozen times
        self._dense = DenseArm(snapshot, encoder)

    @classmethod
    def open(
        cls, path: str | Path, *, encoder: Encoder | str | None = None, lexicon: bool = True
    ) -> Retriever:
        """Open the library at ``path`` as it is now; later writes do not change it.

        ``encoder`` is only needed for a library that was made with an ``Encoder`` object; a name
        is checked against the library's own. ``lexicon=False`` leaves translations out.

        Raises ``LibraryNotFound``, ``LibraryCorrupt``, ``LibraryIncompatible`` or
        ``EncoderMismatch``.
        """
        snapshot = open_snapshot(Path(path).expanduser().absolute())
        manifest = snapshot.manifest
        if isinstance(encoder, str):
            if encoder not in (manifest.encoder, "none" if manifest.encoder is None else ""):
                raise EncoderMismatch(
                    f"the library at {path} was made with the encoder {manifest.encoder!r}, not "
                    f"{encoder!r}; 'qa index sync --encoder {encoder}' encodes it again"
                )
            encoder = None
        elif encoder is not None and encoder.name != manifest.encoder_name:
            raise EncoderMismatch(
                f"the library at {path} was made with the encoder {manifest.encoder_name!r}, not "
                f"{encoder.name!r}; open it with Library(path, encoder) and sync to encode it again"
            )
        return cls(snapshot, encoder, lexicon=lexicon)

    @property
    def mode(self) -> Mode:
        """What ``search`` does when it is not told: "hybrid" where it can, else "lexical"."""
        return "hybrid" if self._dense.possible else "lexical"

    @property
    def notes(self) -> tuple[str, ...]:
        """Why an arm is missing, in words for a person."""
        return self._dense.notes

    @property
    def ready(self) -> bool:
        """Whether the encoder and the vectors are loaded, or will never be."""
        return self._dense.ready

    @property
    def encoder(self) -> Encoder | None:
        """The encoder, loaded on first use; ``None`` when this library has none that works."""
        return self._dense.encoder if self._dense.load() else None

    @property
    def articles(self) -> Sequence[Article]:
        """The articles, in the order of their ids."""
        return self._snapshot.articles

    @property
    def info(self) -> LibraryInfo:
        """The library in figures."""
        return self._snapshot.info

    def article(self, article_id: str) -> Article:
        """The article with an id. Raises ``InputError`` when there is none."""
        return self.articles[self._snapshot.row(article_id)]

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order. Raises ``InputError`` for an unknown id."""
        numbers = self._snapshot.passages_of(self._snapshot.row(article_id))
        return [self._snapshot.passage(number) for number in numbers]

    def idf(self, term: str, lang: str) -> float:
        """How rare a term is among the passages of a language; 0.0 for one that none has."""
        return self._snapshot.lexical.idf(term, lang)

    def query(self, question: str) -> Query:
        """How a question is read. Raises ``InputError`` when it is empty."""
        if not question.strip():
            raise InputError("the question is empty; type a question")
        return self._query(question)

    def sentence_cosines(self, question: str, passage: Passage) -> dict[Span, float]:
        """Cosine of a question with each sentence of a passage; empty without the dense arm."""
        if not self._dense.load():
            return {}
        vectors = self._dense.vectors(self.query(question))
        return self._dense.sentence_cosines(vectors, passage.number)

    def warm(self) -> None:
        """Load the encoder and the vectors now, for instance in a background thread."""
        self._dense.load()

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        mode: Mode | None = None,
        filters: Filters | None = None,
    ) -> list[Hit]:
        """The ``k`` best passages for a question, best first, ties to the lower passage number.

        ``mode=None`` stands for the best that this library can do. Raises ``InputError`` for an
        empty question, ``EncoderError`` when ``mode`` asks for an arm that is missing.
        """
        query = self.query(question)
        if k < 1:
            raise InputError(f"k is {k}; ask for at least 1 passage")
        if mode != "lexical" and not self._dense.load():
            if mode is not None:
                raise EncoderError(f"mode {mode!r} is not possible. {' '.join(self.notes)}")
            mode = "lexical"
        allowed = None if filters is None else self._allowed(filters)
        lexical = self._lexical_scores(query, allowed)
        if mode == "lexical":
            ranking = top(lexical, k)
            return self._hits(ranking, lexical[ranking], lexical[ranking], ranking, None)
        return self._search_dense(query, lexical, allowed, k, fused=mode != "dense")

    def search_many(
        self,
        questions: Sequence[str],
        k: int = 10,
        *,
        mode: Mode | None = None,
        filters: Filters | None = None,
    ) -> list[list[Hit]]:
        """``search`` for each question, in order."""
        return [self.search(question, k, mode=mode, filters=filters) for question in questions]

    def _search_dense(
        self,
        query: Query,
        lexical: Float64Array,
        allowed: Int64Array | None,
        k: int,
        *,
        fused: bool,
    ) -> list[Hit]:
        depth = max(DEPTH, k)
        vectors = self._dense.vectors(query)
        nearest = self._dense.search(vectors, depth, allowed)
        wordwise = top(lexical, depth)
        candidates = union(nearest, wordwise) if fused else nearest
        near = self._dense.nearness(vectors, candidates)
        scores = near
        if fused:
            scores = fuse(lexical[candidates], near, self._dense_weights(query, candidates))
        order = np.lexsort((candidates, -scores))[:k]
        ranking = candidates[order]
        by_meaning = candidates[np.lexsort((candidates, -near))][:depth]
        cosines = self._dense.cosines(vectors, ranking)
        return self._hits(ranking, scores[order], lexical[ranking], wordwise, (by_meaning, cosines))

    def _read(self, question: str) -> Query:
        langs = self._snapshot.manifest.langs
        return read_question(question, langs, self._lexicon, self._translator)

    def _dense_weights(self, query: Query, candidates: Int64Array) -> Float64Array:
        langs = self._snapshot.manifest.langs
        by_lang = np.array(
            [DENSE_WEIGHT_SAME if lang == query.lang else DENSE_WEIGHT_CROSS for lang in langs]
        )
        weights: Float64Array = by_lang[self._snapshot.table[candidates, LANG]]
        return weights

    def _lexical_scores(self, query: Query, allowed: Int64Array | None) -> Float64Array:
        scores = self._snapshot.lexical.scores(query.terms)
        if allowed is not None:
            masked = np.zeros_like(scores)
            masked[allowed] = scores[allowed]
            return masked
        return scores

    def _allowed(self, filters: Filters) -> Int64Array:
        admitted = np.array([filters.admits(article) for article in self.articles], dtype=bool)
        return np.flatnonzero(admitted[self._snapshot.table[:, ARTICLE]])

    def _hits(
        self,
        numbers: Int64Array,
        scores: Float64Array,
        lexical: Float64Array,
        lexical_ranking: Int64Array,
        dense: tuple[Int64Array, Float64Array] | None,
    ) -> list[Hit]:
        lexical_ranks = {int(n): rank for rank, n in enumerate(lexical_ranking, start=1)}
        dense_ranks = (
            {} if dense is None else {int(n): rank for rank, n in enumerate(dense[0], start=1)}
        )
        return [
            Hit(
                passage=self._snapshot.passage(int(number)),
                rank=rank,
                score=float(scores[rank - 1]),
                lexical_rank=lexical_ranks.get(int(number)),
                dense_rank=dense_ranks.get(int(number)),
                lexical_score=float(lexical[rank - 1]),
                cosine=None if dense is None else float(dense[1][rank - 1]),
            )
            for rank, number in enumerate(numbers, start=1)
        ]
