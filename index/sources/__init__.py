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
from typing import NamedTuple

from index.cleaning import Cleaned
from index.language import detect
from index.sources.markdown import read_markdown
from index.sources.plain import read_plain
from index.sources.reading import (
    FILE_MAX,
    ROW_MAX,
    Extract,
    Skipped,
    UnreadableError,
    digest,
    file_bytes,
)
from index.sources.rows import read_row, rows_of
from index.sources.walking import Found, files_below, find
from index.sources.webpage import read_webpage
from index.types import Article

__all__ = [
    "FILE_MAX",
    "FORMATS",
    "ROW_MAX",
    "Found",
    "Skipped",
    "digest",
    "explain",
    "files_below",
    "find",
    "read",
]

_READERS: dict[str, Callable[[bytes], Extract]] = {
    ".htm": read_webpage,
    ".html": read_webpage,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".text": read_plain,
    ".txt": read_plain,
}
_ROWS = frozenset({".jsonl", ".ndjson"})
FORMATS = tuple(sorted({*_READERS, *_ROWS}))
"""File name endings that are read when a folder is added."""


class _Draft(NamedTuple):
    """An article before its language is known."""

    id: str
    sha256: str
    extract: Extract


def read(path: Path, base: Path | None = None) -> Iterator[Article | Skipped]:
    """The cleaned articles of one file, or why there is none; never raises for a bad file.

    ``base`` is the folder that was added; without it the file itself was named, and one of
    unknown extension is then read as plain text when it is text.
    """
    path = path.absolute()
    for draft in _drafts(path, base):
        if isinstance(draft, Skipped):
            yield draft
            continue
        cleaned, lang, url = draft.extract.cleaned, draft.extract.lang, draft.extract.url
        yield Article(
            id=draft.id,
            text=cleaned.text,
            lang=_code(lang) or detect(cleaned.text),
            sha256=draft.sha256,
            title=cleaned.title,
            source=cleaned.source,
            author=cleaned.author,
            published=cleaned.published,
            url=url,
            path=str(path),
        )


def explain(path: Path) -> Iterator[tuple[str, Cleaned] | Skipped]:
    """What cleaning did to each article of a named file: its id and the record."""
    for draft in _drafts(path.absolute(), None):
        yield draft if isinstance(draft, Skipped) else (draft.id, draft.extract.cleaned)


def _drafts(path: Path, base: Path | None) -> Iterator[_Draft | Skipped]:
    suffix = path.suffix.lower()
    name = _name(path, base)
    if not path.is_file():
        yield Skipped(path, _no_file(path))
    elif suffix in _ROWS:
        yield from _rows(path, name)
    elif suffix in _READERS or base is None:
        yield _whole(path, name, _READERS.get(suffix, read_plain))
    else:
        known = " ".join(FORMATS)
        yield Skipped(path, f"unknown format (known: {known}); name the file itself to read it")


def _no_file(path: Path) -> str:
    if path.is_dir():
        return "a folder that cannot be listed"
    return "not a regular file" if path.exists() else "no such file"


def _whole(path: Path, name: str, reader: Callable[[bytes], Extract]) -> _Draft | Skipped:
    """A file that is one article."""
    try:
        content = file_bytes(path)
        extract = reader(content)
    except UnreadableError as error:
        return Skipped(path, str(error))
    if not extract.cleaned.text:
        return Skipped(path, "no text left after cleaning")
    return _Draft(name, hashlib.sha256(content).hexdigest(), extract)


def _rows(path: Path, name: str) -> Iterator[_Draft | Skipped]:
    """A file of one article a line."""
    empty = True
    try:
        for number, content in rows_of(path):
            empty = False
            try:
                own_id, extract = read_row(content)
            except UnreadableError as error:
                yield Skipped(path, f"line {number}: {error}")
                continue
            if extract.cleaned.text:
                sha256 = hashlib.sha256(content).hexdigest()
                yield _Draft(own_id or f"{name}#{number}", sha256, extract)
            else:
                yield Skipped(path, f"line {number}: no text left after cleaning")
    except OSError as error:
        yield Skipped(path, f"cannot be read: {error.strerror or error}")
        return
    if empty:
        yield Skipped(path, "empty")


def _name(path: Path, base: Path | None) -> str:
    """The id of a file; bytes of a name that are not text become U+FFFD."""
    relative = path.relative_to(base.absolute()) if base else Path(path.name)
    return os.fsencode(relative.as_posix()).decode("utf-8", "replace")


def _code(stated: str | None) -> str | None:
    """ "id" of "id" or "id-ID"; ``None`` for anything else, such as "Indonesian"."""
    code = (stated or "").replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None
