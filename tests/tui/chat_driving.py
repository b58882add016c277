"""What every test of the chat does: start it, ask, wait, look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from chat_fake import FakeAssistant
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Static

from qa.history import History
from qa.settings import Settings
from qa.tui import keys
from qa.tui.app import ChatApp
from qa.tui.card import AnswerCard
from qa.tui.chat_screen import ChatScreen
from qa.tui.conversation import Conversation
from qa.tui.places import PLACES
from qa.tui.question_input import QuestionInput
from qa.tui.shelf import Shelf

_PATIENCE = 30.0
"""Seconds until a test gives up waiting."""


def chat(
    assistant: FakeAssistant | Callable[[], Any],
    history: History | None = None,
    add: Any = None,
    **settings: Any,
) -> ChatApp:
    """The app over an assistant, or over what is called to open one."""
    opened = (lambda: assistant) if isinstance(assistant, FakeAssistant) else assistant
    app = ChatApp(Shelf(opened, add=add), history, Settings(theme="textual-dark", **settings))
    app.animation_level = "none"
    return app


def screen(app: ChatApp) -> ChatScreen:
    """The chat screen, whatever lies on it."""
    found = app.screen_stack[0]
    assert isinstance(found, ChatScreen)
    return found


def cards(app: ChatApp) -> list[AnswerCard]:
    """The cards of the conversation."""
    return screen(app).conversation.cards


def words(app: ChatApp, selector: str = "Static") -> str:
    """The text of all cards, and of the screen's static widgets or those that match."""
    shown = (str(widget.render()) for widget in app.screen.query(selector).results(Static))
    talk = [talk.plain for talk in app.screen.query(Conversation)]
    return "\n".join([*talk, *shown])


async def until(condition: Callable[[], Any]) -> None:
    """Let the app work until something holds."""
    end = monotonic() + _PATIENCE
    while not condition():
        assert monotonic() < end, "it did not happen"
        await asyncio.sleep(0.005)


async def ask(pilot: Pilot[Any], question: str, *, wait: bool = True) -> AnswerCard:
    """Type a question and send it; with ``wait``, until something has come of it."""
    app = pilot.app
    assert isinstance(app, ChatApp)
    before = len(cards(app))
    field = screen(app).query_one(QuestionInput)
    field.text = question
    field.action_send()
    await until(lambda: len(cards(app)) > before)
    card = cards(app)[-1]
    if wait:
        await until(lambda: card.state not in ("waiting", "asking"))
        await pilot.pause()
        await pilot.pause()  # the evidence comes a frame after the card
    return card


def binding(name: str) -> Binding:
    """The binding with an id."""
    every = (found for owner in PLACES.values() for found in keys.bindings(owner))
    return next(found for found in every if found.id == name)


async def press(pilot: Pilot[Any], name: str, which: int = 0) -> None:
    """Press the first key of a binding, or another."""
    await pilot.press(binding(name).key.split(",")[which])
    await pilot.pause()


def drawn(app: ChatApp) -> str:
    """The characters on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def settled(app: ChatApp) -> None:
    """Wait until the screen has stayed the same for a while, counted in turns of the loop."""
    before, same = "", 0
    while same < 12:
        await asyncio.sleep(0.02)
        now = drawn(app)
        same = same + 1 if now == before else 0
        before = now


async def ready(app: ChatApp) -> None:
    """Wait until the library is open and its encoder loaded."""
    await until(lambda: screen(app).retriever is not None and screen(app).desk.warmed)
