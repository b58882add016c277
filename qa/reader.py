"""The bundled reader: which words of a passage answer a question, and whether any do.

Small transformers score every word piece as the first and as the last of the answer, and the mark
before them as "no answer" (Devlin et al. 2019, "BERT", section 4.3); the mean of their scores
counts. They only point into the passage; they write nothing.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.encoders.onnx import Graph, reason
from index.encoders.pieces import Pieces, Splitter
from index.encoders.weights import EightBitTensors
from index.errors import EncoderError
from index.types import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float32Array

FOLDER = Path(__file__).parent / "models" / "reader"
WORDS = "embeddings.word_embeddings.weight"
AT_ONCE = 4
"""How many passages are read at the same time, at most."""
_LOADING = Lock()
OVERLAP = 64
"""Pieces that two windows of a long passage have in common."""


class Found(NamedTuple):
    """The likeliest answer in a stretch of text."""

    span: Span
    odds: float
    """By how much it outweighs "this passage does not answer", as log-odds."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a passage, and what the reader makes of it."""

    offsets: Sequence[tuple[int, int]]
    """Of each piece in the passage's text."""
    scores: Float32Array
    """Shape ``(pieces, 2)``: as the first and as the last piece, less those of "no answer"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage."""

    text: str
    windows: tuple[_Window, ...]
    longest: int
    """Longest answer, in pieces."""

    def best(self, within: Span | None = None) -> Found | None:
        """The likeliest answer inside a span of ``text``; ``None`` when the span has no word."""
        start, end = within or (0, len(self.text))
        found = [best for window in self.windows if (best := self._best(window, start, end))]
        return max(found, key=lambda item: item.odds, default=None)

    def _best(self, window: _Window, start: int, end: int) -> Found | None:
        rows = [n for n, (a, b) in enumerate(window.offsets) if start <= a and b <= end and a < b]
        if not rows:
            return None
        scores = window.scores[rows[0] : rows[-1] + 1]
        sums = scores[:, None, 0] + scores[None, :, 1]
        ahead = np.arange(len(sums))[None, :] - np.arange(len(sums))[:, None]
        sums = np.where((ahead >= 0) & (ahead < self.longest), sums, -np.inf)
        first, last = divmod(int(sums.argmax()), len(sums))
        span = Span(window.offsets[rows[0] + first][0], window.offsets[rows[0] + last][1])
        return Found(whole_words(self.text, span), float(sums[first, last]))


class Reader:
    """Reads passages for a question; safe to use from several threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the files of ``folder``; raises ``EncoderError`` when that fails."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            self._split = Splitter(folder / "tokenizer.json", about["marks"])
            self._words = EightBitTensors(folder / "words.safetensors")[WORDS]
            self._graphs = [Graph(folder / file) for file in about["networks"]]
        except Exception as error:  # the libraries raise bare Exceptions
            raise EncoderError(
                f"the reader in {folder} cannot be loaded ({reason(error)}); install Kutip again"
            ) from error
        self._pool = ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1), "reader")
        self.name: str = about["name"]
        self._longest: int = about["longest"]
        self._longest_question: int = about["longest_question"]
        self._longest_answer: int = about["longest_answer"]
        self._even: float = about["even"]

    @staticmethod
    def load() -> Reader:
        """The reader that comes with Kutip, loaded once; raises ``EncoderError``."""
        with _LOADING:
            return _load()

    def read(
        self, question: str, texts: Sequence[str], translations: Sequence[str | None] = ()
    ) -> list[Reading]:
        """Read each text for the answer to ``question``.

        ``translations``, one for each text, are the question in the text's language: the text is
        read for both, and the mean of their scores counts.
        """
        others = translations or [None] * len(texts)
        distinct = list(dict.fromkeys(filter(None, others)))
        split = self._split([question, *distinct, *texts])
        asked, *translated = (
            self._split.marked(pieces, self._longest_question)
            for pieces in split[: 1 + len(distinct)]
        )
        ways = {None: [asked]} | {
            other: [asked, ids] for other, ids in zip(distinct, translated, strict=True)
        }
        windows = self._pool.map(
            lambda ids, pieces: tuple(self._windows(ids, pieces)),
            [ways[other] for other in others],
            split[1 + len(distinct) :],
        )
        return [
            Reading(text, found, self._longest_answer)
            for text, found in zip(texts, windows, strict=True)
        ]

    def probability(self, odds: float) -> float:
        """How likely a passage answers, 0 to 1, by the odds of its best answer.

        0.5 where refusing and answering did equally well on questions held out from training.
        """
        return 1 / (1 + math.exp(max(-50.0, min(50.0, self._even - odds))))

    def _windows(self, asked: list[list[int]], pieces: Pieces) -> list[_Window]:
        room = self._longest - max(map(len, asked)) - 1
        last = max(0, len(pieces.ids) - room)
        begins = [*range(0, last, room - OVERLAP), last]
        return [self._window(asked, pieces, slice(begin, begin + room)) for begin in begins]

    def _window(self, asked: list[list[int]], pieces: Pieces, part: slice) -> _Window:
        """The mean over all ways of asking and all networks."""
        own = pieces.ids[part]
        scores = [self._scores(graph, ids, own) for ids in asked for graph in self._graphs]
        return _Window(pieces.offsets[part], np.mean(scores, axis=0))

    def _scores(self, graph: Graph, asked: list[int], own: list[int]) -> Float32Array:
        """Every window is computed by itself, so that nothing else can change its scores."""
        ids = np.array([[*asked, *own, self._split.last]], np.int64)
        kinds = np.zeros_like(ids)
        kinds[0, len(asked) :] = 1
        inputs: dict[str, NDArray[Any]] = {
            "input_ids": ids,
            "kinds": kinds,
            "words": self._words,
        }
        scores = graph(inputs)[0]
        odds: Float32Array = scores[len(asked) : len(asked) + len(own)] - scores[0]
        return odds


@cache
def _load() -> Reader:
    return Reader()


def whole_words(text: str, span: Span) -> Span:
    """``span``, grown to the ends of the words that it cuts."""
    start, end = span
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)
