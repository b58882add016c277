"""Takes files into the library on a thread, while the chat goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textual.screen import Screen

from index.types import Progress
from qa.render import progress_words
from qa.tui.desk import reason_of
from qa.tui.messages import Added, Adding
from qa.tui.shelf import Add
from qa.tui.threads import start

_TELL_SECONDS = 0.2


class Intake:
    """Adds one lot of files at a time."""

    def __init__(self, screen: Screen[None], add: Add | None) -> None:
        """Without ``add`` nothing can be added."""
        self._screen = screen
        self.add = add
        self._stopping = threading.Event()
        self.running = False

    def begin(self, paths: Sequence[Path]) -> None:
        """Add files and folders; news of it come as messages."""
        if self.add is None or self.running:
            return
        self.running = True
        self._stopping = threading.Event()
        work = partial(self._work, self.add, paths, self._stopping)
        start(work)

    def stop(self) -> None:
        """Leave off at the next step; the library stays as it was."""
        self._stopping.set()

    def _work(self, add: Add, paths: Sequence[Path], stopping: threading.Event) -> None:
        watch = _Watch(self._screen, stopping)
        try:
            addition = add(paths, watch.show)
            self._screen.post_message(Adding("opening the library"))
            addition.assistant.warm()
            added = Added(addition)
        except _Stopped:
            added = Added(None, "Nothing was added: it was stopped.")
        except Exception as problem:  # the chat outlives any defect of reading
            added = Added(None, f"Nothing was added: {reason_of(problem)}")
        self._screen.post_message(added)


class _Stopped(Exception):
    """A person wants no more of it."""


class _Watch:
    """Words progress, a few times a second."""

    def __init__(self, screen: Screen[None], stopping: threading.Event) -> None:
        self._screen = screen
        self._stopping = stopping
        self._stage = ""
        self._began = self._told = 0.0

    def show(self, progress: Progress) -> None:
        if self._stopping.is_set():
            raise _Stopped
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._began, self._told = progress.stage, now, 0.0
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self._screen.post_message(Adding(progress_words(progress, now - self._began)))
