"""One quote of an answer: its number, its words, and where it stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from qa.render import Cited, date_words
from qa.tui.lit import line, quoted
from qa.types import Quote


class QuoteView(Vertical):
    """A quote; a click chooses it, and the chosen one is shown in the evidence pane."""

    class Clicked(Message):
        """The quote was clicked."""

        def __init__(self, view: QuoteView) -> None:
            super().__init__()
            self.view = view

    def __init__(self, quote: Quote, number: int) -> None:
        super().__init__()
        self.quote = quote
        self.number = number
        """Its number in the answer, from 1."""

    def compose(self) -> ComposeResult:
        """The quote over its citation."""
        cited = Cited.of(self.quote)
        yield Static(quoted(cited), classes="quote-text")
        place = Content.assemble((f"[{self.number}]", "bold"), f" {_place(cited)}")
        yield Static(place, classes="citation")

    def on_click(self) -> None:
        """Choose this quote, unless the click ended a selection of text."""
        if not self.screen.get_selected_text():
            self.post_message(self.Clicked(self))


def _place(cited: Cited) -> str:
    """Where the quote stands, shorter than a full citation: the article's id only for a name."""
    parts = (
        cited.title or cited.article,
        cited.source or "",
        date_words(cited.published) if cited.published else "",
        f"paragraph {cited.passage}",
    )
    return line(" · ".join(part for part in parts if part))
