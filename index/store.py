"""Replaces the snapshot of a library in one atomic step.

    library/
      CURRENT                 name of the snapshot that counts, replaced by rename
      lock                    held by the one writer
      encoded.part            vectors of a write that is not finished (index.journal)
      snapshots/<name>/       see index.snapshot

A write goes to a directory of its own and becomes visible when CURRENT is replaced; a process
killed before that leaves the old library, and its leavings are swept by the next write. Open
readers keep the snapshot that they have: its files stay mapped after they are deleted.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LibraryBusy
from index.snapshot import Manifest, current, exists, file_digest

LOCK_SECONDS = 10.0
"""How long a writer waits for another one."""


@contextmanager
def lock(library: Path, seconds: float | None = None) -> Iterator[None]:
    """Be the one writer; taken before the snapshot that a change starts from is read.

    Raises ``LibraryBusy`` when another process keeps it for longer than ``seconds``, by default
    ``LOCK_SECONDS``.
    """
    library.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(library / "lock", timeout=LOCK_SECONDS if seconds is None else seconds):
            yield
    except Timeout as error:
        raise LibraryBusy(
            f"another process is writing to {library}; try again when it has finished"
        ) from error


@contextmanager
def new_snapshot(library: Path) -> Iterator[Path]:
    """An empty directory to write a snapshot into, under the lock.

    The directory becomes the library when ``commit`` is called on it, and is removed otherwise.
    """
    (library / "snapshots").mkdir(exist_ok=True)
    _sweep(library)
    directory = library / "snapshots" / f"{_next_name(library)}.part"
    directory.mkdir()
    try:
        yield directory
    except OSError as error:
        error.filename = error.filename or str(library)  # a write that fails does not say where
        raise
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def commit(directory: Path, manifest: Manifest) -> None:
    """Make a written directory the library. All or nothing: the last step is one rename."""
    (directory / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
    for file in directory.iterdir():
        _flush(file)
    snapshots, library = directory.parent, directory.parent.parent
    final = directory.with_suffix("")
    directory.rename(final)
    _flush(snapshots)
    pointer = library / "CURRENT.part"
    pointer.write_text(final.name, "utf-8")
    _flush(pointer)
    pointer.replace(library / "CURRENT")
    _flush(library)
    _sweep(library)


def discard(library: Path) -> bool:
    """Delete a whole library, unless somebody is writing to it; tell whether it is gone.

    From the first step on there is no library at the path; a reader that is open keeps its
    snapshot. What cannot be deleted (yet) is left for the next time.
    """
    try:
        with lock(library, seconds=0):
            (library / "CURRENT").unlink(missing_ok=True)
            shutil.rmtree(library / "snapshots", ignore_errors=True)
    except LibraryBusy:
        return False
    shutil.rmtree(library, ignore_errors=True)
    return not library.exists()


def file_table(directory: Path) -> dict[str, tuple[int, str]]:
    """Size and digest of every file in a directory, for the manifest."""
    return {
        file.name: (file.stat().st_size, file_digest(file)) for file in sorted(directory.iterdir())
    }


def _next_name(library: Path) -> str:
    return f"{int(current(library).name) + 1:08d}" if exists(library) else f"{1:08d}"


def _sweep(library: Path) -> None:
    """Remove snapshots that no longer count. A reader elsewhere may keep one: left for later."""
    kept = current(library) if exists(library) else None
    for directory in (library / "snapshots").iterdir():
        if directory != kept:
            shutil.rmtree(directory, ignore_errors=True)


def _flush(path: Path) -> None:
    """Wait until a file (or, where the system can, a directory) is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
