"""A record as tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.measures import RANKING
from eval.replies import Outcome, calibration, outcomes, replies
from eval.stats import holm
from eval.summary import By, Estimate, duel, groups, ranking, systems
from eval.table import NOTHING, Table, corrected_for, figure, p_text

_WITH_INTERVAL = ("Success@1", "nDCG@10")
_COLUMNS_MAX = 4
"""Most groups that have a column each; more of them get a row each, with fewer figures."""
_BRIEF = ("Quote-Success@1", "Quote-Success@3", "EM", "F1", "refusal recall")
"""Figures of the answers that a table with a row for each kind has room for."""


def tables(run: Mapping[str, Any], by: By = "lang", names: Sequence[str] = RANKING) -> list[Table]:
    """The tables of a record, a row (of the answers by language: a column) for each group.

    ``names`` are the measures of the rankings; the record must hold them (``results.measure``).
    """
    ranked = systems(run, "ranking")
    made = [_ranking(run, by, names)] if ranked else []
    made += [one for system in ranked if (one := matrix(run, system)) is not None]
    wide = by == "lang" and len(groups(run)) <= _COLUMNS_MAX
    for system in systems(run, "answers"):
        made.append(_answers(run, system) if wide else _answers_by(run, system, by))
    if by == "lang" and len({row["kind"] for row in run["rows"]}) > 1:
        made += [_answers_by(run, system, "kind") for system in systems(run, "answers")]
    return made


def figures(
    run: Mapping[str, Any], by: By = "lang", names: Sequence[str] = RANKING
) -> dict[str, Any]:
    """The figures of the tables as plain JSON values: by group, "ranking" or "answers", system."""
    found: dict[str, Any] = {}
    for group, rows in groups(run, by):
        ranked = {system: ranking(rows, system, names) for system in systems(run, "ranking")}
        said = {
            system: replies(rows, system) | calibration(rows, system)
            for system in systems(run, "answers")
        }
        counts = {system: outcomes(rows, system) for system in systems(run, "answers")}
        found[group] = {
            "ranking": {system: _plain(one) for system, one in ranked.items()},
            "answers": {system: _plain(one) for system, one in said.items()},
            "outcomes": counts,
        }
    return {"set": run["set"]["name"], "by": by, "groups": found, "timings": run["timings"]}


def headline(run: Mapping[str, Any]) -> str:
    """What was run on what, in one line."""
    answerable = sum(row["answerable"] for row in run["rows"])
    library = run["library"]
    whole = run["settings"].get("of")
    limited = f"only the first of {whole:,} questions: " if whole else ""
    return (
        f"{run['set']['name']}: {limited}{len(run['rows'])} questions ({answerable} with an answer)"
        f" over {library['articles']} articles, {library['passages']} passages; encoder "
        f"{run['encoder']}"
    )


def provenance(run: Mapping[str, Any]) -> str:
    """What must be the same for another run to give the same figures, in one line."""
    machine = run["machine"]
    peak = run["timings"].get("peak_mib")
    memory = f"; the run held at most {peak:,.0f} MiB" if peak else ""
    return (
        f"Questions {run['set']['digest'][:12]}, library {run['library']['digest'][:12]}, source "
        f"{run['source'][:12]}; {machine['cores']} cores, Python {machine['python']}, "
        f"{machine['system']}{memory}."
    )


def markdown(run: Mapping[str, Any], by: By = "lang", names: Sequence[str] = RANKING) -> str:
    """The whole record in Markdown; ``by`` and ``names`` as for ``tables``."""
    facts = f"{headline(run)}. {provenance(run)} In brackets: 95 % bootstrap intervals."
    parts = [f"## {run['set']['name']}", facts, *(t.markdown() for t in tables(run, by, names))]
    return "\n\n".join(parts) + "\n"


def failures(run: Mapping[str, Any], part: str) -> list[str]:
    """A line for each system that could not deal with some questions, with one of its errors."""
    lines = []
    for system in systems(run, part):
        failed = [row for row in run["rows"] if "error" in row[part].get(system, {})]
        if failed:
            first = f"{failed[0]['id']}: {failed[0][part][system]['error']}"
            lines.append(f"{system}: {len(failed)} questions FAILED, for example {first}")
    return lines


def matrix(run: Mapping[str, Any], system: str, measure: str = "nDCG@10") -> Table | None:
    """Language of the question by language of the passages; ``None`` when one is all there is."""
    ranked = [row for row in run["rows"] if system in row["ranking"] and row["over"]]
    asked = sorted({row["lang"] for row in ranked})
    over = sorted({row["over"] for row in ranked})
    if len(asked) * len(over) < 2:
        return None
    rows = []
    for lang in asked:
        cells = [[r for r in ranked if (r["lang"], r["over"]) == (lang, one)] for one in over]
        found = [ranking(chosen, system, [measure])[measure] for chosen in cells]
        rows.append((lang, *(figure(one, n=True) for one in found)))
    heading = f"{measure} of {system}: language of the question by language of the passages"
    return Table(heading, ("question", *over), tuple(rows))


def _plain(found: Mapping[str, Estimate]) -> dict[str, Any]:
    """Estimates as objects; ``None`` for what could not be counted."""
    return {
        name: None
        if math.isnan(one.value)
        else {key: None if math.isnan(value) else value for key, value in asdict(one).items()}
        for name, one in found.items()
    }


def _ranking(run: Mapping[str, Any], by: By, names: Sequence[str]) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, chosen in groups(run, by):
        for system in systems(run, "ranking"):
            found = ranking(chosen, system, names)
            n = found[names[0]].n
            wide = [key for key in names if key in _WITH_INTERVAL] or names
            cells = [figure(one, bounds=key in wide) for key, one in found.items()]
            if n:
                rows.append((name, system, str(n), *cells))
    remarks = [*_duels(run, by), *failures(run, "ranking")]
    remarks.append(f"Milliseconds a question, p50/p95: {_speed(run, 'ranking')}")
    heading = f"Ranking: {run['set']['unit']}s, questions that stand alone"
    return Table(heading, (by, "system", "n", *names), tuple(rows), tuple(remarks))


def _duels(run: Mapping[str, Any], by: By) -> list[str]:
    """The hybrid beside its better arm, a line for each group."""
    met = [(name, one) for name, chosen in groups(run, by) if (one := duel(chosen)) is not None]
    lines = []
    for (name, one), p in zip(met, holm([one.p for _, one in met]), strict=True):
        worse = "  BELOW the better arm" if one.difference.value < 0 else ""
        beside = f"{name}: hybrid {one.difference.value:+.3f} {one.measure} on {one.other}"
        lines.append(f"{beside} ({p_text(p)}){worse}")
    if len(met) > 1:
        lines.append(f"p by paired randomisation, {corrected_for(len(met))}")
    return lines


def _answers(run: Mapping[str, Any], system: str) -> Table:
    parts = groups(run)
    found = {name: replies(chosen, system) | calibration(chosen, system) for name, chosen in parts}
    rows = [
        (measure, *(figure(found[name][measure], n=True) for name, _ in parts))
        for measure in next(iter(found.values()))
        if any(one[measure].n for one in found.values())
    ]
    for name in Outcome:
        counts = [outcomes(chosen, system)[name] for _, chosen in parts]
        rows.append((name.value, *(str(count) if count else NOTHING for count in counts)))
    spent = f"Milliseconds a question, p50/p95: {_speed(run, 'answers')}"
    remarks = (*failures(run, "answers"), spent)
    heading = f"Answers: {system}, every question, follow-ups with their history"
    return Table(heading, ("measure", *(name for name, _ in parts)), tuple(rows), remarks)


def _answers_by(run: Mapping[str, Any], system: str, by: By) -> Table:
    rows = []
    for name, chosen in groups(run, by):
        found = replies(chosen, system)
        rows.append((name, *(figure(found[measure], n=True) for measure in _BRIEF)))
    heading = f"Answers by {'language and kind' if by == 'both' else by}: {system}"
    return Table(heading, (by, *_BRIEF), tuple(rows), tuple(failures(run, "answers")))


def _speed(run: Mapping[str, Any], part: str) -> str:
    spent = run["timings"][part]
    return ", ".join(f"{name} {ms['p50']:g}/{ms['p95']:g}" for name, ms in spent.items() if ms)
