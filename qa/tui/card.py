"""One question and what came of it, drawn as one widget, so that long conversations stay quick."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from index.types import Span
from qa.render import wrap
from qa.tui.blocks import Block, answer_blocks, question_block
from qa.tui.lit import LIT, line, marked, selected
from qa.types import Answer

_MARGINS = {"question": ("❯ ", "  "), "": ("  ", "  ")}
_BAR, _CHOSEN = "│ ", "▌ "
_ROOM = 2
"""Cells of the margin."""


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


class _Row(NamedTuple):
    """A line on the screen."""

    block: int
    """Which block it is of; -1 for a blank line."""
    span: Span
    """Its stretch of the block's text."""
    first: bool
    """Whether it is the first of its block."""


class AnswerCard(Widget):
    """A question, and below it its quotes or the plain words that there are none.

    Positions on the screen are kept as code points of ``plain``, so that a selection copies
    paragraphs and not the lines of the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card--question",
        "card--aside",
        "card--verdict",
        "card--quote",
        "card--lit",
        "card--failed",
        "card--bar",
        "card--chosen",
    }

    class Clicked(Message):
        """A quote was clicked."""

        def __init__(self, card: AnswerCard, place: int) -> None:
            super().__init__()
            self.card = card
            self.place = place
            """Which quote of the answer, from 0."""

    class Grown(Message):
        """The card has another size now."""

        def __init__(self, card: AnswerCard) -> None:
            super().__init__()
            self.card = card

    def __init__(self, question: str, number: int = 0, answer: Answer | None = None) -> None:
        """``number`` identifies the question among all that the app has asked."""
        super().__init__()
        self.question = question
        self.number = number
        self.answer = answer
        self.state = State.ANSWERED if answer else State.WAITING
        self.provisional = False
        """Whether the answer, found by words alone, will be replaced by a fuller one."""
        self.upgraded = False
        """Whether that has happened."""
        self.kept = False
        """Whether the history has it."""
        self.chosen: int | None = None
        """Which of its quotes is chosen, from 0."""
        self._reason = ""
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._rows: list[_Row] = []
        self._width = 0
        self._fill()

    @property
    def plain(self) -> str:
        """All its text, a line for each block."""
        return "\n".join(block.text for block in self._blocks)

    def become(self, state: State, reason: str = "") -> None:
        """Show that the question is waiting, being asked, cancelled or failed."""
        self.state, self._reason = state, reason
        self._fill()

    def show(self, answer: Answer) -> None:
        """Show an answer, in place of whatever was shown before."""
        self.upgraded = self.answer is not None
        self.answer, self.state = answer, State.ANSWERED
        self._fill()

    def settle(self) -> None:
        """Take the answer that it has for final."""
        self.provisional = False
        self._fill()

    def choose(self, place: int | None) -> None:
        """Mark one of the quotes as chosen, or none."""
        self.chosen = place
        self.refresh()

    def rows_of(self, place: int) -> tuple[int, int]:
        """First and last row of a quote with its citation, within the card."""
        rows = [
            number
            for number, row in enumerate(self._rows)
            if row.block >= 0 and self._blocks[row.block].quote == place
        ]
        return (rows[0], rows[-1]) if rows else (0, 0)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the text takes."""
        self._lay_out(width)
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width = self.size.width
        self._lay_out(width)
        if y >= len(self._rows) or self._rows[y].block < 0:
            return Strip.blank(width, self.visual_style.rich_style)
        row = self._rows[y]
        block = self._blocks[row.block]
        base = self.get_visual_style(f"card--{block.look}")
        content = Content(block.text[row.span.start : row.span.end])
        for span in block.lit:
            lit = self.get_visual_style("card--lit", partial=True)
            content = marked(content, row.span, span, LIT, lit)
        content = marked(content, row.span, Span(0, block.strong), "bold")
        start = self._starts[row.block] + row.span.start
        content = selected(self, content, start)
        body = Strip(content.render_segments(base)).apply_offsets(start, 0)
        strip = Strip([self._margin(row, block), *body])
        return strip.adjust_cell_length(width, self.visual_style.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, without the breaks of the screen."""
        bounds = selection.get_span(0)
        if bounds is None:
            return None
        return self.plain[bounds[0] : None if bounds[1] == -1 else bounds[1]], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def on_resize(self) -> None:
        """Tell the conversation, which may be waiting to show the card whole."""
        self.post_message(self.Grown(self))

    def on_click(self, event: events.Click) -> None:
        """Choose the quote under the mouse, unless the click ended a selection of text."""
        y = event.get_content_offset_capture(self).y
        if 0 <= y < len(self._rows) and not self.screen.get_selected_text():
            block = self._rows[y].block
            place = self._blocks[block].quote if block >= 0 else None
            if place is not None:
                self.post_message(self.Clicked(self, place))

    def _margin(self, row: _Row, block: Block) -> Segment:
        if block.quote is None:
            first, rest = _MARGINS.get(block.look, _MARGINS[""])
            style = self.get_visual_style(f"card--{block.look}").rich_style
            return Segment(first if row.first else rest, style)
        chosen = block.quote == self.chosen
        style = self.get_visual_style("card--chosen" if chosen else "card--bar").rich_style
        return Segment(_CHOSEN if chosen else _BAR, style)

    def _fill(self) -> None:
        """Make the blocks anew."""
        self._blocks = [question_block(self.question)]
        if self.answer is not None:
            remark = "meaning is loading, a fuller answer will follow" if self.provisional else ""
            if self.upgraded:
                remark = "replaces a first answer by words only"
            self._blocks += answer_blocks(self.answer, remark)
        elif self.state is State.FAILED:
            self._blocks.append(Block(line(self._reason), "failed"))
        else:
            self._blocks.append(Block(_PENDING[self.state], "aside"))
        self._starts, start = [], 0
        for block in self._blocks:
            self._starts.append(start)
            start += len(block.text) + 1
        self._width = 0
        # Textual keeps a widget's height under this count, but counts only the first of several
        # requests: an answer that comes at once would keep the height of the card that waited.
        self._layout_updates += 1
        self.refresh(layout=True)

    def _lay_out(self, width: int) -> None:
        if width == self._width or width <= _ROOM:
            return
        self._width, self._rows = width, []
        for number, block in enumerate(self._blocks):
            if block.apart:
                self._rows.append(_Row(-1, Span(0, 0), False))
            for place, span in enumerate(wrap(block.text, width - _ROOM)):
                self._rows.append(_Row(number, span, place == 0))
