"""The figures of a record: means with their intervals, by language or kind, from its rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.measures import RANKING, auroc
from eval.stats import interval, p_value
from qa.types import Verdict

Row = Mapping[str, Any]
"""One row of a record."""


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
class Duel:
    """Whether the hybrid keeps up with the better of its two arms."""

    arm: str
    measure: str
    difference: float
    """Hybrid minus arm; negative when the hybrid is worse."""
    p: float


def langs(run: Mapping[str, Any]) -> list[str]:
    """The languages of the questions, in order, and "all" when there are several."""
    found = sorted({row["lang"] for row in run["rows"]})
    return [*found, "all"] if len(found) > 1 else found


def systems(run: Mapping[str, Any], part: str) -> list[str]:
    """The systems that ``part`` ("ranking" or "answers") was run with."""
    return list(run["timings"][part])


def pick(run: Mapping[str, Any], **wanted: str) -> list[Row]:
    """The rows whose fields have the wanted values; "all" wants any."""
    return [
        row
        for row in run["rows"]
        if all(value in ("all", row[field]) for field, value in wanted.items())
    ]


def ranking(rows: Sequence[Row], system: str) -> dict[str, Estimate]:
    """The ranking measures of one system over the rows that were ranked."""
    ranked = [row["ranking"][system] for row in rows if system in row["ranking"]]
    return {name: _mean([values[name] for values in ranked]) for name in RANKING}


def duel(rows: Sequence[Row], measure: str = "nDCG@10") -> Duel | None:
    """The hybrid against the better of its arms; ``None`` unless all three were run."""
    names = ("lexical", "dense", "hybrid")
    ranked = [row["ranking"] for row in rows if all(name in row["ranking"] for name in names)]
    if not ranked:
        return None
    values = {name: [row[name][measure] for row in ranked] for name in names}
    arm = max(("lexical", "dense"), key=lambda name: sum(values[name]))
    difference = (sum(values["hybrid"]) - sum(values[arm])) / len(ranked)
    return Duel(arm, measure, difference, p_value(values["hybrid"], values[arm]))


def replies(rows: Sequence[Row], system: str) -> dict[str, Estimate]:
    """What became of the questions that were put to an assistant.

    Quote-Success@k: share of the answerable questions with a right quote among the first k,
    whatever the verdict. "answered right": verdict "answered" and the first quote right.
    A refusal is any verdict but "answered". Precision: share of the refused questions that have
    no answer. Recall: share of the questions without an answer that were refused.
    """
    said = [(row, row["answers"][system]) for row in rows if system in row["answers"]]
    known = [reply for row, reply in said if row["answerable"]]
    answered = Verdict.ANSWERED.value
    figures = {
        f"Quote-Success@{k}": _mean([bool(r["right"] and r["right"] <= k) for r in known])
        for k in (1, 3)
    }
    figures["answered right"] = _mean([r["right"] == 1 and r["verdict"] == answered for r in known])
    figures["answered"] = _mean([r["verdict"] == answered for r in known])
    figures |= _refusals(said)
    figures["verbatim"] = _ratio([r["verbatim"] for _, r in said], [r["quotes"] for _, r in said])
    follow = [reply for row, reply in said if row["followup"]]
    other = [reply for row, reply in said if not row["followup"]]
    figures["follow-ups missed"] = _mean([not reply["rewritten"] for reply in follow])
    figures["false follow-ups"] = _mean([reply["rewritten"] for reply in other])
    return figures


def _refusals(said: Sequence[tuple[Row, Row]]) -> dict[str, Estimate]:
    answerable = [bool(row["answerable"]) for row, _ in said]
    refused = [reply["verdict"] != Verdict.ANSWERED.value for _, reply in said]
    right = [no and not yes for yes, no in zip(answerable, refused, strict=True)]
    area = auroc(answerable, [reply["confidence"] for _, reply in said])
    return {
        "refusal precision": _ratio(right, refused),
        "refusal recall": _ratio(right, [not yes for yes in answerable]),
        "AUROC": Estimate(area, math.nan, math.nan, len(said)),
    }


def _mean(values: Sequence[float]) -> Estimate:
    return _ratio(values, [1.0] * len(values))


def _ratio(parts: Sequence[float], wholes: Sequence[float]) -> Estimate:
    whole = sum(wholes)
    value = sum(parts) / whole if whole else math.nan
    return Estimate(value, *interval(parts, wholes), n=int(whole))
