"""``qa index prune``: removing the libraries that questions about files leave in the cache."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from qa.cli import cached, output
from qa.cli.exits import Exit
from qa.cli.session import shared_flags

_EXAMPLES = """
Examples:

\b
  qa index prune
  qa index prune --all
"""


@click.command(epilog=_EXAMPLES, short_help="Remove libraries that nobody asks from the cache.")
@click.option("--all", "everything", is_flag=True, help="Remove all of them.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@shared_flags
def prune(everything: bool, as_json: bool) -> Exit:
    """Remove libraries that 'qa ask QUESTION PATH' has left in the cache.

    Those go that were not asked for 30 days and, while all together take more than 1 GiB, those
    that were not asked for the longest time. This also happens by itself whenever such a library
    is written. Your own libraries are never touched, and what is removed is made again when it is
    asked again. One line for each that went: directory, bytes, the day it was last asked.
    """
    rows = [
        {
            "path": str(library.path),
            "bytes": library.size,
            "used": datetime.fromtimestamp(library.used, UTC).date().isoformat(),
        }
        for library in cached.prune(everything)
    ]
    left = cached.kept()
    if as_json:
        size = sum(library.size for library in left)
        output.put_json({"schema": 1, "removed": rows, "kept": len(left), "bytes": size})
        return Exit.OK
    output.put_table([[str(value) for value in row.values()] for row in rows])
    output.note(f"{len(rows)} removed, {len(left)} kept")
    return Exit.OK
