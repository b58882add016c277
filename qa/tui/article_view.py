"""One article, scrolled to a quote: the quote marked in the margin, its words lit."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from index.types import Article, Span
from qa.render import safe, wrap
from qa.tui.finding import Found
from qa.tui.lit import ANSWER, LIT, marked, selected
from qa.tui.long_view import LongView
from qa.tui.threads import start
from qa.types import Quote

_MARGIN = "▌ "
_BLANK = "  "
_NOWHERE = Span(0, 0)
_LONG = 60_000
"""Code points from which on wrapping takes so long that it is left to a thread."""


class ArticleView(LongView, can_focus=True):
    """The whole text of an article, wrapped once for each width and drawn line by line.

    Positions on the screen are kept as code points of the shown text, so that a selection copies
    the article's own line breaks and not those of the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--quote",
        "article--lit",
        "article--answer",
        "article--found",
        "article--margin",
    }

    class LaidOut(Message):
        """A thread has wrapped a long article."""

        def __init__(self, text: str, width: int, lines: list[Span]) -> None:
            super().__init__()
            self.text = text
            self.width = width
            self.lines = lines

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.article: Article | None = None
        self.found = Found()
        """Where the words that are looked for stand."""
        self._text = ""
        self._quote: Quote | None = None
        self._lines: list[Span] = []
        self._starts: list[int] = []
        """Where each line begins, in code points."""
        self._width = 0

    def show(self, quote: Quote | None) -> None:
        """Show the article of ``quote`` with the quote in view; ``None`` empties the view."""
        article = quote.article if quote is not None else None
        self._quote = quote
        if article is not self.article:
            self.article = article
            self._text = safe(article.text, lines=True) if article else ""
            self._width = 0
            self.found = Found()
        self._lay_out()
        self.call_after_refresh(self.to_quote)

    def to_quote(self) -> None:
        """Scroll so that the quote stands in the upper part of the view."""
        self._to_rows(self.quote_rows)

    def find(self, words: str) -> None:
        """Mark every place where ``words`` stand and go to the first of them on from the top."""
        self.found = Found.all(self._text, words)
        top = self._lines[self.scroll_offset.y].start if self._lines else 0
        self.found.begin(top)
        self._to_found()

    def step(self, step: int) -> None:
        """Go to the next or previous of the places, round and round."""
        self.found.step(step)
        self._to_found()

    @property
    def quote_rows(self) -> range:
        """The rows of the wrapped text on which the quote stands, from 0."""
        return self._rows_of(self._quote.span if self._quote is not None else _NOWHERE)

    @on(LaidOut)
    def _laid_out(self, event: LaidOut) -> None:
        if (event.text, event.width) == (self._text, self._width):
            self._take(event.lines)
            self.to_quote()

    def on_resize(self) -> None:
        """Wrap anew and keep the quote in view."""
        before = self._width
        self._lay_out()
        if self._width != before:
            self.call_after_refresh(self.to_quote)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        row = y + self.scroll_offset.y
        base = self.visual_style.rich_style
        if row >= len(self._lines):
            return Strip.blank(self.size.width, base)
        span = self._lines[row]
        quoted = row in self.quote_rows
        margin = Segment(
            _MARGIN if quoted else _BLANK,
            self.get_component_rich_style("article--margin") if quoted else base,
        )
        body = Strip(self._styled(span).render_segments(self.visual_style))
        width = self.scrollable_content_region.width - len(_BLANK)
        strip = body.adjust_cell_length(width, base).apply_offsets(span.start, 0)
        return Strip([margin, *strip])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, with the article's own line breaks."""
        bounds = selection.get_span(0)
        if bounds is None:
            return None
        start, end = bounds
        return self._text[start : None if end == -1 else end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _styled(self, span: Span) -> Content:
        content = Content(self._text[span.start : span.end])
        if self._quote is not None:
            quote = self.get_visual_style("article--quote", partial=True)
            content = marked(content, span, self._quote.span, quote)
            lit = self.get_visual_style("article--lit", partial=True)
            for highlight in self._quote.highlights:
                content = marked(content, span, highlight, lit, LIT)
            if self._quote.answer is not None:
                answer = self.get_visual_style("article--answer", partial=True)
                content = marked(content, span, self._quote.answer, answer, ANSWER)
        found = self.get_visual_style("article--found", partial=True)
        for place, here in self.found.within(span):
            content = marked(content, span, place, found, ANSWER if here else LIT)
        return selected(self, content, span.start)

    def _to_found(self) -> None:
        if self.found.here is not None:
            self._to_rows(self._rows_of(self.found.here))
        self.refresh()

    def _to_rows(self, rows: range) -> None:
        if not rows:
            self.scroll_home(animate=False)
            return
        room = self.scrollable_content_region.height - len(rows)
        above = max(0, min(room // 3, 4))
        self.scroll_to(y=max(0, rows[0] - above), animate=False, force=True)

    def _rows_of(self, span: Span) -> range:
        if span.start >= span.end or not self._lines:
            return range(0)
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_right(self._starts, span.end - 1)
        return range(first, last)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - len(_BLANK)
        if width <= 0:  # not on the screen yet; a resize will come
            return
        if width != self._width:
            self._width = width
            if len(self._text) <= _LONG:
                self._take(wrap(self._text, width))
            else:
                self._take([])
                start(partial(self._wrap, self._text, width))
        self.refresh()

    def _wrap(self, text: str, width: int) -> None:
        """Runs on a thread of its own."""
        self.post_message(self.LaidOut(text, width, wrap(text, width)))

    def _take(self, lines: list[Span]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]
        self.virtual_size = Size(0, len(lines))
        self.refresh()
