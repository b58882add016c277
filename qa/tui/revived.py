"""Answers out of the history, made live again over the library that is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.types import Article, Hit, Passage, Span
from qa.types import Answer, Claim, Quote, Verdict

if TYPE_CHECKING:
    from index.retriever import Retriever

_GONE = (
    "Some of the quoted articles have since changed or left the library; "
    "their quotes stand as they were."
)


def revived(saved: Mapping[str, Any], retriever: Retriever | None) -> Answer:
    """The answer that ``Answer.to_dict()`` wrote as ``saved``.

    A quote whose article still says the same is a span of that article. Any other is a span of a
    stand-in that holds the quote alone, and a note says so.
    """
    quotes, gone = [], False
    for item in saved["quotes"]:
        article = _article(item, retriever)
        gone = gone or article is None
        quotes.append(_quote(item, article))
    return Answer(
        question=saved["question"],
        asked_as=saved["asked_as"],
        verdict=Verdict(saved["verdict"]),
        confidence=saved["confidence"],
        mode=saved["mode"],
        quotes=tuple(quotes),
        claims=tuple(map(_claim, saved["claims"])),
        hits=tuple(quote.hit for quote in quotes),
        seconds=saved["seconds"],
        notes=(*saved["notes"], _GONE) if gone else tuple(saved["notes"]),
    )


def _claim(item: Mapping[str, Any]) -> Claim:
    """The places of a claim are left out: an article may be a stand-in by now."""
    return Claim(
        item["value"],
        tuple(item["quotes"]),
        said_by=tuple(item.get("said_by", ())),
        sources=tuple(map(tuple, item.get("sources", ()))),
    )


def _article(item: Mapping[str, Any], retriever: Retriever | None) -> Article | None:
    """The article of the open library that still says what was quoted, if there is one."""
    if retriever is None:
        return None
    try:
        article = retriever.article(item["article"]["id"])
    except InputError:
        return None
    start, end = item["span"]
    return article if article.text[start:end] == item["text"] else None


def _quote(item: Mapping[str, Any], article: Article | None) -> Quote:
    start, end = item["span"]
    moved = 0 if article else start
    known = article or Article(text=item["text"], **item["article"])
    span = Span(start - moved, end - moved)
    hit = Hit(
        Passage(0, known, span, item["passage"]),
        rank=item["rank"],
        score=item["score"],
        lexical_rank=item["lexical_rank"],
        dense_rank=item["dense_rank"],
    )
    lit = tuple(Span(a - moved, b - moved) for a, b in item["highlights"])
    found = item.get("answer")
    answer = Span(found[0] - moved, found[1] - moved) if found else None
    said = item.get("speaker")
    speaker = Span(said[0] - moved, said[1] - moved) if said else None
    if speaker and not 0 <= speaker.start < speaker.end <= len(known.text):
        speaker = None  # named outside the quote, which is all that a stand-in holds
    return Quote(known, span, lit, hit, item["score"], answer, speaker)
