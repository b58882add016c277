"""Which library a question is asked of, and bringing it up to date first where that is due.

With PATHs it is a library of just those files (``qa.cli.cached``), brought up to date each time;
with ``--library`` on the command line as well, the files are added to that one. With neither it is
the person's own library, and the sample articles as long as there is none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import (
    InputError,
    LibraryBusy,
    LibraryCorrupt,
    LibraryError,
    LibraryIncompatible,
)
from index.types import ProgressCallback
from qa.cli import cached, output
from qa.cli.session import Session
from qa.samples import sample_articles

if TYPE_CHECKING:
    from index.library import Library
    from index.reading import Changes


@dataclass(frozen=True, slots=True)
class Choice:
    """The library to ask, which may have to be made or brought up to date before it is opened."""

    path: Path
    encoder: str | None
    feed: tuple[Path, ...] = ()
    """Files and folders to take in first."""
    cached: bool = False
    """Holds nothing but what is fed to it: may be made anew, and forgets what is gone."""
    samples: bool = False

    @property
    def title(self) -> str:
        """What to call it on a screen."""
        if self.samples:
            return "sample articles"
        return ", ".join(path.name or str(path) for path in self.feed) or self.path.name

    def prepare(self, progress: ProgressCallback | None = None) -> None:
        """Take in what is to be fed. Raises ``InputError`` when nothing of it can be read."""
        if self.cached and cached.is_fresh(self.path, self.feed, self.encoder):
            cached.mark_used(self.path)
            return
        if not self.feed:
            return
        try:
            changes = self._update(progress)
        except (LibraryCorrupt, LibraryIncompatible):
            if not self.cached:
                raise
            import shutil

            shutil.rmtree(self.path)
            changes = self._update(progress)
        except LibraryBusy:
            output.note(f"{self.path} is being written to: answering from it as it was")
            return
        for skipped in changes.skipped:
            output.note(f"skipped {skipped.path}: {skipped.reason}")
        if not (changes.added or changes.updated or changes.unchanged):
            raise InputError(f"nothing in {_listed(self.feed)} can be read as an article")

    def _update(self, progress: ProgressCallback | None) -> Changes:
        seen = cached.stamp(self.feed, self.encoder) if self.cached else ""
        with to_fill(self.path, self.encoder) as library:
            write = library.sync if self.cached else library.add
            changes = write(self.feed, progress)
        if self.cached and self.path.exists():  # it does not, if nothing came into it
            cached.mark_used(self.path)
            if not changes.skipped:  # what was skipped is to be told every time
                cached.keep_stamp(self.path, seen)
            cached.prune()
        return changes


@contextlib.contextmanager
def to_fill(path: Path, encoder: str | None, *, resume: bool = True) -> Iterator[Library]:
    """The library at ``path``, to add to, made if there is none.

    One that was made goes again if nothing came into it: an empty library would be asked in place
    of the samples next time. A library that was there stays; so does, with ``resume``, what was
    encoded before the work was cut short, for the next time to go on with.
    """
    from index import journal
    from index.library import Library
    from index.store import discard

    path = path.expanduser().absolute()
    folders = [folder for folder in (path, *path.parents) if not folder.exists()]
    new = path in folders or (path.is_dir() and not any(path.iterdir()))
    try:
        yield Library.open_or_create(path, encoder=encoder)
    finally:
        begun = resume and (path / journal.NAME).exists()
        if new and not begun and _holds_nothing(path) and discard(path):
            for folder in folders[1:]:
                with contextlib.suppress(OSError):  # somebody else has put something there
                    folder.rmdir()
            if path not in folders:
                path.mkdir()


def _holds_nothing(path: Path) -> bool:
    """Whether there is no article at ``path``, be there a library or only the beginnings of one."""
    from index.snapshot import exists, open_snapshot

    try:
        return not (exists(path) and open_snapshot(path).articles)
    except LibraryError:
        return False


def choose(session: Session, paths: Sequence[Path] = ()) -> Choice:
    """The library that a command is to read, given the PATHs that it was given."""
    settings = session.settings
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} does not exist; check the path")
    feed = tuple(path.absolute() for path in paths)
    if session.library_flag:
        return Choice(settings.library_path, settings.encoder, feed)
    if feed:
        return Choice(cached.place(feed, settings.encoder), settings.encoder, feed, cached=True)
    if settings.library or settings.library_path.exists():
        return Choice(settings.library_path, settings.encoder)
    samples = (sample_articles(),)
    place = cached.place(samples, settings.encoder)
    return Choice(place, settings.encoder, samples, cached=True, samples=True)


def tell(choice: Choice) -> None:
    """Say on stderr what a person might not expect of the choice."""
    if choice.samples:
        output.note(
            "there is no library yet: asking the five sample articles"
            " ('qa index add PATH' makes a library of yours)"
        )


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(str(path) for path in paths)
