"""The articles of a set indexed as their pages were, web clutter included.

Characters are tidied and wrapped lines joined as always, and what cleaning learnt of an article
(title, source, date) stays known; but nothing is taken out. The gold is moved to where it stands
then. Nobody judged what cleaning takes out, so an answer found there counts as wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from eval.bench import Bench
from eval.placing import place, place_answers
from eval.questions import Gold, Question
from eval.stored import lookup
from index import store
from index.build import Content, write_snapshot
from index.cleaning import clean
from index.cleaning.lines import split_lines
from index.errors import InputError
from index.retriever import Retriever
from index.types import GIVEN, Article, Encoder, Span
from index.vectors import EncoderChoice

_BLANK = "\n\n"


@dataclass(frozen=True, slots=True)
class Page:
    """An article with everything that stood around it."""

    article: Article
    moves: tuple[tuple[int, int], ...]
    """Where each paragraph of the cleaned text begins there and here, by place."""

    def moved(self, span: Span) -> Span:
        """Where a span of the cleaned text stands; over what was removed within it, too."""
        return Span(self._here(span.start), self._here(span.end - 1) + 1)

    def text(self, span: Span) -> str:
        """What stands at a span of ``article``."""
        return self.article.text[span.start : span.end]

    def _here(self, place: int) -> int:
        there, here = self.moves[bisect_right(self.moves, (place, len(self.article.text))) - 1]
        return here + place - there


@lru_cache(maxsize=1)
def uncleaned(bench: Bench) -> Bench:
    """The set over a library of the same articles with nothing taken out.

    ``InputError`` where the plain text that an article was made from is not at hand.
    """
    if bench.source.library is not None:
        raise InputError(
            "without cleaning: a library holds cleaned articles only; name the files they came from"
        )
    pages = {
        article.id: page(article, bench.source.raw(article)) for article in bench.retriever.articles
    }
    articles = [one.article for one in pages.values()]
    path = Path(bench.retriever.info.path).with_name("uncleaned")
    _write(path, articles, bench.encoder)
    retriever = Retriever.open(path, encoder=bench.encoder)
    find = lookup(bench.retriever)
    judged = [_moved(place(question, find), pages) for question in bench.source.questions]
    return replace(bench, questions=place_answers(judged, articles), retriever=retriever)


def page(article: Article, raw: str | None) -> Page:
    """The article as its page was; ``raw`` is the plain text that it was made from.

    ``InputError`` when that is not known, or is not what the article was made from.
    """
    cleaned = None if raw is None else clean(raw, title=article.title)
    if raw is None or cleaned is None or cleaned.text != article.text:
        raise InputError(
            f"without cleaning: {article.id} was not read from plain text; leave the system out"
        )
    kept = zip(cleaned.lines, cleaned.text.split(_BLANK), strict=True)
    number, paragraph = next(kept, (0, ""))
    texts, moves, there, here = [], [], 0, 0
    for line in split_lines(raw):
        if not line.text:
            continue
        if line.number == number and line.text.startswith(paragraph):
            moves.append((there, here))
            there += len(paragraph) + len(_BLANK)
            number, paragraph = next(kept, (0, ""))
        texts.append(line.text)
        here += len(line.text) + len(_BLANK)
    return Page(replace(article, text=_BLANK.join(texts)), tuple(moves))


def _moved(question: Question, pages: Mapping[str, Page]) -> Question:
    return replace(question, gold=tuple(_gold(gold, pages) for gold in question.gold))


def _gold(gold: Gold, pages: Mapping[str, Page]) -> Gold:
    if gold.span is None:
        return gold
    there = pages[gold.article]
    if not gold.text:
        return replace(gold, span=Span(0, len(there.article.text)))
    span, place = there.moved(gold.span), gold.place
    answer = there.text(there.moved(place)) if place else ""
    return replace(gold, text=there.text(span), answer=answer, span=span)


def _write(path: Path, articles: Iterable[Article], encoder: Encoder | None) -> None:
    content = Content(
        list(articles),
        {"roots": [], "files": {}},
        EncoderChoice(None if encoder is None else GIVEN, encoder),
    )
    with store.lock(path), store.new_snapshot(path) as directory:
        store.commit(directory, write_snapshot(directory, content, None, lambda _: None))
