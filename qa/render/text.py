"""An answer as text for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from index.types import Span
from qa.render.claims import Assertions, claims_words
from qa.render.inert import safe
from qa.render.words import (
    Cited,
    as_dict,
    citation,
    found_words,
    note_words,
    sure_words,
    verdict_words,
    why_words,
)
from qa.render.wrapping import fill, wrap
from qa.types import Answer

Style: TypeAlias = Literal["plain", "ansi"]
"""``plain`` has no escape sequence at all; ``ansi`` makes the lit words bold and underlined."""

_OPENING = frozenset("“\"„«‘'")
_LIT, _UNLIT = "\x1b[1;4m", "\x1b[22;24m"
_DIM, _UNDIM = "\x1b[2m", "\x1b[22m"
_BOLD, _UNBOLD = "\x1b[1m", "\x1b[22m"


def answer_text(answer: Answer | Mapping[str, Any], width: int = 80, style: Style = "plain") -> str:
    """The whole answer, wrapped to ``width`` cells, ending in a newline.

    Takes an ``Answer`` or the JSON object of one. Quotes are word for word but for
    what ``safe`` replaces; they stand in quotation marks, unless they begin with one, and every
    line of them is indented.
    """
    known = as_dict(answer)
    blocks = []
    if known["asked_as"] != known["question"]:
        blocks.append(fill(f"taken as: {safe(known['asked_as'])}", width))
    if words := verdict_words(known["verdict"], known.get("notes", ())):
        blocks.append(_marked(fill(words, width), _BOLD, _UNBOLD, style))
    if told := claims_words(known):
        blocks.append(_claims(told, width, style))
    for number, quote in enumerate(known["quotes"], start=1):
        blocks.append(_quote(Cited.of(quote), number, width, style))
    blocks += [fill(note_words(note), width) for note in known.get("notes", ())]
    if words := _footer(known):
        blocks.append(_marked(fill(words, width), _DIM, _UNDIM, style))
    return "\n\n".join(blocks) + "\n"


def hits_text(hits: Sequence[Mapping[str, Any]], width: int = 80, style: Style = "plain") -> str:
    """A ranking of passages (``qa.types.hit_dict``), each with its place and why it came up."""
    blocks = []
    for hit in hits:
        cited = Cited.of(hit)
        why = why_words(cited.lexical_rank, cited.dense_rank)
        head = _marked(
            fill(citation(cited, hit["rank"]), width, rest="    "), _BOLD, _UNBOLD, style
        )
        body = fill(safe(cited.text), width, first="    ")
        foot = _marked(fill(why, width, first="    "), _DIM, _UNDIM, style)
        blocks.append("\n".join((head, body, foot)))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _quote(cited: Cited, number: int, width: int, style: Style) -> str:
    text, lit = safe(cited.text), list(cited.lit)
    if text[:1] not in _OPENING:  # a quote of speech brings its own marks
        text = f"“{text}”"
        lit = [Span(start + 1, end + 1) for start, end in lit]
    lines = ["    " + _light(text, line, lit, style) for line in wrap(text, width - 4)]
    place = _marked(fill(citation(cited, number), width, rest="    "), _DIM, _UNDIM, style)
    return "\n".join((*lines, place))


def _light(text: str, line: Span, lit: Sequence[Span], style: Style) -> str:
    """One line of ``text`` with the lit spans in it marked."""
    out, at = [], line.start
    for start, end in lit:
        start, end = max(start, at), min(end, line.end)  # noqa: PLW2901 - cut to the line
        if start < end:
            out += [text[at:start], _marked(text[start:end], _LIT, _UNLIT, style)]
            at = end
    return "".join((*out, text[at : line.end]))


def _marked(text: str, on: str, off: str, style: Style) -> str:
    """Every line of ``text`` between two escape sequences, so that no pager loses its place."""
    if style == "plain" or not text:
        return text
    return "\n".join(f"{on}{line}{off}" for line in text.split("\n"))


def _claims(told: Assertions, width: int, style: Style) -> str:
    lines = [_marked(fill(told.heading, width), _BOLD, _UNBOLD, style)]
    for value, by in told.values:
        lines.append(fill(value, width, first="  "))
        lines += [
            _marked(fill(line, width, first="    ", rest="        "), _DIM, _UNDIM, style)
            for line in by
        ]
    return "\n".join(lines)


def _footer(known: Mapping[str, Any]) -> str:
    """How sure the answer is and how it was found; nothing where nothing was searched."""
    found = found_words(known["verdict"], known["mode"], known.get("notes", ()))
    parts = (sure_words(known["verdict"], known["confidence"]), found, f"{known['seconds']:.2f} s")
    return " · ".join(part for part in parts if part) if found else ""
