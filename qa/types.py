"""The answer, as one plain value that the screen, the command line and the benchmark all read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from index.types import Article, Hit, Mode, Span

SCHEMA = 1
"""Version of ``Answer.to_dict()``; raised when a field changes meaning or goes away."""


class Verdict(StrEnum):
    """What the articles have to say to a question."""

    ANSWERED = "answered"
    RELATED = "related"
    """The articles mention the matter but do not answer the question."""
    NONE = "none"
    """The articles do not say."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article, word for word."""

    article: Article
    span: Span
    highlights: tuple[Span, ...]
    """The words that match the question or answer it: spans of ``article.text`` inside ``span``,
    in order, not overlapping."""
    hit: Hit
    """The passage it was taken from, and how that passage was found."""
    score: float
    """Orders the quotes of one answer, highest first."""
    answer: Span | None = None
    """The shortest stretch that answers, of ``article.text`` inside ``span``; ``None`` when none
    stands out."""
    speaker: Span | None = None
    """Who says it, where it is a reported statement: a name in ``article.text``, which may lie
    outside ``span``; ``None`` when the article names nobody."""

    @property
    def text(self) -> str:
        """The quote. Derived, never stored, so that it cannot differ from the article."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def said_by(self) -> str | None:
        """The speaker's name, word for word; ``None`` without a speaker."""
        return self.article.text[slice(*self.speaker)] if self.speaker else None


@dataclass(frozen=True, slots=True)
class Claim:
    """One asserted value ("772", "September 2022") and the quotes that assert it."""

    value: str
    quotes: tuple[int, ...]
    """Positions in ``Answer.quotes``, from 0; those of the newest articles first, of articles
    without a date last."""
    places: tuple[Span, ...] = ()
    """Where each of ``quotes`` asserts it, in the text of its article."""
    said_by: tuple[str | None, ...] = ()
    """Who each of ``quotes`` says it is that asserts it; ``None`` where it names nobody."""
    sources: tuple[tuple[int, ...], ...] = ()
    """``quotes`` by independent source: an article and its reprints are one source."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question. "No answer" is such a value too, never an exception."""

    question: str
    """As the person typed it."""
    asked_as: str
    """As it was searched: what a follow-up left out is filled in; else the same as ``question``."""
    verdict: Verdict
    confidence: float
    """0 to 1: how likely the first quote answers the question."""
    mode: Mode
    """Which arms really ran."""
    quotes: tuple[Quote, ...]
    """Best first; empty unless the verdict is ``ANSWERED`` or ``RELATED``."""
    claims: tuple[Claim, ...]
    """What the quotes assert, to a question for a person, a time, a place or a number; the newest
    first. Empty when nothing that can be compared is asserted."""
    hits: tuple[Hit, ...]
    """The passages considered, best first."""
    seconds: float
    """Wall-clock time from question to answer."""
    notes: tuple[str, ...] = ()
    """What the reader should know about this answer, e.g. that one arm was missing."""

    @property
    def differ(self) -> bool:
        """Whether the quotes assert different values."""
        return len(self.claims) > 1

    def to_dict(self, id: str | None = None) -> dict[str, Any]:  # noqa: A002 - the JSON field
        """The JSON object of schema 1 (documented in the README). ``id`` is the caller's own."""
        return {
            "schema": SCHEMA,
            "id": id,
            "question": self.question,
            "asked_as": self.asked_as,
            "verdict": self.verdict.value,
            "confidence": round(self.confidence, 4),
            "mode": self.mode,
            "quotes": [
                {
                    "text": quote.text,
                    **_place(quote.article, quote.span, quote.hit.passage.ordinal),
                    "highlights": [list(span) for span in quote.highlights],
                    "answer": list(quote.answer) if quote.answer else None,
                    "speaker": list(quote.speaker) if quote.speaker else None,
                    "said_by": quote.said_by,
                    "rank": quote.hit.rank,
                    "score": round(quote.score, 6),
                    "lexical_rank": quote.hit.lexical_rank,
                    "dense_rank": quote.hit.dense_rank,
                }
                for quote in self.quotes
            ],
            "claims": [
                {
                    "value": claim.value,
                    "quotes": list(claim.quotes),
                    "places": [list(place) for place in claim.places],
                    "said_by": list(claim.said_by),
                    "sources": [list(source) for source in claim.sources],
                }
                for claim in self.claims
            ],
            "hits": [hit_dict(hit) for hit in self.hits],
            "notes": list(self.notes),
            "seconds": round(self.seconds, 4),
        }


def hit_dict(hit: Hit) -> dict[str, Any]:
    """One passage of a ranking, as it stands in the JSON of an answer and of ``qa search``."""
    return {
        "text": hit.passage.text,
        **_place(hit.passage.article, hit.passage.span, hit.passage.ordinal),
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "lexical_rank": hit.lexical_rank,
        "dense_rank": hit.dense_rank,
    }


def _place(article: Article, span: Span, ordinal: int) -> dict[str, Any]:
    return {
        "article": {
            "id": article.id,
            "title": article.title,
            "source": article.source,
            "published": article.published,
            "lang": article.lang,
            "path": article.path,
            "sha256": article.sha256,
        },
        "span": list(span),
        "passage": ordinal,
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation."""

    question: str
    answer: Answer | None = None
    """``None`` when only the question is known, as in a batch file."""
