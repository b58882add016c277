"""Two records side by side: what changed, how sure that is, and which questions it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.measures import RANKING
from eval.report import Table, p_text
from eval.stats import p_value
from eval.summary import Row, langs, systems
from index.errors import InputError

QUOTES = "Quote-Success@1"
MEASURES = (*RANKING, QUOTES)
"""What two records can be compared by."""


@dataclass(frozen=True, slots=True)
class Side:
    """A system of a record."""

    run: Mapping[str, Any]
    system: str


@dataclass(frozen=True, slots=True)
class Change:
    """One question on which two runs differ."""

    id: str
    before: float
    after: float


def changes(before: Side, after: Side, measure: str) -> tuple[Change, ...]:
    """The value of each question that both sides measured, in the order of ``before``.

    ``InputError`` when the sides hold different questions or lack the measure.
    """
    if before.run["set"]["name"] != after.run["set"]["name"]:
        names = f"{before.run['set']['name']} and {after.run['set']['name']}"
        raise InputError(f"the records are of two sets ({names}) and cannot be compared")
    ours, theirs = _values(before, measure), _values(after, measure)
    if ours.keys() != theirs.keys():
        odd = sorted(ours.keys() ^ theirs.keys())
        raise InputError(f"the records hold different questions, for example {odd[0]!r}")
    return tuple(Change(name, ours[name], theirs[name]) for name in ours)


def table(before: Side, after: Side) -> Table:
    """Every measure that both sides have, by language: before, after, difference, p."""
    rows = []
    for measure in MEASURES:
        if not (_has(before, measure) and _has(after, measure)):
            continue
        found = changes(before, after, measure)
        lang = {row["id"]: row["lang"] for row in before.run["rows"]}
        for name in langs(before.run):
            chosen = [one for one in found if name in ("all", lang[one.id])]
            if chosen:
                rows.append((measure, name, *_figures(chosen)))
    if not rows:
        raise InputError(f"{before.system} and {after.system}: no measure that both records hold")
    heading = f"{before.system} → {after.system}"
    header = ("measure", "lang", "n", "before", "after", "difference", "p", "won", "lost")
    return Table(heading, header, tuple(rows), _remarks(before.run, after.run))


def _figures(chosen: list[Change]) -> tuple[str, ...]:
    old, new = [one.before for one in chosen], [one.after for one in chosen]
    n = len(chosen)
    return (
        str(n),
        f"{sum(old) / n:.3f}",
        f"{sum(new) / n:.3f}",
        f"{(sum(new) - sum(old)) / n:+.3f}",
        p_text(p_value(new, old)).removeprefix("p = ").removeprefix("p "),
        str(sum(one.after > one.before for one in chosen)),
        str(sum(one.after < one.before for one in chosen)),
    )


def _values(side: Side, measure: str) -> dict[str, float]:
    values = {row["id"]: _value(row, side.system, measure) for row in side.run["rows"]}
    return {name: value for name, value in values.items() if value is not None}


def _value(row: Row, system: str, measure: str) -> float | None:
    if measure != QUOTES:
        ranked = row["ranking"].get(system)
        return None if ranked is None else float(ranked[measure])
    reply = row["answers"].get(system)
    if reply is None or not row["answerable"]:
        return None
    return float(reply["right"] == 1)


def _has(side: Side, measure: str) -> bool:
    return side.system in systems(side.run, "answers" if measure == QUOTES else "ranking")


def _remarks(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    told = {
        "questions": (before["set"]["digest"], after["set"]["digest"]),
        "library": (before["library"]["digest"], after["library"]["digest"]),
        "encoder": (before["encoder"], after["encoder"]),
        "source": (before["source"], after["source"]),
    }
    return tuple(
        f"{what} differs: {str(old)[:40]} → {str(new)[:40]}"
        for what, (old, new) in told.items()
        if old != new
    )
