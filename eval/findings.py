"""What a record says, in Markdown: the systems, their answers and their failings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from eval.replies import Outcome, calibration, outcomes, replied, replies
from eval.stats import holm
from eval.summary import ALL, Row, contrast, groups, languages, ranking, systems
from eval.table import NOTHING, Table, figure, p_text

Run: TypeAlias = Mapping[str, Any]

SHIPPED = "hybrid"
"""The system that people get."""
MEASURE = "nDCG@10"
WEAK_FROM = 5
"""Fewest answerable questions of a kind that is named as weak."""


def ranked(run: Run) -> str:
    """Every system by language: nDCG@10, Success@1, and the time a question takes."""
    parts = languages(run)
    names = (MEASURE, "Success@1")
    rows = []
    for system in systems(run, "ranking"):
        figures = [ranking(chosen, system, names) for _, chosen in parts]
        cells = [figure(one[name], bounds=name == MEASURE) for name in names for one in figures]
        spent = run["timings"]["ranking"][system].get("p50")
        label = f"**{system}**" if system == SHIPPED else system
        rows.append((label, *cells, NOTHING if spent is None else f"{spent:g}"))
    header = ("system", *(f"{name} {lang}" for name in names for lang, _ in parts), "ms")
    return Table("", header, tuple(rows)).grid()


def answered(run: Run, system: str) -> str:
    """Every figure of the answers of one system, by language."""
    parts = groups(run)
    figures = [replies(chosen, system) | calibration(chosen, system) for _, chosen in parts]
    rows = [
        (measure, *(figure(one[measure], n=True) for one in figures))
        for measure in figures[0]
        if any(one[measure].n for one in figures)
    ]
    return Table("", ("measure", *(name for name, _ in parts)), tuple(rows)).grid()


def by_kind(run: Run, system: str) -> str:
    """First quotes and refusals by kind of question; empty when the kinds are not known."""
    parts = groups(run, "kind")
    if len(parts) == 1:
        return ""
    rows = []
    for name, chosen in parts:
        found = replies(chosen, system)
        names = ("Quote-Success@1", "Quote-Success@3", "F1", "refusal recall")
        rows.append((name, *(figure(found[measure], n=True) for measure in names)))
    return Table("", ("kind", *names), tuple(rows)).grid()


def failings(run: Run, system: str) -> list[str]:
    """Where it goes wrong, a sentence each, the figures in it."""
    told = []
    for name, rows in groups(run):
        if name == ALL and len(groups(run)) > 1:
            continue
        told += [f"**{name}**: {text}" for text in _failings(rows, system)]
    return told + _weak_kinds(run, system) + _behind_an_arm(run)


def _failings(rows: Sequence[Row], system: str) -> list[str]:
    worth = outcomes(rows, system)
    known = [(row, reply) for row, reply in replied(rows, system) if row["answerable"]]
    unknown = len(replied(rows, system)) - len(known)
    told = []
    if unknown:
        told.append(
            f"{worth[Outcome.FALSE]} of {unknown} questions that the articles do not answer were "
            f"answered all the same."
        )
    told.append(
        f"{worth[Outcome.MISSED]} of {len(known)} questions that they answer were refused; "
        f"{worth[Outcome.WRONG]} were answered with no right quote, {worth[Outcome.LOWER]} with a "
        f"right one further down."
    )
    lost = [reply for _, reply in known if reply["right"] != 1]
    at_hand = sum(reply["found"] is not None for reply in lost)
    if lost:
        told.append(
            f"Where the first quote was wrong ({len(lost)}), the right passage was among the ten "
            f"considered {at_hand} times: there the choice of the sentence failed, not the search."
        )
    said = [reply for _, reply in replied(rows, system)]
    sure = sum(reply["confidence"] for reply in said) / len(said)
    right = sum(reply["right"] == 1 for reply in said) / len(said)
    word = "too low" if sure < right else "too high"
    told.append(
        f"Confidence is {sure:.2f} on average where {right:.2f} of the first quotes are right: "
        f"{word} by {abs(sure - right):.2f}."
    )
    return told


def _weak_kinds(run: Run, system: str) -> list[str]:
    found = []
    for name, rows in groups(run, "both"):
        first = replies(rows, system)["Quote-Success@1"]
        if name != ALL and "?" not in name and first.n >= WEAK_FROM:
            found.append((first.value, f"{name} {figure(first, n=True)}"))
    worst = [text for _, text in sorted(found)[:3]]
    return [f"Weakest kinds of question (Quote-Success@1): {'; '.join(worst)}."] if worst else []


def _behind_an_arm(run: Run) -> list[str]:
    met = [
        (name, arm, one)
        for name, rows in groups(run)
        for arm in ("lexical", "dense")
        if (one := contrast(rows, SHIPPED, arm, "Success@1")) is not None
    ]
    corrected = holm([one.p for *_, one in met])
    return [
        f"**{name}**: the {SHIPPED} puts fewer right things first than the {arm} arm alone "
        f"({one.difference.value:+.3f} Success@1, {p_text(p)} after Holm's correction for "
        f"{len(met)} comparisons)."
        for (name, arm, one), p in zip(met, corrected, strict=True)
        if one.difference.value < 0
    ]
