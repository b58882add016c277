"""How an answer is worded: once, for the command line, the chat, exports and the tests alike.

Names are imported when they are first used: a command that words no answer pays for none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.render.claims import claims_words as claims_words
    from qa.render.inert import json_text as json_text
    from qa.render.inert import safe as safe
    from qa.render.markdown import answer_markdown as answer_markdown
    from qa.render.markdown import markdown_text as markdown_text
    from qa.render.progress import progress_words as progress_words
    from qa.render.text import Style as Style
    from qa.render.text import answer_text as answer_text
    from qa.render.text import hits_text as hits_text
    from qa.render.words import Cited as Cited
    from qa.render.words import citation as citation
    from qa.render.words import confidence_words as confidence_words
    from qa.render.words import date_words as date_words
    from qa.render.words import found_words as found_words
    from qa.render.words import sure_words as sure_words
    from qa.render.words import verdict_words as verdict_words
    from qa.render.words import why_words as why_words
    from qa.render.wrapping import fill as fill
    from qa.render.wrapping import wrap as wrap

_HOME = {
    **dict.fromkeys(("answer_markdown", "markdown_text"), "markdown"),
    **dict.fromkeys(("claims_words",), "claims"),
    **dict.fromkeys(("json_text", "safe"), "inert"),
    **dict.fromkeys(("Style", "answer_text", "hits_text"), "text"),
    **dict.fromkeys(("Cited", "citation", "confidence_words", "date_words"), "words"),
    **dict.fromkeys(("found_words", "sure_words", "verdict_words", "why_words"), "words"),
    "progress_words": "progress",
    **dict.fromkeys(("fill", "wrap"), "wrapping"),
}

__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"qa.render.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
