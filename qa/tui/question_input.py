"""Where a person types a question."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from qa.tui.messages import Sent, Walked


class QuestionInput(TextArea):
    """A text area of one to five lines that sends what is typed and remembers what was sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", show=False, tooltip="Ask", id="question.send"),
        Binding(
            "ctrl+j,shift+enter",
            "newline",
            show=False,
            tooltip="New line",
            id="question.newline",
        ),
        Binding("up", "recall(-1)", show=False, tooltip="Earlier question", id="question.earlier"),
        Binding("down", "recall(1)", show=False, tooltip="Later question", id="question.later"),
        Binding(
            "right_square_bracket",
            "walk(1)",
            show=False,
            tooltip="Next quote, while nothing is typed",
            id="question.next",
        ),
        Binding(
            "left_square_bracket",
            "walk(-1)",
            show=False,
            tooltip="Previous quote, while nothing is typed",
            id="question.previous",
        ),
        # Keys of the screen that a text area has other plans for.
        Binding("f6", "screen.as_typed", show=False, id="question.as_typed"),
        Binding("f7", "screen.add", show=False, id="question.add"),
        Binding("pagedown", "screen.page(1)", show=False, id="question.page_down"),
        Binding("pageup", "screen.page(-1)", show=False, id="question.page_up"),
    ]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id,
            compact=True,
            highlight_cursor_line=False,
            placeholder="Ask the articles a question",
        )
        self._asked: list[str] = []
        self._place = 0
        """Which of ``_asked`` is shown; its length while a new question is typed."""
        self._draft = ""
        self._there = 0.0
        """When it was put on the screen, by the clock of events."""

    def _on_mount(self, event: events.Mount) -> None:
        """Tell from now on what is typed from what was typed before the chat was there."""
        self._there = event.time

    async def _on_key(self, event: events.Key) -> None:
        """Run our own bindings here, before the text area takes the key for a character.

        Not as priority bindings: those run in the app at once, and would overtake the letters
        that were typed or pasted before them and still wait in this widget's queue.
        """
        if event.key == "ctrl+j" and event.time < self._there:
            # Enter: until the chat takes the terminal over, that makes a line feed of it.
            event.stop()
            event.prevent_default()
            self.action_send()
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is None or bound.node is not self:
            return
        if bound.binding.id and await self.app.run_action(bound.binding.action, self):
            event.stop()
            event.prevent_default()

    def remember(self, questions: list[str]) -> None:
        """Take these as the questions asked so far, oldest first."""
        self._asked = list(questions)
        self._place = len(self._asked)
        self._draft = ""

    def action_send(self) -> None:
        """Send what is typed, if anything is."""
        question = self.text.strip()
        if not question:
            return
        self.remember([*self._asked, question])
        self.text = ""
        self.post_message(Sent(question))

    def action_newline(self) -> None:
        """Begin another line."""
        self.insert("\n")

    def action_recall(self, step: int) -> None:
        """Show an earlier or later question, once the cursor can go no further that way."""
        row = self.cursor_location[0]
        if row != (0 if step < 0 else self.document.line_count - 1) or not self._asked:
            raise SkipAction()
        place = self._place + step
        if not 0 <= place <= len(self._asked):
            return
        if self._place == len(self._asked):
            self._draft = self.text
        self._place = place
        self.text = self._asked[place] if place < len(self._asked) else self._draft
        self.move_cursor(self.document.end)

    def action_walk(self, step: int) -> None:
        """Walk the citations; once something is typed the bracket is a bracket."""
        if self.text:
            raise SkipAction()
        self.post_message(Walked(step))
