"""Which colours the chat wears: as set, else as last chosen, else what the terminal can show."""

from __future__ import annotations

from pathlib import Path

from textual.theme import BUILTIN_THEMES

from qa.settings import data_dir

_DEFAULT = "textual-dark"
_FEW_COLOURS = "ansi-dark"
"""The terminal's own colours, where it has 16 or fewer."""


def chosen(named: str | None, colours: str | None) -> str:
    """The theme to begin with.

    ``colours`` is what rich calls the terminal's colour system; ``None`` when colours are not
    wanted: then it is the theme without any of its own, whatever else was chosen.
    """
    if colours is None:
        return _FEW_COLOURS
    for name in (named, _remembered()):
        if name in BUILTIN_THEMES:
            return name
    return _FEW_COLOURS if colours in ("standard", "windows") else _DEFAULT


def remember(name: str) -> None:
    """Begin with this theme next time, if it can be written down."""
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(name, encoding="utf-8")
    except OSError:
        pass  # a read-only home costs nothing but the memory of a colour


def _remembered() -> str | None:
    try:
        return _file().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _file() -> Path:
    return data_dir() / "theme"
