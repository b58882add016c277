"""Records as files: one question a line, so that two of them can be compared by eye.

"columns" names what a line of "rows" holds; a column that is the same for every question stands
once, in "constant". The cell "ranking" holds, for each system of "ranked", the ranks at which
relevant things stand (as pairs with their grades where these differ from 1), or its error; and the
grades of all things it should find where these are not those of the row. The cell "answers/SYSTEM"
holds the values that "facts" names; what is missing at its end is null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.results import SCHEMA, measure
from index.errors import InputError

TEXTS = ("question", "history", "gold", "said")
"""What a record without texts leaves out: wordings of questions, gold answers and quotes."""
_LAST = ("right", "found", "recall", "exact", "f1", "values", "error")
"""Facts that are null for many questions; they come last, so that nothing is written for those."""
_ANSWERS = "answers/"


def dump(run: Mapping[str, Any], *, texts: bool = True) -> str:
    """The record as JSON text. Without ``texts`` it is small and quotes no article."""
    facts = _facts(run["rows"], texts)
    ranked = list(run["timings"]["ranking"])
    flat = [_flat(row, ranked, facts, texts) for row in run["rows"]]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    constant = {
        name: flat[0][name]
        for name in columns[1:]
        if all(name in row and row[name] == flat[0][name] for row in flat)
    }
    columns = [name for name in columns if name not in constant]
    head = {name: value for name, value in run.items() if name != "rows"}
    head |= {"ranked": ranked, "facts": facts, "constant": constant, "columns": columns}
    lines = [
        json.dumps([row.get(name) for name in columns], ensure_ascii=False, separators=(",", ":"))
        for row in flat
    ]
    text, rows = json.dumps(head, ensure_ascii=False, indent=1), ",\n".join(lines)
    return f'{text[:-2]},\n "rows": [\n{rows}\n]}}\n'


def load(path: Path) -> dict[str, Any]:
    """Read a record. ``InputError`` when it is none, or of another version."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        version = run["schema"]
        if version == SCHEMA:
            ranked, facts, constant, columns = map(
                run.pop, ("ranked", "facts", "constant", "columns")
            )
            cells = (constant | dict(zip(columns, line, strict=True)) for line in run["rows"])
            run["rows"] = [_row(one, ranked, facts) for one in cells]
            measure(run)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"{path}: not a record of qa-eval run ({error!r})") from None
    if version != SCHEMA:
        raise InputError(
            f"{path}: a record of version {version}; this qa-eval reads {SCHEMA}: run it again"
        )
    return dict(run)


def _facts(rows: Sequence[Mapping[str, Any]], texts: bool) -> list[str]:
    """The names of what is known of replies, those last that are most often null."""
    found = {name: None for row in rows for reply in row["answers"].values() for name in reply}
    known = [name for name in found if texts or name not in TEXTS]
    return sorted(known, key=lambda name: (name == "error", name in _LAST))


def _flat(
    row: Mapping[str, Any], ranked: Sequence[str], facts: Sequence[str], texts: bool
) -> dict[str, Any]:
    cells = {
        name: value
        for name, value in row.items()
        if name not in ("ranking", "answers") and (texts or name not in TEXTS)
    }
    cells["grades"] = _grades(row["grades"])
    if row["ranking"]:
        found = [row["ranking"].get(system) for system in ranked]
        cells["ranking"] = [None if one is None else _found(one) for one in found]
    for system, reply in row["answers"].items():
        values = [reply.get(name) for name in facts]
        while values and values[-1] is None:
            values.pop()
        cells[f"{_ANSWERS}{system}"] = values
    return cells


def _row(cells: Mapping[str, Any], ranked: Sequence[str], facts: Sequence[str]) -> dict[str, Any]:
    row = {name: value for name, value in cells.items() if not name.startswith(_ANSWERS)}
    row["grades"] = _all_grades(row["grades"])
    found = zip(ranked, row.get("ranking") or [None] * len(ranked), strict=True)
    row["ranking"] = {system: _ranking(one) for system, one in found if one is not None}
    row["answers"] = {
        name.removeprefix(_ANSWERS): _reply(values, facts)
        for name, values in cells.items()
        if name.startswith(_ANSWERS) and values
    }
    return row


def _reply(values: Sequence[Any], facts: Sequence[str]) -> dict[str, Any]:
    reply = dict.fromkeys(facts) | dict(zip(facts, values, strict=False))
    return {name: value for name, value in reply.items() if name != "error" or value}


def _grades(grades: list[int] | None) -> Any:
    return grades if grades is None or set(grades) - {1} else len(grades)


def _all_grades(grades: Any) -> list[int] | None:
    return [1] * grades if isinstance(grades, int) else grades


def _found(values: Mapping[str, Any]) -> Any:
    found = values["found"]
    short = found if any(grade != 1 for _, grade in found) else [rank for rank, _ in found]
    own = {"grades": _grades(values["grades"])} if "grades" in values else {}
    if "error" in values:
        return own | {"error": values["error"]}
    return {"found": short} | own if own else short


def _ranking(cell: Any) -> dict[str, Any]:
    one = cell if isinstance(cell, dict) else {"found": cell}
    found = [[at, 1] if isinstance(at, int) else at for at in one.get("found", ())]
    own = {"grades": _all_grades(one["grades"])} if "grades" in one else {}
    return one | {"found": found} | own
