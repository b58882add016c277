"""Records as files: one question a line, so that two of them can be compared by eye.

"columns" names what a line of "rows" holds: facts of the question, "ranking/SYSTEM" (the ranks at
which relevant things stand, as pairs with their grades where these differ from 1) and
"answers/SYSTEM/FACT". A column that is the same for every question stands once, in "constant".
``pandas.DataFrame(file["rows"], columns=file["columns"])`` makes a table of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.results import SCHEMA, measure
from index.errors import InputError

TEXTS = ("question", "history", "gold", "said")
"""What a record without texts leaves out: wordings of questions, gold answers and quotes."""
_PARTS = ("ranking", "answers")


def dump(run: Mapping[str, Any], *, texts: bool = True) -> str:
    """The record as JSON text. Without ``texts`` it is small and quotes no article."""
    flat = [dict(_flat(row, texts)) for row in run["rows"]]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    constant = {
        name: flat[0][name]
        for name in columns[1:]
        if all(name in row and row[name] == flat[0][name] for row in flat)
    }
    columns = [name for name in columns if name not in constant]
    head = {name: value for name, value in run.items() if name != "rows"}
    head |= {"constant": constant, "columns": columns}
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
            columns, constant = run.pop("columns"), run.pop("constant")
            systems = {part: list(run["timings"][part]) for part in _PARTS}
            run["rows"] = [
                _row(constant | dict(zip(columns, line, strict=True)), systems)
                for line in run["rows"]
            ]
            measure(run)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"{path}: not a record of qa-eval run ({error!r})") from None
    if version != SCHEMA:
        raise InputError(
            f"{path}: a record of version {version}; this qa-eval reads {SCHEMA}: run it again"
        )
    return dict(run)


def _flat(row: Mapping[str, Any], texts: bool) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name == "grades":
            yield name, _grades(value)
        elif name not in _PARTS and (texts or name not in TEXTS):
            yield name, value
    for system, values in row["ranking"].items():
        yield f"ranking/{system}", _found(values["found"])
        if "error" in values:
            yield f"ranking/{system}/error", values["error"]
    for system, reply in row["answers"].items():
        for name, value in reply.items():
            if texts or name not in TEXTS:
                yield f"answers/{system}/{name}", value


def _row(cells: Mapping[str, Any], systems: Mapping[str, list[str]]) -> dict[str, Any]:
    row = {name: value for name, value in cells.items() if not name.startswith(_PARTS)}
    grades = row["grades"]
    row["grades"] = [1] * grades if isinstance(grades, int) else grades
    row["ranking"] = {
        system: {
            "found": [[at, 1] if isinstance(at, int) else at for at in found],
            **_with_error(cells, f"ranking/{system}/error"),
        }
        for system in systems["ranking"]
        if (found := cells.get(f"ranking/{system}")) is not None
    }
    row["answers"] = {
        system: _reply(cells, f"answers/{system}/")
        for system in systems["answers"]
        if cells.get(f"answers/{system}/verdict")
    }
    return row


def _reply(cells: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    reply = {
        name.removeprefix(prefix): value
        for name, value in cells.items()
        if name.startswith(prefix) and name != f"{prefix}error"
    }
    return reply | _with_error(cells, f"{prefix}error")


def _with_error(cells: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {"error": cells[name]} if cells.get(name) else {}


def _grades(grades: list[int] | None) -> Any:
    return grades if grades is None or set(grades) - {1} else len(grades)


def _found(found: list[list[int]]) -> Any:
    return found if any(grade != 1 for _, grade in found) else [rank for rank, _ in found]
