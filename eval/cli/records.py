"""Commands that read records of runs, and the one that measures speed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval.cli.output import Outputs, note, print_record, write
from eval.cli.root import BY, DATA, FILE, cli
from index.errors import InputError
from qa.render.inert import json_text, safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eval.compare import Side
    from eval.summary import By

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("record", type=FILE)
@BY
@click.option("--measure", "names", multiple=True, help="Of ir_measures, such as nDCG@3; repeat.")
@click.option("--json", "json_file", type=FILE, help="Write the figures; - for stdout.")
@click.option("--markdown", "markdown_file", type=FILE, help="Write the tables; - for stdout.")
def show(record: Path, by: By, names: tuple[str, ...], **options: Any) -> None:
    """Print the tables of a RECORD that `run --json` wrote."""
    from eval.measures import RANKING
    from eval.record_file import load
    from eval.report import figures
    from eval.results import measure

    run = load(record)
    measure(run, names)
    if options["json_file"] is not None:
        text = json_text(figures(run, by, names or RANKING), indent=1)
        _out(options["json_file"], f"{text}\n")
    else:
        print_record(run, Outputs(by, markdown=options["markdown_file"], measures=names))


@click.command()
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option("--system", default="hybrid", show_default=True, help="The system of BEFORE.")
@click.option("--against", help="The system of AFTER; by default the same.")
@click.option("--measure", help="For the list of questions; by default the first in the table.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
@DATA
def compare(before: Path, after: Path, **options: Any) -> None:
    """Compare two records: differences with p-values, and the questions won and lost.

    BEFORE and AFTER may be one record, with two of its systems.
    """
    from eval import compare as side_by_side
    from eval.record_file import load

    old = side_by_side.Side(load(before), options["system"])
    new = side_by_side.Side(load(after), options["against"] or options["system"])
    found = side_by_side.to_dict(old, new, options["measure"])
    if options["as_json"]:
        click.echo(json_text(found, indent=1))
        return
    table = side_by_side.table(old, new)
    click.echo(table.markdown() if options["as_markdown"] else table.text())
    texts = _texts(old, options["data"])
    for word in ("won", "lost"):
        for one in found[word]:
            change = f"{one['before']:.2f} → {one['after']:.2f}"
            line = f"{word}  {one['id']}  {change}  {texts.get(one['id'], '')}"
            click.echo(safe(line).rstrip())


@click.command()
@click.argument("record", type=FILE)
@click.option("--out", type=FILE, required=True, help="The page to write; - for stdout.")
def html(record: Path, out: Path) -> None:
    """Write a page that shows every question of a RECORD with its quotes and the right answer.

    The page is one file that loads nothing else. The record must hold its texts (`run --json`
    without `--no-texts`).
    """
    from eval.page import page
    from eval.record_file import load

    _out(out, page(load(record)))


@click.command()
@click.argument("records", type=FILE, nargs=-1, required=True)
@click.option("--out", type=FOLDER, required=True, help="Folder to write the plots to.")
def plot(records: tuple[Path, ...], out: Path) -> None:
    """Draw plots of RECORDS as SVG and PNG.

    Risk-coverage and reliability of the answers; recall at each depth and speed beside quality of
    the rankings.
    """
    from eval.plots import draw
    from eval.record_file import load

    named = {record.stem: record for record in records}
    if len(named) < len(records):
        raise InputError("two records have the same file name; their plots would overwrite another")
    for file in draw({name: load(record) for name, record in named.items()}, out):
        note(f"wrote {file}")


@click.command()
@click.argument("data", type=FILE)
@click.argument("predictions", type=FILE)
@click.option("--no-answer", type=FILE, help='JSON: {"question id": probability of no answer}.')
@click.option("--threshold", default=1.0, show_default=True, help="Refuse above this probability.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def squad(data: Path, predictions: Path, **options: Any) -> None:
    """Score PREDICTIONS for a SQuAD 2.0 file as its official script does.

    DATA is SQuAD 1.1, 2.0 or IDK-MRC JSON; PREDICTIONS is {"question id": "answer"}, an empty
    answer for none. A question without a prediction counts as unanswered.
    """
    from eval.predictions import score

    table, found = score(data, predictions, options["no_answer"], options["threshold"])
    click.echo(json_text(found, indent=1) if options["as_json"] else table.text())


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a page is out of date.")
@click.argument("root", type=FOLDER, required=False)
def docs(root: Path | None, check: bool) -> None:
    """Write docs/results.md, its plots, the README's tables and docs/qa-eval.md.

    Results come from the records in eval/results, the rest from the help of the commands.

    ROOT is the repository, by default the one that this package lies in.
    """
    from eval.evidence import outdated, renew

    root = root or Path(__file__).resolve().parents[2]
    if not check:
        for file in renew(root, cli):
            note(f"wrote {file}")
    elif stale := outdated(root, cli):
        raise InputError(f"out of date, run qa-eval docs: {', '.join(map(str, stale))}")


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def speed(args: tuple[str, ...]) -> None:
    """Measure speed and memory beside rank_bm25 and bm25s; `qa-eval speed --help` has options."""
    from eval.speed import speed as measure

    measure.main(args, prog_name="qa-eval speed", standalone_mode=False)


def _out(file: Path, text: str) -> None:
    if str(file) == "-":
        click.echo(text, nl=False)
    else:
        write(file, text)


def _texts(side: Side, data: Path | None) -> Mapping[str, str]:
    """Wordings of the questions: from the record, else from the set, else none."""
    rows = side.run["rows"]
    if all("question" in row for row in rows):
        return {row["id"]: row["question"] for row in rows}
    from eval.sets import Choice, load_set

    try:
        questions = load_set(Choice(side.run["set"]["name"], data)).questions
    except InputError:  # the ids alone must do
        return {}
    return {question.id: question.text for question in questions}


COMMANDS = (show, compare, html, plot, squad, docs, speed)
