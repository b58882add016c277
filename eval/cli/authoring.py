"""Commands for people who write questions."""

from __future__ import annotations

from pathlib import Path

import click

from eval.cli.output import note
from eval.cli.root import FILE
from index.errors import InputError


@click.command()
@click.argument("questions", type=FILE, required=False)
@click.option("--write", is_flag=True, help="Write the spans back into the file.")
def check(questions: Path | None, write: bool) -> None:
    """Check that every gold text stands in the sample articles, at its span."""
    from eval.check import problems

    found = problems(questions, write=write)
    for problem in found:
        click.echo(problem)
    if found:
        raise InputError(f"{len(found)} gold texts are not where they should be")
    note("all gold texts stand in their articles")


COMMANDS = (check,)
