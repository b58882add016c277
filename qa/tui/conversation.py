"""The conversation: cards above one another, and one quote of them that is chosen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from qa.tui.card import AnswerCard
from qa.tui.quote_view import QuoteView


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

        def __init__(self, card: AnswerCard | None, view: QuoteView | None) -> None:
            super().__init__()
            self.card = card
            self.view = view

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.cards: list[AnswerCard] = []
        """All cards, oldest first; here still when the screen has gone."""
        self.card: AnswerCard | None = None
        """The card that the chosen quote belongs to."""
        self.view: QuoteView | None = None

    async def add(self, *cards: AnswerCard) -> None:
        """Put cards at the end."""
        self.cards += cards
        await self.mount(*cards)
        self.reveal(cards[-1])

    def reveal(self, card: AnswerCard) -> None:
        """Scroll so that ``card`` is seen from its question on, as far as there is room below."""
        self.call_after_refresh(
            self.scroll_to_widget, card, animate=False, top=True, force=True, immediate=True
        )

    def find(self, number: int) -> AnswerCard | None:
        """The card of question ``number``, unless it belongs to another conversation."""
        return next((card for card in self.cards if card.number == number), None)

    def choose(self, card: AnswerCard, place: int = 0, *, scroll: bool = True) -> None:
        """Choose quote ``place`` (from 0) of ``card``; a card without quotes chooses none."""
        views = card.quotes
        view = views[place] if views else None
        for other in self.query("QuoteView.-chosen"):
            other.remove_class("-chosen")
        self.card, self.view = card, view
        if view is not None:
            view.add_class("-chosen")
            if scroll:
                view.scroll_visible(animate=False)
        self.post_message(self.Chosen(card, view))

    def walk(self, step: int) -> None:
        """Choose the next or previous quote of the conversation."""
        places = [(card, place) for card in self.cards for place in range(len(card.quotes))]
        if not places:
            return
        here = next(
            (i for i, (card, place) in enumerate(places) if card.quotes[place] is self.view),
            None,
        )
        if here is None:
            there = len(places) - 1 if step < 0 else 0
        else:
            there = min(max(here + step, 0), len(places) - 1)
        self.choose(*places[there])

    async def clear(self) -> None:
        """Take all cards away."""
        self.cards = []
        self.card = self.view = None
        await self.remove_children()
        self.post_message(self.Chosen(None, None))

    @on(QuoteView.Clicked)
    def _clicked(self, event: QuoteView.Clicked) -> None:
        event.stop()
        card = next(card for card in self.cards if event.view in card.quotes)
        self.choose(card, event.view.number - 1, scroll=False)
