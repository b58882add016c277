"""Two records side by side: what changed, how sure that is, and which questions it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from eval.measures import RANKING
from eval.replies import em, f1, first_right, refused
from eval.stats import holm, p_value
from eval.summary import ALL, Row, groups, systems
from eval.table import Table, corrected_for, p_text
from index.errors import InputError

_OF_ANSWERS: dict[str, Callable[[Row, Row], float | None]] = {
    "Quote-Success@1": lambda row, r: float(first_right(r)) if row["answerable"] else None,
    "Quote-Success@3": lambda row, r: (
        float(bool(r["right"] and r["right"] <= 3)) if row["answerable"] else None
    ),
    "EM": em,
    "F1": f1,
    "quote precision": lambda row, r: r["precision"],
    "quote recall": lambda row, r: r["recall"],
    "refused": lambda row, r: float(refused(r)) if not row["answerable"] else None,
}
"""Value of one question; ``None`` when the question does not count. "refused" is of the questions
without an answer."""
MEASURES = (*RANKING, *_OF_ANSWERS)
"""What two records can be compared by."""


@dataclass(frozen=True, slots=True)
class Side:
    """A system of a record."""

    run: Mapping[str, Any]
    system: str


@dataclass(frozen=True, slots=True)
class Change:
    """One question that both sides measured."""

    id: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of some questions, before and after."""

    measure: str
    group: str
    n: int
    before: float
    after: float
    p: float
    """Paired randomisation test, by itself."""
    won: int
    lost: int
    holm: float = 1.0
    """The same, corrected for all differences of the list; see ``eval.stats.holm``."""


def shared(before: Side, after: Side) -> list[str]:
    """The measures that both sides have. ``InputError`` when there is none."""
    found = [name for name in MEASURES if _has(before, name) and _has(after, name)]
    if not found:
        raise InputError(f"{before.system} and {after.system}: no measure that both records hold")
    return found


def changes(before: Side, after: Side, measure: str) -> tuple[Change, ...]:
    """The value of each question that counts on both sides, in the order of ``before``.

    ``InputError`` when the sides are of different questions, or do not share the measure.
    """
    if measure not in (known := shared(before, after)):
        raise InputError(f"--measure must be one of {', '.join(known)}, which both records hold")
    if before.run["set"]["name"] != after.run["set"]["name"]:
        names = f"{before.run['set']['name']} and {after.run['set']['name']}"
        raise InputError(f"the records are of two sets ({names}) and cannot be compared")
    odd = {row["id"] for row in before.run["rows"]} ^ {row["id"] for row in after.run["rows"]}
    if odd:
        raise InputError(f"the records hold different questions, for example {min(odd)!r}")
    old, new = _values(before, measure), _values(after, measure)
    return tuple(Change(name, old[name], new[name]) for name in old if name in new)


def differences(before: Side, after: Side) -> list[Difference]:
    """Every measure that both sides have, by language; ``InputError`` as for ``changes``."""
    found: list[Difference] = []
    pair = {row["id"]: row["pair"] for row in before.run["rows"]}
    names = {name: {row["id"] for row in rows} for name, rows in groups(before.run)}
    for measure in shared(before, after):
        changed = changes(before, after, measure)
        for name, ids in names.items():
            chosen = [one for one in changed if one.id in ids]
            if chosen:
                found.append(_difference(measure, name, chosen, pair))
    corrected = holm([one.p for one in found])
    return [replace(one, holm=value) for one, value in zip(found, corrected, strict=True)]


def table(before: Side, after: Side) -> Table:
    """The differences as a table."""
    found = differences(before, after)
    rows = [
        (
            one.measure,
            one.group,
            str(one.n),
            f"{one.before:.3f}",
            f"{one.after:.3f}",
            f"{one.after - one.before:+.3f}",
            _bare(one.p),
            _bare(one.holm),
            str(one.won),
            str(one.lost),
        )
        for one in found
    ]
    header = ("measure", "lang", "n", "before", "after", "difference", "p", "Holm", "won", "lost")
    heading = f"{before.system} → {after.system}"
    told = (f"p by paired randomisation; Holm: the same, {corrected_for(len(found))}",)
    return Table(heading, header, tuple(rows), told + remarks(before.run, after.run))


def to_dict(before: Side, after: Side, measure: str | None = None) -> dict[str, Any]:
    """The differences, and the questions won and lost by ``measure``, as plain JSON values.

    By default the first measure counts that both sides have.
    """
    measure = measure or shared(before, after)[0]
    changed = [one for one in changes(before, after, measure) if one.before != one.after]
    return {
        "set": before.run["set"]["name"],
        "before": before.system,
        "after": after.system,
        "differences": [asdict(one) for one in differences(before, after)],
        "measure": measure,
        "won": [asdict(one) for one in changed if one.after > one.before],
        "lost": [asdict(one) for one in changed if one.after < one.before],
        "notes": list(remarks(before.run, after.run)),
    }


def remarks(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What else differs between two records: the first lines to read."""
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


def _difference(
    measure: str, name: str, chosen: list[Change], pair: Mapping[str, int]
) -> Difference:
    old, new = [one.before for one in chosen], [one.after for one in chosen]
    n = len(chosen)
    return Difference(
        measure=measure,
        group=name,
        n=n,
        before=sum(old) / n,
        after=sum(new) / n,
        p=p_value(new, old, [pair[one.id] for one in chosen] if name == ALL else None),
        won=sum(one.after > one.before for one in chosen),
        lost=sum(one.after < one.before for one in chosen),
    )


def _bare(p: float) -> str:
    return p_text(p).removeprefix("p = ").removeprefix("p ")


def _values(side: Side, measure: str) -> dict[str, float]:
    values = {row["id"]: _value(row, side.system, measure) for row in side.run["rows"]}
    return {name: value for name, value in values.items() if value is not None}


def _value(row: Row, system: str, measure: str) -> float | None:
    if measure in RANKING:
        ranked = row["ranking"].get(system)
        return None if ranked is None else float(ranked[measure])
    reply = row["answers"].get(system)
    return None if reply is None else _OF_ANSWERS[measure](row, reply)


def _has(side: Side, measure: str) -> bool:
    return side.system in systems(side.run, "ranking" if measure in RANKING else "answers")
