"""Text made fit for the screen: inert, never parsed as markup, with words lit and selected."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from index.types import Span
from qa.render import safe

LIT = "bold underline"
"""How words that match the question are shown: told apart without any colour."""
ANSWER = "bold underline reverse"
"""How the words that answer are shown."""


def line(text: str | None) -> str:
    """``text`` on one line, inert."""
    return " ".join(safe(text or "").split())


def marked(content: Content, row: Span, mark: Span, *styles: str | Style) -> Content:
    """``content``, the stretch ``row`` of a text, with what ``mark`` covers of it in ``styles``."""
    start, end = max(mark.start, row.start), min(mark.end, row.end)
    if start < end:
        for style in styles:
            content = content.stylize(style, start - row.start, end - row.start)
    return content


def selected(widget: Widget, content: Content, start: int) -> Content:
    """``content`` with what is selected in it marked.

    It stands at code point ``start`` of the text of ``widget``, whose offsets on the screen are
    code points of that text, all on line 0.
    """
    selection = widget.text_selection
    bounds = selection.get_span(0) if selection is not None else None
    if bounds is None:
        return content
    row = Span(start, start + len(content))
    mark = Span(bounds[0], row.end if bounds[1] == -1 else bounds[1])
    styles = [widget.screen.get_visual_style("screen--selection")]
    return marked(content, row, mark, *styles, *["reverse"] * widget.app.no_color)
