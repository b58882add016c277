"""Which characters a stored text keeps.

Dropped: terminal escape sequences as a whole, C0 and C1 control characters, bidirectional
controls, zero-width spaces, soft hyphens, byte-order marks, tag characters, lone surrogates and
private-use or unassigned "non-characters": none is visible and each can move or disguise text on
a screen. Kept: the zero-width joiner and non-joiner, which Persian, Hindi and emoji are spelled
with, and variation selectors. Every run of spaces of any kind becomes one plain space. The rest
is put in Unicode normalization form C.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"  # OSC…
    r"|\x1b[ -/]*[0-~]"
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def without_escapes(raw: str) -> str:
    """``raw`` with one kind of line ending and without terminal escape sequences."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub("", text) if "\x1b" in text or _C1.search(text) else text


_C1 = re.compile("[\x90\x98\x9b\x9d-\x9f]")


def lines_of(raw_line: str) -> list[str]:
    """The lines of one raw line (it may hold form feeds and the like), as they are stored."""
    return [tidy(part) for part in _LINE_BREAK.split(raw_line)]


def tidy(text: str) -> str:
    """One line of text as it is stored: visible, single-spaced, stripped, NFC."""
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text).strip()
