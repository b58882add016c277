"""Writes docs/results.md, its plots and the README's tables out of the committed results, and
docs/qa-eval.md out of the help of the commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from eval.committed import RESULTS, Committed, committed, published
from eval.findings import SHIPPED, answered, by_kind, failings, ranked
from eval.manual import manual
from eval.parts import brought, brought_to_answers
from eval.readme import between_markers, tables
from eval.report import headline, matrix, provenance
from eval.summary import systems
from eval.systems import MEANINGS
from eval.table import NOTHING, Table, percent
from index.errors import InputError

PAGE = Path("docs", "results.md")
MANUAL = Path("docs", "qa-eval.md")
PLOTS = Path("docs", "plots")
README = Path("README.md")

HEAD = Path(__file__).parent / "templates" / "results.md"
"""How the page begins."""


def renew(root: Path, command: click.Group) -> list[Path]:
    """Write the pages and the plots below the repository ``root``; returns the files.

    ``command`` is ``qa-eval``, for the page about it.

    ``InputError`` when results cannot be read, or without the extra "plots".
    """
    from eval.plots import draw

    found = committed(root / RESULTS.relative_to(RESULTS.parents[1]))
    texts = _texts(root, found, command)
    written = draw(found.records, root / PLOTS, ["svg"])
    for stale in set((root / PLOTS).glob("*.svg")) - set(written):
        stale.unlink()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return written


def outdated(root: Path, command: click.Group) -> list[Path]:
    """The pages that ``renew`` would change, and plots that are not there.

    The bytes of plots are not compared: they differ between versions of matplotlib.
    """
    found = committed(root / RESULTS.relative_to(RESULTS.parents[1]))
    stale = [
        file
        for file, text in _texts(root, found, command).items()
        if not file.is_file() or file.read_text("utf-8") != text
    ]
    plots = [root / PLOTS / f"{name}-{kind}.svg" for name, kind in _plots(found)]
    return stale + [plot for plot in plots if not plot.is_file()]


def page(found: Committed) -> str:
    """The whole page."""
    parts = [HEAD.read_text(encoding="utf-8")]
    for name, run in found.records.items():
        parts += [f"## {name}", *_record(name, run)]
    parts += _readings(found)
    if found.speed:
        parts += ["## Speed and memory", _speed(found.speed)]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _texts(root: Path, found: Committed, command: click.Group) -> dict[Path, str]:
    readme = root / README
    try:
        text = between_markers(readme.read_text(encoding="utf-8"), tables(found))
    except OSError as error:
        raise InputError(f"{readme}: cannot be read; name the repository ({error})") from None
    return {root / PAGE: page(found), root / MANUAL: manual(command), readme: text}


def _plots(found: Committed) -> Iterator[tuple[str, str]]:
    for name, run in found.records.items():
        if systems(run, "ranking"):
            yield from ((name, "recall"), (name, "speed"))
        if systems(run, "answers"):
            yield from ((name, "risk-coverage"), (name, "reliability"))


def _record(name: str, run: Mapping[str, Any]) -> Iterator[str]:
    yield f"{headline(run)}. {provenance(run)}"
    if run["notes"]:
        yield "Notes: " + "; ".join(run["notes"]) + "."
    asked = systems(run, "answers")
    asked = [SHIPPED] if SHIPPED in asked else asked
    if systems(run, "ranking"):
        yield f"### {name}: finding the {run['set']['unit']}"
        yield ranked(run)
        known = [one for one in systems(run, "ranking") if one in MEANINGS]
        yield "; ".join(f"*{one}*: {MEANINGS[one]}" for one in known) + "."
        if crossed := matrix(run, SHIPPED):
            yield f"{crossed.heading}:"
            yield crossed.grid()
        yield _images(name, "recall", "speed")
        if shown := brought(run):
            yield f"### {name}: what each part brings to the ranking"
            yield shown
    for system in asked:
        yield f"### {name}: answers of {system}"
        yield answered(run, system)
        yield by_kind(run, system)
    if shown := brought_to_answers(run):
        yield f"### {name}: what each part brings to the answers"
        yield shown
    if asked:
        yield _images(name, "risk-coverage", "reliability")
        yield f"### {name}: where it fails"
        yield "\n".join(f"- {line}" for line in failings(run, asked[0]))


def _readings(found: Committed) -> Iterator[str]:
    for name, reading in found.readings.items():
        yield f"## {name}: the reader, given the right paragraph"
        yield (
            "Reading comprehension as SQuAD 2.0 scores it, in percent: no search, one paragraph. "
            "Published figures are for the same questions; their cards do not say at which "
            "threshold."
        )
        yield reading_table(name, reading).grid()


def reading_table(name: str, reading: Mapping[str, Any]) -> Table:
    """EM and F1 of the reader by language, and what others published for the same questions."""
    rows = []
    for lang, one in reading["languages"].items():
        ours = [percent(one, key) for key in ("EM", "F1", "refused", "best-EM", "best-F1")]
        rows.append((f"**{reading['reader']}**", lang, *ours, "this repository"))
    for other in published():
        if other["set"] == name and other["lang"] in reading["languages"]:
            source = f"[card]({other['source']})" if other["source"] else NOTHING
            figures = (percent(other, "exact"), percent(other, "f1"))
            rows.append((other["system"], other["lang"], *figures, *[NOTHING] * 3, source))
    header = ("reader", "lang", "EM", "F1", "refused rightly", "best EM", "best F1", "source")
    return Table("", header, tuple(rows))


def _speed(rows: Any) -> str:
    peers = list(dict.fromkeys(name for row in rows for name in row if name not in
                               ("what", "unit", "kutip")))  # fmt: skip
    cells = [
        (row["what"], row["unit"], *(_number(row.get(name)) for name in ("kutip", *peers)))
        for row in rows
    ]
    return Table("", ("what", "unit", "kutip", *peers), tuple(cells)).grid()


def _images(name: str, *kinds: str) -> str:
    return "\n".join(f"![{kind} of {name}](plots/{name}-{kind}.svg)" for kind in kinds)


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.4g}"
