"""Draws the rows of cards: a margin that says what a row is, then its text with the lit words."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from index.types import Span
from qa.tui.blocks import Block
from qa.tui.card import AnswerCard, Row
from qa.tui.lit import ANSWER, LIT, marked, selected

LOOKS = frozenset(
    f"card--{name}"
    for name in (
        *("question", "aside", "verdict", "quote", "failed"),  # what a block wears
        *("lit", "answer", "bar", "chosen"),
    )
)
"""Component classes of the widget that draws cards."""

_MARGINS = {"question": ("❯ ", "  "), "": ("  ", "  ")}
_BAR, _CHOSEN = "│ ", "▌ "


def draw_row(widget: Widget, card: AnswerCard, row: Row, start: int) -> Strip:
    """One row of ``card``, which begins at code point ``start`` of all that ``widget`` shows."""
    if row.block < 0:
        return Strip([])
    block = card.blocks[row.block]
    content = Content(block.text[row.span.start : row.span.end])
    for span in block.lit:
        lit = widget.get_visual_style("card--lit", partial=True)
        content = marked(content, row.span, span, LIT, lit)
    if block.answer is not None:
        found = widget.get_visual_style("card--answer", partial=True)
        content = marked(content, row.span, block.answer, ANSWER, found)
    content = marked(content, row.span, Span(0, block.strong), "bold")
    content = selected(widget, content, start)
    base = widget.get_visual_style(f"card--{block.look}")
    body = Strip(content.render_segments(base)).apply_offsets(start, 0)
    return Strip([_margin(widget, card, row, block), *body])


def _margin(widget: Widget, card: AnswerCard, row: Row, block: Block) -> Segment:
    if block.leads_to is not None and block.leads_to == card.chosen:
        return Segment(_CHOSEN, widget.get_visual_style("card--chosen").rich_style)
    if block.quote is None:
        first, rest = _MARGINS.get(block.look, _MARGINS[""])
        style = widget.get_visual_style(f"card--{block.look}").rich_style
        return Segment(first if row.first else rest, style)
    chosen = block.quote == card.chosen
    style = widget.get_visual_style("card--chosen" if chosen else "card--bar").rich_style
    return Segment(_CHOSEN if chosen else _BAR, style)
