"""The chat screen and its keys."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from index.types import Filters
from qa.tui import carry
from qa.tui.card import State
from qa.tui.evidence import Evidence
from qa.tui.keeping_screen import KeepingScreen
from qa.tui.messages import Walked
from qa.tui.question_input import QuestionInput


class ChatScreen(KeepingScreen):
    """Where questions are asked and answers read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "New", tooltip="Begin a new conversation", id="chat.new"),
        Binding("ctrl+o", "article", "Read", tooltip="Read the article", id="chat.article"),
        Binding("ctrl+g,f5", "copy", "Copy", tooltip="Copy the answer", id="chat.copy"),
        Binding(
            "ctrl+f,f2", "filter", "Library", tooltip="Choose articles to ask", id="chat.filter"
        ),
        Binding("ctrl+r,f3", "resume", "Resume", tooltip="Earlier conversations", id="chat.resume"),
        Binding(
            "f6",
            "as_typed",
            show=False,
            tooltip="Ask a follow-up just as typed, or as a follow-up again",
            id="chat.as_typed",
        ),
        Binding(
            "f4", "evidence", show=False, tooltip="Show or hide the evidence", id="chat.evidence"
        ),
        Binding(
            "ctrl+down,right_square_bracket",
            "walk(1)",
            show=False,
            tooltip="Next quote",
            id="chat.next",
        ),
        Binding(
            "ctrl+up,left_square_bracket",
            "walk(-1)",
            show=False,
            tooltip="Previous quote",
            id="chat.previous",
        ),
        Binding("f7", "add", show=False, tooltip="Add files and folders", id="chat.add"),
        Binding("f8", "find", show=False, tooltip="Find words in the article", id="chat.find"),
        Binding("pagedown", "page(1)", show=False, tooltip="Scroll down", id="chat.page_down"),
        Binding("pageup", "page(-1)", show=False, tooltip="Scroll up", id="chat.page_up"),
        Binding(
            "escape",
            "back",
            show=False,
            tooltip="Cancel the question, or go back to typing",
            id="chat.back",
        ),
    ]

    def action_back(self) -> None:
        """Cancel the question that is being answered, else go back to typing."""
        for card in self.conversation.cards:
            if card.state in (State.ASKING, State.WAITING):
                card.give_up(State.CANCELLED)
                self.desk.cancel(card.number)
                break
        self.query_one(Evidence).leave_find()
        self.query_one(QuestionInput).focus()
        self.app.clear_notifications()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted while something else has the focus is a question all the same."""
        field = self.query_one(QuestionInput)
        if not isinstance(self.focused, QuestionInput | Input):
            field.focus()
            field.insert(event.text)

    @on(Walked)
    def _walked(self, event: Walked) -> None:
        self.action_walk(event.step)

    def action_walk(self, step: int) -> None:
        """Choose another quote."""
        self.conversation.walk(step)

    def action_page(self, step: int) -> None:
        """Scroll the conversation by a page."""
        self.conversation.release()
        rows = max(1, self.conversation.size.height - 2)
        self.conversation.scroll_relative(y=step * rows, animate=False)

    def action_as_typed(self) -> None:
        """Ask the question of the chosen answer again, without the conversation or with it."""
        card = self.conversation.card
        answer = card.answer if card is not None else None
        if card is None or answer is None or card.state is State.ASKING:
            self.notify("There is no answer yet whose question could be asked again.")
        elif not card.answered_as_typed and answer.asked_as == answer.question:
            self.notify("It was asked just as typed.")
        else:
            card.as_typed = not card.answered_as_typed
            card.become(State.ASKING)
            self.ask(card)

    def action_evidence(self) -> None:
        """Show or hide the evidence pane."""
        self.query_one(Evidence).toggle_class("-put-away")

    def action_article(self) -> None:
        """Read the article of the chosen quote on the whole screen."""
        self._read()

    def action_find(self) -> None:
        """Find words in the article beside the conversation, else on the whole screen."""
        pane = self.query_one(Evidence)
        if self.conversation.quote is not None and pane.display and pane.region.height:
            pane.action_find()
        else:
            self._read(find=True)

    def action_copy(self) -> None:
        """Copy the answer that the chosen quote belongs to, else the last one."""
        answers = self.answers()
        chosen = self.conversation.card
        answer = chosen.answer if chosen is not None else None
        if answer is None and not answers:
            self.notify("There is no answer to copy yet.")
        else:
            self.app.copy_to_clipboard(carry.as_text(answer or answers[-1]))

    def action_filter(self) -> None:
        """Choose which articles to ask."""
        if self.retriever is None:
            self.notify("The library is not open yet.")
            return
        from qa.tui.articles_screen import ArticlesScreen

        chosen = self.filters.articles if self.filters else frozenset()
        self.app.push_screen(ArticlesScreen(self.retriever, chosen), self._filtered)

    def _read(self, *, find: bool = False) -> None:
        chosen = self.chosen()
        if chosen is None:
            self.notify("No quote is chosen yet.")
            return
        from qa.tui.source_screen import SourceScreen

        self.app.push_screen(SourceScreen(chosen, find=find))

    def _filtered(self, chosen: frozenset[str] | None) -> None:
        if chosen is None:
            self.action_add()
            return
        self.filters = Filters(articles=chosen) if chosen else None
        self.say_status()
