"""Reads .jsonl: one article a line, the lines streamed so that a file may have any size.

Keys: ``text`` (required), ``id`` or ``_id``, ``title``, ``published`` (or ``date``), ``source``,
``author``, ``url``, ``lang``. Other keys are ignored; so is a key with an empty value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.cleaning import clean, parse_date
from index.cleaning.characters import tidy
from index.language import detect
from index.sources.reading import ROW_MAX, Skipped, UnreadableError
from index.types import Article


def read_rows(path: Path, name: str) -> Iterator[Article | Skipped]:
    """The articles of a .jsonl file; ``name`` is the id of the file, for rows without one."""
    seen_any = False
    try:
        with path.open("rb") as file:
            number = 0
            while row := file.readline(ROW_MAX + 1):
                number += 1
                if len(row) > ROW_MAX and not row.endswith(b"\n"):
                    while (rest := file.readline(ROW_MAX)) and not rest.endswith(b"\n"):
                        pass
                    yield Skipped(path, f"line {number}: longer than {ROW_MAX // 1024**2} MiB")
                elif row.strip():
                    try:
                        yield _article(row, f"{name}#{number}", path, first=number == 1)
                    except UnreadableError as error:
                        yield Skipped(path, f"line {number}: {error}")
                else:
                    continue
                seen_any = True
    except OSError as error:
        yield Skipped(path, f"cannot be read: {error.strerror or error}")
        return
    if not seen_any:
        yield Skipped(path, "empty")


def _article(row: bytes, fallback_id: str, path: Path, *, first: bool) -> Article:
    fields = _fields(row, first=first)
    raw = fields.get("text")
    if not isinstance(raw, str):
        raise UnreadableError('no "text"')
    title = _line(fields, "title")
    cleaned = clean(raw, title=title)
    if not cleaned.text:
        raise UnreadableError("no text left after cleaning")
    stated = _line(fields, "published") or _line(fields, "date")
    return Article(
        id=_line(fields, "id") or _line(fields, "_id") or fallback_id,
        text=cleaned.text,
        lang=_line(fields, "lang") or detect(cleaned.text),
        sha256=hashlib.sha256(row.rstrip(b"\r\n")).hexdigest(),
        title=title or cleaned.title,
        source=_line(fields, "source") or cleaned.source,
        author=_line(fields, "author") or cleaned.author,
        published=(parse_date(stated) if stated else None) or cleaned.published,
        url=_line(fields, "url"),
        path=str(path),
    )


def _fields(row: bytes, *, first: bool) -> dict[str, Any]:
    try:
        fields = json.loads(row.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableError("not valid UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not valid JSON ({error.msg} at column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableError(
            "not JSON that can be read (nested too deep, or a huge number)"
        ) from error
    if not isinstance(fields, dict):
        raise UnreadableError("not a JSON object")
    return fields


def _line(fields: dict[str, Any], key: str) -> str | None:
    """A field as one tidy line; numbers count as text, empty and other values as absent."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return tidy(str(value).replace("\n", " ")) or None
