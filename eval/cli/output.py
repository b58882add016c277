"""What the commands print: records to stdout or files, notes and progress to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from index.errors import InputError

UNEXPECTED = 70
"""Exit code of a defect, and of a run in which a question failed."""


def print_record(record: dict[str, Any], by: str, json_file: Path | None, md: Path | None) -> None:
    """Print the tables of a record, or write it as JSON or Markdown (``-``: to stdout instead)."""
    from eval.report import headline, markdown, tables
    from eval.results import dump

    outputs: list[tuple[Path | None, Callable[[], str]]] = [
        (json_file, lambda: dump(record)),
        (md, lambda: markdown(record, by)),
    ]
    for file, text in outputs:
        if file and str(file) != "-":
            write(file, text())
    piped = [text() for file, text in outputs if str(file) == "-"]
    if piped:
        click.echo("\n".join(piped), nl=False)
        return
    click.echo("\n\n".join([headline(record), *(table.text() for table in tables(record, by))]))


def write(file: Path, text: str) -> None:
    """Write a file and say so. Raises ``InputError``."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error})") from None
    note(f"wrote {file}")


def tick(stage: str, done: int, total: int) -> None:
    """Show progress on a terminal; elsewhere only what was finished."""
    if sys.stderr.isatty():
        click.echo(
            f"\r\x1b[K{stage} {done}/{total}" if done < total else "\r\x1b[K", err=True, nl=False
        )
    elif total and done == total:
        note(f"{stage}: {total} done")


def note(text: str) -> None:
    """Say something that is not data."""
    click.echo(text, err=True)
