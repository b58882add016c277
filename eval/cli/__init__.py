"""The command ``qa-eval``: data to stdout, progress and notes to stderr."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from eval.cli import authoring, reading, records, running
from eval.cli.output import UNEXPECTED, note
from eval.cli.root import cli
from index.errors import EncoderError, InputError, KutipError, LibraryError

__all__ = ["main"]

_USAGE = 2
_LIBRARY = 3
_MODEL = 4
_INTERRUPTED = 130
_CODES: tuple[tuple[type[KutipError], int], ...] = (
    (InputError, _USAGE),
    (LibraryError, _LIBRARY),
    (EncoderError, _MODEL),
)

for _commands in (running, reading, authoring, records):
    for _command in _commands.COMMANDS:
        cli.add_command(_command)


def main(args: Sequence[str] | None = None) -> None:
    """Run ``qa-eval`` and leave with its exit code.

    0 done · 1 whoever read the output went away · 2 bad input or usage · 3 library · 4 model
    missing · 70 unexpected, or a question that failed · 130 interrupted, 129 and 143 ended by a
    signal.
    """
    given = list(sys.argv[1:] if args is None else args)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    try:
        sys.exit(cli.main(given, prog_name="qa-eval", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        note("interrupted")
        sys.exit(_INTERRUPTED)
    except KutipError as error:
        note(f"qa-eval: {error}")
        sys.exit(next((c for kind, c in _CODES if isinstance(error, kind)), UNEXPECTED))
    except Exception as error:
        if "--debug" in given:
            raise
        note(f"qa-eval: unexpected {error!r}; qa-eval --debug shows where")
        sys.exit(UNEXPECTED)


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End like any other error would, so that the library of the run is cleared away."""
    sys.exit(128 + number)
