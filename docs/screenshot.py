"""Draw the chat, asked a question about the sample articles, as ``docs/chat.svg``.

It runs the real program without a terminal: ``python docs/screenshot.py [FILE]``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from index import Library
from qa.assistant import Assistant
from qa.samples import sample_articles
from qa.settings import Settings
from qa.tui.app import ChatApp
from qa.tui.chat_screen import ChatScreen
from qa.tui.question_input import QuestionInput
from qa.tui.shelf import Shelf

QUESTION = "who mediated the ceasefire?"
SIZE = (110, 30)
"""Columns and rows."""
PATIENCE = 120.0
"""Seconds to wait for the answer."""


async def draw(folder: Path) -> str:
    """The screen as SVG, once the question has been answered."""

    def open_assistant() -> Assistant:
        library = Library.open_or_create(folder / "library")
        library.sync([sample_articles()])
        return Assistant.open(folder / "library")

    app = ChatApp(
        Shelf(open_assistant, "the sample articles"), None, Settings(theme="textual-dark")
    )
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, ChatScreen)
        async with asyncio.timeout(PATIENCE):
            while not screen.desk.warmed:
                await pilot.pause(0.1)
            field = screen.query_one(QuestionInput)
            field.cursor_blink = False
            field.text = QUESTION
            await pilot.press("enter")
            while screen.conversation.quote is None:
                await pilot.pause(0.1)
        await pilot.pause(0.3)
        return app.export_screenshot(title="qa chat")


def main() -> None:
    """Write the file that the first argument names."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "chat.svg"
    with tempfile.TemporaryDirectory() as folder:
        target.write_text(asyncio.run(draw(Path(folder))), encoding="utf-8")
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main()
