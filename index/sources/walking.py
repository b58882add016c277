"""Finds the files to read: named ones as they are, folders all the way down."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.errors import InputError


class Found(NamedTuple):
    """A file to read: ``read(*found)``."""

    path: Path
    """Absolute."""
    base: Path | None
    """The folder that was named, absolute; ``None`` when the file itself was named."""


def find(paths: Iterable[str | Path]) -> list[Found]:
    """All files under ``paths``, in order of the paths and, within a folder, of their names.

    Hidden files and folders (".git") are passed over inside a folder. Links to files are
    followed; links to folders are not, so that a loop cannot trap the walk. A file that is
    reached twice is found once. A folder that cannot be listed is among the results, for ``read``
    to report. Raises ``InputError`` for a named path that does not exist.
    """
    found: dict[Path, Found] = {}
    for named in map(Path, paths):
        path = named.absolute()
        if not path.exists():
            raise InputError(f"no such file or folder: {named}")
        if path.is_dir():
            for file in files_below(path):
                found.setdefault(file, Found(file, path))
        else:
            found.setdefault(path, Found(path, None))
    return list(found.values())


def files_below(folder: Path) -> Iterator[Path]:
    """Files below ``folder``, one by one as the walk comes to them, by the rules of ``find``.

    A folder that cannot be listed stands, at the end, for what is in it.
    """
    closed: list[Path] = []
    for root, folders, files in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(root, name)
    yield from closed
