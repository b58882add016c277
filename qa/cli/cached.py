"""Libraries that hold nothing but the files a person named, kept where they may be lost.

Each lies in the cache directory under a name made of the files' absolute paths and the encoder,
with a stamp beside it: what it was made from. As long as no file has another size or time, finding
that out costs one look at each file. The time of the directory is when it was last asked, and
``prune`` removes those that nobody asks any more.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import LibraryError
from index.types import BUNDLED
from qa.settings import cache_dir

DAYS = 30
"""A library that was not asked for as long is removed."""
BYTES = 1 << 30
"""Beyond this size of all together, those that were not asked for the longest time are removed."""
_AT_WORK = 3600
"""Seconds since it was asked for which a library is spared: somebody may be about to open it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One of these libraries."""

    path: Path
    used: float
    """When it was last asked, in seconds since 1970."""
    size: int
    """Bytes."""


def place(feed: Sequence[Path], encoder: str | None) -> Path:
    """Where the library of some files and folders lies; ``feed`` holds absolute paths."""
    import hashlib

    key = "\0".join((encoder or "", *sorted({str(path) for path in feed})))
    return _folder() / hashlib.sha256(os.fsencode(key)).hexdigest()[:16]


def stamp(feed: Sequence[Path], encoder: str | None) -> str:
    """Changes with the size or time of any file that feeds a library, and with this program."""
    import hashlib
    from importlib.metadata import version

    from index.encoder import encoder_name

    digest = hashlib.sha256(version("kutip").encode())
    if encoder in (None, BUNDLED):
        digest.update(encoder_name(BUNDLED).encode())
    for path in _files(feed):
        status = path.stat() if path.exists() else path.lstat()  # of a link that leads nowhere
        known = (os.fsencode(path), b"%d" % status.st_size, b"%d" % status.st_mtime_ns)
        digest.update(b"\0".join((b"", *known)))
    return digest.hexdigest()


def keep_stamp(library: Path, text: str) -> None:
    """Remember what a library was made from."""
    _stamp_file(library).write_text(text, "utf-8")


def is_fresh(library: Path, feed: Sequence[Path], encoder: str | None) -> bool:
    """Whether a library is whole and was made from the very files that are there now."""
    from index.snapshot import open_snapshot

    try:
        if _stamp_file(library).read_text("utf-8") != stamp(feed, encoder):
            return False
        open_snapshot(library)
    except (OSError, LibraryError):
        return False
    return True


def mark_used(library: Path) -> None:
    """Remember that a library was asked just now."""
    with contextlib.suppress(OSError):  # a read-only cache is not pruned either
        os.utime(library)


def kept() -> list[Kept]:
    """All of these libraries, those first that were not asked for the longest time."""
    found = []
    folders = [folder for folder in (_usual(), _shared()) if folder.is_dir()]
    for folder in folders:
        for path in folder.iterdir() if folder == _usual() or _is_private(folder) else ():
            if path.is_dir():
                files = [file for file in path.rglob("*") if file.is_file()]
                size = sum(file.stat().st_size for file in files)
                found.append(Kept(path, path.stat().st_mtime, size))
    return sorted(found, key=lambda library: library.used)


def prune(everything: bool = False) -> list[Kept]:
    """Remove libraries until the limits are kept, or all of them; return those removed.

    Readers that are open are not disturbed, and what is being written to is left alone.
    """
    from index.store import discard

    now, removed = time.time(), []
    libraries = kept()
    size = sum(library.size for library in libraries)
    for library in libraries:
        age = now - library.used
        due = age > DAYS * 86400 or (size > BYTES and age > _AT_WORK)
        if (due or everything) and discard(library.path):
            _stamp_file(library.path).unlink(missing_ok=True)
            size -= library.size
            removed.append(library)
    return removed


def _stamp_file(library: Path) -> Path:
    return library.with_name(f"{library.name}.fed-from")


def _files(feed: Sequence[Path]) -> Iterator[Path]:
    """The files that adding ``feed`` would look at; hidden ones are passed over there as well."""
    for root in feed:
        if not root.is_dir():
            yield root
        for folder, inner, names in os.walk(root):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _folder() -> Path:
    """The folder of these libraries: below the temporary one where the home is read-only."""
    import tempfile

    if _can_write(_usual()):
        return _usual()
    if _can_write(_shared()) and _is_private(_shared()):
        return _shared()
    return Path(tempfile.mkdtemp(prefix="kutip-"))


def _usual() -> Path:
    return cache_dir() / "libraries"


def _shared() -> Path:
    import tempfile

    person = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"kutip-{person}"


def _can_write(folder: Path) -> bool:
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _is_private(folder: Path) -> bool:
    """Whether nobody else could have put a library there for this person to read."""
    status = folder.lstat()
    own = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return stat.S_ISDIR(status.st_mode) and own and not status.st_mode & 0o022
