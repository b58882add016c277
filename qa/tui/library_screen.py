"""The library that is asked: opened behind the screen, and growing while questions are asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Static

from qa.render import safe
from qa.tui import keys
from qa.tui.answering import AnsweringScreen
from qa.tui.card import State
from qa.tui.lit import line
from qa.tui.messages import Added, Adding, LibraryFailed, LibraryOpened, Suggested
from qa.tui.welcome import Welcome

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.tui.shelf import Addition

_NAMED = 3
"""Skipped files that are named."""


class LibraryScreen(AnsweringScreen):
    """Says what is open; takes files in and goes on with the library as it is then."""

    _suggested: Sequence[str] = ()
    _names = ""
    """What is being added."""
    _stopping = False
    """Whether the key that stops it was pressed once."""

    async def greet(self) -> None:
        """Put the welcome where cards will be."""
        if self.query(Welcome):
            return
        welcome = Welcome()
        await self.query_one("#talk").mount(welcome, before=self.conversation)
        if self.retriever is not None:
            welcome.show_library(self.retriever.articles, self._key)
            welcome.suggest(self._suggested)
        elif self.failure:
            welcome.show_failure(self.failure)

    def take(self, assistant: Assistant) -> None:
        """Ask ``assistant`` from now on, which is ready, in place of the one before."""
        self.failure = ""
        self.desk.use(assistant)
        for welcome in self.query(Welcome):
            welcome.show_library(assistant.retriever.articles, self._key)
        self.say_status()

    @on(LibraryOpened)
    def _library_opened(self, event: LibraryOpened) -> None:
        self.desk.assistant = event.assistant
        for welcome in self.query(Welcome):
            welcome.show_library(event.assistant.retriever.articles, self._key)
        for card in self.conversation.cards:
            if card.state is State.WAITING:
                card.become(State.ASKING)
        self.say_status()
        self.desk.advance()

    @on(LibraryFailed)
    def _library_failed(self, event: LibraryFailed) -> None:
        self.failure = event.reason
        for welcome in self.query(Welcome):
            welcome.show_failure(event.reason)
        for card in self.conversation.cards:
            if card.state is State.WAITING:
                card.become(State.FAILED, event.reason)
        self.say_status()

    @on(Suggested)
    def _found_suggestions(self, event: Suggested) -> None:
        self._suggested = event.questions
        for welcome in self.query(Welcome):
            welcome.suggest(event.questions)

    def action_add(self) -> None:
        """Choose files and folders to add; while they are being added, stop that."""
        if self.shelf.add is None:
            self.notify("Nothing can be added to this library.")
        elif self.retriever is None and not self.failure:
            self.notify("The library is not open yet.")
        elif not self.intake.running:
            from qa.tui.add_screen import AddScreen

            self.app.push_screen(AddScreen(), self._add)
        elif self._stopping:
            self.intake.stop()
            self._say("stopping …")
        else:
            self._stopping = True
            self.notify(f"{self._key} again stops adding; the library stays as it was then.")

    def _add(self, paths: Sequence[Path] | None) -> None:
        if paths:
            self._stopping = False
            self._names = ", ".join(path.name or str(path) for path in paths)
            self._say("reading …")
            self.intake.begin(paths)

    @on(Adding)
    def _adding(self, event: Adding) -> None:
        if not self._stopping:
            self._say(event.words)

    @on(Added)
    def _added(self, event: Added) -> None:
        self.intake.running = False
        self.query_one("#adding").remove_class("-running")
        if event.addition is None:
            self.notify(event.reason, severity="warning", markup=False, timeout=10)
            return
        self._sum_up(event.addition)
        self.take(event.addition.assistant)

    def _sum_up(self, addition: Addition) -> None:
        before = {article.id for article in self.retriever.articles} if self.retriever else set()
        articles = addition.assistant.retriever.articles
        new = sum(article.id not in before for article in articles)
        added = "1 article is new" if new == 1 else f"{new:,} articles are new"
        words = [f"{added}, {len(articles):,} in all.", addition.note]
        for skipped in addition.skipped[:_NAMED]:
            words.append(f"Skipped {skipped.path.name}: {skipped.reason}.")
        if len(addition.skipped) > _NAMED:
            words.append(f"{len(addition.skipped) - _NAMED:,} more were skipped.")
        text = safe(" ".join(word for word in words if word))
        self.notify(text, markup=False, timeout=10)

    def _say(self, words: str) -> None:
        text = line(f"Adding {self._names}: {words} · {self._key} twice stops it")
        shown = self.query_one("#adding", Static)
        shown.update(Content(text))
        shown.add_class("-running")

    @property
    def _key(self) -> str:
        return keys.shown(type(self), "add", self.settings.keys)
