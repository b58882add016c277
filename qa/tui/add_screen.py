"""Which files and folders to add to the library."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from qa.render import safe
from qa.tui.choice_list import ChoiceList

_MOST = 200
"""Names listed at once; typing more of a name finds the others."""
_MANY = 200
"""Files beyond which it is asked first: a whole home folder is soon chosen by mistake."""
_COUNTING = 0.2
"""Seconds to count them for, while nothing else on the screen moves."""


class AddScreen(ModalScreen["list[Path] | None"]):
    """Returns files and folders that exist, or ``None``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "Add", tooltip="Add what is typed", id="add.add"),
        Binding("tab", "complete", "Complete", tooltip="Complete the name", id="add.complete"),
        Binding("down", "to_list", show=False, tooltip="To the list", id="add.list"),
        Binding("escape", "leave", "Back", tooltip="Add nothing", id="add.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._asked = False
        """Whether so many files are meant that it was asked first."""

    def compose(self) -> ComposeResult:
        """A field over what lies there."""
        with Vertical(classes="dialog"):
            yield Static(Content("Add files and folders"), classes="heading")
            yield Input(
                placeholder="Path, for instance ~/articles", compact=True, select_on_focus=False
            )
            yield ChoiceList(id="names", markup=False)
            yield Static(Content(""), id="advice")
        yield Footer()

    def on_mount(self) -> None:
        """List the current folder."""
        self._list("")
        self.query_one(Input).focus()

    def action_add(self) -> None:
        """Add what is typed, if all of it exists."""
        typed = self.query_one(Input).value
        paths = paths_of(typed)
        if not paths:
            self._advise("Type a path, or choose one with the arrow keys.")
            return
        for path in paths:
            if not path.exists():
                self._advise(f"{path} does not exist.")
                return
        number, more = count_files(paths, _COUNTING)
        if self._asked or not (more or number > _MANY):
            self.dismiss(paths)
            return
        self._asked = True
        files = f"{number:,} files" + (" or more" if more else "")
        self._advise(f"{files} would be read. enter again adds them, esc goes back.")

    def action_complete(self) -> None:
        """Complete the name as far as it is the only one."""
        common = _beginning(self._names)
        if common:
            self._take(common)

    def action_to_list(self) -> None:
        """From the field to the list."""
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        """Add nothing; first of all, not as many files as was asked about."""
        if self._asked:
            self._list(self.query_one(Input).value)
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_add()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._take(self._names[event.option_index])
        self.query_one(Input).focus()

    def _take(self, name: str) -> None:
        field = self.query_one(Input)
        field.value = name
        field.cursor_position = len(name)

    def _list(self, typed: str) -> None:
        self._asked = False
        self._names = list(islice(names(typed), _MOST))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(Content(safe(name))) for name in self._names)
        if self._names:
            listed.highlighted = 0
        self._advise("enter adds it; of a folder, every article in it and below it.")

    def _advise(self, words: str) -> None:
        self.query_one("#advice", Static).update(Content(safe(words)))


def _beginning(names: Sequence[str]) -> str:
    """What all names begin with: what the first and the last in order have in common."""
    if not names:
        return ""
    first, last = min(names), max(names)
    same = (
        place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other
    )
    return first[: next(same, min(len(first), len(last)))]


def paths_of(typed: str) -> list[Path]:
    """The paths that are meant: the text as it is, else several, quoted as for a shell.

    Terminals paste files that are dropped on them in the latter way.
    """
    typed = typed.strip()
    whole = Path(typed).expanduser()
    if not typed or whole.exists():
        return [whole] if typed else []
    try:
        parts = shlex.split(typed)
    except ValueError:  # an apostrophe that is part of a name
        parts = [typed]
    paths = [Path(part).expanduser() for part in parts]
    return paths if any(path.exists() for path in paths) else [whole]


def count_files(paths: Sequence[Path], seconds: float) -> tuple[int, bool]:
    """How many files that can be read there are below ``paths``, and whether there may be more.

    There may be when looking through them takes longer than ``seconds``.
    """
    from index.sources import FORMATS, files_below

    end = time.monotonic() + seconds
    number = 0
    for path in paths:
        for file in files_below(path) if path.is_dir() else (path,):
            number += file == path or file.suffix.lower() in FORMATS
            if time.monotonic() > end:
                return number, True
    return number, False


def names(typed: str) -> Iterator[str]:
    """What could be meant by a path that is being typed: folders first, then files."""
    folder, _, begun = typed.rpartition("/")
    folder = f"{folder}/" if "/" in typed else ""
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = sorted(
                (not entry.is_dir(), entry.name)
                for entry in entries
                if entry.name.casefold().startswith(begun.casefold())
                and (begun.startswith(".") or not entry.name.startswith("."))
            )
    except (OSError, ValueError):
        return
    for is_file, name in found:
        yield f"{folder}{name}" if is_file else f"{folder}{name}/"
