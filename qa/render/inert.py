"""Text of articles and questions, made harmless for a terminal.

An article is data: no character of it may move the cursor, change a colour, ring a bell, set a
window title or turn the reading direction of what stands around it.
"""

from __future__ import annotations

import json
import re
from typing import Any

_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_LINE_ENDS = (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)

_STAND_INS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # ESC is shown as ␛, and so on
    0x7F: "␡",
    **dict.fromkeys((*range(128, 160), *_BIDI, *range(55296, 57344)), "�"),
    ord("\t"): " ",
    **dict.fromkeys(_LINE_ENDS, " "),
}
_KEEPING_LINES = _STAND_INS | dict.fromkeys(_LINE_ENDS, "\n")

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str, *, lines: bool = False) -> str:
    """``text`` with a visible stand-in for every character that could command a terminal.

    Control characters (C0, C1, DEL), bidi embeddings, overrides and isolates, and lone surrogates
    become one visible character each; tabs become spaces, and so do line ends unless ``lines``.
    The length never changes, so spans of ``text`` are spans of the outcome.
    """
    return text.translate(_KEEPING_LINES if lines else _STAND_INS)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """``value`` as JSON that may be printed: such characters in it are written as escapes."""
    plain = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", plain)
