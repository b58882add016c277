"""The wording of everything an answer says about itself: citations, confidence, verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.types import Span
from qa.render.inert import safe
from qa.types import Answer, Quote

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_CONFIDENCE = (
    (0.95, "almost certain"),
    (0.8, "very likely"),
    (0.6, "likely"),
    (0.4, "uncertain"),
    (0.0, "doubtful"),
)

_VERDICTS = {
    "answered": "",
    "related": "The articles mention this but do not answer it. The nearest they come:",
    "none": "The articles do not say.",
}

_MODES = {
    "hybrid": "words and meaning",
    "lexical": "words only",
    "dense": "meaning only",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote or a passage and where it stands, alive or out of a saved answer."""

    text: str
    lit: tuple[Span, ...]
    """The highlights: spans of ``text``."""
    article: str
    """The article's id."""
    title: str | None
    source: str | None
    published: str | None
    """``YYYY-MM-DD``."""
    passage: int
    """Which passage of the article, from 1."""
    lexical_rank: int | None
    dense_rank: int | None
    said_by: str | None = None
    """Who is speaking; ``None`` when the article names nobody."""

    @classmethod
    def of(cls, item: Quote | Mapping[str, Any]) -> Cited:
        """From a ``Quote``, or from the JSON object of a quote or of a hit."""
        if isinstance(item, Quote):
            article, hit = item.article, item.hit
            return cls(
                text=item.text,
                lit=_shifted(item.highlights, item.span.start),
                article=article.id,
                title=article.title,
                source=article.source,
                published=article.published,
                passage=hit.passage.ordinal,
                lexical_rank=hit.lexical_rank,
                dense_rank=hit.dense_rank,
                said_by=item.said_by,
            )
        known = item["article"]
        return cls(
            text=item["text"],
            lit=_shifted(item.get("highlights", ()), item["span"][0]),
            article=known["id"],
            title=known["title"],
            source=known["source"],
            published=known["published"],
            passage=item["passage"],
            lexical_rank=item["lexical_rank"],
            dense_rank=item["dense_rank"],
            said_by=item.get("said_by"),
        )

    def place(self) -> str:
        """Who says it and where: title, source, date, paragraph and id, as far as known."""
        parts = [
            self.said_by_words(),
            self.title or self.article,
            self.source or "",
            self.date_words(),
            f"paragraph {self.passage}",
            self.article if self.title else "",
        ]
        return safe(" · ".join(part for part in parts if part))

    def said_by_words(self) -> str:
        """Who is speaking, in words; empty when the article names nobody."""
        return f"according to {self.said_by}" if self.said_by else ""

    def date_words(self) -> str:
        """The date of the article in words; empty when unknown."""
        return date_words(self.published) if self.published else ""


def citation(item: Quote | Mapping[str, Any] | Cited, number: int) -> str:
    """One line that says where a quote stands: ``[1] Title · Source · date · paragraph 3 · id``."""
    cited = item if isinstance(item, Cited) else Cited.of(item)
    return f"[{number}] {cited.place()}"


def confidence_words(probability: float) -> str:
    """How sure an answer is, in words; ``probability`` is from 0 to 1."""
    return next((words for least, words in _CONFIDENCE if probability >= least), "doubtful")


def verdict_words(verdict: str, notes: Sequence[str] = ()) -> str:
    """What to say before the quotes; nothing when they answer the question.

    Nothing either when one of ``notes`` replies to small talk: no article was asked then.
    """
    return "" if _is_small_talk(notes) else _VERDICTS[verdict]


def sure_words(verdict: str, confidence: float) -> str:
    """How sure an answer is; nothing where there is none to be sure of."""
    return f"confidence: {confidence_words(confidence)}" if verdict == "answered" else ""


def found_words(verdict: str, mode: str, notes: Sequence[str] = ()) -> str:
    """Which arms found the passages, or searched for them in vain.

    Nothing when one of ``notes`` replies to small talk: nothing was searched then.
    """
    if _is_small_talk(notes):
        return ""
    return f"{'searched' if verdict == 'none' else 'found'} by {_MODES[mode]}"


def note_words(note: str) -> str:
    """A note on an answer, made inert; a reply to small talk stands as a sentence of its own."""
    words = safe(note)
    return f"{words[:1].upper()}{words[1:]}." if _is_small_talk([note]) else f"Note: {words}"


def why_words(lexical_rank: int | None, dense_rank: int | None) -> str:
    """Why a passage came up: its place in either arm."""
    parts = [
        f"same words (no. {lexical_rank})" if lexical_rank else "",
        f"same meaning (no. {dense_rank})" if dense_rank else "",
    ]
    return ", ".join(part for part in parts if part)


def date_words(day: str) -> str:
    """``2022-09-20`` as ``20 September 2022``; anything else as it is."""
    try:
        known = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{known.day} {_MONTHS[known.month - 1]} {known.year}"


def as_dict(answer: Answer | Mapping[str, Any]) -> Mapping[str, Any]:
    """The JSON object of an answer, which is also the form in which saved ones come."""
    return answer.to_dict() if isinstance(answer, Answer) else answer


def _is_small_talk(notes: Sequence[str]) -> bool:
    from qa.smalltalk import REPLIES

    return bool(REPLIES.intersection(notes))


def _shifted(spans: Any, start: int) -> tuple[Span, ...]:
    return tuple(Span(a - start, b - start) for a, b in spans)
