"""A vocabulary of a few letters."""

from __future__ import annotations

from tokenizers import Tokenizer

from training.vocabulary import MARKS, unigram

PIECES = [*MARKS, *"abcd▁", "▁a", "▁b", "▁c", "▁d", "▁query:", "▁passage:"]


def letters() -> Tokenizer:
    """Reads the letters a to d, single or joined."""
    return unigram(PIECES, [0.0] * len(MARKS) + [-float(n) for n in range(1, len(PIECES) - 3)])
