"""The SQLite file that conversations are kept in.

Every call opens its own connection, so one file may be used from any thread and by several
processes. A file that SQLite can no longer read is moved aside, never deleted, and a fresh one
takes its place: ``notice`` then says where the old one went.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from index.errors import KutipError

SCHEMA_VERSION = 1
"""``PRAGMA user_version`` of the file."""

_TABLES = """
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, library TEXT NOT NULL,
    created TEXT NOT NULL, updated TEXT NOT NULL
);
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    question TEXT NOT NULL, answer TEXT NOT NULL, quoted TEXT NOT NULL, asked TEXT NOT NULL
);
CREATE INDEX turns_of_conversation ON turns(conversation, id)
"""

_BUSY_SECONDS = 5.0


class HistoryError(KutipError):
    """The history cannot be read or written, or holds no such conversation."""


class HistoryFile:
    """The file at ``path``, made if there is none. Raises ``HistoryError`` if neither can be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None
        """What a person should be told about the file; ``None`` when there is nothing to tell."""
        try:
            self._prepare()
        except _DamagedError:
            self._set_aside()
            self._prepare()

    @contextlib.contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back on any error.

        Raises ``HistoryError``, for a damaged file after a fresh one has taken its place.
        """
        try:
            with self._raw() as database:
                yield database
        except _DamagedError:
            self._set_aside()
            self._prepare()
            raise HistoryError(str(self.notice)) from None

    def _prepare(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Questions are private: the file is made for its owner alone before anything is in it.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as problem:
            raise self._unusable(problem.strerror or str(problem)) from problem
        with self._raw() as database:
            if _version(database) == 0:
                with contextlib.suppress(sqlite3.OperationalError):  # another process is at it
                    database.execute("PRAGMA journal_mode = WAL")
                database.execute("BEGIN IMMEDIATE")
                if _version(database) == 0:  # nobody made the tables while this one waited
                    for statement in (*_TABLES.split(";"), f"PRAGMA user_version={SCHEMA_VERSION}"):
                        database.execute(statement)
            newer = _version(database) > SCHEMA_VERSION
        if newer:
            raise self._unusable("it was written by a newer version of Kutip; upgrade Kutip")

    @contextlib.contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(self.path, timeout=_BUSY_SECONDS)
            with contextlib.closing(database):
                database.execute("PRAGMA foreign_keys = ON")
                database.create_function(
                    "contains", 2, lambda text, part: part in text.casefold(), deterministic=True
                )
                with database:
                    yield database
        except sqlite3.Error as problem:
            code = (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise _DamagedError from problem
            raise self._unusable(str(problem)) from problem

    def _unusable(self, reason: str) -> HistoryError:
        return HistoryError(f"the history {self.path} cannot be used: {reason}")

    def _set_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            self.path.rename(aside)
            for ending in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{self.path}{ending}").rename(f"{aside}{ending}")
        except OSError as problem:
            raise self._unusable(f"it is damaged ({problem.strerror})") from problem
        self.notice = f"the history was damaged; it was moved to {aside} and a new one begun"


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


class _DamagedError(Exception):
    """SQLite can no longer read the file."""
