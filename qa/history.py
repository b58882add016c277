"""Conversations, kept in one SQLite file.

Every call opens its own connection, so one ``History`` may be used from any thread, and several
processes may use one file. A file that SQLite can no longer read is moved aside, never deleted,
and a fresh one takes its place: ``notice`` then says where the old one went.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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

_SUMMARY = """
SELECT c.id, c.title, c.library, c.created, c.updated,
       (SELECT count(*) FROM turns t WHERE t.conversation = c.id) AS turns
FROM conversations c
"""

_BUSY_SECONDS = 5.0


class HistoryError(KutipError):
    """The history cannot be read or written, or holds no such conversation."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a list of conversations shows of one."""

    id: int
    title: str
    library: str
    """Path of the library it was held over, as given; may no longer exist."""
    created: str
    """UTC, ISO 8601, to the second."""
    updated: str
    """When its last turn or title was written: UTC, ISO 8601, to the second."""
    turns: int


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question and the answer it got."""

    question: str
    answer: dict[str, Any]
    """``Answer.to_dict()`` as it was then."""
    asked: str
    """UTC, ISO 8601, to the second."""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class History:
    """All conversations of one person."""

    def __init__(self, path: str | Path, *, clock: Callable[[], str] = _now) -> None:
        """Open the file at ``path``, or make it. Raises ``HistoryError`` if neither can be done."""
        self.path = Path(path)
        self.notice: str | None = None
        """What a person should be told about the file; ``None`` when there is nothing to tell."""
        self._clock = clock
        try:
            self._prepare()
        except _DamagedError:
            self._set_aside()
            self._prepare()

    def create(self, title: str, library: str | Path) -> int:
        """Begin a conversation over a library; returns its id."""
        now = self._clock()
        row = (title, str(library), now, now)
        with self._connect() as database:
            cursor = database.execute(
                "INSERT INTO conversations(title, library, created, updated) VALUES (?,?,?,?)", row
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def append(self, id: int, question: str, answer: dict[str, Any]) -> None:  # noqa: A002
        """Add a turn at the end of conversation ``id``; ``answer`` is ``Answer.to_dict()``."""
        quoted = "\n".join(str(quote.get("text", "")) for quote in answer.get("quotes", ()))
        now = self._clock()
        row = (id, question, json.dumps(answer, ensure_ascii=False), quoted, now)
        with self._connect() as database:
            self._change(database, id, "UPDATE conversations SET updated = ? WHERE id = ?", now)
            database.execute(
                "INSERT INTO turns(conversation, question, answer, quoted, asked)"
                " VALUES (?,?,?,?,?)",
                row,
            )

    def list(self, search: str | None = None) -> Sequence[Conversation]:
        """Conversations, the one written to last first.

        With ``search``, those whose title, questions or quotes contain it, whatever the case.
        """
        query, values = _SUMMARY, []
        if search:
            query += (
                " WHERE contains(c.title, ?1) OR EXISTS (SELECT 1 FROM turns t WHERE"
                " t.conversation = c.id AND (contains(t.question, ?1) OR contains(t.quoted, ?1)))"
            )
            values.append(search.casefold())
        with self._connect() as database:
            rows = database.execute(query + " ORDER BY c.updated DESC, c.id DESC", values)
            return [Conversation(*row) for row in rows]

    def conversation(self, id: int) -> Conversation:  # noqa: A002
        """The summary of one conversation. Raises ``HistoryError`` if there is none."""
        with self._connect() as database:
            row = database.execute(_SUMMARY + " WHERE c.id = ?", (id,)).fetchone()
        if row is None:
            raise self._unknown(id)
        return Conversation(*row)

    def turns(self, id: int) -> Sequence[StoredTurn]:  # noqa: A002
        """The turns of a conversation, oldest first. Raises ``HistoryError`` if there is none."""
        self.conversation(id)
        with self._connect() as database:
            rows = database.execute(
                "SELECT question, answer, asked FROM turns WHERE conversation = ? ORDER BY id",
                (id,),
            ).fetchall()
        return [StoredTurn(question, json.loads(answer), asked) for question, answer, asked in rows]

    def rename(self, id: int, title: str) -> None:  # noqa: A002
        """Give a conversation another title. Raises ``HistoryError`` if there is none."""
        with self._connect() as database:
            self._change(database, id, "UPDATE conversations SET title = ? WHERE id = ?", title)

    def delete(self, id: int) -> None:  # noqa: A002
        """Delete a conversation and its turns. Raises ``HistoryError`` if there is none."""
        with self._connect() as database:
            self._change(database, id, "DELETE FROM conversations WHERE id = ?")

    def export_markdown(self, id: int) -> str:  # noqa: A002
        """A conversation with its quotes and citations, as Markdown."""
        from qa.render import answer_markdown, markdown_text

        conversation = self.conversation(id)
        head = f"# {markdown_text(conversation.title)}\n\n{conversation.created[:10]}\n"
        return "\n".join([head, *(answer_markdown(turn.answer) for turn in self.turns(id))])

    def export_json(self, id: int) -> str:  # noqa: A002
        """A conversation as one JSON object, its answers in the form of ``Answer.to_dict()``."""
        conversation = self.conversation(id)
        turns = [asdict(turn) for turn in self.turns(id)]
        return json.dumps(asdict(conversation) | {"turns": turns}, ensure_ascii=False, indent=2)

    def _change(self, database: sqlite3.Connection, id: int, statement: str, *values: str) -> None:  # noqa: A002
        """Run a statement on the row of a conversation, which must exist."""
        if database.execute(statement, (*values, id)).rowcount == 0:
            raise self._unknown(id)

    def _unknown(self, id: int) -> HistoryError:  # noqa: A002
        return HistoryError(f"no conversation {id} in {self.path}; `qa history list` shows them")

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
    def _connect(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._raw() as database:
                yield database
        except _DamagedError:
            self._set_aside()
            self._prepare()
            raise HistoryError(str(self.notice)) from None

    @contextlib.contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back on any error."""
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
