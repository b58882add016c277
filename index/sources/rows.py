"""Reads .jsonl: one article a line, the lines streamed so that a file may have any size.

Keys: ``text`` (required), ``id`` or ``_id``, ``title``, ``published`` (or ``date``), ``source``,
``author``, ``url``, ``lang``. Other keys are ignored; so is a key with an empty value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from index.cleaning import clean, parse_date
from index.cleaning.characters import tidy
from index.sources.reading import ROW_MAX, Extract, UnreadableError


class Row(NamedTuple):
    """One line of a .jsonl file."""

    number: int
    """From 1."""
    content: bytes
    """Without its line break; empty when the line is longer than ``ROW_MAX``."""


def rows_of(path: Path) -> Iterator[Row]:
    """The lines that are not blank; raises ``OSError``."""
    with path.open("rb") as file:
        number = 0
        while content := file.readline(ROW_MAX + 1):
            number += 1
            if len(content) > ROW_MAX and not content.endswith(b"\n"):
                while (rest := file.readline(ROW_MAX)) and not rest.endswith(b"\n"):
                    pass
                yield Row(number, b"")
            elif content := content.strip(b"\r\n \t" if number > 1 else b"\r\n \t\xef\xbb\xbf"):
                yield Row(number, content)


def read_row(content: bytes) -> tuple[str | None, Extract]:
    """The row's own id, if any, and its article; raises ``UnreadableError``."""
    if not content:
        raise UnreadableError(f"longer than {ROW_MAX // 1024**2} MiB")
    fields = _fields(content)
    raw = fields.get("text")
    if not isinstance(raw, str):
        raise UnreadableError('no "text"')
    cleaned = clean(raw, title=_line(fields, "title"))
    stated = _line(fields, "published") or _line(fields, "date")
    cleaned = replace(
        cleaned,
        source=_line(fields, "source") or cleaned.source,
        author=_line(fields, "author") or cleaned.author,
        published=(parse_date(stated) if stated else None) or cleaned.published,
    )
    own_id = _line(fields, "id") or _line(fields, "_id")
    return own_id, Extract(cleaned, lang=_line(fields, "lang"), url=_line(fields, "url"))


def _fields(content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableError("not valid UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not valid JSON ({error.msg} at column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableError("JSON nested too deep, or with a number too long") from error
    if not isinstance(fields, dict):
        raise UnreadableError("not a JSON object")
    return fields


def _line(fields: dict[str, Any], key: str) -> str | None:
    """A field as one tidy line; numbers count as text, empty and other values as absent."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return tidy(str(value).replace("\n", " ")) or None
