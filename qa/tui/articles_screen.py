"""The library panel: its articles, and which of them to ask."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from qa.tui.about import about
from qa.tui.choice_list import ChoiceList

if TYPE_CHECKING:
    from index.retriever import Retriever
    from index.types import Article

_MOST = 500
"""Articles listed at once; the search field finds the others."""


class ArticlesScreen(ModalScreen["frozenset[str] | None"]):
    """Returns the ids of those to ask, none for all; ``None`` when others are to be added."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", "Choose", tooltip="Choose or not", id="articles.choose"),
        Binding("f9", "all", "All", tooltip="Ask all articles", id="articles.all"),
        Binding("f8", "these", "These", tooltip="Choose all listed", id="articles.these"),
        Binding("f7", "add", "Add", tooltip="Add files and folders", id="articles.add"),
        Binding("down", "to_list", show=False, tooltip="To the list", id="articles.list"),
        Binding("escape", "leave", "Back", tooltip="Back to the chat", id="articles.back"),
    ]

    def __init__(self, retriever: Retriever, chosen: Set[str]) -> None:
        super().__init__()
        self._retriever = retriever
        self._chosen = set(chosen)
        self._found: list[Article] = []

    def compose(self) -> ComposeResult:
        """A search field over the list."""
        with Vertical(classes="dialog"):
            yield Static(Content(""), id="advice")
            yield Input(
                placeholder="Find by title, source, date or language",
                compact=True,
                select_on_focus=False,
            )
            yield ChoiceList(id="articles", markup=False)
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

    def action_these(self) -> None:
        """Choose every article that was found."""
        self._chosen |= {article.id for article in self._found}
        self._list(self.query_one(Input).value)

    def action_add(self) -> None:
        """Go on to adding files; what is asked stays as it was before."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Ask what is chosen."""
        self.dismiss(frozenset(self._chosen))

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_to_list()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        article = self._found[event.option_index]
        self._chosen ^= {article.id}
        event.option_list.replace_option_prompt_at_index(event.option_index, self._row(article))
        self._advise()

    def _list(self, wanted: str) -> None:
        words = wanted.casefold().split()
        self._found = [
            article
            for article in self._retriever.articles
            if all(word in about(article).casefold() for word in words)
        ]
        listed = self.query_one(OptionList)
        before = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(Option(self._row(article)) for article in self._found[:_MOST])
        if self._found:
            listed.highlighted = min(before, listed.option_count - 1)
        self._advise()

    def _row(self, article: Article) -> Content:
        number = len(self._retriever.passages(article.id))
        paragraphs = "1 paragraph" if number == 1 else f"{number:,} paragraphs"
        box = "[x]" if article.id in self._chosen else "[ ]"
        return Content(f"{box} {about(article)} · {paragraphs}")

    def _advise(self) -> None:
        number, total = len(self._chosen), len(self._retriever.articles)
        words = f"{number:,} of {total:,}" if number else f"All {total:,}"
        words += " articles will be asked."
        if len(self._found) < total:
            words += f" {len(self._found):,} listed."
        if len(self._found) > _MOST:
            words += f" The first {_MOST:,} are shown."
        self.query_one("#advice", Static).update(Content(words))
