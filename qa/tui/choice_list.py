"""A list under a field that narrows it."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, OptionList


class ChoiceList(OptionList):
    """What is typed while the list has the focus goes to the field: nobody looks for it first."""

    def on_key(self, event: events.Key) -> None:
        """Take letters to the field; a space, with which nothing begins, stays with the list."""
        if event.character and event.is_printable and not event.character.isspace():
            event.stop()
            field = self.screen.query_one(Input)
            self.screen.set_focus(field)
            field.insert_text_at_cursor(event.character)
