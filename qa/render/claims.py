"""The wording of what quotes assert: where sources agree, where they differ, who reprints whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from qa.render.inert import safe
from qa.render.words import Cited


class Asserted(NamedTuple):
    """One value in words, and who asserts it."""

    value: str
    """As the article has it, in quotation marks; and how many sources agree on it."""
    by: tuple[str, ...]
    """A line for each quote, with its number; the newest article first."""


class Assertions(NamedTuple):
    """Everything that the quotes assert, in words; inert."""

    heading: str
    values: tuple[Asserted, ...]


def claims_words(known: Mapping[str, Any]) -> Assertions | None:
    """What the quotes of an answer (its JSON object) assert; ``None`` without a comparison."""
    claims = known["claims"]
    heading = _heading(claims, known["quotes"])
    if heading is None:
        return None
    alone = len(claims) == 1
    return Assertions(heading, tuple(_asserted(c, known["quotes"], alone) for c in claims))


def _heading(claims: list[Mapping[str, Any]], quotes: list[Mapping[str, Any]]) -> str | None:
    if len(claims) > 1:
        articles = {quotes[n]["article"]["id"] for claim in claims for n in claim["quotes"]}
        one = len(articles) == 1
        return "One article gives different answers:" if one else "Sources differ:"
    agreeing = len(_sources(claims[0])) if claims else 0
    if agreeing > 1:
        return f"{agreeing} sources agree:"
    reprinted = claims and _reprints(claims[0], quotes)
    return "One source, printed more than once:" if reprinted else None


def _asserted(claim: Mapping[str, Any], quotes: list[Mapping[str, Any]], alone: bool) -> Asserted:
    agreeing = len(_sources(claim))
    remark = f" · {agreeing} sources agree" if agreeing > 1 and not alone else ""
    speakers = claim.get("said_by") or [None] * len(claim["quotes"])
    lines = [
        f"[{n + 1}] {_by(replace(Cited.of(quotes[n]), said_by=speaker))}"
        for n, speaker in zip(claim["quotes"], speakers, strict=True)
    ]
    for source in _reprints(claim, quotes):
        numbers = " and ".join(f"[{n + 1}]" for n in sorted(source))
        lines.append(f"{numbers} carry the same text and count as one source")
    return Asserted(f"“{safe(claim['value'])}”{remark}", tuple(lines))


def _by(cited: Cited) -> str:
    """Who asserts it, where, and when."""
    parts = (
        cited.said_by_words(),
        cited.title or cited.article,
        cited.source or "",
        cited.date_words() or "date unknown",
    )
    return safe(" · ".join(part for part in parts if part))


def _sources(claim: Mapping[str, Any]) -> list[list[int]]:
    """Quotes by source; one each in answers that were saved before sources were told apart."""
    return claim.get("sources") or [[n] for n in claim["quotes"]]


def _reprints(claim: Mapping[str, Any], quotes: list[Mapping[str, Any]]) -> list[list[int]]:
    """Sources that several articles carry."""
    return [
        source
        for source in _sources(claim)
        if len({quotes[n]["article"]["id"] for n in source}) > 1
    ]
