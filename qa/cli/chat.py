"""``qa chat``: the screen for asking one question after another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import InputError
from qa.cli import libraries, output
from qa.cli.exits import Exit
from qa.cli.session import Session, session, shared_flags

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.history import History

_EXAMPLES = """
Examples:

\b
  qa chat
  qa chat reports/ notes.txt
  qa chat --library ~/articles.kutip
"""


@click.command(epilog=_EXAMPLES, short_help="Ask questions on a screen of their own.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@shared_flags
def chat(paths: tuple[Path, ...]) -> Exit:
    """Ask one question after another, and read each answer beside the article it comes from.

    With PATHs, files or folders, only those are asked; they are indexed first. Conversations are
    kept and can be resumed, or exported with 'qa history'.
    """
    here = session()
    if not _has_terminal():
        raise InputError("the chat needs a terminal; in a script use 'qa ask'")
    choice = libraries.choose(here, paths)
    if not choice.samples:  # these are few enough to be indexed behind the screen
        with output.progress() as progress:
            choice.prepare(progress)
        _complain_now(choice)

    def open_assistant() -> Assistant:
        from qa.assistant import Assistant

        if choice.samples:
            choice.prepare()
        return Assistant.open(choice.path, encoder=choice.encoder)

    from qa.tui.app import ChatApp

    ChatApp(open_assistant, _history(here), here.settings, choice.title).run()
    return Exit.OK


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _complain_now(choice: libraries.Choice) -> None:
    """Raise what opening the library would raise, while there is a plain terminal to say it in."""
    from index.snapshot import open_snapshot

    open_snapshot(choice.path.expanduser().absolute())


def _history(here: Session) -> History | None:
    from qa.history import History, HistoryError
    from qa.settings import history_path

    try:
        history = History(history_path())
    except HistoryError as problem:
        output.note(f"{problem}; this conversation will not be kept")
        return None
    if history.notice:
        output.note(history.notice)
    return history
