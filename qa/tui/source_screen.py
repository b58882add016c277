"""An article on the whole screen, at the quote."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from qa.tui.article_view import ArticleView
from qa.tui.evidence import Evidence
from qa.types import Quote


class SourceScreen(Screen[None]):
    """What the evidence pane shows, with room to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+o", "dismiss", "Back", tooltip="Back to the chat", id="source.back"),
        Binding("enter", "to_quote", "Quote", tooltip="Back to the quote", id="source.quote"),
        Binding("j", "scroll(1)", show=False, tooltip="Down", id="source.down"),
        Binding("k", "scroll(-1)", show=False, tooltip="Up", id="source.up"),
    ]

    def __init__(self, quote: Quote, why: str) -> None:
        super().__init__()
        self._quote = quote
        self._why = why

    def compose(self) -> ComposeResult:
        """The same pane, alone."""
        yield Evidence(id="whole-article")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the pane."""
        self.query_one(Evidence).show(self._quote, self._why)
        self.query_one(ArticleView).focus()

    def action_to_quote(self) -> None:
        """Scroll back to the quote."""
        self.query_one(ArticleView).to_quote()

    def action_scroll(self, rows: int) -> None:
        """Scroll by some rows."""
        self.query_one(ArticleView).scroll_relative(y=rows, animate=False)
