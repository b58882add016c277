"""One question and what came of it: its text in blocks, laid out in rows for the conversation."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from index.types import Span
from qa.render import wrap
from qa.tui.blocks import Block, Remarks, answer_blocks, question_block
from qa.tui.lit import line
from qa.types import Answer

MARGIN = 2
"""Cells left of the text, for a sign that says what it is."""


class State(StrEnum):
    """What a card is waiting for."""

    WAITING = "waiting"
    """The library is not open yet."""
    ASKING = "asking"
    """It is being answered, or questions before it are."""
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"


_PENDING = {
    State.WAITING: "waiting for the library …",
    State.ASKING: "looking through the articles …",
    State.CANCELLED: "cancelled",
}


class Row(NamedTuple):
    """A line on the screen."""

    block: int
    """Which block it is of; -1 for a blank line."""
    span: Span
    """Its stretch of the block's text."""
    first: bool
    """Whether it is the first of its block."""


class AnswerCard:
    """A question, and below it its quotes or the plain words that there are none.

    No widget of its own: the conversation draws the rows of all cards, so that hundreds of them
    cost no more than one.
    """

    def __init__(self, question: str, number: int = 0, answer: Answer | None = None) -> None:
        """``number`` identifies the question among all that the app has asked."""
        self.question = question
        self.number = number
        self.answer = answer
        self.state = State.ANSWERED if answer else State.WAITING
        self.as_typed = False
        """Whether it is asked without anything from the conversation before it."""
        self.answered_as_typed = False
        """Whether the answer that is shown came of that."""
        self.provisional = False
        """Whether the answer, found by words alone, will be replaced by a fuller one."""
        self.upgraded = False
        """Whether that has happened."""
        self.kept = False
        """Whether the history has it."""
        self.chosen: int | None = None
        """Which of its quotes is chosen, from 0."""
        self.undo_key = ""
        """The key that asks it as typed, or with the conversation again; for its hints."""
        self.changed: Callable[[], object] = lambda: None
        """Called when it has other text, and maybe another height."""
        self._reason = ""
        self.blocks: list[Block] = []
        self.plain = ""
        """All its text, a line for each block."""
        self._rows: list[Row] = []
        self._width = 0
        self._fill()

    def become(self, state: State, reason: str = "") -> None:
        """Show that the question is waiting, being asked, cancelled or failed."""
        self.state, self._reason = state, reason
        self._fill()

    def give_up(self, state: State, reason: str = "") -> None:
        """Show that no answer came; an answer that it had before outlives the failure."""
        if self.answer is None:
            self.become(state, reason)
        else:
            self.as_typed = self.answered_as_typed
            self.provisional = False
            self.become(State.ANSWERED)

    def show(self, answer: Answer, *, provisional: bool = False) -> None:
        """Show an answer, in place of whatever was shown before."""
        self.upgraded = self.provisional and not provisional
        self.provisional = provisional
        self.answered_as_typed = self.as_typed
        self.answer, self.state = answer, State.ANSWERED
        self._fill()

    def settle(self) -> None:
        """Take the answer that it has for final."""
        self.provisional = False
        self._fill()

    def rows(self, width: int) -> list[Row]:
        """Its lines at ``width`` cells, margin included."""
        if width != self._width:
            self._width, self._rows = width, []
            for number, block in enumerate(self.blocks):
                if block.apart:
                    self._rows.append(Row(-1, Span(0, 0), False))
                for place, span in enumerate(wrap(block.text, width - MARGIN)):
                    self._rows.append(Row(number, span, place == 0))
        return self._rows

    def rows_of(self, place: int) -> tuple[int, int]:
        """First and last row of a quote with its citation, as it was laid out last."""
        rows = [
            number
            for number, row in enumerate(self._rows)
            if row.block >= 0 and self.blocks[row.block].quote == place
        ]
        return (rows[0], rows[-1]) if rows else (0, 0)

    def quote_at(self, row: int) -> int | None:
        """Which quote of the answer stands on a row, or is spoken of there."""
        number = self._rows[row].block
        if number < 0:
            return None
        block = self.blocks[number]
        return block.leads_to if block.quote is None else block.quote

    def start_of(self, row: Row) -> int:
        """Where in ``plain`` a row begins, in code points."""
        return sum(len(block.text) + 1 for block in self.blocks[: row.block]) + row.span.start

    def _remarks(self, answer: Answer) -> Remarks:
        found = ""
        if self.state is State.ASKING:
            found = "asking again …"
        elif self.provisional:
            found = "meaning is loading, a fuller answer will follow"
        elif self.upgraded:
            found = "replaces a first answer by words only"
        taken = ""
        if self.answered_as_typed:
            taken = f"asked just as typed ({self.undo_key} asks it as a follow-up again)"
        elif answer.asked_as != answer.question:
            taken = f"taken as: {line(answer.asked_as)} ({self.undo_key} asks it just as typed)"
        return Remarks(taken, found)

    def _fill(self) -> None:
        """Make the blocks anew."""
        self.blocks = [question_block(self.question)]
        if self.answer is not None:
            self.blocks += answer_blocks(self.answer, self._remarks(self.answer))
        elif self.state is State.FAILED:
            self.blocks.append(Block(line(self._reason), "failed"))
        else:
            self.blocks.append(Block(_PENDING[self.state], "aside"))
        self.plain = "\n".join(block.text for block in self.blocks)
        self._width = 0
        self.changed()
