"""Files join the library while the chat goes on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from chat_driving import ask, chat, press, ready, screen, until, words
from chat_fake import HOSTILE, KREMLIN, FakeAssistant
from textual.widgets import Input

from index.errors import LibraryBusy
from index.sources import Skipped
from index.types import Progress
from qa.tui import add_screen
from qa.tui.add_screen import AddScreen, count_files, names, paths_of
from qa.tui.app import ChatApp
from qa.tui.shelf import Addition


class Adder:
    """Adds when a test lets it."""

    def __init__(self, outcome: Addition | Exception) -> None:
        self.outcome = outcome
        self.may_end = threading.Event()
        self.given: list[Sequence[Path]] = []

    def __call__(self, paths: Sequence[Path], progress: Any) -> Addition:
        self.given.append(paths)
        while not self.may_end.wait(0.01):
            progress(Progress("encoding", 3, 12))
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


async def begin(pilot: Any, path: Path) -> None:
    await press(pilot, "chat.add")
    await until(lambda: isinstance(pilot.app.screen, AddScreen))
    pilot.app.screen.query_one(Input).value = str(path)
    await press(pilot, "add.add")


def told(app: ChatApp) -> str:
    return "\n".join(note.message for note in app._notifications)


async def test_questions_are_answered_while_files_are_added(tmp_path: Path) -> None:
    more = FakeAssistant((KREMLIN, HOSTILE))
    skipped = [Skipped(tmp_path / f"{n}.pdf", "unknown [b]format[/b]") for n in range(5)]
    adder = Adder(Addition(more, skipped, "A note."))  # type: ignore[arg-type]
    first = FakeAssistant((KREMLIN,))
    app = chat(first, add=adder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await begin(pilot, tmp_path)
        await until(lambda: f"Adding {tmp_path.name}: encoding 3/12" in words(app, "#adding"))
        await ask(pilot, "one")
        assert [question for question, *_ in first.asked] == ["one"]
        assert "Kutip  1 article" in words(app, "#open")
        adder.may_end.set()
        await until(lambda: "2 articles" in words(app, "#open"))
        await until(lambda: "1 article is new, 2 in all. A note." in told(app))
        assert "Skipped 0.pdf: unknown [b]format[/b]." in told(app)
        assert "2 more were skipped." in told(app)
        assert not app.screen.query_one("#adding").has_class("-running")
        await ask(pilot, "two")
        assert [question for question, *_ in more.asked] == ["two"]
        assert [turn.question for turn in more.asked[0][1]] == ["one"]


async def test_adding_is_stopped_with_two_presses(tmp_path: Path) -> None:
    adder = Adder(ValueError("never"))
    app = chat(FakeAssistant((KREMLIN,)), add=adder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await begin(pilot, tmp_path)
        await until(lambda: adder.given)
        await press(pilot, "chat.add")
        assert screen(app).intake.running
        await press(pilot, "chat.add")
        await until(lambda: not screen(app).intake.running)
        await until(lambda: "Nothing was added: it was stopped." in told(app))
        assert "Kutip  1 article" in words(app, "#open")


async def test_a_failure_is_told_and_the_library_stays(tmp_path: Path) -> None:
    adder = Adder(LibraryBusy("somebody else is writing to it"))
    adder.may_end.set()
    app = chat(FakeAssistant((KREMLIN,)), add=adder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await begin(pilot, tmp_path)
        await until(lambda: "Nothing was added: somebody else" in told(app))
        adder.outcome = ZeroDivisionError("odd")
        await begin(pilot, tmp_path)
        await until(lambda: "unexpected ZeroDivisionError: odd" in told(app))
        assert "Kutip  1 article" in words(app, "#open")


async def test_nothing_is_added_where_nothing_can_be_or_nothing_is_open(tmp_path: Path) -> None:
    may_open = threading.Event()

    def opened() -> FakeAssistant:
        assert may_open.wait(10)
        return FakeAssistant()

    for add, reason in ((None, "Nothing can be added"), (lambda *_: None, "not open yet")):
        app = chat(opened, add=add)
        async with app.run_test(notifications=True) as pilot:
            await press(pilot, "chat.add")
            await until(lambda: reason in told(app))  # noqa: B023
            assert screen(app) is app.screen
    may_open.set()


async def test_a_folder_that_takes_long_to_look_through_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").touch()
    monkeypatch.setattr(add_screen, "_COUNTING", -1.0)
    app = chat(FakeAssistant((KREMLIN,)), add=lambda *_: None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        await begin(pilot, tmp_path)
        assert "1 files or more would be read." in words(app)


async def test_many_files_are_added_only_when_enter_is_pressed_again(tmp_path: Path) -> None:
    for number in range(201):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "picture.jpg").touch()
    adder = Adder(LibraryBusy("somebody else is writing to it"))
    adder.may_end.set()
    app = chat(FakeAssistant((KREMLIN,)), add=adder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(app)
        await begin(pilot, tmp_path)
        assert "201 files would be read. enter again adds them, esc goes back." in words(app)
        await press(pilot, "add.back")
        assert "would be read" not in words(app)
        assert isinstance(app.screen, AddScreen)
        await press(pilot, "add.add")
        assert "201 files would be read" in words(app)
        await pilot.press("backspace", tmp_path.name[-1])  # typing takes the question back as well
        assert "would be read" not in words(app)
        await press(pilot, "add.add")
        assert not adder.given
        await press(pilot, "add.add")
        await until(lambda: adder.given == [[tmp_path]])


def test_files_are_counted_for_a_while(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("a.txt", "b.jpg", ".hidden.txt", "below/C.HTML"):
        (tmp_path / name).touch()
    assert count_files([tmp_path, tmp_path / "b.jpg"], seconds=60) == (3, False)
    assert count_files([tmp_path], seconds=-1)[1]


def test_paths_are_typed_or_dropped(tmp_path: Path) -> None:
    odd = tmp_path / "it's here.txt"
    odd.write_text("Satu.")
    assert paths_of(f" {odd} ") == [odd]
    assert paths_of(f"'{tmp_path}' a\\ b") == [tmp_path, Path("a b")]
    assert paths_of("no such path") == [Path("no such path")]
    assert paths_of("don't") == [Path("don't")]
    assert paths_of("~") == [Path.home()]
    assert paths_of("  ") == []


def test_names_are_completed(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
    for name in ("A.txt", "c.md", ".hidden"):
        (tmp_path / name).write_text("Satu.")
    here = f"{tmp_path}/"
    assert list(names(here)) == [f"{here}{name}" for name in ("a/", "b/", "A.txt", "c.md")]
    assert list(names(f"{here}a")) == [f"{here}a/", f"{here}A.txt"]
    assert list(names(f"{here}.h")) == [f"{here}.hidden"]
    assert list(names("/no/such/folder/")) == []
