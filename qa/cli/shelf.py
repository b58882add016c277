"""The library behind the chat: opened there, and added to from inside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import InputError
from index.types import ProgressCallback
from qa.cli import libraries
from qa.cli.session import Session

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.tui.shelf import Addition

_OWN = "They are in a library of your own now; the samples are no longer asked."


class ChatLibrary:
    """What ``qa.tui.shelf.Shelf`` asks for, over the library that the command line chose."""

    def __init__(self, session: Session, choice: libraries.Choice) -> None:
        self._session = session
        self.choice = choice

    def open(self) -> Assistant:
        """Open the library; the samples are indexed first where that is due."""
        if self.choice.samples:
            self.choice.prepare()
        return self._opened()

    def add(self, paths: Sequence[Path], progress: ProgressCallback) -> Addition:
        """Take files and folders in.

        A library that was made for the PATHs of the command line gives way to one for those and
        these; the samples give way to the person's own library.
        """
        from qa.tui.shelf import Addition

        before = self.choice
        if before.samples:
            settings = self._session.settings
            after = libraries.Choice(settings.library_path, settings.encoder)
        elif before.cached:
            after = libraries.choose(self._session, (*before.feed, *paths))
        else:
            after = before
        with libraries.to_fill(after.path, after.encoder, resume=False) as library:
            before_it = library.articles()
            write = library.sync if after.cached else library.add
            changes = write(after.feed if after.cached else paths, progress)
            if not (before_it or changes.added):
                reasons = "; ".join(f"{skip.path.name}: {skip.reason}" for skip in changes.skipped)
                raise InputError(f"there is no article in it ({reasons or 'nothing to read'})")
        self.choice = after
        return Addition(self._opened(), changes.skipped, _OWN if before.samples else "")

    def _opened(self) -> Assistant:
        from qa.assistant import Assistant

        return Assistant.open(self.choice.path, encoder=self.choice.encoder)
