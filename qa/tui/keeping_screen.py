"""Conversations as wholes: begun, left, taken up again, written to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from qa.tui import carry
from qa.tui.desk import reason_of
from qa.tui.library_screen import LibraryScreen
from qa.tui.messages import LibraryFailed, LibraryOpened, Revived, Told
from qa.tui.question_input import QuestionInput
from qa.tui.threads import start
from qa.types import Answer

if TYPE_CHECKING:
    from qa.history import History


class KeepingScreen(LibraryScreen):
    """Holds one conversation at a time; the history holds the others."""

    async def action_new(self) -> None:
        """Begin a new conversation."""
        await self._leave()
        await self.greet()

    def action_resume(self) -> None:
        """Look through earlier conversations."""
        if self.history is None:
            self.notify("Conversations are not being kept.")
        else:
            from qa.tui.conversations_screen import ConversationsScreen

            self.keep()
            screen = ConversationsScreen(self.history)
            self.app.push_screen(screen, partial(self._resume, screen.deleted))

    def export(self, kind: str) -> None:
        """Write the conversation to a file in the current folder: ``Markdown`` or ``JSON``."""
        answers = self.answers()
        if not answers:
            self.notify("There is nothing to export yet.")
            return
        try:
            path = carry.export(answers, kind)
        except OSError as problem:
            self.notify(f"It cannot be written: {problem}", severity="error", markup=False)
        else:
            self.notify(f"Written to {path}", markup=False)

    def answers(self) -> list[Answer]:
        """All answers on the screen, oldest first."""
        return [card.answer for card in self.conversation.cards if card.answer is not None]

    async def _resume(self, deleted: set[int], conversation: int | None) -> None:
        if self.recorder.conversation in deleted:
            self.recorder.begin()  # what is asked next can only be kept in another one
            if conversation is None:
                self.call_later(self.action_new)  # in this screen's own turn, as a question is
        if conversation is None or self.history is None:
            return
        await self._leave()
        self.awaited = conversation
        self.recorder.begin(conversation)
        if self.retriever is not None or self.failure:
            self._fetch()

    @on(LibraryOpened)
    @on(LibraryFailed)
    def _library_known(self) -> None:
        self.call_later(self._fetch)  # once the others have heard of it

    def _fetch(self) -> None:
        """Fetch the conversation that is awaited: its quotes are spans of the open articles."""
        if self.awaited is not None and self.history is not None:
            start(partial(self._revive, self.history, self.awaited, self.conversation.room))

    def _revive(self, history: History, conversation: int, width: int) -> None:
        """Runs on a thread of its own: a long conversation takes a second."""
        from qa.tui.revived import revived

        cards = []
        try:
            for turn in history.turns(conversation):
                card = self.card(turn.question)
                card.as_typed = bool(turn.answer.get("as_typed"))
                card.show(revived(turn.answer, self.retriever))
                card.rows(width)  # wrapped here, they need not be there
                card.kept = True
                cards.append(card)
        except Exception as problem:  # the chat outlives any defect of what was kept
            self.post_message(Told(f"It cannot be resumed: {reason_of(problem)}"))
            cards = []
        self.post_message(Revived(conversation, cards))

    @on(Revived)
    async def _revived(self, event: Revived) -> None:
        if event.conversation != self.awaited:
            return
        self.awaited = None
        self.query_one(QuestionInput).remember([card.question for card in event.cards])
        if not event.cards:
            await self.greet()
            return
        await self.add(*event.cards)
        self.conversation.choose(event.cards[-1], scroll=False)

    async def _leave(self) -> None:
        """Finish the conversation on the screen."""
        self.awaited = None
        self.keep(final=True)
        self.desk.clear()
        self.recorder.begin()
        self.conversation.clear()
        self.query_one(QuestionInput).focus()
