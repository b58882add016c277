"""``qa history``: the conversations of the chat."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from qa.cli import output
from qa.cli.exits import Exit
from qa.cli.offers import conversations
from qa.cli.session import InOrder, session, shared_flags
from qa.settings import history_path

if TYPE_CHECKING:
    from qa.history import History

_EXAMPLES = """
Examples:

\b
  qa history list --search ceasefire
  qa history show 3
  qa history export 3 > ceasefire.md
"""

_number = click.argument("number", type=int, shell_complete=conversations)
_json_flag = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group(cls=InOrder, epilog=_EXAMPLES, short_help="List, read and export conversations.")
@shared_flags
def history() -> None:
    """List, read and export conversations of the chat."""


def _open() -> History:
    from qa.history import History

    kept = History(history_path())
    if kept.notice:
        output.note(kept.notice)
    return kept


_LIST_EXAMPLES = """
Examples:

\b
  qa history list
  qa history list --search ceasefire --json
"""


@history.command("list", epilog=_LIST_EXAMPLES, short_help="List conversations.")
@click.option("--search", metavar="TEXT", help="Only those that contain TEXT.")
@_json_flag
@shared_flags
def list_conversations(search: str | None, as_json: bool) -> Exit:
    """List conversations, the latest first: number, date, questions and title."""
    found = _open().list(search)
    if as_json:
        output.put_json({"schema": 1, "conversations": [asdict(one) for one in found]})
        return Exit.OK
    output.put_table([[str(c.id), c.updated[:10], str(c.turns), c.title] for c in found])
    return Exit.OK


_SHOW_EXAMPLES = """
Examples:

\b
  qa history show 3
  qa history show 3 | less
"""


@history.command(epilog=_SHOW_EXAMPLES, short_help="Read a conversation.")
@_number
@shared_flags
def show(number: int) -> Exit:
    """Show the questions of conversation NUMBER with the answers they got then."""
    from qa.render import answer_text, fill, safe

    style = session().style
    for turn in _open().turns(number):
        question = fill(safe(turn.question), output.width(), first="> ")
        output.put(f"{question}\n\n{answer_text(turn.answer, output.width(), style)}\n")
    return Exit.OK


_RENAME_EXAMPLES = """
Examples:

\b
  qa history rename 3 "The ceasefire"
"""


@history.command(epilog=_RENAME_EXAMPLES, short_help="Give a conversation another title.")
@_number
@click.argument("title")
@shared_flags
def rename(number: int, title: str) -> Exit:
    """Give conversation NUMBER the title TITLE."""
    _open().rename(number, title)
    return Exit.OK


_DELETE_EXAMPLES = """
Examples:

\b
  qa history delete 3
  qa history delete 3 4 5
"""


@history.command(epilog=_DELETE_EXAMPLES, short_help="Delete conversations for good.")
@click.argument(
    "numbers", type=int, nargs=-1, required=True, metavar="NUMBER...", shell_complete=conversations
)
@shared_flags
def delete(numbers: tuple[int, ...]) -> Exit:
    """Delete conversations for good; nothing is deleted when one of the numbers is unknown."""
    kept = _open()
    for number in numbers:
        kept.conversation(number)
    for number in dict.fromkeys(numbers):
        kept.delete(number)
    return Exit.OK


_EXPORT_EXAMPLES = """
Examples:

\b
  qa history export 3 > ceasefire.md
  qa history export 3 --json > ceasefire.json
"""


@history.command(epilog=_EXPORT_EXAMPLES, short_help="Export a conversation with its citations.")
@_number
@_json_flag
@shared_flags
def export(number: int, as_json: bool) -> Exit:
    """Print conversation NUMBER with its quotes and citations, as Markdown or JSON."""
    kept = _open()
    output.put(kept.export_json(number) if as_json else kept.export_markdown(number))
    return Exit.OK
