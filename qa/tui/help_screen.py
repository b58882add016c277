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
            for heading, owner in self._groups.items():
                yield Static(Content(heading), classes="heading")
                for binding in keys.bindings(owner):
                    if binding.tooltip:
                        pressed = ", ".join(keys.names(binding, self._keymap))
                        with Horizontal(classes="row"):
                            yield Static(Content(pressed), classes="keys")
                            yield Static(Content(str(binding.tooltip)))
            yield Static(
                Content("Keys can be changed in the configuration file, under [keys]."),
                classes="lead",
            )
