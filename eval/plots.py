"""Records as plots, in SVG and PNG: how sure, how deep, how fast.

The same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from eval.calibration import aurc, bins, risk_coverage
from eval.measures import DEPTH
from eval.replies import first_right, replied
from eval.summary import ALL, groups, ranking, systems
from index.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Run: TypeAlias = Mapping[str, Any]

FORMATS = ("svg", "png")
QUALITY = "nDCG@10"
SIZE = (6.4, 4.2)
"""Of one plot, in inches."""
POINTS = 300
"""Most points of a curve that has one a question."""
_TICKS = [factor * 10.0**power for power in range(-3, 5) for factor in (1, 2, 5)]
_FIXED: dict[Any, Any] = {
    "svg.hashsalt": "kutip",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
}
_NO_DATE = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
_MARKERS = "osD^vP*X<>hd"
"""One a curve, so that colour alone carries nothing."""


def draw(runs: Mapping[str, Run], folder: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write the plots of records to ``folder``, each file named after its record; the files.

    A record without rankings, or without answers, gets no plots of them. ``InputError`` when a
    file cannot be written, or without the extra "plots".
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError('plots need matplotlib: pip install "kutip[plots]"') from None
    made: list[Path] = []
    with mpl.rc_context(_FIXED):
        for name, run in runs.items():
            for kind, plot in _plots(run).items():
                figure = Figure(figsize=SIZE, layout="constrained")
                plot(run, figure.subplots())
                made += _saved(figure, folder / f"{name}-{kind}", formats)
    return made


def _plots(run: Run) -> dict[str, Callable[[Run, Axes], None]]:
    found: dict[str, Callable[[Run, Axes], None]] = {}
    if systems(run, "answers"):
        found |= {"risk-coverage": _risk_coverage, "reliability": _reliability}
    if systems(run, "ranking"):
        found |= {"recall": _recall, "speed": _speed}
    return found


def _saved(figure: Figure, stem: Path, formats: Sequence[str]) -> list[Path]:
    files = []
    for kind in formats:
        file = stem.with_name(f"{stem.name}.{kind}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            figure.savefig(file, format=kind, dpi=150, metadata=_NO_DATE.get(kind))
        except OSError as error:
            raise InputError(f"{file}: cannot be written ({error})") from None
        files.append(file)
    return files


def _risk_coverage(run: Run, axes: Axes) -> None:
    """Share of wrong first quotes among the questions answered, the surest first."""
    for number, (label, right, sure) in enumerate(_confidences(run)):
        risks = risk_coverage(right, sure)
        coverage = np.arange(1, len(risks) + 1) / len(risks)
        step = -(-len(risks) // POINTS)
        text = f"{label}: AURC {aurc(right, sure):.3f}, at best {aurc(right, np.array(right)):.3f}"
        every = max(1, len(risks) // step // 8)
        axes.plot(coverage[::step], risks[::step], label=text, markevery=every, **_look(number))
    _named(axes, run, "share of questions answered, the surest first", "share of them wrong")
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _reliability(run: Run, axes: Axes) -> None:
    """Confidence against the share right, ten bins of equal width."""
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="as sure as right")
    for number, (label, right, sure) in enumerate(_confidences(run)):
        found = bins(right, sure)
        x, y = [one.confidence for one in found], [one.right for one in found]
        axes.plot(x, y, label=f"{label} (n={len(sure)})", **_look(number))
        for one in found:
            axes.annotate(str(one.n), (one.confidence, one.right), (3, 4), fontsize=7,
                          textcoords="offset points")  # fmt: skip
    _named(
        axes, run, "confidence (figures: questions in a bin)", "share whose first quote is right"
    )
    axes.set(xlim=(0, 1), ylim=(0, 1.06))


def _recall(run: Run, axes: Axes) -> None:
    """Share of what should be found among the first k."""
    depths = [k for k in (1, 2, 3, 5, 10, 20, 30, 50, DEPTH) if k <= DEPTH]
    for number, system in enumerate(systems(run, "ranking")):
        ranked = [
            (row["ranking"][system]["found"], row["ranking"][system].get("grades", row["grades"]))
            for row in run["rows"]
            if system in row["ranking"]
        ]
        shares = [
            [sum(at <= k for at, _ in found) / len(grades) for k in depths]
            for found, grades in ranked
            if grades
        ]
        if shares:
            axes.plot(depths, np.mean(shares, axis=0), label=system, **_look(number))
    axes.set_xscale("log")
    axes.set_xticks(depths, [str(k) for k in depths])
    axes.minorticks_off()
    _named(axes, run, "k", f"R@k, {run['set']['unit']}s")
    axes.set_ylim(top=1.01)


def _speed(run: Run, axes: Axes) -> None:
    """Quality beside the time a question takes."""
    spent = {name: ms["p50"] for name, ms in run["timings"]["ranking"].items() if ms}
    for number, (system, median) in enumerate(spent.items()):
        found = ranking(run["rows"], system, [QUALITY])[QUALITY]
        bars = [[found.value - found.low], [found.high - found.value]]
        x = max(median, _TICKS[0])
        axes.errorbar(x, found.value, yerr=bars, capsize=3, alpha=0.8, **_look(number))
        axes.annotate(system, (x, found.value), (6, 0), textcoords="offset points", fontsize=8)
    axes.set_xscale("log")
    low, high = min(spent.values()) / 1.5, max(spent.values()) * 3
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    axes.set(xlim=(max(low, _TICKS[0] / 2), max(high, _TICKS[0])))
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    _named(axes, run, "milliseconds a question (median)", f"{QUALITY}, 95 % interval")


def _confidences(run: Run) -> list[tuple[str, list[bool], list[float]]]:
    """By language and system: whether each first quote is right, and the confidence in it."""
    found = []
    for system in systems(run, "answers"):
        for name, rows in groups(run):
            said = replied(rows, system)
            if said and (name != ALL or len(systems(run, "answers")) > 1):
                right = [first_right(reply) for _, reply in said]
                sure = [float(reply["confidence"]) for _, reply in said]
                found.append((f"{system}, {name}", right, sure))
    return found


def _look(number: int) -> dict[str, Any]:
    return {"marker": _MARKERS[number % len(_MARKERS)], "markersize": 4, "linewidth": 1.2}


def _named(axes: Axes, run: Run, x: str, y: str) -> None:
    axes.set(title=run["set"]["name"], xlabel=x, ylabel=y)
    axes.grid(visible=True, alpha=0.3)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(fontsize=8)
