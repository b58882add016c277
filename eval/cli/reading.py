"""The command that judges the reader alone."""

from __future__ import annotations

from pathlib import Path

import click

from eval.cli.output import tick, write
from eval.cli.root import DATA, FILE
from index.errors import InputError


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@DATA
@click.option("--json", "json_file", type=FILE, help="Write the figures; - for stdout.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def read(file: Path | None, data: Path | None, json_file: Path | None, quiet: bool) -> None:
    """Give the reader the right paragraph of every question of FILE.

    FILE is a SQuAD 1.1 or 2.0 file; without it, that of idk-mrc-dev is read (needs --data). The
    measures are those of SQuAD 2.0: exact match and F1, in percent.

    \b
    Example:
      qa-eval read xquad.de.json
    """
    import json

    from eval.comprehension import read_all, record, table
    from eval.known import IDK_QUESTIONS

    known = [folder / IDK_QUESTIONS for folder in (data, data / "qa")] if data else []
    path = file or next((path for path in known if path.is_file()), None)
    if path is None:
        raise InputError(f"name a SQuAD file, or with --data the folder of {IDK_QUESTIONS}")
    show = None if quiet else lambda done, total: tick("reading", done, total)
    found = record(read_all(path, show))
    text = json.dumps(found, indent=1) + "\n"
    if json_file and str(json_file) != "-":
        write(json_file, text)
    click.echo(text if str(json_file) == "-" else table(found).text())


COMMANDS = (read,)
