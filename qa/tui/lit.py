"""Text from articles made fit for the screen: inert, never parsed as markup, with words lit."""

from __future__ import annotations

from textual.content import Content

from qa.render import Cited, safe

LIT = "bold underline"
"""How words that match or answer are shown: told apart without any colour."""


def quoted(cited: Cited) -> Content:
    """A quote between quotation marks, its words lit, in one flowing paragraph."""
    content = Content(safe(cited.text))
    for span in cited.lit:
        content = content.stylize(LIT, span.start, span.end)
    return Content.assemble("“", content, "”")


def line(text: str | None) -> str:
    """``text`` on one line, inert."""
    return " ".join(safe(text or "").split())
