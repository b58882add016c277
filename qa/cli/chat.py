"""``qa chat``: the screen for asking one question after another."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import InputError
from qa.cli import libraries, output
from qa.cli.exits import Exit
from qa.cli.linear import converse
from qa.cli.questions import open_assistant
from qa.cli.session import session, shared_flags
from qa.cli.shelf import ChatLibrary

if TYPE_CHECKING:
    from qa.history import History

_SWITCH_SECONDS = 0.001
"""After how long a thread that reads or answers lets the screen go on: keys are drawn at once."""

_EXAMPLES = """
Examples:

\b
  qa chat
  qa chat reports/ notes.txt
  qa chat --library ~/articles.kutip
  qa chat --plain
"""


@click.command(epilog=_EXAMPLES, short_help="Ask questions on a screen of their own.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@shared_flags
def chat(paths: tuple[Path, ...]) -> int:
    """Ask one question after another, and read each answer beside the article it comes from.

    With PATHs, files or folders, only those are asked; they are indexed first. Conversations are
    kept and can be resumed, or exported with 'qa history'.

    With --plain there is no screen: questions and answers follow each other as lines of text, which
    a screen reader can follow. '/help' there lists what can be done beside asking.
    """
    here = session()
    if here.settings.plain:
        library = ChatLibrary(here, libraries.choose(here, paths))
        converse(open_assistant(here, paths), _history(), library.add)
        return Exit.OK
    if not _has_terminal():
        raise InputError("the chat needs a terminal; use 'qa chat --plain' or 'qa ask'")
    if here.settings.keys:
        from qa.tui.places import check_keys

        check_keys(here.settings.keys)
    choice = libraries.choose(here, paths)
    if not choice.samples:  # these are few enough to be indexed behind the screen
        with output.progress() as progress:
            choice.prepare(progress)
        _complain_now(choice)

    from qa.tui.app import ChatApp
    from qa.tui.shelf import Shelf
    from qa.tui.threads import still_running

    history = _history()
    library = ChatLibrary(here, choice)
    app = ChatApp(Shelf(library.open, choice.title, library.add), history, here.settings)
    sys.setswitchinterval(_SWITCH_SECONDS)
    app.run()
    code = app.return_code or Exit.OK
    if app.crash is not None:
        from qa.tui.crash import crash_report

        output.note(crash_report(app.crash, conversation_kept=history is not None))
        code = Exit.UNEXPECTED
    if still_running():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _complain_now(choice: libraries.Choice) -> None:
    """Raise what opening the library would raise, while there is a plain terminal to say it in."""
    from index.snapshot import open_snapshot

    open_snapshot(choice.path.expanduser().absolute())


def _history() -> History | None:
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
