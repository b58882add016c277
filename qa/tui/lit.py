"""Text from articles made fit for the screen: inert, never parsed as markup, with words lit."""

from __future__ import annotations

from textual.content import Content

from qa.render import Cited, safe

LIT = "bold underline"
"""How words that match or answer are shown: told apart without any colour."""


def quoted(cited: Cited) -> Content:
    """A quote with its words lit, in one flowing paragraph.

    No quotation marks are put around it: news is full of its own, and a reader could not tell
    which are the article's. That it is a quote is told by the bar beside it.
    """
    content = Content(safe(cited.text))
    for span in cited.lit:
        content = content.stylize(LIT, span.start, span.end)
    return content


def line(text: str | None) -> str:
    """``text`` on one line, inert."""
    return " ".join(safe(text or "").split())
