"""Splits texts into the word pieces that the bundled models read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from tokenizers import Tokenizer
from tokenizers.models import Unigram


class Pieces(NamedTuple):
    """A text as the models read it."""

    ids: list[int]
    """Numbers of its word pieces."""
    offsets: list[tuple[int, int]]
    """Where each piece begins and ends in the text, in code points."""


class Splitter:
    """Splits texts into word pieces; safe to use from several threads."""

    def __init__(self, path: Path, marks: Sequence[str]) -> None:
        """Read ``tokenizer.json``; raises what ``tokenizers`` raises, a bare ``Exception``.

        ``marks`` are the pieces that stand before and behind a text.
        """
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.first, self.last = (cast("int", self._tokenizer.token_to_id(mark)) for mark in marks)

    def __call__(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text."""
        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Pieces(encoding.ids, encoding.offsets) for encoding in found]

    def marked(self, pieces: Pieces, longest: int) -> list[int]:
        """The first pieces with the marks around them, ``longest`` in all."""
        return [self.first, *pieces.ids[: longest - 2], self.last]


class FewPieces:
    """Splits a question without loading all word pieces, which takes a tenth of a second.

    A unigram model (Kudo 2018, "Subword Regularization") chooses among the pieces that occur in the
    text; one that knows no others splits it in the same way. Safe to use from several threads.
    """

    def __init__(self, path: Path, marks: Sequence[str]) -> None:
        """Read the file; ``marks`` are the pieces that stand before and behind a text.

        Raises ``OSError``, ``ValueError`` or ``KeyError`` when it is not such a file.
        """
        about: dict[str, Any] = json.loads(path.read_text("utf-8"))
        model: dict[str, Any] = about["model"]
        if model["type"] != "Unigram":
            raise ValueError(f"{path} is not for a unigram model")
        self._pieces: list[list[Any]] = model["vocab"]  # each with its log-probability
        self._numbers = {piece: number for number, (piece, _) in enumerate(self._pieces)}
        self._longest = max(map(len, self._numbers))
        self._unknown: int = model["unk_id"]
        # What is unknown costs more than the unlikeliest piece, so that one has to be there.
        scores = [score for _, score in self._pieces]
        self._unlikeliest = scores.index(min(scores))
        self._first, self._last = (self._numbers[mark] for mark in marks)
        self._special = [token["content"] for token in about["added_tokens"]]
        model |= {"vocab": [self._pieces[self._unknown]], "unk_id": 0}
        about |= {"added_tokens": [], "post_processor": None}
        self._empty = Tokenizer.from_str(json.dumps(about))

    def __call__(self, text: str, longest: int) -> list[int] | None:
        """The numbers of its pieces with the marks around them, ``longest`` at most.

        ``None`` for a text that holds a mark itself, such as "<s>".
        """
        if any(mark in text for mark in self._special):
            return None
        normal = self._empty.normalizer.normalize_str(text)
        parts = {
            word[begin:end]
            for word, _ in self._empty.pre_tokenizer.pre_tokenize_str(normal)
            for begin in range(len(word))
            for end in range(begin + 1, min(begin + self._longest, len(word)) + 1)
        }
        found = {self._numbers[part] for part in parts if part in self._numbers}
        few = [self._unknown, *sorted((found | {self._unlikeliest}) - {self._unknown})]
        tokenizer = Tokenizer(Unigram([tuple(self._pieces[number]) for number in few], 0, False))
        tokenizer.normalizer = self._empty.normalizer
        tokenizer.pre_tokenizer = self._empty.pre_tokenizer
        ids = [few[number] for number in tokenizer.encode(text).ids]
        return [self._first, *ids[: longest - 2], self._last]
