"""One article, scrolled to a quote: the quote marked in the margin, its words lit."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from index.types import Article, Span
from qa.render import safe, wrap
from qa.tui.lit import LIT, marked, selected

_MARGIN = "▌ "
_BLANK = "  "


class ArticleView(ScrollView, can_focus=True):
    """The whole text of an article, wrapped once for each width and drawn line by line.

    Positions on the screen are kept as code points of the shown text, so that a selection copies
    the article's own line breaks and not those of the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"article--quote", "article--lit", "article--margin"}

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.article: Article | None = None
        self._text = ""
        self._quote = Span(0, 0)
        self._highlights: tuple[Span, ...] = ()
        self._lines: list[Span] = []
        self._width = 0

    def show(self, article: Article | None, quote: Span, highlights: tuple[Span, ...] = ()) -> None:
        """Show ``article`` with ``quote`` in view; ``None`` empties the view."""
        self.article = article
        text = safe(article.text, lines=True) if article else ""
        self._quote, self._highlights = quote, highlights
        if text != self._text:
            self._text, self._width = text, 0
        self._lay_out()
        self.call_after_refresh(self.to_quote)

    def to_quote(self) -> None:
        """Scroll so that the quote stands in the upper part of the view."""
        rows = self.quote_rows
        if not rows:
            self.scroll_home(animate=False)
            return
        room = self.scrollable_content_region.height - len(rows)
        above = max(0, min(room // 3, 4))
        self.scroll_to(y=max(0, rows[0] - above), animate=False, force=True)

    @property
    def quote_rows(self) -> list[int]:
        """The rows of the wrapped text on which the quote stands, from 0."""
        return [row for row, span in enumerate(self._lines) if _meet(span, self._quote)]

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
        marked = _meet(span, self._quote)
        margin = Segment(
            _MARGIN if marked else _BLANK,
            self.get_component_rich_style("article--margin") if marked else base,
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
        quote = self.get_visual_style("article--quote", partial=True)
        content = marked(content, span, self._quote, quote)
        lit = self.get_visual_style("article--lit", partial=True)
        for highlight in self._highlights:
            content = marked(content, span, highlight, lit, LIT)
        return selected(self, content, span.start)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - len(_BLANK)
        if width <= 0:  # not on the screen yet; a resize will come
            return
        if width != self._width:
            self._width = width
            self._lines = wrap(self._text, width)
            self.virtual_size = Size(0, len(self._lines))
        self.refresh()


def _meet(one: Span, other: Span) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)
