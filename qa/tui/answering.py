"""What happens between asking and answering; what the keys do comes on top in ``chat_screen``."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from index.types import Filters
from qa.tui import keys
from qa.tui.card import AnswerCard, State
from qa.tui.conversation import Conversation
from qa.tui.desk import Desk
from qa.tui.evidence import Chosen, Evidence
from qa.tui.intake import Intake
from qa.tui.messages import (
    Answered,
    AskFailed,
    Sent,
    Told,
    Warmed,
)
from qa.tui.question_input import QuestionInput
from qa.tui.recorder import Recorder
from qa.tui.top_bar import TopBar
from qa.tui.welcome import Welcome
from qa.types import Answer, Turn

if TYPE_CHECKING:
    from index.retriever import Retriever
    from qa.history import History
    from qa.settings import Settings
    from qa.tui.shelf import Shelf


_MOMENT = 0.05
"""Seconds after which a question is tried again whose conversation is still being fetched."""


class AnsweringScreen(Screen[None]):
    """Conversation, evidence and question; answers come here from the desk's threads."""

    AUTO_FOCUS = "#question"  # from the start: to any other widget, what is typed are commands

    awaited: int | None = None
    """Id of the conversation that is being fetched from the history."""

    def __init__(
        self,
        shelf: Shelf,
        history: History | None,
        settings: Settings,
    ) -> None:
        """Without ``history`` nothing is kept."""
        super().__init__()
        self.history = history
        self.settings = settings
        self.filters: Filters | None = None
        """Which articles are asked; ``None``: all."""
        self.recorder = Recorder(history, self._not_kept)
        self.desk = Desk(self, shelf.open, settings)
        self.numbers = count(1)
        self.conversation = Conversation(id="conversation")
        self.shelf = shelf
        self.intake = Intake(self, shelf.add)
        self.failure = ""
        """Why no library is open, once that is certain."""

    @property
    def retriever(self) -> Retriever | None:
        """The open library; ``None`` until it is open."""
        return self.desk.assistant.retriever if self.desk.assistant else None

    def compose(self) -> ComposeResult:
        """Top bar, conversation beside evidence, question, keys."""
        yield TopBar(self.shelf.title)
        with Container(id="middle"):
            with Container(id="talk"):
                yield Welcome()
                yield self.conversation
            yield Evidence()
        yield Static(Content(""), id="adding")
        yield QuestionInput(id="question")
        yield Footer()

    def on_mount(self) -> None:
        """Open the library once the first frame has been drawn."""
        self.call_after_refresh(self.desk.open)

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self.finish()

    def finish(self) -> None:
        """Begin nothing more, and keep what has not been kept yet."""
        self.desk.close()
        self.intake.stop()
        self.keep(final=True)
        self.recorder.close()

    async def add(self, *cards: AnswerCard) -> None:
        """Put cards where the welcome was, or below those that are there."""
        await self.query(Welcome).remove()
        self.conversation.add(*cards)

    def card(self, question: str, answer: Answer | None = None) -> AnswerCard:
        """A new card, not yet in the conversation."""
        card = AnswerCard(question, next(self.numbers))
        card.undo_key = keys.shown(type(self), "as_typed", self.settings.keys)
        if answer is not None:
            card.show(answer)
        return card

    def ask(self, card: AnswerCard) -> None:
        """Have the question of ``card`` answered, after those that were asked before it."""
        self.desk.ask(card.number, card.question, lambda: self._turns(card), self.filters)

    def keep(self, *, final: bool = False) -> None:
        """Write to the history what will not change any more; with ``final``, everything."""
        library = str(self.retriever.info.path) if self.retriever is not None else ""
        self.recorder.keep(self.conversation.cards, library, final=final)

    def chosen(self) -> Chosen | None:
        """The chosen quote, with how it was found."""
        card, quote = self.conversation.card, self.conversation.quote
        if card is None or card.answer is None or quote is None:
            return None
        from qa.tui.reasons import why

        return Chosen(quote, card.answer.hits, partial(why, self.retriever, card.answer.asked_as))

    def say_status(self) -> None:
        """Say in the top bar what is open and how it is searched."""
        bar = self.query_one(TopBar)
        bar.show(self.retriever, self.filters, warmed=self.desk.warmed, failed=bool(self.failure))

    def _not_kept(self, reason: str) -> None:
        """Called from the recorder's thread."""
        self.post_message(Told(f"This conversation is not being kept: {reason}"))

    def _turns(self, card: AnswerCard) -> list[Turn]:
        """What was said before ``card``, unless it is to be asked without."""
        if card.as_typed:
            return []
        cards = self.conversation.cards
        before = cards[: cards.index(card)] if card in cards else []
        return [Turn(other.question, other.answer) for other in before if other.answer]

    @on(Warmed)
    def _warmed(self) -> None:
        self.desk.warmed = True
        self.say_status()
        for card in self.conversation.cards:
            self._better(card)
        self.keep()

    def _better(self, card: AnswerCard) -> None:
        """Ask again what was answered by words alone, now that the encoder is there, if it is."""
        if not card.provisional:
            return
        if self.retriever is not None and self.retriever.mode != "lexical":
            self.ask(card)
        else:
            card.settle()

    @on(Sent)
    async def _sent(self, event: Sent) -> None:
        if self.awaited is not None:  # it goes on with a conversation that is not there yet
            self.set_timer(_MOMENT, partial(self.post_message, event))
            return
        card = self.card(event.question)
        if self.retriever is not None:
            card.become(State.ASKING)
        await self.add(card)
        self.query_one(QuestionInput).focus()
        if self.failure:
            card.become(State.FAILED, self.failure)
        else:
            self.ask(card)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        card = self.conversation.find(event.number)
        if not self.desk.finished(event.number) or card is None:
            return
        was_kept = card.kept
        choose = card.answer is None or self.conversation.card is card
        card.show(event.answer, provisional=event.first)
        if choose:
            self.conversation.choose(card, scroll=False)
        if card is self.conversation.cards[-1]:
            self.conversation.reveal(card)
        self.keep()
        if was_kept:
            self.recorder.amend(self.conversation.cards, card)
        if self.desk.warmed:
            self._better(card)
        self.desk.advance()

    @on(AskFailed)
    def _ask_failed(self, event: AskFailed) -> None:
        card = self.conversation.find(event.number)
        if not self.desk.finished(event.number) or card is None:
            return
        card.give_up(State.FAILED, event.reason)
        self.desk.advance()

    @on(Conversation.Chosen)
    def _quote_chosen(self) -> None:
        # In a frame of its own: what is typed meanwhile need not wait for both to be drawn.
        self.call_after_refresh(self._show_evidence)

    def _show_evidence(self) -> None:
        self.query_one(Evidence).show(self.chosen())

    @on(Told)
    def _tell(self, event: Told) -> None:
        self.notify(event.words, severity="warning", markup=False)
