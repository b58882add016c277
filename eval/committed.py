"""The results that are kept in the repository, and published ones that stand beside them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.record_file import load
from index.errors import InputError

RESULTS = Path(__file__).parent / "results"
READING = "reading-"
"""Files of this prefix hold what `qa-eval read --json` wrote; the rest of the name is the set."""
SPEED = "speed"
"""The file that holds what `qa-eval speed --json` wrote."""
_ORDER = ("seeds-test", "idk-mrc-dev", "seeds-dev")
"""Sets that come first, in this order."""


@dataclass(frozen=True, slots=True)
class Committed:
    """Everything that is kept; each part may be empty."""

    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By file name, without its ending."""
    readings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The reader, given the right paragraph, by set."""
    speed: Sequence[Mapping[str, Any]] = ()
    """Rows of "what", "unit", "kutip" and a figure for each peer."""


def committed(folder: Path = RESULTS) -> Committed:
    """What ``folder`` holds. ``InputError`` names a file that is none of these."""
    files = {file.stem: file for file in sorted(folder.glob("*.json"))}
    readings = {
        name.removeprefix(READING): _mapping(files.pop(name))
        for name in list(files)
        if name.startswith(READING)
    }
    speed = _rows(files.pop(SPEED)) if SPEED in files else ()
    names = sorted(files, key=lambda name: (*(name != known for known in _ORDER), name))
    return Committed({name: load(files[name]) for name in names}, readings, speed)


def published() -> list[dict[str, Any]]:
    """Reading comprehension by other systems: "set", "lang", "system", "exact", "f1", "source"."""
    text = Path(__file__).with_name("published.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["reading"]
    return found


def _mapping(file: Path) -> Mapping[str, Any]:
    found = _json(file)
    if not isinstance(found, dict) or "languages" not in found:
        raise InputError(f"{file}: not what qa-eval read --json writes")
    return found


def _rows(file: Path) -> list[Mapping[str, Any]]:
    found = _json(file)
    if not isinstance(found, list) or not all("what" in row for row in found):
        raise InputError(f"{file}: not what qa-eval speed --json writes")
    return found


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read ({error})") from None
