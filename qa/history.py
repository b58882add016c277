"""Conversations, kept in one SQLite file: one ``History`` may be used from any thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.history_file import SCHEMA_VERSION, HistoryError, HistoryFile

__all__ = ["SCHEMA_VERSION", "Conversation", "History", "HistoryError", "StoredTurn"]

_SUMMARY = """
SELECT c.id, c.title, c.library, c.created, c.updated,
       (SELECT count(*) FROM turns t WHERE t.conversation = c.id) AS turns
FROM conversations c
"""


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
    """``Answer.to_dict()`` as it was then, and ``"as_typed": true`` where the question was asked
    without the conversation before it."""
    asked: str
    """UTC, ISO 8601, to the second."""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class History:
    """All conversations of one person."""

    def __init__(self, path: str | Path, *, clock: Callable[[], str] = _now) -> None:
        """Open the file at ``path``, or make it. Raises ``HistoryError`` if neither can be done."""
        self._file = HistoryFile(Path(path))
        self._clock = clock

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._file.path

    @property
    def notice(self) -> str | None:
        """What a person should be told about the file; ``None`` when there is nothing to tell."""
        return self._file.notice

    def create(self, title: str, library: str | Path) -> int:
        """Begin a conversation over a library; returns its id."""
        now = self._clock()
        row = (title, str(library), now, now)
        with self._file.connect() as database:
            cursor = database.execute(
                "INSERT INTO conversations(title, library, created, updated) VALUES (?,?,?,?)", row
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def append(self, id: int, question: str, answer: dict[str, Any]) -> None:  # noqa: A002 - as in SQL
        """Add a turn at the end of conversation ``id``; ``answer`` is ``Answer.to_dict()``."""
        now = self._clock()
        row = (id, question, *_columns(answer), now)
        with self._file.connect() as database:
            self._change(database, id, "UPDATE conversations SET updated = ? WHERE id = ?", now)
            database.execute(
                "INSERT INTO turns(conversation, question, answer, quoted, asked)"
                " VALUES (?,?,?,?,?)",
                row,
            )

    def replace(self, id: int, place: int, answer: dict[str, Any]) -> None:  # noqa: A002 - as in SQL
        """Put another answer in turn ``place`` (from 0) of a conversation.

        Raises ``HistoryError`` if there is no such turn.
        """
        row = (*_columns(answer), id, place)
        statement = (
            "UPDATE turns SET answer = ?, quoted = ? WHERE id ="
            " (SELECT id FROM turns WHERE conversation = ? ORDER BY id LIMIT 1 OFFSET ?)"
        )
        with self._file.connect() as database:
            if database.execute(statement, row).rowcount == 0:
                raise self._unknown(id)

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
        with self._file.connect() as database:
            rows = database.execute(query + " ORDER BY c.updated DESC, c.id DESC", values)
            return [Conversation(*row) for row in rows]

    def conversation(self, id: int) -> Conversation:  # noqa: A002 - as in SQL
        """The summary of one conversation. Raises ``HistoryError`` if there is none."""
        with self._file.connect() as database:
            row = database.execute(_SUMMARY + " WHERE c.id = ?", (id,)).fetchone()
        if row is None:
            raise self._unknown(id)
        return Conversation(*row)

    def turns(self, id: int) -> Sequence[StoredTurn]:  # noqa: A002 - as in SQL
        """The turns of a conversation, oldest first. Raises ``HistoryError`` if there is none."""
        self.conversation(id)
        with self._file.connect() as database:
            rows = database.execute(
                "SELECT question, answer, asked FROM turns WHERE conversation = ? ORDER BY id",
                (id,),
            ).fetchall()
        return [StoredTurn(question, json.loads(answer), asked) for question, answer, asked in rows]

    def rename(self, id: int, title: str) -> None:  # noqa: A002 - as in SQL
        """Give a conversation another title. Raises ``HistoryError`` if there is none."""
        with self._file.connect() as database:
            self._change(database, id, "UPDATE conversations SET title = ? WHERE id = ?", title)

    def delete(self, id: int) -> None:  # noqa: A002 - as in SQL
        """Delete a conversation and its turns. Raises ``HistoryError`` if there is none."""
        with self._file.connect() as database:
            self._change(database, id, "DELETE FROM conversations WHERE id = ?")

    def export_markdown(self, id: int) -> str:  # noqa: A002 - as in SQL
        """A conversation with its quotes and citations, as Markdown."""
        from qa.render import answer_markdown, markdown_text

        conversation = self.conversation(id)
        head = f"# {markdown_text(conversation.title)}\n\n{conversation.created[:10]}\n"
        return "\n".join([head, *(answer_markdown(turn.answer) for turn in self.turns(id))])

    def export_json(self, id: int) -> str:  # noqa: A002 - as in SQL
        """A conversation as one JSON object, its answers in the form of ``Answer.to_dict()``."""
        conversation = self.conversation(id)
        turns = [asdict(turn) for turn in self.turns(id)]
        return json.dumps(asdict(conversation) | {"turns": turns}, ensure_ascii=False, indent=2)

    def _change(self, database: sqlite3.Connection, id: int, statement: str, *values: str) -> None:  # noqa: A002 - as in SQL
        """Run a statement on the row of a conversation, which must exist."""
        if database.execute(statement, (*values, id)).rowcount == 0:
            raise self._unknown(id)

    def _unknown(self, id: int) -> HistoryError:  # noqa: A002 - as in SQL
        return HistoryError(f"no conversation {id} in {self.path}; `qa history list` shows them")


def _columns(answer: dict[str, Any]) -> tuple[str, str]:
    """An answer as it is stored: whole, and the text of its quotes to search in."""
    quoted = "\n".join(str(quote.get("text", "")) for quote in answer.get("quotes", ()))
    return json.dumps(answer, ensure_ascii=False), quoted
