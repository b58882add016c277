"""Commands that read records of runs, and the one that measures speed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from eval.cli.output import print_record
from eval.cli.root import BY, DATA, FILE
from index.errors import InputError


@click.command()
@click.argument("record", type=FILE)
@BY
@click.option("--markdown", "markdown_file", type=FILE, help="Write the tables; - for stdout.")
def show(record: Path, by: str, markdown_file: Path | None) -> None:
    """Print the tables of a RECORD that `run --json` wrote."""
    from eval.results import load

    print_record(load(record), by, None, markdown_file)


@click.command()
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option("--system", default="hybrid", show_default=True, help="The system of BEFORE.")
@click.option("--against", help="The system of AFTER; by default the same.")
@click.option(
    "--measure", default="Success@1", show_default=True, help="For the list of questions."
)
@DATA
def compare(before: Path, after: Path, **options: Any) -> None:
    """Compare two records: differences with p-values, and the questions won and lost."""
    from eval import compare as side_by_side
    from eval.results import load

    old = side_by_side.Side(load(before), options["system"])
    new = side_by_side.Side(load(after), options["against"] or options["system"])
    if options["measure"] not in side_by_side.MEASURES:
        raise InputError(f"--measure must be one of {', '.join(side_by_side.MEASURES)}")
    click.echo(side_by_side.table(old, new).text())
    texts = _texts(old.run["set"]["name"], options["data"])
    found = side_by_side.changes(old, new, options["measure"])
    for word, sign in (("won", 1), ("lost", -1)):
        for one in found:
            if (one.after - one.before) * sign > 0:
                change = f"{one.before:.2f} → {one.after:.2f}"
                click.echo(f"{word}  {one.id}  {change}  {texts.get(one.id, '')}".rstrip())


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def speed(args: tuple[str, ...]) -> None:
    """Measure speed and memory beside rank_bm25 and bm25s."""
    from eval.speed import speed as measure

    measure.main(args, prog_name="qa-eval speed", standalone_mode=False)


def _texts(name: str, data: Path | None) -> dict[str, str]:
    from eval.sets import load_set

    try:
        return {question.id: question.text for question in load_set(name, data).questions}
    except InputError:  # the ids alone must do
        return {}


COMMANDS = (show, compare, speed)
