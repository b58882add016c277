"""What all readers share: limits, decoding, digests, and the way to say that a file is no use."""

from __future__ import annotations

import codecs
import errno
import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from index.cleaning import Cleaned

FILE_MAX = 64 * 1024 * 1024
"""Largest file that is read as one article; bytes. A .jsonl file may have any size."""
ROW_MAX = 16 * 1024 * 1024
"""Longest line of a .jsonl file; bytes."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a row of one, that gave no article."""

    path: Path
    reason: str
    """One line for a person, such as "line 7: not valid JSON"; without the path."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader found in a file or row; the metadata in ``cleaned`` is the best known."""

    cleaned: Cleaned
    lang: str | None = None
    """As the file states it; ``None``, or what is no language code, to have it detected."""
    url: str | None = None


class UnreadableError(Exception):
    """A reader's way to give up on a file or row; its message becomes ``Skipped.reason``."""


def digest(path: Path) -> str:
    """Hex sha256 of the bytes of a regular file, read in pieces. Raises ``OSError``."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))  # a pipe would block for ever
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_bytes(path: Path) -> bytes:
    """All bytes of a file; raises ``UnreadableError`` when it is empty, too large or denied."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_MAX + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error
    if len(content) > FILE_MAX:
        raise UnreadableError(f"larger than {FILE_MAX // 1024**2} MiB: split it, or use .jsonl")
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError("empty")
    return content


def decoded(content: bytes) -> str:
    """The text in ``content``: UTF-8, UTF-16 or UTF-32 with a byte-order mark, else detected.

    Raises ``UnreadableError`` for binary content and for an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(f"not valid {encoding.upper()}: {error.reason}") from error
    if b"\0" in content:
        raise UnreadableError("binary, not text")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise UnreadableError(f"not valid UTF-8 at byte {error.start + 1}") from error
        text = _detected(content)
    if _looks_binary(text):
        raise UnreadableError("binary, not text")
    return text


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DETECT_BYTES = 256 * 1024
"""How much of a file is used to tell its encoding."""


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: read as anything else it would be garbled."""
    text = content.decode("utf-8", "replace")
    errors = text.count("\ufffd")
    return len(text.encode("ascii", "ignore")) + 2 * errors <= len(text)


def _detected(content: bytes) -> str:
    """Text in a legacy encoding, as charset_normalizer tells it."""
    import charset_normalizer

    best = charset_normalizer.from_bytes(content[:_DETECT_BYTES]).best()
    if best is None:
        raise UnreadableError("the text encoding cannot be told: convert it to UTF-8")
    try:
        return content.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"neither UTF-8 nor {best.encoding}: convert it to UTF-8") from error


def _looks_binary(text: str) -> bool:
    """Whether many of the first characters are control characters that no text has."""
    sample = text[:4096]
    controls = sum(
        unicodedata.category(char) == "Cc" and char not in "\t\n\r\f\x1b" for char in sample
    )
    return controls * 10 > len(sample)
