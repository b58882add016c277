"""An article on the whole screen, at the quote."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from qa.tui.article_view import ArticleView
from qa.tui.evidence import Chosen, Evidence


class SourceScreen(Screen[None]):
    """What the evidence pane shows, with room to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+o", "dismiss", "Back", tooltip="Back to the chat", id="source.back"),
    ]

    def __init__(self, chosen: Chosen, *, find: bool = False) -> None:
        """``find``: whether to begin with looking for words."""
        super().__init__()
        self._chosen = chosen
        self._find = find

    def compose(self) -> ComposeResult:
        """The same pane, alone."""
        yield Evidence(id="whole-article")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the pane."""
        pane = self.query_one(Evidence)
        pane.show(self._chosen)
        self.query_one(ArticleView).focus()
        if self._find:
            pane.action_find()
