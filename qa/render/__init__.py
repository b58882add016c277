"""How an answer is worded: once, for the command line, the chat, exports and the tests alike."""

from qa.render.markdown import answer_markdown, markdown_text
from qa.render.safe import json_text, safe
from qa.render.text import Style, answer_text, hits_text
from qa.render.words import (
    Cited,
    citation,
    confidence_words,
    date_words,
    mode_words,
    verdict_words,
    why_words,
)
from qa.render.wrap import fill, wrap

__all__ = [
    "Cited",
    "Style",
    "answer_markdown",
    "answer_text",
    "citation",
    "confidence_words",
    "date_words",
    "fill",
    "hits_text",
    "json_text",
    "markdown_text",
    "mode_words",
    "safe",
    "verdict_words",
    "why_words",
    "wrap",
]
