"""Reads article files: one reader a format, one bad file never in the way of the others.

An article's id is its path relative to the folder that was added (or the name of a file that was
named itself), with "/" between its parts; in a .jsonl file the row's own ``id`` or ``_id``, else
that path with "#" and the line number.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from index.cleaning import Cleaned
from index.language import detect
from index.sources.plain import read_plain
from index.sources.reading import (
    FILE_MAX,
    ROW_MAX,
    Skipped,
    UnreadableError,
    decoded,
    digest,
    file_bytes,
)
from index.sources.rows import read_rows
from index.sources.walking import Found, find
from index.types import Article

__all__ = ["FILE_MAX", "ROW_MAX", "Found", "Skipped", "digest", "find", "read"]

_READERS: dict[str, Callable[[str], Cleaned]] = {".txt": read_plain, ".text": read_plain}
_ROWS = frozenset({".jsonl", ".ndjson"})


def read(path: Path, base: Path | None = None) -> Iterator[Article | Skipped]:
    """The cleaned articles of one file, or why there is none; never raises for a bad file.

    ``base`` is the folder that was added; without it the file itself was named, and one of
    unknown extension is then read as plain text when it is text.
    """
    path = path.absolute()
    suffix = path.suffix.lower()
    name = _name(path, base)
    if not path.is_file():
        yield Skipped(path, "not a regular file" if path.exists() else "no such file")
    elif suffix in _ROWS:
        yield from read_rows(path, name)
    elif suffix in _READERS or base is None:
        yield _read_one(path, name, _READERS.get(suffix, read_plain))
    else:
        yield Skipped(
            path, f"unknown format {suffix or '(no extension)'}: name the file to read it"
        )


def _read_one(path: Path, name: str, reader: Callable[[str], Cleaned]) -> Article | Skipped:
    try:
        content = file_bytes(path)
        cleaned = reader(decoded(content))
    except UnreadableError as error:
        return Skipped(path, str(error))
    if not cleaned.text:
        return Skipped(path, "no text left after cleaning")
    return Article(
        id=name,
        text=cleaned.text,
        lang=detect(cleaned.text),
        sha256=hashlib.sha256(content).hexdigest(),
        title=cleaned.title,
        source=cleaned.source,
        author=cleaned.author,
        published=cleaned.published,
        path=str(path),
    )


def _name(path: Path, base: Path | None) -> str:
    """The id of a file; bytes of a name that are not text become U+FFFD."""
    relative = path.relative_to(base.absolute()) if base else Path(path.name)
    return os.fsencode(relative.as_posix()).decode("utf-8", "replace")
