"""Rankings as the files that trec_eval reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.judging import Ranked
from index.errors import InputError


def write_trec(
    folder: Path,
    judged: Mapping[str, Mapping[str, int]],
    ranked: Mapping[str, Sequence[Ranked]],
) -> list[Path]:
    """Write ``qrels`` and one ``SYSTEM.run`` a system.

    ``judged`` maps question ids to what should be found and its grade. White space in ids
    becomes "_". ``InputError`` when a file cannot be written.
    """
    files = {
        "qrels": [
            f"{_id(question)} 0 {_id(unit)} {grade}"
            for question, units in judged.items()
            for unit, grade in sorted(units.items())
        ]
    }
    for system, rows in ranked.items():
        files[f"{_id(system)}.run"] = [
            f"{_id(row.question)} Q0 {_id(unit)} {place} {len(row.units) - place + 1} {_id(system)}"
            for row in rows
            for place, unit in enumerate(row.units, start=1)
        ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text("".join(f"{line}\n" for line in content), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: the run files cannot be written ({error})") from None
    return [folder / name for name in files]


def _id(text: str) -> str:
    return re.sub(r"[\s/]", "_", text)
