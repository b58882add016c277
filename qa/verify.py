"""Checks a saved answer against the articles: is every quote still word for word there?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.passages import passages
from index.sentences import sentences
from index.types import Article, Span
from qa.types import SCHEMA

if TYPE_CHECKING:
    from index.retriever import Retriever

_STATED = ("title", "source", "published", "lang")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a quote or a passage of an answer cannot be trusted."""

    where: str
    """Place in the JSON, for example ``quotes[0]``."""
    what: str


def read_answer(text: str) -> dict[str, Any]:
    """The answer in a JSON text. Raises ``InputError`` when it is not one of this schema."""
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise InputError(f"this is not JSON: {error}") from error
    return _shaped(answer)


def verify(answer: Mapping[str, Any], articles: Retriever | Iterable[Article]) -> list[Problem]:
    """What is wrong with the quotes, hits and claims of ``answer``; empty if nothing is.

    ``articles`` is the library, or articles themselves. A text must be the very stretch of the
    stored article that its span names, and begin and end with a sentence (a passage, for hits);
    article, digest and what is stated of its origin must be the stored ones; and where the file
    is still there, reading it again must give the same article.
    Raises ``InputError`` when ``answer`` does not have the shape of schema 1.
    """
    answer = _shaped(answer)
    stored = articles if isinstance(articles, Iterable) else articles.articles
    known = {article.id: article for article in stored}
    problems: list[Problem] = []
    sources: dict[str, str | None] = {}
    for field in ("quotes", "hits"):
        for number, item in enumerate(answer[field]):
            for what in _check(item, field, known, sources):
                problems.append(Problem(f"{field}[{number}]", what))
    for where, what in _asserted(answer, known):
        problems.append(Problem(where, what))
    return problems


def _asserted(answer: Mapping[str, Any], known: Mapping[str, Article]) -> Iterable[tuple[str, str]]:
    """What is wrong with who is said to speak, and with what is said to be claimed."""
    quotes = answer["quotes"]
    for number, quote in enumerate(quotes):
        article = known.get(quote["article"]["id"])
        if article and quote.get("speaker"):
            start, end = quote["speaker"]
            if article.text[start:end] != quote.get("said_by"):
                yield (
                    f"quotes[{number}]",
                    f"the article does not name its speaker at {[start, end]}",
                )
    for number, claim in enumerate(answer.get("claims", ())):
        if not all(0 <= place < len(quotes) for place in claim["quotes"]):
            yield f"claims[{number}]", "it names a quote that the answer does not have"
            continue
        places = list(zip(claim["quotes"], claim.get("places", ()), strict=False))
        spans = [quotes[place]["span"] for place, _ in places]
        found = [known.get(quotes[place]["article"]["id"]) for place, _ in places]
        told = [one.text[slice(*span)] for one, (_, span) in zip(found, places, strict=True) if one]
        if any(not a <= s < e <= b for (a, b), (_, (s, e)) in zip(spans, places, strict=True)):
            yield f"claims[{number}]", "one of its places is not in its quote"
        elif None not in found and places and claim["value"] not in told:
            yield f"claims[{number}]", "no article says this value at its places"
        names = zip(found, claim.get("said_by", ()), strict=False)
        if any(one and name is not None and name not in one.text for one, name in names):
            yield f"claims[{number}]", "its article does not name who is said to say it"


def _check(
    item: Any, field: str, known: Mapping[str, Article], sources: dict[str, str | None]
) -> Iterable[str]:
    stated = item["article"]
    article = known.get(stated["id"])
    if article is None:
        yield f"no article {stated['id']!r} is in the library"
        return
    if stated["sha256"] != article.sha256:
        yield f"the article {article.id!r} was read from another file (sha256 differs)"
    for name in _STATED:
        if stated.get(name) != getattr(article, name):
            yield f"its {name} is {getattr(article, name)!r}, not {stated.get(name)!r}"
    span = Span(*item["span"])
    if not 0 <= span.start < span.end <= len(article.text):
        yield f"its span {list(span)} is not in the article"
    elif item["text"] != article.text[span.start : span.end]:
        yield f"the article does not say this at {list(span)}"
    elif not _whole(article, span, field):
        yield "it is cut off inside a sentence" if field == "quotes" else "it is no passage"
    if article.id not in sources:
        sources[article.id] = _changed(article)
    if (changed := sources[article.id]) is not None:
        yield changed


def _whole(article: Article, span: Span, field: str) -> bool:
    """Whether ``span`` begins and ends where a sentence (for hits, a passage) does."""
    units = passages(article.text)
    if field == "quotes":
        units = [unit for passage in units for unit in sentences(article.text, passage)]
    return any(u.start == span.start for u in units) and any(u.end == span.end for u in units)


def _changed(article: Article) -> str | None:
    """What is wrong with the file that the article came from; ``None`` if nothing, or if gone."""
    path = None if article.path is None else Path(article.path)
    if path is None or not path.is_file():
        return None
    from index.sources import read  # the readers are heavy, and most saved answers need none

    for found in read(path, path.parent):
        if isinstance(found, Article) and found.sha256 == article.sha256:
            if found.text == article.text:
                return None
            return f"reading {path} again gives another text; sync the library"
    return f"{path} has changed since it was read; sync the library"


def _shaped(answer: Any) -> dict[str, Any]:
    """``answer`` if it has the shape of schema 1. Raises ``InputError`` naming the place if not."""
    if not isinstance(answer, Mapping) or "schema" not in answer:
        raise InputError("this is no answer of 'qa ask --json': it has no 'schema'")
    if answer["schema"] != SCHEMA:
        raise InputError(f"the answer has schema {answer['schema']!r}; this version reads {SCHEMA}")
    for field in ("quotes", "hits"):
        items = answer.get(field)
        if not isinstance(items, list):
            raise InputError(f"the answer has no list {field!r}")
        for number, item in enumerate(items):
            if not _item_shaped(item):
                raise InputError(
                    f"{field}[{number}] lacks a text, a span of two numbers, or an article with "
                    "id and sha256"
                )
    for field, shaped in (("quotes", _speaker_shaped), ("claims", _claim_shaped)):
        items = answer.get(field, [])
        if not isinstance(items, list):
            raise InputError(f"the answer has no list {field!r}")
        for number, item in enumerate(items):
            if not shaped(item):
                raise InputError(f"{field}[{number}] is not as 'qa ask --json' writes it")
    return dict(answer)


def _speaker_shaped(quote: Any) -> bool:
    return quote.get("speaker") is None or _pair(quote["speaker"])


def _claim_shaped(claim: Any) -> bool:
    return (
        isinstance(claim, Mapping)
        and isinstance(claim.get("value"), str)
        and isinstance(claim.get("quotes"), list)
        and all(type(place) is int for place in claim["quotes"])
        and isinstance(claim.get("places", []), list)
        and all(map(_pair, claim.get("places", [])))
        and isinstance(claim.get("said_by", []), list)
        and all(name is None or isinstance(name, str) for name in claim.get("said_by", []))
    )


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(end) is int for end in value)


def _item_shaped(item: Any) -> bool:
    if not isinstance(item, Mapping):
        return False
    article, span = item.get("article"), item.get("span")
    return (
        isinstance(item.get("text"), str)
        and isinstance(article, Mapping)
        and isinstance(article.get("id"), str)
        and isinstance(article.get("sha256"), str)
        and _pair(span)
    )
