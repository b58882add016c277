"""Earlier conversations: found, resumed, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from index.errors import KutipError
from qa.render import date_words, safe
from qa.tui import carry
from qa.tui.choice_list import ChoiceList
from qa.tui.lit import line

if TYPE_CHECKING:
    from qa.history import Conversation, History

_T = TypeVar("_T")

_ADVICE = "enter resumes it."


class ConversationsScreen(ModalScreen["int | None"]):
    """Returns the id of the conversation to resume, or ``None``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", show=False, tooltip="To the list", id="conversations.list"),
        Binding("f6", "rename", "Rename", tooltip="Rename", id="conversations.rename"),
        Binding("delete,f8", "delete", "Delete", tooltip="Delete", id="conversations.delete"),
        Binding(
            "f5",
            "export('Markdown')",
            "Export",
            tooltip="Export to Markdown",
            id="conversations.markdown",
        ),
        Binding("f9", "export('JSON')", "JSON", tooltip="Export to JSON", id="conversations.json"),
        Binding("escape", "leave", "Back", tooltip="Resume none", id="conversations.back"),
    ]

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        self._found: list[Conversation] = []
        self._renaming: int | None = None
        """Id of the conversation whose new title is being typed."""
        self._deleting: int | None = None
        """Id of the conversation that the next press of delete deletes."""
        self.deleted: set[int] = set()
        """Ids of those that were deleted."""

    def compose(self) -> ComposeResult:
        """A field to search or rename with, over the list."""
        with Vertical(classes="dialog"):
            yield Static(Content("Earlier conversations"), classes="heading")
            yield Input(
                placeholder="Find in titles, questions and quotes",
                compact=True,
                select_on_focus=False,
            )
            yield ChoiceList(id="conversations", markup=False)
            yield Static(Content(""), id="advice")
        yield Footer()

    def on_mount(self) -> None:
        """List everything, ready to move in."""
        self._list()
        self.query_one(OptionList).focus()

    def action_to_list(self) -> None:
        """From the field to the list."""
        self.query_one(OptionList).focus()

    def action_rename(self) -> None:
        """Type a new title for the conversation under the cursor."""
        conversation = self._here()
        if conversation is not None:
            self._renaming = conversation.id
            field = self.query_one(Input)
            with field.prevent(Input.Changed):
                field.value = conversation.title
            field.select_all()
            field.focus()
            self._advise("Type the new title and press enter; esc leaves it as it was.")

    def action_delete(self) -> None:
        """Delete the conversation under the cursor; asks to be pressed twice."""
        conversation = self._here()
        if conversation is None:
            return
        if self._deleting != conversation.id:
            self._deleting = conversation.id
            self._advise(f"Press again to delete “{line(conversation.title)}” for good.")
            return
        self._try(lambda: self._gone(conversation.id))
        self._list(self.query_one(OptionList).highlighted or 0)

    def action_export(self, kind: str) -> None:
        """Write the conversation under the cursor to a file in the current folder."""
        here = self._here()
        if here is None:
            return
        to_text = self._history.export_markdown
        if kind == "JSON":
            to_text = self._history.export_json
        path = self._try(lambda: carry.write(to_text(here.id), kind))
        if path is not None:
            self._advise(f"Written to {path}")

    def action_leave(self) -> None:
        """Stop renaming, else resume none."""
        if self._renaming is None:
            self.dismiss(None)
        else:
            self._stop_renaming()

    @on(Input.Changed)
    def _search(self) -> None:
        if self._renaming is None:
            self._list()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if self._renaming is None:
            self.query_one(OptionList).focus()
            return
        renamed, title = self._renaming, event.value.strip()
        if title:
            self._try(lambda: self._history.rename(renamed, title))
        self._stop_renaming()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].id)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._deleting = None
        self._advise(_ADVICE)

    def _stop_renaming(self) -> None:
        self._renaming = None
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = ""
        self._list()
        self.query_one(OptionList).focus()

    def _here(self) -> Conversation | None:
        place = self.query_one(OptionList).highlighted
        return None if place is None else self._found[place]

    def _gone(self, conversation: int) -> None:
        self._history.delete(conversation)
        self.deleted.add(conversation)

    def _list(self, place: int = 0) -> None:
        """List what is looked for, with the cursor at ``place`` as far as there is so much."""
        self._deleting = None
        self._found = list(self._try(lambda: self._history.list(self.query_one(Input).value)) or ())
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(Content(_words(found))) for found in self._found)
        if self._found:
            listed.highlighted = min(place, listed.option_count - 1)
        wanted = self.query_one(Input).value
        none = "None contains that." if wanted else "There are none yet."
        self._advise(_ADVICE if self._found else none)

    def _try(self, act: Callable[[], _T]) -> _T | None:
        """Do something with the history; a failure is told, and nothing comes of it."""
        try:
            return act()
        except (KutipError, OSError) as problem:
            self.notify(str(problem), severity="error", markup=False)
            return None

    def _advise(self, words: str) -> None:
        self.query_one("#advice", Static).update(Content(safe(words)))


def _words(found: Conversation) -> str:
    turns = "1 question" if found.turns == 1 else f"{found.turns} questions"
    when = datetime.fromisoformat(found.updated).astimezone()
    day = date_words(when.date().isoformat())
    return line(f"{found.title} · {turns} · {day}, {when:%H:%M}")
