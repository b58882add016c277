"""All keys, read from the bindings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Static

from qa.tui import keys

_MOUSE = (
    ("click", "Choose a quote, ask a suggested question, open the library at the top"),
    ("drag", "Select text"),
    ("wheel", "Scroll what is under the mouse"),
)


class HelpScreen(ModalScreen[None]):
    """Keys by where they work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", tooltip="Close the help", id="help.close")
    ]

    def __init__(self, groups: Mapping[str, type[DOMNode]], keymap: Mapping[str, str]) -> None:
        """``groups``: for each heading, whose bindings stand under it."""
        super().__init__()
        self._groups = groups
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One list for each place."""
        with VerticalScroll(classes="dialog"):
            yield Static(Content(f"{keys.shown(HelpScreen, 'dismiss', self._keymap)} leaves this."))
            for heading, owner in self._groups.items():
                yield Static(Content(heading), classes="heading")
                for binding in keys.bindings(owner):
                    if binding.tooltip:
                        pressed = ", ".join(keys.names(binding, self._keymap))
                        yield from _row(pressed, str(binding.tooltip))
            yield Static(Content("With the mouse"), classes="heading")
            for done, what in _MOUSE:
                yield from _row(done, what)
            yield Static(
                Content("Keys can be changed in the configuration file, under [keys]."),
                classes="lead",
            )


def _row(done: str, what: str) -> ComposeResult:
    with Horizontal(classes="row"):
        yield Static(Content(done), classes="keys")
        yield Static(Content(what))
