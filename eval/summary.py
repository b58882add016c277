"""The figures of a record: means with their intervals, by language or kind, from its rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from eval.measures import RANKING
from eval.stats import interval, p_value

Row: TypeAlias = Mapping[str, Any]
"""One row of a record."""
Group: TypeAlias = tuple[str, list[Row]]
"""A name and the rows that bear it."""
By: TypeAlias = Literal["lang", "kind", "both"]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or a ratio, with its 95 % interval."""

    value: float
    """NaN when nothing was counted."""
    low: float
    high: float
    n: int
    """How much the denominator counts: questions, or quotes for "verbatim"."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One system beside another, on the questions that both ranked."""

    system: str
    other: str
    measure: str
    difference: Estimate
    """``system`` minus ``other``; negative when ``system`` is worse."""
    p: float
    """Paired randomisation test."""


def groups(run: Mapping[str, Any], by: By = "lang") -> list[Group]:
    """The rows by language, by kind of question, or by both; and all of them when that differs.

    The name of a kind that is not known is "?".
    """
    names: dict[str, list[Row]] = {}
    for row in run["rows"]:
        lang = f"{row['lang']}→{row['over']}" if row["over"] else row["lang"]
        kind = row["kind"] or "?"
        name = {"lang": lang, "kind": kind, "both": f"{lang} {kind}"}[by]
        names.setdefault(name, []).append(row)
    found = sorted(names.items())
    return [*found, (ALL, list(run["rows"]))] if len(found) > 1 else found


def languages(run: Mapping[str, Any]) -> list[Group]:
    """The rows by language, without those of all languages together where there are several."""
    found = groups(run)
    return found if len(found) == 1 else [group for group in found if group[0] != ALL]


def systems(run: Mapping[str, Any], part: str) -> list[str]:
    """The systems that ``part`` ("ranking" or "answers") was run with."""
    return list(run["timings"][part])


def ranking(
    rows: Sequence[Row], system: str, names: Sequence[str] = RANKING
) -> dict[str, Estimate]:
    """The ranking measures of one system over the rows that were ranked."""
    ranked = [row for row in rows if system in row["ranking"]]
    return {name: mean([row["ranking"][system][name] for row in ranked], ranked) for name in names}


def contrast(
    rows: Sequence[Row], system: str, other: str, measure: str = "nDCG@10"
) -> Contrast | None:
    """``system`` against ``other``; ``None`` unless both ranked some of the rows."""
    both = [row for row in rows if {system, other} <= row["ranking"].keys()]
    if not both:
        return None
    ours = [row["ranking"][system][measure] for row in both]
    theirs = [row["ranking"][other][measure] for row in both]
    difference = mean([one - two for one, two in zip(ours, theirs, strict=True)], both)
    return Contrast(system, other, measure, difference, p_value(ours, theirs, pairs(both)))


def duel(rows: Sequence[Row], measure: str = "nDCG@10") -> Contrast | None:
    """The hybrid against the better of its two arms; ``None`` unless all three were run."""
    arms = [contrast(rows, "hybrid", arm, measure) for arm in ("lexical", "dense")]
    met = [arm for arm in arms if arm is not None]
    return min(met, key=lambda arm: arm.difference.value) if len(met) == len(arms) else None


def pairs(rows: Sequence[Row]) -> list[Any]:
    """What is drawn as one for an interval over ``rows``: the translations of one question."""
    return [row["pair"] for row in rows]


def mean(values: Sequence[float], rows: Sequence[Row]) -> Estimate:
    """The mean of one value a row."""
    return ratio(values, [1.0] * len(values), rows)


def ratio(parts: Sequence[float], wholes: Sequence[float], rows: Sequence[Row]) -> Estimate:
    """The sum of ``parts`` over the sum of ``wholes``, each of them one value a row."""
    whole = sum(wholes)
    value = sum(parts) / whole if whole else math.nan
    return Estimate(value, *interval(parts, wholes, pairs(rows)), n=int(whole))
