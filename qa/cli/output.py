"""Where text goes: data to stdout, everything else to stderr; styles only for a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

from index.types import Progress, ProgressCallback
from qa.render.inert import json_text, safe
from qa.render.progress import progress_words

if TYPE_CHECKING:
    from qa.render.text import Style

_WIDEST = 100
"""Lines longer than this many cells are hard to read, however wide the terminal."""
_REDRAW_SECONDS = 0.1
_SILENT_SECONDS, _SAY_SECONDS = 2.0, 10.0
"""Work that is done sooner needs no words; longer work is spoken of this often."""


def put(text: str) -> None:
    """Data: ``text`` as it is, to stdout."""
    click.echo(text, nl=False, color=True)


def put_json(value: Any) -> None:
    """Data: one JSON object; on one line, unless a person looks at it."""
    put(json_text(value, indent=2 if sys.stdout.isatty() else None) + "\n")


def note(text: str) -> None:
    """One line for the person, to stderr."""
    with told():
        click.echo(f"qa: {safe(text)}", err=True)


@contextmanager
def told() -> Iterator[None]:
    """Around what is written to stderr: where that cannot be written, there is no place to say it.

    What the command does, and how it ends, stays the same.
    """
    try:
        yield
    except OSError:
        abandon(sys.stderr)


def abandon(stream: TextIO) -> None:
    """Nobody reads it any more; keep the interpreter from complaining when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def width() -> int:
    """How many cells a line may take: those of the terminal, 80 where there is none."""
    import shutil

    return min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)


def style(plain: bool) -> Style:
    """Whether stdout takes styles: a terminal does, unless it or the person says no."""
    if plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return "plain"
    return "ansi" if sys.stdout.isatty() or os.environ.get("FORCE_COLOR") else "plain"


@contextmanager
def progress(*, plain: bool = False) -> Iterator[ProgressCallback | None]:
    """A line on stderr that tells how far the work is; nothing unless stderr is a terminal.

    With ``plain`` no line is ever drawn over: of long work, a line is added now and then.
    """
    if not sys.stderr.isatty():
        yield None
        return
    if plain or os.environ.get("TERM") == "dumb":
        yield _ProgressLines().show
        return
    line = _ProgressLine()
    try:
        yield line.show
    finally:
        line.clear()


class _ProgressLine:
    """``encoding 120/4395 · 71/s · 1:00 left``, drawn over itself."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = self._drawn = 0.0

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._began, self._drawn = progress.stage, now, 0.0
        if now - self._drawn >= _REDRAW_SECONDS or progress.done == progress.total:
            self._drawn = now
            text = safe(progress_words(progress, now - self._began))
            sys.stderr.write(f"\r\x1b[K{text[: width() - 1]}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._stage:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class _ProgressLines:
    """The same, one line below the other: what a screen reader has read out stays as it was."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0
        self._due = time.monotonic() + _SILENT_SECONDS

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._began = progress.stage, now
        if now >= self._due:
            self._due = now + _SAY_SECONDS
            note(progress_words(progress, now - self._began))


def put_line(*cells: str) -> None:
    """Data: one line, its cells (which hold no tab or line end) separated by tabs, to stdout."""
    put("\t".join(map(safe, cells)) + "\n")


def put_words(text: str) -> None:
    """What is said to a person: one line, broken between words where a terminal is narrower."""
    from qa.render.wrapping import fill

    put((fill(safe(text), width()) if sys.stdout.isatty() else safe(text)) + "\n")


def put_table(rows: Sequence[Sequence[str]]) -> None:
    """Data: rows of columns, aligned for a person and separated by tabs for a program."""
    clean = [[safe(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        put("".join("\t".join(row) + "\n" for row in clean))
        return
    import shutil

    from rich.cells import cell_len

    room = shutil.get_terminal_size((80, 24)).columns
    widths = [max(map(cell_len, column)) for column in zip(*clean, strict=True)]
    for row in clean:
        cells = [
            cell + " " * (size - cell_len(cell)) for cell, size in zip(row, widths, strict=True)
        ]
        put(_cut("  ".join(cells).rstrip(), room) + "\n")


def _cut(line: str, room: int) -> str:
    """``line`` so that it takes one row of a terminal; the last column is the long one."""
    from rich.cells import cell_len, set_cell_size

    return line if cell_len(line) <= room else set_cell_size(line, room - 1).rstrip() + "…"


def put_fields(values: Mapping[str, object]) -> None:
    """Data: one ``name: value`` a line, the values aligned."""
    size = max(map(len, values)) + 1
    for name, value in values.items():
        put(f"{name + ':':<{size}} {safe(str(value))}\n")
