"""Who is speaking: the speaker of a reported statement, where the article names one.

A pronoun ("katanya", "ia mengatakan") stands for the speaker of one of the sentences just before
it; where none is named, nobody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.sentences import sentences
from index.types import Article, Span
from qa.attributions import attributions
from qa.types import Quote

BACK = 3
"""How many sentences back a pronoun's speaker is looked for."""
ON = 4
"""How many sentences on the attribution of a long quotation is looked for."""
FAR = 2000
"""How far back, in code points."""

_OPEN, _CLOSE = "“«„", "”»"


def spoken(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes with their speakers, grown by a sentence where only that names the speaker.

    A quote never grows beyond its passage, nor into another quote.
    """
    found: list[Quote] = []
    for quote in quotes:
        speaker, span = speaker_of(quote.article, quote.span, quote.answer)
        others = [one for one in (*found, *quotes) if one.article.id == quote.article.id]
        if not _whole(quote, span) or any(
            one is not quote and one.span.start < span.end and span.start < one.span.end
            for one in others
        ):
            span = quote.span
        found.append(replace(quote, speaker=speaker, span=span))
    return tuple(found)


def _whole(quote: Quote, span: Span) -> bool:
    """Whether ``span`` is whole sentences of the passage that ``quote`` was taken from."""
    units = sentences(quote.article.text, quote.hit.passage.span)
    return span.start in {unit.start for unit in units} and span.end in {unit.end for unit in units}


def speaker_of(
    article: Article, span: Span, answer: Span | None = None
) -> tuple[Span | None, Span]:
    """The speaker of the sentence at ``span`` of an article, and the span that shows it.

    That span is ``span`` itself, or ``span`` and the sentence next to it. With ``answer``, of
    several speakers in a sentence the one who says this stretch.
    """
    text = article.text
    begin, end = text.rfind("\n\n", 0, span.start), text.find("\n\n", span.end)
    paragraph = Span(begin + 2 if begin >= 0 else 0, end if end >= 0 else len(text))
    around = sentences(text, paragraph)
    at = answer.start if answer else span.start
    own = attributions(text, span)
    said = next((one for one in own if one.scope.start <= at < one.scope.end), None)
    if said is None and own and answer is None:
        said = own[0]
    if said is not None:
        return said.speaker or _before(text, span.start), span
    if not _quoted(text, paragraph, span):
        return None, span
    following = [one for one in around if one.start >= span.end][:ON]
    preceding = [one for one in around if one.end <= span.start][-1:]
    for place, near in enumerate([*following, *preceding]):
        if not (own := attributions(text, near)):
            continue
        speaker = own[0].speaker or _before(text, near.start)
        adjoins = place == 0 or near in preceding
        grown = Span(min(span.start, near.start), max(span.end, near.end))
        return speaker, grown if adjoins and speaker else span
    return None, span


def _before(text: str, start: int) -> Span | None:
    """The speaker last named in the few sentences before ``start``."""
    for sentence in reversed(sentences(text, Span(max(0, start - FAR), start))[-BACK:]):
        named = [one.speaker for one in attributions(text, sentence) if one.speaker]
        if named:
            return named[-1]
    return None


def _quoted(text: str, paragraph: Span, span: Span) -> bool:
    """Whether the sentence at ``span`` begins inside quotation marks, or with one."""
    if text[span.start] in f'{_OPEN}"':
        return True
    before = text[paragraph.start : span.start]
    opened = max(before.rfind(mark) for mark in _OPEN)
    closed = max(before.rfind(mark) for mark in _CLOSE)
    return opened > closed or before.count('"') % 2 == 1
