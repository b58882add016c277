"""Answers out of the history, made live again over the library that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    A quote or passage whose article still says the same is a span of that article. Any other is a
    span of a stand-in that holds it alone; for quotes a note says so.
    """
    ids = {item["article"]["id"] for item in (*saved["quotes"], *saved["hits"])}
    articles = {id_: _article(id_, retriever) for id_ in ids}
    hits = tuple(_hit(item, articles) for item in saved["hits"])
    quotes = tuple(_quote(item, articles, hits) for item in saved["quotes"])
    gone = any(quote.article is not articles[quote.article.id] for quote in quotes)
    return Answer(
        question=saved["question"],
        asked_as=saved["asked_as"],
        verdict=Verdict(saved["verdict"]),
        confidence=saved["confidence"],
        mode=saved["mode"],
        quotes=quotes,
        claims=tuple(map(_claim, saved["claims"])),
        hits=hits,
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


def _article(id_: str, retriever: Retriever | None) -> Article | None:
    """The article of the open library with an id, if there is one."""
    try:
        return retriever.article(id_) if retriever is not None else None
    except InputError:
        return None


def _standing(
    item: Mapping[str, Any], articles: Mapping[str, Article | None]
) -> tuple[Article, int]:
    """The article of a quote or passage, and how far it has moved to the left in it."""
    article, (start, end) = articles[item["article"]["id"]], item["span"]
    if article is not None and article.text[start:end] == item["text"]:
        return article, 0
    return Article(text=item["text"], **item["article"]), start


def _hit(item: Mapping[str, Any], articles: Mapping[str, Article | None]) -> Hit:
    article, moved = _standing(item, articles)
    start, end = item["span"]
    # Its row in the library may be another one by now: its rank tells it from the others as well.
    passage = Passage(item["rank"], article, Span(start - moved, end - moved), item["passage"])
    return Hit(
        passage,
        rank=item["rank"],
        score=item["score"],
        lexical_rank=item["lexical_rank"],
        dense_rank=item["dense_rank"],
    )


def _quote(
    item: Mapping[str, Any], articles: Mapping[str, Article | None], hits: Sequence[Hit]
) -> Quote:
    known, moved = _standing(item, articles)
    start, end = item["span"]
    span = Span(start - moved, end - moved)
    hit = next((hit for hit in hits if hit.rank == item["rank"]), None) or _hit(item, articles)
    lit = tuple(Span(a - moved, b - moved) for a, b in item["highlights"])
    found = item.get("answer")
    answer = Span(found[0] - moved, found[1] - moved) if found else None
    said = item.get("speaker")
    speaker = Span(said[0] - moved, said[1] - moved) if said else None
    if speaker and not 0 <= speaker.start < speaker.end <= len(known.text):
        speaker = None  # named outside the quote, which is all that a stand-in holds
    return Quote(known, span, lit, hit, item["score"], answer, speaker)
