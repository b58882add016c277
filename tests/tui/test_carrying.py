"""What leaves the chat: copies, exports, history; and what comes back."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from chat_driving import ask, cards, chat, drawn, press, ready, screen, settled, until, words
from chat_fake import (
    HOSTILE,
    KREMLIN,
    MEDIATED,
    SENTENCE,
    FakeAssistant,
    FakeRetriever,
    answer,
    quote,
)
from textual.widgets import Input, OptionList

from qa.history import History
from qa.tui import carry, clipboard
from qa.tui.article_view import ArticleView
from qa.tui.conversations_screen import ConversationsScreen
from qa.tui.evidence import Evidence
from qa.tui.revived import revived
from qa.tui.welcome import Welcome


def test_programs_are_tried_where_they_can_reach_the_persons_clipboard() -> None:
    def names(platform: str = "linux", **environment: str) -> list[str]:
        return [command[0] for command in clipboard.programs(environment, platform)]

    assert names("darwin") == ["pbcopy"]
    assert names("win32") == ["clip"]
    assert names() == []
    assert names(WAYLAND_DISPLAY="wayland-0", DISPLAY=":0") == ["wl-copy", "xclip", "xsel"]
    assert names(SSH_CONNECTION="1", WAYLAND_DISPLAY="wayland-0", TMUX="1") == ["tmux"]


def test_the_first_program_that_works_copies(tmp_path: Path) -> None:
    out = tmp_path / "out"
    commands = [["no-such-program"], ["false"], ["tee", str(out)]]
    assert clipboard.copy_by_program("“teks”", commands) == "tee"
    assert out.read_text(encoding="utf-8") == "“teks”"
    assert clipboard.copy_by_program("x", [["no-such-program"]]) is None


def test_without_a_program_the_terminal_is_asked_and_a_file_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clipboard, "programs", lambda *_: [])
    monkeypatch.setattr(carry, "cache_dir", lambda: tmp_path / "cache")
    asked: list[str] = []
    notice = carry.copy("teks", asked.append)
    file = tmp_path / "cache" / "copied.txt"
    assert asked == ["teks"]
    assert str(file) in notice
    assert file.read_text(encoding="utf-8") == "teks"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setattr(carry, "cache_dir", lambda: file / "not-a-folder")
    assert "cannot be known" in carry.copy("teks", asked.append)


async def test_an_answer_is_copied_with_its_citations(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def copy(text: str, ask_terminal: Any) -> str:
        copied.append(text)
        return "Copied (test)."

    monkeypatch.setattr(carry, "copy", copy)
    app = chat(FakeAssistant())
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await pilot.press("ctrl+g")
        assert copied == []
        await ask(pilot, "who mediated?")
        await pilot.press("ctrl+g")
        await until(lambda: copied)
        assert copied[0].startswith("who mediated?\n")
        assert f"“{SENTENCE}”" in copied[0]
        assert "[1] Kremlin desak Armenia-Azerbaijan hentikan pertempuran · Antara" in copied[0]
        await until(lambda: any(note.message == "Copied (test)." for note in app._notifications))


async def test_ctrl_c_copies_a_selection_and_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(carry, "copy", lambda text, _: copied.append(text) or "Copied.")
    app = chat(FakeAssistant())
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(app)
        await ask(pilot, "who mediated?")
        await pilot.press("ctrl+c")
        assert app.is_running
        assert copied == []
        article = app.screen.query_one("#evidence-article")
        row = article.quote_rows[0] - article.scroll_offset.y
        await pilot.mouse_down(article, offset=(2, row))
        await pilot.hover(article, offset=(12, row))
        await pilot.mouse_up(article, offset=(12, row))
        await pilot.press("ctrl+c")
        await until(lambda: copied)
        assert copied[0] in KREMLIN.text
        assert len(copied[0]) >= 8


@pytest.mark.parametrize("kind", ["Markdown", "JSON"])
def test_a_conversation_is_exported_with_its_citations(tmp_path: Path, kind: str) -> None:
    path = carry.export([answer("who mediated?"), answer("when?", ())], kind, tmp_path)
    text = path.read_text(encoding="utf-8")
    if kind == "JSON":
        assert [item["question"] for item in json.loads(text)] == ["who mediated?", "when?"]
    else:
        assert "## who mediated?" in text
        assert "**Rusia**" in text
        assert "The articles do not say." in text


def test_a_saved_answer_comes_back_as_it_was() -> None:
    saved = answer("who mediated?", notes=("a note",)).to_dict()
    back = revived(saved, FakeRetriever([KREMLIN]))  # type: ignore[arg-type]
    assert back.quotes[0].article is KREMLIN
    assert back.to_dict()["quotes"] == saved["quotes"]
    assert back.notes == ("a note",)


def test_the_passages_that_were_not_quoted_come_back_as_well() -> None:
    found = (*reversed(MEDIATED), quote(HOSTILE, HOSTILE.text, number=3))
    hits = tuple(one.hit for one in found)
    saved = answer("who mediated?", MEDIATED[:1], hits=hits).to_dict()
    back = revived(saved, FakeRetriever([KREMLIN]))  # type: ignore[arg-type]
    assert back.to_dict()["hits"] == saved["hits"]
    assert back.quotes[0].hit is back.hits[1]
    assert [hit.passage.article is KREMLIN for hit in back.hits] == [True, True, False]
    assert back.notes == ()  # a passage that has gone is no quote that has gone


async def test_a_resumed_answer_walks_all_passages_that_were_found(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    hits = tuple(one.hit for one in reversed(MEDIATED))
    kept = answer("one", MEDIATED[:1], hits=hits).to_dict()
    history.append(history.create("first", "/library"), "one", kept)
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r", "enter")
        await until(lambda: "found no. 2 of 2" in words(app, "#evidence-why"))
        screen(app).query_one(ArticleView).focus()
        await settled(app)
        await press(pilot, "article.hit")
        assert "found no. 1 of 2" in words(app, "#evidence-why")
        assert "paragraph 1" in words(app, "#evidence-place")


def test_a_quote_whose_article_has_gone_stands_as_it_was_and_says_so() -> None:
    saved = answer("who mediated?").to_dict()
    for retriever in (FakeRetriever([]), None):
        back = revived(saved, retriever)  # type: ignore[arg-type]
        assert [quote.text for quote in back.quotes] == [quote.text for quote in MEDIATED]
        lit = [back.quotes[0].article.text[a:b] for a, b in back.quotes[0].highlights]
        assert lit == ["ditengahi", "Rusia"]
        assert "changed or left" in back.notes[-1]


async def test_a_conversation_is_found_resumed_and_continued(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    for title in ("who mediated?", "who else?"):
        kept = history.create(title, "/library")
        history.append(kept, title, answer(title).to_dict())
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r")
        await until(lambda: isinstance(app.screen, ConversationsScreen))
        await pilot.press("tab")
        await until(lambda: isinstance(app.focused, Input))
        await pilot.press(*"zz")
        await until(lambda: "None contains that." in words(app))
        await pilot.press("backspace", "backspace", *"else", "enter")
        await until(lambda: not isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(lambda: [card.question for card in cards(app)] == ["who else?"])
        await until(lambda: SENTENCE in words(app))
        await until(lambda: screen(app).query_one(Evidence).has_class("-filled"))
        await ask(pilot, "and then?")
    turns = {found.title: found.turns for found in history.list()}
    assert turns == {"who else?": 2, "who mediated?": 1}


async def test_a_long_conversation_is_fetched_beside_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path / "history.sqlite3")
    kept = history.create("first", "/library")
    for number in range(3):
        history.append(kept, f"question {number}", answer(f"question {number}").to_dict())
    turns, may_go, threads = history.turns, threading.Event(), []

    def slow(id: int) -> Any:  # noqa: A002
        threads.append(threading.current_thread())
        assert may_go.wait(10)
        return turns(id)

    monkeypatch.setattr(history, "turns", slow)
    assistant = FakeAssistant()
    app = chat(assistant, history)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r", "enter")
        await until(lambda: threads)
        assert threads[0] is not threading.main_thread()
        await pilot.press(*"and", "enter")  # the screen is alive; the question waits its turn
        await pilot.pause(0.1)
        assert cards(app) == []
        may_go.set()
        await until(lambda: [card.question for card in cards(app)][3:] == ["and"])
        await until(lambda: assistant.asked)
        assert [turn.question for turn in assistant.asked[0][1]][-1] == "question 2"
    assert [turn.question for turn in turns(kept)][3:] == ["and"]


async def test_a_new_conversation_begun_meanwhile_is_not_overrun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path / "history.sqlite3")
    kept = history.create("first", "/library")
    history.append(kept, "one", answer("one").to_dict())
    turns, may_go, gone = history.turns, threading.Event(), threading.Event()

    def slow(id: int) -> Any:  # noqa: A002
        assert may_go.wait(10)
        gone.set()
        return turns(id)

    monkeypatch.setattr(history, "turns", slow)
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r", "enter")
        await until(lambda: screen(app).awaited == kept)
        await pilot.press("ctrl+n")
        assert screen(app).awaited is None
        may_go.set()
        await until(gone.is_set)
        await ask(pilot, "two")
        assert [card.question for card in cards(app)] == ["two"]


async def test_a_conversation_resumed_early_waits_for_its_articles(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    history.append(history.create("first", "/library"), "one", answer("one").to_dict())
    may_open = threading.Event()

    def opened() -> FakeAssistant:
        assert may_open.wait(10)
        return FakeAssistant()

    app = chat(opened, history)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+r")
        await until(lambda: isinstance(app.screen, ConversationsScreen))
        await pilot.pause()
        await pilot.press("enter")
        await until(lambda: screen(app).awaited)
        may_open.set()
        await until(lambda: cards(app))
        assert "changed or left" not in cards(app)[0].plain


async def test_a_conversation_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path / "history.sqlite3")
    history.append(history.create("first", "/library"), "one", {"schema": 1})
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await pilot.press("ctrl+r", "enter")
        told = "It cannot be resumed: "
        await until(lambda: any(told in note.message for note in app._notifications))
        await until(lambda: screen(app).query(Welcome))


async def test_conversations_are_renamed_and_deleted(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    history.create("[b]first[/b]", "/library")
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r")
        await until(lambda: isinstance(app.screen, ConversationsScreen))
        await pilot.press("f6")
        await until(lambda: isinstance(app.focused, Input))
        await pilot.press(*"new", "enter")
        await until(lambda: [found.title for found in history.list()] == ["new"])
        await pilot.press("delete")
        assert "Press again to delete “new”" in words(app)
        assert history.list()
        await pilot.press("delete")
        assert not history.list()
        assert "There are none yet." in words(app)
        await pilot.press("escape")
        assert screen(app) is app.screen


async def test_letters_typed_in_a_list_narrow_it(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    for title in ("who mediated?", "who else?"):
        history.create(title, "/library")
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        for key, looked_for, listed in (("ctrl+r", "else", 1), ("ctrl+f", "kremlin", 1)):
            await pilot.press(key)
            await until(lambda: isinstance(app.focused, OptionList))
            assert app.screen.query_one(OptionList).option_count == 2
            await pilot.press(*looked_for)
            assert app.screen.query_one(Input).value == looked_for
            assert app.screen.query_one(OptionList).option_count == listed
            await pilot.press("escape")
            await until(lambda: app.screen is screen(app))


async def test_after_delete_the_cursor_stays_where_it_is(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    for title in ("four", "three", "two", "one"):
        history.create(title, "/library")
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(app)
        await pilot.press("ctrl+r")
        await until(lambda: isinstance(app.focused, OptionList))
        await pilot.press("down", "delete", "delete")
        await pilot.pause()
        assert [found.title for found in history.list()] == ["one", "three", "four"]
        await pilot.press("delete", "delete", "delete", "delete")
        await pilot.pause()
        assert [found.title for found in history.list()] == ["one"]


async def test_what_is_asked_after_the_conversation_was_deleted_is_kept(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(app)
        await ask(pilot, "one")
        await until(history.list)
        await pilot.press("ctrl+r")
        await until(lambda: isinstance(app.focused, OptionList))
        await pilot.press("delete", "delete", "escape")
        await until(lambda: not cards(app))
        await ask(pilot, "two")
        await until(history.list)
        assert not app._notifications
    assert [found.title for found in history.list()] == ["two"]


@pytest.mark.parametrize("size", [(40, 12), (80, 18), (80, 24), (200, 60)])
async def test_what_delete_asks_is_on_the_screen_however_long_the_list(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    history = History(tmp_path / "history.sqlite3")
    for number in range(40):
        history.create(f"conversation {number}", "/library")
    app = chat(FakeAssistant(), history)
    async with app.run_test(size=size) as pilot:
        await ready(app)
        await pilot.press("ctrl+r")
        await until(lambda: "enter resumes it." in drawn(app))
        await pilot.press("f8")
        await until(lambda: "Press again to delete" in drawn(app))


async def test_a_history_that_cannot_be_written_is_told_once_and_the_chat_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path / "history.sqlite3")

    def full(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(history, "append", full)
    app = chat(FakeAssistant(), history)
    async with app.run_test(notifications=True) as pilot:
        await ready(app)
        await ask(pilot, "one")
        await until(lambda: any("no space" in note.message for note in app._notifications))
        assert (await ask(pilot, "two")).answer is not None
