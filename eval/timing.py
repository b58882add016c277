"""Figures of speed, and how they are taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement."""

    what: str
    unit: str
    kutip: float
    peers: dict[str, float]
    """The same thing by peer name, in the same unit."""


def figure_of(what: str, unit: str, values: dict[str, float]) -> Figure:
    """A figure from values by name, of which one is "kutip"."""
    return Figure(what, unit, values["kutip"], {k: v for k, v in values.items() if k != "kutip"})


def times(figure: Figure, peer: float) -> float:
    """How many times better Kutip's value is than the peer's."""
    more_is_better = figure.unit.endswith("/s")
    return figure.kutip / peer if more_is_better else peer / figure.kutip


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What ``work`` returns, and the seconds it took."""
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began
