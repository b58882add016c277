"""How fast Kutip is, beside its peers on the same machine, tokens and questions, in one run.

Absolute figures say little on a busy or unknown machine; the ratios do. Peers that are not
installed are left out. Run it with ``make bench``, ``qa-eval speed`` or ``python -m eval.speed``.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from eval.encoding import encoding, equal_texts
from eval.peers import PEERS, Ranker
from eval.processes import watched
from eval.table import Table
from eval.timing import Figure, figure_of, timed, times

SYNTHETIC = 20_000
"""Passages of the made-up corpus."""
_QUESTIONS = 50
_ROUNDS = 5
_SEED = 20261120


def made_up(count: int) -> list[str]:
    """``count`` passages of 30 to 90 words, drawn as words are in prose: few often, most seldom."""
    rng = random.Random(_SEED)
    words = [f"kata{number}" for number in range(50_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    drawn = iter(rng.choices(words, weights, k=count * 90))
    return [
        " ".join(next(drawn) for _ in range(rng.randint(30, 90))).capitalize() + "."
        for _ in range(count)
    ]


def ranking(name: str, passages: Sequence[str]) -> list[Figure]:
    """Indexing and asking ``passages``, all rankers given the same terms."""
    from index.tokens import terms

    tokens = [terms(text, "id") for text in passages]
    rng = random.Random(_SEED)
    asked = [rng.sample(words, min(6, len(words))) for words in rng.choices(tokens, k=_QUESTIONS)]
    built: dict[str, float] = {}
    answered: dict[str, float] = {}
    for peer, make in PEERS.items():
        try:
            ranker, seconds = timed(partial(make, tokens))
        except ImportError:
            continue
        built[peer] = len(tokens) / seconds
        answered[peer] = _per_question(ranker, asked)
    return [
        figure_of(f"BM25 index, {name}", "passages/s", built),
        figure_of(f"BM25 query, {name}", "ms", answered),
    ]


def library(name: str, files: Path, folder: Path) -> list[Figure]:
    """Building a library of ``files``, by words alone, and opening it."""
    from index.library import Library
    from index.retriever import Retriever

    made = Library.create(folder, encoder="none")
    _, seconds = timed(lambda: made.add([files]))
    retriever = Retriever.open(folder)
    opening = [timed(lambda: Retriever.open(folder))[1] for _ in range(_ROUNDS)]
    return [
        Figure(f"library from files, {name}", "passages/s", retriever.info.passages / seconds, {}),
        Figure(f"open library, {name}", "ms", statistics.median(opening) * 1000, {}),
    ]


def processes(folder: Path) -> list[Figure]:
    """Commands from process start to exit, over a library of the sample articles in ``folder``."""
    from index.library import Library
    from qa.samples import sample_articles

    Library.create(folder).add([sample_articles()])
    ask = ["ask", "who mediated the ceasefire?", "--library", str(folder)]
    seconds, mebibytes = watched("pass", [], _ROUNDS)
    figures = [Figure("a bare Python process", "ms", seconds * 1000, {})]
    for name, args in (("qa --help", ["--help"]), ("qa ask", ask)):
        seconds, mebibytes = watched("from qa.cli import main; main()", args, _ROUNDS)
        figures.append(Figure(name, "ms", seconds * 1000, {}))
        figures.append(Figure(f"{name}, peak memory", "MiB", mebibytes, {}))
    return figures


def table(figures: Iterable[Figure]) -> Table:
    """The figures as a table; "times" is how often Kutip's figure is the better one."""
    figures = list(figures)
    names = list(dict.fromkeys(peer for figure in figures for peer in figure.peers))
    rows = []
    for figure in figures:
        cells = [f"{figure.kutip:,.4g}", figure.unit]
        for peer in names:
            value = figure.peers.get(peer)
            cells.append("" if value is None else f"{value:,.4g} ({times(figure, value):.3g}×)")
        rows.append((figure.what, *cells))
    remark = "in brackets: how many times better Kutip's figure is"
    return Table("Speed", ("what", "kutip", "unit", *names), tuple(rows), (remark,))


def read_passages(file: Path) -> list[str]:
    """Passages of a file: JSON lines with "text", or one passage a line."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if file.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in lines]
    return lines


@click.command()
@click.option(
    "--passages",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Passages to rank: .jsonl with text, or a line each; by default made up.",
)
@click.option("--count", default=SYNTHETIC, show_default=True, help="How many of them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def speed(file: Path | None, count: int, as_json: bool) -> None:
    """Measure speed and memory beside rank_bm25 and bm25s."""
    from qa.samples import sample_articles

    passages = read_passages(file)[:count] if file else made_up(count)
    name = f"{len(passages):,} passages"
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="qa-eval-") as scratch:
        rows = Path(scratch, "passages.jsonl")
        rows.write_text("\n".join(json.dumps({"text": text}) for text in passages), "utf-8")
        steps: list[tuple[str, Callable[[], list[Figure]]]] = [
            ("processes", lambda: processes(Path(scratch, "asked"))),
            ("encoder", lambda: encoding(equal_texts(128))),
            ("seeds", lambda: library("seeds", sample_articles(), Path(scratch, "seeds"))),
            ("library", lambda: library(name, rows, Path(scratch, "large"))),
            ("rankers", lambda: ranking(name, passages)),
        ]
        for step, measure in steps:
            click.echo(f"measuring: {step}", err=True)
            figures += measure()
    if as_json:
        click.echo(json.dumps([_row(figure) for figure in figures], indent=1))
    else:
        click.echo(table(figures).text())


def _row(figure: Figure) -> dict[str, Any]:
    values = {"kutip": figure.kutip} | figure.peers
    return {"what": figure.what, "unit": figure.unit} | {
        name: round(value, 4) for name, value in values.items()
    }


def _per_question(ranker: Ranker, asked: Sequence[list[str]]) -> float:
    ranker(asked[0])  # the first call may still set things up
    return statistics.median(timed(partial(ranker, q))[1] for q in asked) * 1000


if __name__ == "__main__":
    speed()
