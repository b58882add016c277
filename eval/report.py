"""A record as tables, for a terminal or in Markdown; and as TREC run files."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures import RANKING
from eval.run import Ranked
from eval.summary import Estimate, duel, langs, pick, ranking, replies, systems
from index.errors import InputError

_WITH_INTERVAL = ("Success@1", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, a header, its rows, and remarks below."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()

    def text(self) -> str:
        """Aligned columns; words to the left, figures to the right."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.header))]
        left = {i for i in range(len(widths)) if all(not _figure(row[i]) for row in self.rows)}
        body = [
            "  ".join(
                cell.ljust(width) if i in left else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.heading, "", *body, *self.remarks])

    def markdown(self) -> str:
        """A Markdown section."""
        lines = [self.header, tuple("---" for _ in self.header), *self.rows]
        body = [f"| {' | '.join(line)} |" for line in lines]
        remarks = [f"- {remark}" for remark in self.remarks]
        return "\n".join([f"### {self.heading}", "", *body, *([""] if remarks else []), *remarks])


def tables(run: Mapping[str, Any], by: str = "lang") -> list[Table]:
    """The tables of a record; ``by`` is "lang" or "kind"."""
    made = []
    if systems(run, "ranking"):
        made.append(_ranking(run, by))
    return made + [_answers(run, by, system) for system in systems(run, "answers")]


def headline(run: Mapping[str, Any]) -> str:
    """What was run on what, in one line."""
    answerable = sum(row["answerable"] for row in run["rows"])
    library = run["library"]
    return (
        f"{run['set']['name']}: {len(run['rows'])} questions ({answerable} with an answer) over "
        f"{library['articles']} articles, {library['passages']} passages; encoder {run['encoder']}"
    )


def markdown(run: Mapping[str, Any], by: str = "lang") -> str:
    """The whole record in Markdown."""
    machine = run["machine"]
    facts = (
        f"{headline(run)}. Questions {run['set']['digest'][:12]}, library "
        f"{run['library']['digest'][:12]}, source {run['source'][:12]}; {machine['cores']} cores, "
        f"Python {machine['python']}, {machine['system']}. In brackets: 95 % bootstrap intervals."
    )
    parts = [f"## {run['set']['name']}", facts, *(table.markdown() for table in tables(run, by))]
    return "\n\n".join(parts) + "\n"


def write_trec(
    folder: Path, judged: Mapping[str, Sequence[str]], ranked: Mapping[str, Sequence[Ranked]]
) -> list[Path]:
    """Write ``qrels`` and one ``SYSTEM.run`` a system, as trec_eval reads them.

    ``judged`` maps question ids to what should be found. White space in ids becomes "_".
    """
    lines = [f"{_id(q)} 0 {_id(unit)} 1" for q, units in judged.items() for unit in sorted(units)]
    files = {"qrels": lines}
    for system, rows in ranked.items():
        files[f"{system}.run"] = [
            f"{_id(row.question)} Q0 {_id(unit)} {place} {len(row.units) - place + 1} {system}"
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


def _ranking(run: Mapping[str, Any], by: str) -> Table:
    rows, remarks = [], []
    for name, chosen in _groups(run, by):
        for system in systems(run, "ranking"):
            figures = ranking(chosen, system)
            n = figures[RANKING[0]].n
            cells = [_cell(figure, measure) for measure, figure in figures.items()]
            if n:
                rows.append((name, system, str(n), *cells))
        met = duel(chosen)
        if met:
            worse = "  BELOW the better arm" if met.difference < 0 else ""
            remarks.append(
                f"{name}: hybrid {met.difference:+.3f} {met.measure} on {met.arm}"
                f" ({p_text(met.p)}){worse}"
            )
    remarks += failures(run, "ranking")
    remarks.append(f"Milliseconds a question, p50/p95: {_speed(run, 'ranking')}")
    heading = f"Ranking: {run['set']['unit']}s, questions that stand alone"
    return Table(heading, (by, "system", "n", *RANKING), tuple(rows), tuple(remarks))


def _answers(run: Mapping[str, Any], by: str, system: str) -> Table:
    groups = list(_groups(run, by))
    figures = {name: replies(chosen, system) for name, chosen in groups}
    rows = tuple(
        (measure, *(_counted(figures[name][measure]) for name, _ in groups))
        for measure in next(iter(figures.values()))
    )
    spent = f"Milliseconds a question, p50/p95: {_speed(run, 'answers')}"
    remarks = (*failures(run, "answers"), spent)
    heading = f"Answers: {system}, every question, follow-ups with their history"
    return Table(heading, ("measure", *(name for name, _ in groups)), rows, remarks)


def _groups(run: Mapping[str, Any], by: str) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    names = langs(run) if by == "lang" else [*sorted({row["kind"] for row in run["rows"]}), "all"]
    for name in names:
        chosen = pick(run, lang=name) if by == "lang" else pick(run, kind=name)
        yield name or "?", chosen


def p_text(p: float) -> str:
    """A p-value in words: three decimals, or that it is below 0.001."""
    return f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"


def failures(run: Mapping[str, Any], part: str) -> list[str]:
    """A line for each system that could not deal with some questions, with one of its errors."""
    lines = []
    for system in systems(run, part):
        failed = [row for row in run["rows"] if "error" in row[part].get(system, {})]
        if failed:
            first = f"{failed[0]['id']}: {failed[0][part][system]['error']}"
            lines.append(f"{system}: {len(failed)} questions FAILED, for example {first}")
    return lines


def _speed(run: Mapping[str, Any], part: str) -> str:
    spent = run["timings"][part]
    return ", ".join(f"{name} {ms['p50']:g}/{ms['p95']:g}" for name, ms in spent.items() if ms)


def _cell(figure: Estimate, measure: str) -> str:
    if math.isnan(figure.value):
        return "–"
    if measure not in _WITH_INTERVAL:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.low:.2f}, {figure.high:.2f}]"


def _counted(figure: Estimate) -> str:
    if math.isnan(figure.value):
        return "–"
    bounds = "" if math.isnan(figure.low) else f" [{figure.low:.2f}, {figure.high:.2f}]"
    return f"{figure.value:.3f}{bounds} n={figure.n}"


def _figure(cell: str) -> bool:
    return bool(re.match(r"[-+]?\d|–", cell))


def _id(text: str) -> str:
    return re.sub(r"\s", "_", text)
