"""The conversation: cards above one another, and one quote of them that is chosen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message

from qa.tui.card import AnswerCard
from qa.types import Quote


class Conversation(VerticalScroll, can_focus=True):
    """Scrolls like any list; stays at the end while answers come, unless scrolled away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False, tooltip="Scroll down", id="conversation.down"),
        Binding("k", "scroll_up", show=False, tooltip="Scroll up", id="conversation.up"),
        Binding("g", "scroll_home", show=False, tooltip="To the top", id="conversation.first"),
        Binding("G", "scroll_end", show=False, tooltip="To the end", id="conversation.last"),
        Binding("c,y", "screen.copy", show=False, tooltip="Copy", id="conversation.copy"),
        Binding("o", "screen.article", show=False, tooltip="Article", id="conversation.article"),
    ]

    class Chosen(Message):
        """A quote was chosen, or none is any more."""

        def __init__(self, card: AnswerCard | None, quote: Quote | None) -> None:
            super().__init__()
            self.card = card
            self.quote = quote

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.cards: list[AnswerCard] = []
        """All cards, oldest first; here still when the screen has gone."""
        self.card: AnswerCard | None = None
        """The card that the chosen quote belongs to; without quotes, the last one answered."""
        self._revealed: AnswerCard | None = None

    @property
    def quote(self) -> Quote | None:
        """The chosen quote."""
        if self.card is None or self.card.answer is None or self.card.chosen is None:
            return None
        return self.card.answer.quotes[self.card.chosen]

    async def add(self, *cards: AnswerCard) -> None:
        """Put cards at the end."""
        self.cards += cards
        await self.mount(*cards)
        self.reveal(cards[-1])

    def reveal(self, card: AnswerCard) -> None:
        """Scroll so that ``card`` is seen from its question on, as far as there is room below.

        And again whenever its size changes, until somebody scrolls.
        """
        self._revealed = card
        self.call_after_refresh(self._to_revealed)

    def release(self) -> None:
        """Scroll no more by itself: somebody else has."""
        self._revealed = None

    def on_key(self) -> None:
        """Let the keys have their way."""
        self.release()

    def on_mouse_scroll_up(self) -> None:
        """Let the mouse have its way."""
        self.release()

    def on_mouse_scroll_down(self) -> None:
        """Let the mouse have its way."""
        self.release()

    def find(self, number: int) -> AnswerCard | None:
        """The card of question ``number``, unless it belongs to another conversation."""
        return next((card for card in self.cards if card.number == number), None)

    def choose(self, card: AnswerCard, place: int = 0, *, scroll: bool = True) -> None:
        """Choose quote ``place`` (from 0) of ``card``; a card without quotes chooses none."""
        if self.card is not None:
            self.card.choose(None)
        quotes = card.answer.quotes if card.answer is not None else ()
        self.card = card
        if quotes:
            card.choose(place)
            if scroll:
                self.release()
                first, last = card.rows_of(place)
                place_on_screen = Region(0, card.virtual_region.y + first, 1, last - first + 1)
                self.scroll_to_region(place_on_screen, animate=False, force=True)
        self.post_message(self.Chosen(card, self.quote))

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

    async def clear(self) -> None:
        """Take all cards away."""
        self.cards = []
        self.card = self._revealed = None
        await self.remove_children()
        self.post_message(self.Chosen(None, None))

    @on(AnswerCard.Grown)
    def _grown(self, event: AnswerCard.Grown) -> None:
        event.stop()
        if event.card is self._revealed:
            self.call_after_refresh(self._to_revealed)

    def _to_revealed(self) -> None:
        card = self._revealed
        if card is not None and card.is_attached:
            self.scroll_to_widget(card, animate=False, top=True, force=True, immediate=True)

    @on(AnswerCard.Clicked)
    def _clicked(self, event: AnswerCard.Clicked) -> None:
        event.stop()
        self.choose(event.card, event.place, scroll=False)
