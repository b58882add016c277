"""Reads plain text."""

from __future__ import annotations

from index.cleaning import Cleaned, clean


def read_plain(text: str) -> Cleaned:
    """The article in a plain text."""
    return clean(text)
