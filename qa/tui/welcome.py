"""What stands where the conversation will be: what is open, and questions to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qa.tui.languages import language_name
from qa.tui.lit import line
from qa.tui.messages import Sent

if TYPE_CHECKING:
    from index.types import Article

_BRIDGED = {"en", "id", "ms"}
"""Languages between which questions find their way."""


class Suggestion(Static, can_focus=True):
    """A question that can be asked with a click, or with enter once it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "ask", "Ask", tooltip="Ask it", id="suggestion.ask"),
        Binding("down", "app.focus_next", show=False, id="suggestion.next"),
        Binding("up", "app.focus_previous", show=False, id="suggestion.previous"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__(Content(f"• {line(question)}"))
        self.question = question

    def action_ask(self) -> None:
        """Ask it."""
        self.post_message(Sent(self.question))

    def on_click(self) -> None:
        """Ask it."""
        self.action_ask()


class Welcome(VerticalScroll, can_focus=False):
    """Greets, says what is open, and suggests."""

    def compose(self) -> ComposeResult:
        """The greeting; the rest comes when the library is open."""
        yield Static(
            Content(
                "Ask a question; the answer is quoted word for word from your articles, "
                "each quote with its source."
            ),
            id="greeting",
        )
        yield Static(Content("Opening the library …"), id="inventory")
        yield Vertical(id="suggestions")

    def show_library(self, articles: Sequence[Article], add_key: str) -> None:
        """Say how many articles are open and in which languages, or how to add some."""
        words = (
            inventory(articles) if articles else f"The library is empty; {add_key} adds articles."
        )
        self.query_one("#inventory", Static).update(Content(words))

    def show_failure(self, reason: str) -> None:
        """Say why no library is open."""
        self.query_one("#inventory", Static).update(Content(line(reason)))
        self.add_class("-failed")

    def suggest(self, questions: Sequence[str]) -> None:
        """Offer questions."""
        place = self.query_one("#suggestions", Vertical)
        if not place.is_attached:  # the chat is being left
            return
        place.remove_children()
        if questions:
            place.mount(Static(Content("You could begin with"), classes="lead"))
            place.mount(*(Suggestion(question) for question in questions))


def inventory(articles: Sequence[Article]) -> str:
    """ "5 articles are open, in Indonesian." There is at least one."""
    counted = Counter(article.lang for article in articles).most_common()
    if len(counted) == 1:
        languages = f"in {language_name(counted[0][0])}"
    else:
        languages = ", ".join(f"{count:,} in {language_name(lang)}" for lang, count in counted[:4])
        languages += " …" if len(counted) > 4 else ""
    number = len(articles)
    opened = "1 article is open" if number == 1 else f"{number:,} articles are open"
    # What the bundled models were made for; other languages are found by their words.
    advice = " Ask in English or Indonesian." if {lang for lang, _ in counted} <= _BRIDGED else ""
    return f"{opened}, {languages}.{advice}"
