"""Conversations survive: restarts, threads, other processes and damaged files."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from qa.history import SCHEMA_VERSION, History, HistoryError


def answer(text: str = "Rusia menengahi gencatan senjata.") -> dict[str, Any]:
    return {
        "schema": 1,
        "id": None,
        "question": "who mediated?",
        "asked_as": "who mediated?",
        "verdict": "answered",
        "confidence": 0.9,
        "mode": "hybrid",
        "quotes": [
            {
                "text": text,
                "article": {"id": "a", "title": "T", "source": None, "published": None,
                            "lang": "id", "path": None, "sha256": "0"},
                "span": [0, len(text)],
                "passage": 1,
                "highlights": [],
                "rank": 1,
                "score": 1.0,
                "lexical_rank": 1,
                "dense_rank": None,
            }
        ],
        "claims": [],
        "hits": [],
        "notes": [],
        "seconds": 0.01,
    }  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


@pytest.fixture
def history(path: Path) -> History:
    ticks = count()
    return History(path, clock=lambda: f"2026-01-01T00:00:{next(ticks):02d}Z")


def test_a_conversation_is_there_after_a_restart(history: History, path: Path) -> None:
    key = history.create("The ceasefire", "/library")
    history.append(key, "who mediated?", answer())
    history.append(key, "when?", answer("Pada Selasa."))

    again = History(path)

    [conversation] = again.list()
    assert (conversation.id, conversation.title, conversation.turns) == (key, "The ceasefire", 2)
    assert conversation.library == "/library"
    turns = again.turns(key)
    assert [turn.question for turn in turns] == ["who mediated?", "when?"]
    assert turns[0].answer == answer()
    assert turns[0].asked < turns[1].asked


def test_the_one_written_to_last_comes_first(history: History) -> None:
    first, second = history.create("first", "l"), history.create("second", "l")
    assert [c.id for c in history.list()] == [second, first]
    history.append(first, "q", answer())
    assert [c.id for c in history.list()] == [first, second]


@pytest.mark.parametrize("part", ["CEASE", "MEDIATED", "rusia", "ÉCLAIR"])
def test_search_finds_titles_questions_and_quotes(history: History, part: str) -> None:
    key = history.create("The ceasefire", "l")
    history.append(key, "who mediated the éclair?", answer())
    history.create("Something else", "l")
    assert [c.id for c in history.list(part)] == [key]


@pytest.mark.parametrize("part", ["lexical_rank", "%", "_"])
def test_search_is_for_words_not_for_storage(history: History, part: str) -> None:
    history.append(history.create("A title", "l"), "q", answer())
    assert not history.list(part)


def test_rename(history: History) -> None:
    key = history.create("old", "l")
    history.rename(key, "new")
    assert history.conversation(key).title == "new"


def test_delete_takes_the_turns_along(history: History, path: Path) -> None:
    key = history.create("gone", "l")
    history.append(key, "q", answer())
    history.delete(key)
    assert not history.list()
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM turns").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize(
    "use",
    [
        lambda h: h.turns(7),
        lambda h: h.rename(7, "t"),
        lambda h: h.delete(7),
        lambda h: h.append(7, "q", answer()),
        lambda h: h.export_json(7),
        lambda h: h.export_markdown(7),
    ],
)
def test_an_unknown_conversation_is_an_error(history: History, use: Any) -> None:
    with pytest.raises(HistoryError, match="no conversation 7"):
        use(history)


def test_exports(history: History) -> None:
    key = history.create("The *ceasefire*", "/library")
    history.append(key, "who mediated?", answer())

    exported = json.loads(history.export_json(key))
    assert exported["title"] == "The *ceasefire*"
    assert exported["turns"][0]["answer"] == answer()

    text = history.export_markdown(key)
    assert text.startswith("# The \\*ceasefire\\*\n")
    assert "who mediated?" in text
    assert "Rusia menengahi gencatan senjata." in text


def test_the_file_is_private(history: History, path: Path) -> None:
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_file_is_moved_aside(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, but somebody's bytes" * 100)
    history = History(path)
    assert history.notice
    assert "moved to" in history.notice
    assert not history.list()
    [aside] = path.parent.glob("*.damaged-*")
    assert aside.read_bytes().startswith(b"not a database")


def test_damage_under_way_is_an_error_once(history: History, path: Path) -> None:
    history.create("t", "l")
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    path.write_bytes(b"\0" * path.stat().st_size)
    with pytest.raises(HistoryError, match="moved to"):
        history.append(1, "q", answer())
    assert history.create("again", "l") == 1


def test_a_newer_file_is_left_alone(history: History, path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    with pytest.raises(HistoryError, match="newer version"):
        History(path)
    assert not list(path.parent.glob("*.damaged-*"))


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HistoryError, match="cannot be used"):
        History(tmp_path / "file" / "history.sqlite3")


def test_many_threads_append_at_once(path: Path) -> None:
    history = History(path)
    key = history.create("busy", "l")

    def work(name: int) -> None:
        for turn in range(5):
            history.append(key, f"{name}-{turn}", answer())

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    questions = [turn.question for turn in history.turns(key)]
    assert len(questions) == 30
    for name in range(6):
        own = [question for question in questions if question.startswith(f"{name}-")]
        assert own == [f"{name}-{turn}" for turn in range(5)]


def test_two_that_begin_at_once_make_one_file(path: Path) -> None:
    errors: list[BaseException] = []

    def begin() -> None:
        try:
            History(path).create("t", "l")
        except BaseException as problem:
            errors.append(problem)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(History(path).list()) == 8


def test_a_turn_is_given_another_answer(history: History) -> None:
    kept = history.create("t", "/library")
    for question in ("one", "two"):
        history.append(kept, question, answer(f"{question} quote"))
    history.replace(kept, 1, answer("another quote"))
    assert [turn.answer["quotes"][0]["text"] for turn in history.turns(kept)] == [
        "one quote",
        "another quote",
    ]
    assert history.list("another")
    assert not history.list("two quote")
    with pytest.raises(HistoryError, match="no conversation"):
        history.replace(kept, 2, answer())
