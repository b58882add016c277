"""``qa search``: the passages that come up for a question, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qa.cli import output
from qa.cli.exits import Exit
from qa.cli.questions import open_assistant, question_from, read_flags, search_flags
from qa.cli.session import session, shared_flags

_EXAMPLES = """
Examples:

\b
  qa search "ceasefire talks"
  qa search "gencatan senjata" --mode lexical -k 3
  qa search "ceasefire talks" --json | jq -r '.hits[].article.id'
"""


@click.command(epilog=_EXAMPLES, short_help="List the passages that match a question.")
@click.argument("question")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@search_flags
@shared_flags
def search(question: str, paths: tuple[Path, ...], as_json: bool, **flags: Any) -> Exit:
    """List the passages that match QUESTION, the best first, and why each came up.

    QUESTION may be '-' to read it from stdin. Exit status: 0 found, 1 nothing found.
    """
    here = session()
    how = read_flags(here, flags)
    question = question_from(question)
    retriever = open_assistant(here, paths, how.filters).retriever
    hits = retriever.search(question, how.k, mode=how.mode, filters=how.filters)
    from qa.types import SCHEMA, hit_dict

    found = [hit_dict(hit) for hit in hits]
    if as_json:
        output.put_json(
            {
                "schema": SCHEMA,
                "question": question.strip(),
                "mode": how.mode or retriever.mode,
                "hits": found,
                "notes": list(retriever.notes),
            }
        )
    else:
        from qa.render import hits_text

        for text in retriever.notes:
            output.note(text)
        output.put(hits_text(found, output.width(), here.style))
    return Exit.OK if hits else Exit.NOTHING
