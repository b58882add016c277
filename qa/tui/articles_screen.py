"""The articles of the library, and which of them to ask."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from qa.render import date_words
from qa.tui.languages import language_name
from qa.tui.lit import line

if TYPE_CHECKING:
    from index.types import Article

_MOST = 500
"""Articles listed at once; the search field finds the others."""


class ArticlesScreen(ModalScreen["frozenset[str]"]):
    """Returns the ids of the chosen articles; none means all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", "Choose", tooltip="Choose or not", id="articles.choose"),
        Binding("ctrl+a", "all", "All", tooltip="Ask all articles", id="articles.all"),
        Binding("down", "to_list", show=False, id="articles.list"),
        Binding("escape", "leave", "Back", tooltip="Back to the chat", id="articles.back"),
    ]

    def __init__(self, articles: Sequence[Article], chosen: Set[str]) -> None:
        super().__init__()
        self._articles = articles
        self._chosen = set(chosen)
        self._listed: list[Article] = []

    def compose(self) -> ComposeResult:
        """A search field over the list."""
        with Vertical(classes="dialog"):
            yield Static(Content(""), id="advice")
            yield Input(placeholder="Find by title, source, date or language", compact=True)
            yield OptionList(id="articles", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """List everything, ready to move in."""
        self._list("")
        self.query_one(OptionList).focus()

    def action_to_list(self) -> None:
        """From the field to the list."""
        self.query_one(OptionList).focus()

    def action_choose(self) -> None:
        """Choose the article under the cursor, or take it out again."""
        self.query_one(OptionList).action_select()

    def action_all(self) -> None:
        """Ask all articles."""
        self._chosen.clear()
        self._list(self.query_one(Input).value)

    def action_leave(self) -> None:
        """Ask what is chosen."""
        self.dismiss(frozenset(self._chosen))

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted)
    def _found(self) -> None:
        self.action_to_list()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        article = self._listed[event.option_index]
        self._chosen ^= {article.id}
        event.option_list.replace_option_prompt_at_index(event.option_index, self._row(article))
        self._advise()

    def _list(self, wanted: str) -> None:
        words = wanted.casefold()
        found = [article for article in self._articles if words in _words(article).casefold()]
        self._listed = found[:_MOST]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(self._row(article)) for article in self._listed)
        if self._listed:
            listed.highlighted = 0
        self._advise()

    def _row(self, article: Article) -> Content:
        return Content(f"{'[x]' if article.id in self._chosen else '[ ]'} {_words(article)}")

    def _advise(self) -> None:
        number = len(self._chosen)
        asked = f"{number:,} of {len(self._articles):,}" if number else "All"
        self.query_one("#advice", Static).update(Content(f"{asked} articles will be asked."))


def _words(article: Article) -> str:
    parts = (
        article.label,
        article.source or "",
        date_words(article.published) if article.published else "",
        language_name(article.lang),
    )
    return line(" · ".join(part for part in parts if part))
