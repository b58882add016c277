"""Starts a question file: picks passages of a library and leaves the questions blank."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from pathlib import Path
from typing import NamedTuple

from eval.source import Source
from eval.stored import stored
from index.errors import InputError
from index.passages import passages
from index.types import Article, Span

MIN_CHARS = 60
"""A shorter passage is hardly worth a question."""


class Pick(NamedTuple):
    """A passage to ask about."""

    article: str
    """Article id."""
    text: str
    span: Span


def pick(articles: Iterable[Article], count: int, seed: int = 0) -> list[Pick]:
    """At most ``count`` passages, from as many articles as there are, in the order of the articles.

    The same articles, count and seed give the same passages; the articles are read once, and no
    more than ``count`` of them are held.
    """
    fit = ((_order(seed, one.id), one.id, one) for one in articles if _spans(one))
    chosen = [article for _, _, article in nsmallest(count, fit, key=lambda item: item[:2])]
    queues = [_shuffled(article, seed) for article in chosen]
    picked: list[Pick] = []
    while queues and len(picked) < count:  # a passage of each article before a second of any
        for queue in list(queues):
            span_of = next(queue, None)
            if span_of is None:
                queues.remove(queue)
            elif len(picked) < count:
                picked.append(span_of)
    return sorted(picked, key=lambda one: (one.article, one.span))


def make(source: Source, paths: Sequence[Path], out: Path, count: int, seed: int = 0) -> list[Pick]:
    """Write a question file with ``count`` blank questions about the articles of ``source``.

    ``paths`` is what its first row names, made relative to ``out``. Raises ``InputError`` when
    the file is there already, or there is no passage to ask about.
    """
    with stored(source) as articles:
        picked = pick(articles.articles, count, seed)
    if not picked:
        raise InputError(f"no passage of {MIN_CHARS} characters or more to ask about")
    rows: list[dict[str, object]] = [{"articles": [_relative(path, out) for path in paths]}]
    for number, one in enumerate(picked, start=1):
        gold = {"answer": "", "article": one.article, "text": one.text, "span": list(one.span)}
        rows.append({"id": f"q{number:02}", "question": "", "gold": [gold]})
    try:
        with out.open("x", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except FileExistsError:
        raise InputError(f"{out} is there already; name another file with --out") from None
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror or error})") from None
    return picked


def _shuffled(article: Article, seed: int) -> Iterator[Pick]:
    spans = _spans(article)
    random.Random(_order(seed, article.id)).shuffle(spans)
    for span in spans:
        yield Pick(article.id, article.text[span.start : span.end], span)


def _spans(article: Article) -> list[Span]:
    return [span for span in passages(article.text) if span.end - span.start >= MIN_CHARS]


def _order(seed: int, name: str) -> str:
    return hashlib.sha256(f"{seed} {name}".encode()).hexdigest()


def _relative(path: Path, out: Path) -> str:
    try:
        return Path(os.path.relpath(path.expanduser(), out.parent)).as_posix()
    except ValueError:  # on another drive
        return path.absolute().as_posix()
