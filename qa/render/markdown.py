"""An answer as Markdown, for exports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from index.types import Span
from qa.render.claims import claims_words
from qa.render.inert import safe
from qa.render.words import (
    Cited,
    as_dict,
    citation,
    found_words,
    note_words,
    sure_words,
    verdict_words,
)
from qa.types import Answer

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_MARKUP = re.compile(r"^(\s*)(\d+(?=[.)])|[-+=])", re.MULTILINE)


def markdown_text(text: str) -> str:
    """``text`` so that Markdown shows it as it is: on one line, its markup escaped."""
    escaped = _MARKUP.sub(r"\\\1", safe(text))
    return _LINE_MARKUP.sub(lambda m: f"{m[1]}{_escaped_opening(m[2])}", escaped)


def answer_markdown(answer: Answer | Mapping[str, Any]) -> str:
    """One question and its answer: a heading, block quotes with lit words in bold, citations."""
    known = as_dict(answer)
    blocks = [f"## {markdown_text(known['question'])}"]
    if known["asked_as"] != known["question"]:
        blocks.append(f"*Taken as: {markdown_text(known['asked_as'])}*")
    if words := verdict_words(known["verdict"], known.get("notes", ())):
        blocks.append(words)
    if told := claims_words(known):
        lines = [f"**{told.heading}**\n"]
        for value, by in told.values:
            lines.append(f"- {markdown_text(value)}")
            lines += [f"  - {markdown_text(line)}" for line in by]
        blocks.append("\n".join(lines))
    for number, quote in enumerate(known["quotes"], start=1):
        cited = Cited.of(quote)
        blocks.append(f"> {_lit(safe(cited.text), cited.lit)}")
        blocks.append(markdown_text(citation(cited, number)))
    blocks += [f"*{markdown_text(note_words(note))}*" for note in known.get("notes", ())]
    sure = sure_words(known["verdict"], known["confidence"])
    found = found_words(known["verdict"], known["mode"], known.get("notes", ()))
    if closing := " · ".join(words for words in (sure, found) if words):
        blocks.append(f"*{closing}*")
    return "\n\n".join(blocks) + "\n"


def _lit(text: str, spans: Sequence[Span]) -> str:
    out, at = [], 0
    for start, end in spans:
        out += [_MARKUP.sub(r"\\\1", text[at:start]), f"**{markdown_text(text[start:end])}**"]
        at = end
    out.append(_MARKUP.sub(r"\\\1", text[at:]))
    return _LINE_MARKUP.sub(lambda m: f"{m[1]}{_escaped_opening(m[2])}", "".join(out))


def _escaped_opening(mark: str) -> str:
    """A list number or bullet at the start of a line, made ordinary text."""
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
