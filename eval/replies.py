"""What became of the questions that were put to an assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from eval.calibration import aurc, auroc, ece
from eval.stats import spread
from eval.summary import Estimate, Row, mean, pairs, ratio
from qa.types import Verdict

Said: TypeAlias = list[tuple[Row, Row]]
"""Questions, each with the reply that one system gave."""


class Outcome(StrEnum):
    """What a reply was worth."""

    RIGHT = "right"
    """Answered, and the first quote holds the answer."""
    LOWER = "right further down"
    """Answered, and a later quote holds the answer."""
    WRONG = "wrong"
    """Answered, and no quote holds the answer."""
    MISSED = "refused wrongly"
    """Refused, though the articles say it."""
    FALSE = "answered wrongly"
    """Answered, though the articles do not say it."""
    REFUSED = "refused rightly"
    FAILED = "failed"
    """No reply came."""


GOOD = (Outcome.RIGHT, Outcome.REFUSED)
"""Outcomes that nobody would complain about."""


def outcome(row: Row, reply: Row) -> Outcome:
    """What ``reply`` was worth as a reply to the question of ``row``."""
    if "error" in reply:
        return Outcome.FAILED
    if refused(reply):
        return Outcome.MISSED if row["answerable"] else Outcome.REFUSED
    if not row["answerable"]:
        return Outcome.FALSE
    if reply["right"] is None:
        return Outcome.WRONG
    return Outcome.RIGHT if reply["right"] == 1 else Outcome.LOWER


def refused(reply: Row) -> bool:
    """Whether the verdict is any but "answered"."""
    return bool(reply["verdict"] != Verdict.ANSWERED.value)


def first_right(reply: Row) -> bool:
    """Whether the first quote holds the answer: what confidence is the probability of."""
    return bool(reply["right"] == 1)


def outcomes(rows: Sequence[Row], system: str) -> dict[Outcome, int]:
    """How many replies were worth what."""
    found = [outcome(row, reply) for row, reply in replied(rows, system)]
    return {name: found.count(name) for name in Outcome}


def replied(rows: Sequence[Row], system: str) -> Said:
    """The rows that were put to ``system``, with its replies."""
    return [(row, row["answers"][system]) for row in rows if system in row["answers"]]


def em(row: Row, reply: Row) -> float | None:
    """Exact match as SQuAD 2.0 counts it; ``None`` when no right answer is known by its words."""
    return _official(row, reply, "exact")


def f1(row: Row, reply: Row) -> float | None:
    """F1 as SQuAD 2.0 counts it; ``None`` when no right answer is known by its words."""
    return _official(row, reply, "f1")


def replies(rows: Sequence[Row], system: str) -> dict[str, Estimate]:
    """The figures of one system.

    Quote-Success@k: share of the answerable questions with a right quote among the first k,
    whatever the verdict. "answered right": verdict "answered" and the first quote right.
    Quote precision: share of the quoted characters that lie in a gold text, by question with a
    quote. Quote recall: share of the best covered gold text that is quoted, by answerable
    question. Citation support: share of the quotes that hold a gold answer from end to end.
    Value groups: share of the questions whose set says which gold answers are one value, where the
    claims are just these values.
    Follow-ups right: Quote-Success@1 of those that have an answer. Missed: left as they were
    typed. False: questions that stand alone and were changed.
    A refusal is any verdict but "answered". Precision: share of the refused questions that have
    no answer. Recall: share of the questions without an answer that were refused.
    """
    said = replied(rows, system)
    known = [(row, reply) for row, reply in said if row["answerable"]]
    quoting = [(row, reply) for row, reply in said if reply["precision"] is not None]
    figures = {
        f"Quote-Success@{k}": _mean(known, lambda _, r, k=k: bool(r["right"] and r["right"] <= k))
        for k in (1, 3)
    }
    figures["answered right"] = _mean(known, lambda _, r: first_right(r) and not refused(r))
    figures["answered"] = _mean(known, lambda _, r: not refused(r))
    figures["quote precision"] = _mean(quoting, lambda _, r: r["precision"])
    figures["quote recall"] = _mean(known, lambda _, r: r["recall"])
    figures["citation support"] = _share(said, "supported", "quotes")
    figures["verbatim"] = _share(said, "verbatim", "quotes")
    for name, value in (("EM", em), ("F1", f1)):
        counted = [(row, reply) for row, reply in said if value(row, reply) is not None]
        figures[name] = _mean(counted, lambda row, r, value=value: value(row, r) or 0.0)
    grouped = [(row, reply) for row, reply in said if reply.get("values")]
    figures["value groups"] = _mean(grouped, lambda _, r: len(set(r["values"])) == 1)
    figures |= _refusals(said)
    follow = [(row, reply) for row, reply in said if row["followup"]]
    other = [(row, reply) for row, reply in said if not row["followup"]]
    led = [(row, reply) for row, reply in follow if row["answerable"]]
    figures["follow-ups right"] = _mean(led, lambda _, r: first_right(r))
    figures["follow-ups missed"] = _mean(follow, lambda _, r: not r["rewritten"])
    figures["false follow-ups"] = _mean(other, lambda _, r: r["rewritten"])
    return figures


def calibration(rows: Sequence[Row], system: str) -> dict[str, Estimate]:
    """Whether the confidence of one system can be trusted; see ``eval.calibration``.

    "AUROC answerable": does it tell questions with an answer from those without? The other
    figures: is it the probability that the first quote is right?
    """
    said = replied(rows, system)
    answerable = np.array([bool(row["answerable"]) for row, _ in said])
    right = np.array([first_right(reply) for _, reply in said])
    sure = np.array([float(reply["confidence"]) for _, reply in said])
    groups = pairs([row for row, _ in said])
    figures = {
        "AUROC answerable": (auroc, answerable, sure),
        "AUROC right": (auroc, right, sure),
        "ECE": (ece, right, sure),
        "AURC": (aurc, right, sure),
        "AURC at best": (aurc, right, right.astype(np.float64)),
    }
    return {
        name: Estimate(
            measure(truth, order),
            # mypy cannot infer the type of a lambda with defaults
            *spread(lambda i, m=measure, t=truth, o=order: m(t[i], o[i]), groups),  # type: ignore[misc]
            n=len(said),
        )
        for name, (measure, truth, order) in figures.items()
    }


def _refusals(said: Said) -> dict[str, Estimate]:
    rows = [row for row, _ in said]
    no = [refused(reply) for _, reply in said]
    unanswerable = [not row["answerable"] for row in rows]
    right = [one and two for one, two in zip(no, unanswerable, strict=True)]
    return {
        "refusal precision": ratio(right, no, rows),
        "refusal recall": ratio(right, unanswerable, rows),
    }


def _official(row: Row, reply: Row, measure: str) -> float | None:
    if not row["answerable"]:
        return float(refused(reply))
    if reply[measure] is None:
        return None
    return 0.0 if refused(reply) else float(reply[measure])


def _mean(said: Said, value: Callable[..., float]) -> Estimate:
    return mean([value(row, reply) for row, reply in said], [row for row, _ in said])


def _share(said: Said, part: str, whole: str) -> Estimate:
    parts = [reply[part] for _, reply in said]
    return ratio(parts, [reply[whole] for _, reply in said], [row for row, _ in said])
