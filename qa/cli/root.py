"""The group of all commands, and how any error becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from index.errors import KutipError
from qa.cli import output
from qa.cli.ask import ask
from qa.cli.chat import chat
from qa.cli.completion import completion
from qa.cli.doctor import doctor
from qa.cli.exits import Exit, exit_for
from qa.cli.history import history
from qa.cli.index import index
from qa.cli.search import search
from qa.cli.session import InOrder, shared_flags
from qa.cli.verify import verify

_EXAMPLES = """
Examples:

\b
  qa chat
  qa ask "who mediated the ceasefire?"
  qa index add reports/ notes.txt
  qa ask "who mediated the ceasefire?" --json

Without a library of your own, the five sample articles are asked.
"""


class _ReaderGone(Exception):
    """Whoever read stdout has closed it."""


class Root(InOrder):
    """Ends the process with one of the codes of ``Exit`` and, on an error, one line on stderr."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the command line; ``--help`` prints here, and may meet a closed pipe."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError as problem:
            raise _ReaderGone from problem

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe passes click, which would end with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as problem:
            raise _ReaderGone from problem

    def main(self, args: Sequence[str] | None = None, *others: Any, **extra: Any) -> NoReturn:
        """Run the command line. Always raises ``SystemExit``."""
        given = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        extra.setdefault("prog_name", "qa")  # whatever it was started as: completion goes by it
        sys.exit(self._run(given, "--debug" in given, *others, **extra))

    def _run(self, given: list[str], debug: bool, *others: Any, **extra: Any) -> int:
        try:
            _open_missing_streams()
            _make_streams_forgiving()
            code = super().main(given, *others, **extra)
            sys.stdout.flush()
        except click.ClickException as problem:
            with output.told():
                problem.show()
            return Exit.INPUT
        except (click.Abort, KeyboardInterrupt):
            return Exit.INTERRUPTED
        except (_ReaderGone, BrokenPipeError):
            output.abandon(sys.stdout)
            return Exit.PIPE
        except Exception as problem:
            if debug:
                import traceback

                with output.told():
                    traceback.print_exc()
            return _explain(problem)
        return code if isinstance(code, int) else Exit.OK


def _explain(problem: Exception) -> int:
    if isinstance(problem, KutipError):
        output.note(str(problem))
        return exit_for(problem)
    if isinstance(problem, OSError) and problem.strerror:
        place = f"{problem.filename}: " if problem.filename else ""
        output.note(f"{place}{problem.strerror}")
        return exit_for(problem)
    output.note(
        f"unexpected {type(problem).__name__}: {problem}"
        " (a defect of Kutip; --debug shows where, 'qa doctor' what to report with it)"
    )
    return Exit.UNEXPECTED


def _open_missing_streams() -> None:
    """Put nothing where the caller closed a stream, lest a file of the library takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # the lowest free number is given out, which is its own
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - stays open


def _make_streams_forgiving() -> None:
    """Show what an old terminal cannot encode as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=Root, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kutip", message="kutip %(version)s")
@shared_flags
def qa() -> None:
    """Ask your articles a question in your own language.

    The answer is made of sentences quoted word for word from the articles, each with its source.
    Nothing is generated and nothing leaves this machine.
    """


for command in (chat, ask, search, index, verify, history, doctor, completion):
    qa.add_command(command)
