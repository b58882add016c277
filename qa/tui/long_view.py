"""What the conversation and an article have in common: many rows, of which a few are seen."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class LongView(ScrollView):
    """A scroll view that grows and shrinks without the whole screen being laid out anew.

    Nothing but its scroll bar depends on how many rows it has, and a layout takes longer than
    drawing the rows.
    """

    virtual_size = Reactive(Size(0, 0))

    def watch_virtual_size(self, size: Size) -> None:
        """Let the scroll bar say how many rows there are; a layout comes only when it appears."""
        height = self.container_size.height
        always = self.styles.overflow_y == "scroll"
        self.show_vertical_scrollbar = always or size.height > height
        self.vertical_scrollbar.window_virtual_size = size.height
        self.vertical_scrollbar.window_size = height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
        self.refresh()
