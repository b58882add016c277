"""Reads plain text."""

from __future__ import annotations

from index.cleaning import clean
from index.sources.reading import Extract, decoded


def read_plain(content: bytes) -> Extract:
    """The article in a plain text; raises ``UnreadableError`` for what is not text."""
    return Extract(clean(decoded(content)))
