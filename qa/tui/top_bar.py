"""The line at the top: what is open, and how it is being searched."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from index.types import Filters
from qa.tui.lit import line

if TYPE_CHECKING:
    from index.retriever import Retriever

_QUIET_SECONDS = 2.0
"""Opening that takes no longer than this is not counted aloud."""


class TopBar(Horizontal):
    """Two texts on one line; the left one gives way."""

    def __init__(self, title: str) -> None:
        """``title`` says what is being opened."""
        super().__init__()
        self._title = line(title) or "the library"
        self._began = monotonic()

    def compose(self) -> ComposeResult:
        """Left: the library. Right: how questions are answered now."""
        yield Static(self._headed(f"opening {self._title} …"), id="open")
        yield Static(Content(""), id="mode")

    async def on_click(self) -> None:
        """Open the library."""
        await self.app.run_action("screen.filter")

    def on_mount(self) -> None:
        """Count the seconds until the library is open."""
        self._clock = self.set_interval(1, self._tick)

    def show(
        self, retriever: Retriever | None, filters: Filters | None, *, warmed: bool, failed: bool
    ) -> None:
        """Say which articles are open, which of them are asked, and how."""
        if retriever is None and not failed:
            return
        self._clock.stop()
        if retriever is None:
            opened, mode = "no library is open", ""
        else:
            number = len(retriever.articles)
            opened = "1 article" if number == 1 else f"{number:,} articles"
            if filters and filters.articles:
                opened = f"asking {len(filters.articles):,} of {opened}"
            mode = _mode(retriever, warmed)
        self.query_one("#open", Static).update(self._headed(opened))
        self.query_one("#mode", Static).update(Content(mode))

    def _tick(self) -> None:
        seconds = monotonic() - self._began
        if seconds > _QUIET_SECONDS:
            words = f"opening {self._title} … {seconds:.0f} s"
            self.query_one("#open", Static).update(self._headed(words))

    @staticmethod
    def _headed(words: str) -> Content:
        return Content.assemble(("Kutip", "bold"), f"  {words}")


def _mode(retriever: Retriever, warmed: bool) -> str:
    if not warmed:
        return "by words; meaning is loading …"
    if retriever.mode == "lexical":
        return "by words only"
    return "by words and meaning"
