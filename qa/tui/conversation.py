"""The conversation: cards above one another, and one quote of them that is chosen."""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scrollbar import ScrollTo
from textual.selection import Selection
from textual.strip import Strip

from qa.tui.card import AnswerCard, Row
from qa.tui.drawing import LOOKS, draw_row
from qa.tui.long_view import LongView
from qa.types import Quote

_APART = 1
"""Blank rows above each card."""
_SIDE = 1
"""Blank cells left and right of the cards."""


class Conversation(LongView, can_focus=True):
    """Scrolls like any list; stays at the end while answers come, unless scrolled away.

    It draws the rows that are seen, whichever cards they are of. Positions on the screen are kept
    as code points of the text of all cards, a line for each block, so that a selection copies
    paragraphs and not the lines of the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False, tooltip="Scroll down", id="conversation.down"),
        Binding("k", "scroll_up", show=False, tooltip="Scroll up", id="conversation.up"),
        Binding("g", "scroll_home", show=False, tooltip="To the top", id="conversation.first"),
        Binding("G", "scroll_end", show=False, tooltip="To the end", id="conversation.last"),
        Binding(
            "c,y", "screen.copy", show=False, tooltip="Copy the answer", id="conversation.copy"
        ),
        Binding(
            "o",
            "screen.article",
            show=False,
            tooltip="Read the article",
            id="conversation.article",
        ),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)
    FOCUS_ON_CLICK = False  # whoever clicks on a quote types the next question all the same

    class Chosen(Message):
        """Another quote was chosen, or none is any more."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.display = False
        self.cards: list[AnswerCard] = []
        """All cards, oldest first."""
        self.card: AnswerCard | None = None
        """The card that the chosen quote belongs to; without quotes, the last one answered."""
        self._revealed: AnswerCard | None = None
        self._tops: list[int] = []
        """The first row of each card, the blank one above it not counted."""
        self._starts: list[int] = []
        """Where the text of each card begins in that of all, in code points."""

    @property
    def plain(self) -> str:
        """The text of all cards."""
        return "\n".join(card.plain for card in self.cards)

    @property
    def quote(self) -> Quote | None:
        """The chosen quote."""
        if self.card is None or self.card.answer is None or self.card.chosen is None:
            return None
        return self.card.answer.quotes[self.card.chosen]

    def add(self, *cards: AnswerCard) -> None:
        """Put cards at the end."""
        for card in cards:
            card.changed = self._lay_out
        self.cards += cards
        self._lay_out()
        self.reveal(cards[-1])

    def clear(self) -> None:
        """Take all cards away."""
        self.cards = []
        self.card = self._revealed = None
        self._lay_out()
        self.post_message(self.Chosen())

    def find(self, number: int) -> AnswerCard | None:
        """The card of question ``number``, unless it belongs to another conversation."""
        return next((card for card in self.cards if card.number == number), None)

    def top_of(self, card: AnswerCard) -> int:
        """The row on which ``card`` begins, from 0 at the top of the conversation."""
        return self._tops[self.cards.index(card)]

    def reveal(self, card: AnswerCard) -> None:
        """Scroll so that ``card`` is seen from its question on, as far as there is room below.

        And again whenever its size changes, until somebody scrolls.
        """
        self._revealed = card
        self._to_revealed()

    def release(self) -> None:
        """Scroll no more by itself: somebody else has."""
        self._revealed = None

    def choose(self, card: AnswerCard, place: int = 0, *, scroll: bool = True) -> None:
        """Choose quote ``place`` (from 0) of ``card``; a card without quotes chooses none."""
        if self.card is not None:
            self.card.chosen = None
        quotes = card.answer.quotes if card.answer is not None else ()
        self.card = card
        if quotes:
            card.chosen = place
            if scroll:
                self.release()
                first, last = card.rows_of(place)
                there = Region(0, self.top_of(card) + first, 1, last - first + 1)
                self.scroll_to_region(there, animate=False, force=True)
        self.refresh()
        self.post_message(self.Chosen())

    def walk(self, step: int) -> None:
        """Choose the next or previous quote of the conversation."""
        places = [
            (card, place)
            for card in self.cards
            if card.answer is not None
            for place in range(len(card.answer.quotes))
        ]
        if not places:
            return
        here = next((i for i, (card, place) in enumerate(places) if card.chosen == place), None)
        if here is None:
            there = len(places) - 1 if step < 0 else 0
        else:
            there = min(max(here + step, 0), len(places) - 1)
        self.choose(*places[there])

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        base = self.visual_style.rich_style
        found = self._at(y + self.scroll_offset.y)
        strip = Strip([])
        if found is not None:
            number, row = found
            card = self.cards[number]
            line = card.rows(self.room)[row]
            strip = draw_row(self, card, line, self._starts[number] + self._offset(card, line))
        blank = Strip.blank(_SIDE, base)
        return Strip.join([blank, strip]).adjust_cell_length(self.size.width, base)

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
        """Lay the cards out for the new width."""
        self._lay_out()

    def on_key(self) -> None:
        """Let the keys have their way."""
        self.release()

    def on_mouse_scroll_up(self) -> None:
        """Let the mouse have its way."""
        self.release()

    def on_mouse_scroll_down(self) -> None:
        """Let the mouse have its way."""
        self.release()

    def on_scroll_to(self, _: ScrollTo) -> None:
        """Let the scroll bar have its way."""
        self.release()

    def on_click(self, event: events.Click) -> None:
        """Choose the quote under the mouse, unless the click ended a selection of text."""
        found = self._at(event.y + self.scroll_offset.y)
        if found is not None and not self.screen.get_selected_text():
            card = self.cards[found[0]]
            place = card.quote_at(found[1])
            if place is not None:
                self.choose(card, place, scroll=False)

    @property
    def room(self) -> int:
        """Cells that a card may take in a line."""
        return max(self.scrollable_content_region.width - 2 * _SIDE, 8)

    def _at(self, row: int) -> tuple[int, int] | None:
        """The place of the card on a row, and which of its rows that is."""
        number = bisect_right(self._tops, row) - 1
        if number < 0:
            return None
        inner = row - self._tops[number]
        return (number, inner) if inner < len(self.cards[number].rows(self.room)) else None

    @staticmethod
    def _offset(card: AnswerCard, row: Row) -> int:
        return card.start_of(row) if row.block >= 0 else 0

    def _lay_out(self) -> None:
        """Count rows and code points anew; cards that have not changed remember theirs."""
        self._tops, self._starts = [], []
        top = start = 0
        for card in self.cards:
            top += _APART
            self._tops.append(top)
            self._starts.append(start)
            top += len(card.rows(self.room))
            start += len(card.plain) + 1
        self.virtual_size = Size(0, top)
        self.display = bool(self.cards)
        self.refresh()
        self._to_revealed()

    def _to_revealed(self) -> None:
        if self._revealed is not None and self.is_attached:
            top = self.top_of(self._revealed)
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
