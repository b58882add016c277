"""Libraries that hold nothing but the files a person named, kept where they may be lost.

Each lies in the cache directory under a name made of the files' absolute paths and the encoder,
with a stamp beside it: what it was made from. As long as no file has another size or time, finding
that out costs one look at each file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import LibraryError
from index.types import BUNDLED
from qa.settings import cache_dir


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

    usual = cache_dir() / "libraries"
    if _can_write(usual):
        return usual
    person = os.getuid() if hasattr(os, "getuid") else "user"
    shared = Path(tempfile.gettempdir()) / f"kutip-{person}"
    if _can_write(shared) and _is_private(shared):
        return shared
    return Path(tempfile.mkdtemp(prefix="kutip-"))


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
