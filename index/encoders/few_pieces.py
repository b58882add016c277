"""Splits a question into word pieces without loading them all, which takes a tenth of a second.

A unigram model (Kudo 2018, "Subword Regularization") chooses among the pieces that occur in the
text; one that knows no others splits it in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from tokenizers.models import Unigram


class FewPieces:
    """The pieces of a ``tokenizer.json``, ready for short texts. Safe to share between threads."""

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
