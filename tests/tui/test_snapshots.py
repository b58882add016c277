"""What the chat looks like: changes are seen in review, in the SVG files beside this one."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_driving import ask, chat, press, ready, settled, until
from chat_fake import KREMLIN, MEDIATED, FakeAssistant, answer
from textual.pilot import Pilot
from textual.widgets import Input

from index.types import Span
from qa.history import History
from qa.tui.add_screen import AddScreen
from qa.tui.app import ChatApp
from qa.tui.articles_screen import ArticlesScreen
from qa.tui.conversations_screen import ConversationsScreen
from qa.tui.evidence import FindInput
from qa.tui.help_screen import HelpScreen
from qa.tui.question_input import QuestionInput
from qa.tui.source_screen import SourceScreen
from qa.tui.welcome import Suggestion
from qa.types import Quote

QUESTION = "who mediated the ceasefire?"
SIZES = [(40, 12), (80, 24), (200, 60)]


async def welcome(pilot: Pilot[None]) -> None:
    """What is there before anything is asked."""


async def one_answer(pilot: Pilot[None]) -> None:
    await ask(pilot, QUESTION)


async def article(pilot: Pilot[None]) -> None:
    await ask(pilot, QUESTION)
    await press(pilot, "chat.article")
    await until(lambda: isinstance(pilot.app.screen, SourceScreen))
    await press(pilot, "article.find")
    pilot.app.screen.query_one(FindInput).cursor_blink = False
    await pilot.press(*"warga")


async def library(pilot: Pilot[None]) -> None:
    await press(pilot, "chat.filter")
    await until(lambda: isinstance(pilot.app.screen, ArticlesScreen))
    await press(pilot, "articles.choose")


async def conversations(pilot: Pilot[None]) -> None:
    await press(pilot, "chat.resume")
    await until(lambda: isinstance(pilot.app.screen, ConversationsScreen))


async def help_screen(pilot: Pilot[None]) -> None:
    await press(pilot, "chat.help")
    await until(lambda: isinstance(pilot.app.screen, HelpScreen))


async def adding(pilot: Pilot[None]) -> None:
    await press(pilot, "chat.add")
    await until(lambda: isinstance(pilot.app.screen, AddScreen))
    pilot.app.screen.query_one(Input).cursor_blink = False


async def no_answer(pilot: Pilot[None]) -> None:
    await ask(pilot, "who won the cup?")


async def follow_up(pilot: Pilot[None]) -> None:
    await ask(pilot, "and by whom?")


EVERYWHERE = (welcome, one_answer, article, library, conversations, help_screen)
STATES = [(state, size) for state in EVERYWHERE for size in SIZES] + [
    (state, (80, 24)) for state in (adding, no_answer, follow_up)
]


def app_over(folder: Path, **settings: Any) -> ChatApp:
    """The chat with one article, one earlier conversation, and an answer of every kind."""
    assistant = FakeAssistant((KREMLIN,))
    assistant.answers["who won the cup?"] = answer("who won the cup?", ())
    first = MEDIATED[0]
    start = KREMLIN.text.index("Rusia pada")
    lit = Quote(
        KREMLIN, first.span, first.highlights, first.hit, first.score, Span(start, start + 5)
    )
    assistant.answers["and by whom?"] = answer(
        "and by whom?", (lit, MEDIATED[1]), asked_as="ceasefire mediated by whom?"
    )
    history = History(folder / "history.sqlite3", clock=lambda: "2026-11-20T12:00:00Z")
    kept = history.create(QUESTION, "/library")
    history.append(kept, QUESTION, answer(QUESTION).to_dict())
    return chat(assistant, history, add=lambda *_: None, **settings)


def still(state: Callable[[Pilot[None]], Awaitable[None]]) -> Callable[[Pilot[None]], Any]:
    """Bring the chat to a state that neither blinks nor moves."""

    async def before(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ChatApp)
        app.screen.query_one(QuestionInput).cursor_blink = False
        await ready(app)
        await until(lambda: app.screen.query(Suggestion))
        await settled(app)  # else what lies below a dialog may not have been drawn
        await state(pilot)
        await settled(app)

    return before


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder with something in it, and one time zone everywhere."""
    (tmp_path / "here" / "articles").mkdir(parents=True)
    (tmp_path / "here" / "notes.txt").write_text("Satu.")
    monkeypatch.chdir(tmp_path / "here")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("state", "size"), STATES, ids=[f"{s.__name__}-{w}x{h}" for s, (w, h) in STATES]
)
def test_state(snap_compare: Any, tmp_path: Path, state: Any, size: tuple[int, int]) -> None:
    assert snap_compare(app_over(tmp_path), terminal_size=size, run_before=still(state))


def test_light(snap_compare: Any, tmp_path: Path) -> None:
    app = app_over(tmp_path)
    app.settings = app.settings.changed(theme="textual-light")
    assert snap_compare(app, terminal_size=(80, 24), run_before=still(one_answer))


def test_sixteen_colours(snap_compare: Any, tmp_path: Path) -> None:
    app = app_over(tmp_path)
    app.settings = app.settings.changed(theme="ansi-dark")
    assert snap_compare(app, terminal_size=(80, 24), run_before=still(follow_up))
