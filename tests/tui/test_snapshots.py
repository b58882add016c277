"""What the chat looks like: changes are seen in review, in the SVG files beside this one."""

from __future__ import annotations

from typing import Any

import pytest
from chat_driving import ask, chat, ready, settled, until
from chat_fake import KREMLIN, FakeAssistant, answer
from textual.pilot import Pilot

from qa.tui.app import ChatApp
from qa.tui.question_input import QuestionInput
from qa.tui.welcome import Suggestion

SIZES = [(40, 12), (80, 24), (200, 60)]


async def still(pilot: Pilot[None]) -> None:
    """Bring the chat to a state that does not blink."""
    app = pilot.app
    assert isinstance(app, ChatApp)
    app.screen.query_one(QuestionInput).cursor_blink = False
    await ready(app)
    await until(lambda: app.screen.query(Suggestion))


@pytest.mark.parametrize("size", SIZES)
def test_welcome(snap_compare: Any, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(pilot)
        await settled(pilot.app)

    assert snap_compare(chat(FakeAssistant((KREMLIN,))), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
def test_answer(snap_compare: Any, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await still(pilot)
        await ask(pilot, "who mediated the ceasefire?")
        await settled(pilot.app)

    assert snap_compare(chat(FakeAssistant((KREMLIN,))), terminal_size=size, run_before=before)


def test_none(snap_compare: Any) -> None:
    assistant = FakeAssistant((KREMLIN,))
    assistant.answers["who won the cup?"] = answer("who won the cup?", ())

    async def before(pilot: Pilot[None]) -> None:
        await still(pilot)
        await ask(pilot, "who won the cup?")
        await settled(pilot.app)

    assert snap_compare(chat(assistant), terminal_size=(80, 24), run_before=before)
