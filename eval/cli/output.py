"""What the commands print: records to stdout or files, notes and progress to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import InputError
from qa.render.inert import safe

if TYPE_CHECKING:
    from eval.summary import By

UNEXPECTED = 70
"""Exit code of a defect, and of a run in which a question failed."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a record goes: files, or "-" for stdout."""

    by: By = "lang"
    json: Path | None = None
    texts: bool = True
    """Whether the JSON holds questions, gold answers and quotes too."""
    markdown: Path | None = None
    html: Path | None = None
    measures: Sequence[str] = ()
    """Of the rankings, in the tables; empty for the usual ones."""


def print_record(record: dict[str, Any], to: Outputs) -> None:
    """Print the tables of a record, or write it in other forms."""
    from eval.measures import RANKING
    from eval.record_file import dump
    from eval.report import headline, markdown, tables

    names = to.measures or RANKING
    outputs: list[tuple[Path | None, Callable[[], str]]] = [
        (to.json, lambda: dump(record, texts=to.texts)),
        (to.markdown, lambda: markdown(record, to.by, names)),
        (to.html, lambda: _page(record)),
    ]
    for file, text in outputs:
        if file and str(file) != "-":
            write(file, text())
    piped = [text() for file, text in outputs if str(file) == "-"]
    if piped:
        click.echo("\n".join(piped), nl=False)
        return
    shown = [headline(record), *(table.text() for table in tables(record, to.by, names))]
    click.echo(safe("\n\n".join(shown), lines=True))


def _page(record: dict[str, Any]) -> str:
    from eval.page import page  # jinja2 comes with it

    return page(record)


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
